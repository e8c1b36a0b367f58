"""Markdown written by annotators, as HTML in which nothing runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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
    return next(render_bodies([markdown]))


def render_bodies(bodies: Iterable[str]) -> Iterator[str]:
    """Safe HTML of each body by itself; making a Markdown takes longer than rendering with it."""
    renderer = make_markdown()
    for body in bodies:
        yield sanitise(renderer.reset().convert(body))


def sanitise(page: str) -> str:
    """``page`` without anything that could run, load or lay itself over the page."""
    return nh3.clean(page, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
