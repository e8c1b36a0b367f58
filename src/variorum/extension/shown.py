"""The text that a rendered page shows, with its places in the HTML."""

from __future__ import annotations

import html
import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from variorum.difference.tree import BLOCKS, VOID
from variorum.text import Span

_TOKEN = re.compile(
    r"<!--.*?-->|<(?P<close>/)?(?P<tag>[a-zA-Z][^\s/>]*)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^>\"'])*)>"
    r"|(?P<entity>&(?:\#\w+|\w+);)|(?P<text>[^<&]+|[<&])",
    re.S,
)
_ATTRIBUTE = re.compile(r"""([^\s=/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|(\S+)))?""")
_UNSEEN = frozenset({
    "script", "style", "template", "title", "head",
})
_NOT_PROSE = frozenset({"footnote-ref", "footnote-backref", "headerlink"})


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the page: where it stands in the HTML, and its text in what is shown."""

    tag: str
    id: str
    depth: int
    html: Span
    """From before its start tag to after its end tag."""
    shown: Span


@dataclass(frozen=True)
class Shown:
    """What a page shows."""

    text: str
    """A blank stands between two blocks."""
    starts: array[int] = field(repr=False)
    """For each code point the offset in the HTML of what shows it."""
    ends: array[int] = field(repr=False)
    runs: tuple[Span, ...] = field(repr=False)
    """The stretches of ``text`` that no tag interrupts."""
    elements: tuple[Element, ...] = field(repr=False)

    @property
    def paragraphs(self) -> dict[str, Span]:
        """The shown text of every element that has an id."""
        return {element.id: element.shown for element in self.elements if element.id}

    def top_level_end(self, place: int) -> int:
        """Where in the HTML the outermost element ends that has ``place`` of the HTML in it."""
        tops = [element.html for element in self.elements if element.depth == 0]
        index = bisect_right([top.start for top in tops], place) - 1
        return max(tops[index].end, place) if index >= 0 else place

    def link_end(self, place: int) -> int:
        """``place``, or the end of the link that it stands in: links must not nest."""
        around = (e.html.end for e in self.elements if e.tag == "a" and _within(e.html, place))
        return max(around, default=place)


def _within(span: Span, place: int) -> bool:
    return span.start < place < span.end


class _Reader:
    def __init__(self, page: str) -> None:
        self.page = page
        self.places = array("q", range(len(page) + 1))
        self.text: list[str] = []
        self.starts = array("q")
        self.ends = array("q")
        self.runs: list[Span] = []
        self.elements: list[Element] = []
        self.open: list[tuple[str, str, int, int, bool]] = []
        self.unseen = 0

    def read(self) -> Shown:
        for match in _TOKEN.finditer(self.page):
            if tag := match["tag"]:
                self._read_tag(match, tag.lower())
            elif match["entity"]:
                self._show(html.unescape(match[0]), match.start(), match.end())
            elif match["text"]:
                self._show_run(match[0], *match.span())
        while self.open:
            self._close(len(self.page))
        elements = sorted(self.elements, key=lambda element: element.html.start)
        return Shown("".join(self.text), self.starts, self.ends, tuple(self.runs), tuple(elements))

    def _read_tag(self, match: re.Match[str], tag: str) -> None:
        if tag in BLOCKS or tag == "br":
            self._separate(match.start())
        if match["close"]:
            while any(name == tag for name, *_ in self.open):
                if self._close(match.end()) == tag:
                    break
        elif tag not in VOID and not match["attributes"].endswith("/"):
            attributes = {m[1]: m[2] or m[3] or m[4] or ""
                          for m in _ATTRIBUTE.finditer(match["attributes"])}
            hidden = tag in _UNSEEN or attributes.get("class") in _NOT_PROSE
            self.unseen += hidden
            self.open.append(
                (tag, attributes.get("id", ""), match.start(), len(self.starts), hidden)
            )

    def _close(self, end: int) -> str:
        tag, name, start, shown, hidden = self.open.pop()
        self.unseen -= hidden
        spans = Span(start, end), Span(shown, len(self.starts))
        self.elements.append(Element(tag, name, len(self.open), *spans))
        return tag

    def _separate(self, place: int) -> None:
        if self.text and self.text[-1] != " ":
            self._add(" ", array("q", [place]), array("q", [place]))

    def _show(self, text: str, start: int, end: int) -> None:
        if not self.unseen:
            begin = len(self.starts)
            size = len(text)
            self._add(text, array("q", [start]) * size, array("q", [end]) * size)
            self._add_run(begin)

    def _show_run(self, text: str, start: int, end: int) -> None:
        if not self.unseen:
            begin = len(self.starts)
            self._add(text, self.places[start:end], self.places[start + 1 : end + 1])
            self._add_run(begin)

    def _add(self, text: str, starts: array[int], ends: array[int]) -> None:
        self.text.append(text)
        self.starts += starts
        self.ends += ends

    def _add_run(self, begin: int) -> None:
        """Characters and references that follow each other without a tag are one run."""
        last = self.runs[-1] if self.runs else None
        if last and last.end == begin and self.ends[begin - 1] == self.starts[begin]:
            self.runs[-1] = Span(last.start, len(self.starts))
        else:
            self.runs.append(Span(begin, len(self.starts)))


def read_shown(page: str) -> Shown:
    """The text of a piece of HTML as a browser shows it, white space not yet folded."""
    return _Reader(page).read()
