"""Markdown written by annotators, as HTML in which nothing runs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import nh3

from variorum.prose.dialect import READING, make_markdown
from variorum.prose.paragraphs import hasten

_TAGS = {
    "a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "i",
    "ins", "kbd", "li", "ol", "p", "q", "s", "small", "span", "strong", "sub", "sup", "ul",
}
_ATTRIBUTES = {"a": {"href", "title", "hreflang"}, "abbr": {"title"}, "*": {"lang", "dir"}}
_SCHEMES = {"http", "https", "mailto"}


_NEXT = "\ue000"
"""A paragraph between two bodies: a character that Unicode gives to nobody."""
_REACHES = re.compile(rf"[<{_NEXT}]|```|~~~|\]:|^[ \t>*+.\d-]*:", re.M)
"""What may reach beyond its own body when bodies are rendered in one go: HTML, fences, and
definitions of links, footnotes, abbreviations and terms."""


def render_body(markdown: str) -> str:
    """Safe HTML of a note's body: no scripts, styles, images, handlers or odd links."""
    return render_bodies([markdown])[0]


def render_bodies(bodies: Sequence[str]) -> list[str]:
    """Safe HTML of each body, as it would be by itself.

    Starting a Markdown takes longer than most notes, so all that cannot get into each other's way
    are rendered together.
    """
    renderer = hasten(make_markdown(READING))
    together = [body for body in bodies if not _REACHES.search(body)]
    page = sanitise(renderer.convert(f"\n\n{_NEXT}\n\n".join(together)))
    rendered = page.split(f"\n<p>{_NEXT}</p>\n")
    if len(rendered) != len(together):  # none at all, or an empty one
        rendered = [sanitise(renderer.reset().convert(body)) for body in together]
    done = dict(zip(together, rendered, strict=True))
    return [done[body] if body in done else sanitise(renderer.reset().convert(body))
            for body in bodies]


def sanitise(page: str) -> str:
    """``page`` without anything that could run, load or lay itself over the page."""
    return nh3.clean(page, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)
