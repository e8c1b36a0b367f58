"""Markdown written by annotators, as HTML in which nothing runs."""

from __future__ import annotations

import nh3

from variorum.prose import make_markdown

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "i",
    "ins", "kbd", "li", "ol", "p", "q", "s", "small", "span", "strong", "sub", "sup", "ul",
}
_ATTRIBUTES = {"a": {"href", "title", "hreflang"}, "abbr": {"title"}, "*": {"lang", "dir"}}
_SCHEMES = {"http", "https", "mailto"}


def render_body(markdown: str) -> str:
    """Safe HTML of a note's body: no scripts, styles, images, handlers or odd links."""
    return sanitise(make_markdown().convert(markdown))


def sanitise(page: str) -> str:
    """``page`` without anything that could run, load or lay itself over the page."""
    return nh3.clean(page, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
