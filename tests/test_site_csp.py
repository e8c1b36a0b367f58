"""The policy of a page names its own scripts and no others."""

from __future__ import annotations

import base64
import hashlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest
from page_site import ROOT

from variorum.site import harden, tidy


def allowed(page: str) -> list[str]:
    """The hashes in the policy of ``page`` once it is hardened."""
    return re.findall(r"'sha256-([^']+)'", harden(page))


def digest(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@pytest.mark.parametrize(("page", "scripts"), [
    ("<head><script>a()</script></head>", ["a()"]),
    ("<head></head><body><script type=module>a && b</script></body>", ["a && b"]),
    ("<SCRIPT TYPE='text/javascript'>\n é &amp; 𝒳 \n</SCRIPT>", ["\n é &amp; 𝒳 \n"]),
    ("<script>a</script><script>a</script>", ["a"]),
    ('<script src="a.js"></script>', []),
    ('<script type="application/json">{}</script>', []),
    ('<script type="application/ld+json">{}</script>', []),
    ("<article><script>a</script></article>", []),
    ("<article>1<article><script>a</script></article><script>a</script></article>", []),
    ("<script>a</script><article>1</article><script>b</script>", ["a", "b"]),
    ("<p>no script</p>", []),
    ("", []),
])
def test_scripts_of_the_frame_are_allowed(page: str, scripts: list[str]) -> None:
    assert sorted(allowed(page)) == sorted(map(digest, scripts))


@pytest.mark.parametrize("page", [
    '<!doctype html><html><head><meta charset="utf-8"><script>a</script></head></html>',
    '<!doctype html><html><head class="x"><script>a</script></head></html>',
    "<script>a</script>",
])
def test_the_policy_stands_before_whatever_it_is_about(page: str) -> None:
    hardened = harden(page)
    tag = re.search(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">', hardened)
    assert tag is not None
    assert hardened.replace(tag[0], "", 1) == page
    assert tag.start() < hardened.index("<script>")
    if "charset" in page:
        assert hardened.index("charset") < tag.start()


def test_the_live_preview_keeps_its_reload_script() -> None:
    """Its server adds a script to each page after the build; a policy would stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-q", "-a", address]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as server:
        try:
            page = fetch(f"http://{address}/")
        finally:
            server.terminate()
    assert "livereload" in page
    assert "Content-Security-Policy" not in page


def fetch(url: str) -> str:
    """What is at ``url``, once somebody answers there; gives up after a minute."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return str(answer.read().decode("utf-8"))
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise TimeoutError(url)


def test_a_themes_switch_is_valid_html() -> None:
    switch = '<input class="md-toggle" type="checkbox" id="__search" autocomplete="off">'
    field = '<input type="text" autocomplete="off">'
    assert tidy(switch + field) == switch.replace(' autocomplete="off"', "") + field
