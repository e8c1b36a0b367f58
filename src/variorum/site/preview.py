"""A built page as part of a preview: pages in, pages out, whatever built them."""

from __future__ import annotations

import re
from html import escape, unescape

STYLE, SCRIPT = "assets/preview.css", "assets/preview.js"
"""From the preview's root."""
ROBOTS = "User-agent: *\nDisallow: /\n"
_HEAD_END = re.compile(r"</head>", re.IGNORECASE)
_BODY = re.compile(r"<body[^>]*>", re.IGNORECASE)
_SKIP = re.compile(r"<a class=\"?vr-skip\b[^>]*>[^<]*</a>")
"""The link past everything, which stays the first thing that a keyboard meets."""
_TITLE = re.compile(r"<title>.*?</title>", re.IGNORECASE | re.DOTALL)
_CANONICAL = re.compile(r"<link[^>]*\brel=[\"']?canonical\b[^>]*>", re.IGNORECASE)
_ROBOTS = re.compile(r"<meta[^>]*\bname=[\"']?robots\b[^>]*>", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ARTICLE = re.compile(r"(<article[^>]*>)(.*)(</article>)", re.IGNORECASE | re.DOTALL)


def mark_preview(page: str, root: str, production: str, banner: str) -> str:
    """``page`` with a word that it is a preview, for people and for search engines.

    ``root`` leads from the page to the preview's root, ``production`` is the page's address in
    the publication, if that has one, and ``banner`` stands before all but the link past it.
    """
    page = _ROBOTS.sub("", _CANONICAL.sub("", page))
    head = '<meta name="robots" content="noindex">'
    if production:
        head += f'<link rel="canonical" href="{escape(production)}">'
    head += f'<link rel="stylesheet" href="{root}{STYLE}"><script src="{root}{SCRIPT}"></script>'
    page = _HEAD_END.sub(lambda end: head + end[0], page, count=1)
    place = _SKIP if _SKIP.search(page) else _BODY
    return place.sub(lambda start: start[0] + banner, page, count=1)


def article_of(page: str) -> str:
    """The inside of the page's article; empty when it has none."""
    found = _ARTICLE.search(page)
    return found[2] if found else ""


def title_of(page: str) -> str:
    """The words of the page's first heading; empty when it has none."""
    found = _HEADING.search(page)
    return " ".join(unescape(_TAG.sub("", found[1])).split()) if found else ""


def with_article(page: str, article: str, title: str = "") -> str:
    """``page`` with another article, and another title if there is one."""
    page = _ARTICLE.sub(lambda old: old[1] + article + old[3], page, count=1)
    if not title:
        return page
    return _TITLE.sub(lambda old: f"<title>{escape(title)}</title>", page, count=1)
