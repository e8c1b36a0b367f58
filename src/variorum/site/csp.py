"""A strict Content-Security-Policy for a built page: the browser's own guard against what runs.

The page names each of its own inline scripts by its SHA-256, so this can only be done when the
page is finished: Material writes another script into pages of another depth, and into 404.html.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator

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
_SCRIPT = re.compile(
    r"""<script\b(?P<attributes>(?:"[^"]*"|'[^']*'|[^>"'])*)>(?P<program>.*?)</script""",
    re.IGNORECASE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head[^>]*>", re.IGNORECASE)


def harden(page: str) -> str:
    """``page``, a whole HTML document, with a policy that lets nothing run but its own scripts.

    Scripts between the first ``<article>`` and the end of the last, where an author's words stand,
    are never let run. The policy follows the declaration of the character set, before anything
    that it could apply to.
    """
    before, _, rest = page.partition("<article")
    scripts = [script for frame in (before, rest.rpartition("</article>")[2])
               for script in find_scripts(frame)]
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">'
    head = _CHARSET.search(page) or _HEAD.search(page)
    place = head.end() if head else 0
    return page[:place] + tag + page[place:]


def policy(scripts: list[str]) -> str:
    """The policy of a page whose inline scripts are ``scripts``."""
    digests = (hashlib.sha256(script.encode("utf-8")).digest() for script in scripts)
    hashes = {f" 'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests}
    return "; ".join(_DIRECTIVES).format(hashes="".join(sorted(hashes)))


def find_scripts(frame: str) -> Iterator[str]:
    """The inline programs of a page's frame, which is our own templates' and well-formed."""
    for match in _SCRIPT.finditer(frame):
        given = {name.lower(): value.strip("\"' \t").lower()
                 for name, value in _ATTRIBUTE.findall(match["attributes"])}
        if "src" not in given and given.get("type", "") in _PROGRAMS:
            yield match["program"]
