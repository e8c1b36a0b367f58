"""A strict Content-Security-Policy for a built page: the browser's own guard against what runs.

The page names each of its own inline scripts by its SHA-256, so this can only be done when the
page is finished: Material writes another script into pages of another depth, and into 404.html.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

_DIRECTIVES = (
    "default-src 'none'",
    "script-src 'self'{hashes}",
    "style-src 'self'",
    "img-src 'self' data:",  # style sheets draw their icons with data:
    "media-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
)
_PROGRAMS = frozenset({"", "module", "text/javascript", "application/javascript"})
"""Types of script that run; JSON and JSON-LD are only data."""
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def harden(page: str) -> str:
    """``page``, a whole HTML document, with a policy that lets nothing run but its own scripts.

    Scripts between the first ``<article>`` and the end of the last, where an author's words stand,
    are never let run. The policy follows the declaration of the character set, before anything
    that it could apply to.
    """
    before, _, rest = page.partition("<article")
    scripts = _Scripts()
    for frame in (before, rest.rpartition("</article>")[2]):
        scripts.feed(frame)
    scripts.close()
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts.found)}">'
    head = _CHARSET.search(page) or _HEAD.search(page)
    place = head.end() if head else 0
    return page[:place] + tag + page[place:]


def policy(scripts: list[str]) -> str:
    """The policy of a page whose inline scripts are ``scripts``."""
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    hashes = {f" 'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests}
    return "; ".join(_DIRECTIVES).format(hashes="".join(sorted(hashes)))


class _Scripts(HTMLParser):
    """Finds the inline scripts that belong to the page's frame."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        kind = (given.get("type") or "").strip().lower()
        self.inside = tag == "script" and "src" not in given and kind in _PROGRAMS
        if self.inside:
            self.found.append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1] += data
