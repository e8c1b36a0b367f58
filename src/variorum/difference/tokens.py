"""The words of a paragraph, each with the elements that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from variorum.difference.tree import Attributes, Element, Node, text_of
from variorum.essay import Kind

REFERENCE, BACK = "doc-noteref", "doc-backlink"
"""Roles of what the extension puts into a page for its notes: the link to one, and back."""
_KINDS = frozenset(Kind)
BREAK = "\n"
"""The key of the place where one paragraph ends and the next begins."""
_PIECE = re.compile(r"\s+|\w+(?:['’\-]\w+)*|[^\w\s]")
_WHOLE = frozenset({
    "img", "br", "input", "svg", "script", "style", "wbr", "rt", "rp", "button", "template",
    "video", "audio", "iframe",
})
"""Elements that are one thing, and no words in a row."""
_COUNT = "vr-count"
"""The class of what the site counts on a page: another number is no change of the page."""
_WHOLE_CLASSES = frozenset({"arithmatex", "footnote-ref", "footnote-backref", _COUNT})


def is_passage(element: Element) -> bool:
    """Whether it marks what a note is about."""
    return element.tag == "mark" and bool(element.classes & _KINDS)


def is_reference(element: Element) -> bool:
    """Whether it leads to a note."""
    return element.get("role") == REFERENCE


@dataclass(frozen=True, eq=False)
class Token:
    """A word, a sign of punctuation, an element that is one thing, or a break."""

    key: str
    """Two tokens with the same key say the same."""
    text: str
    """What is shown of it."""
    blank: bool
    """Whether white space stands before it."""
    chain: tuple[Element, ...] = field(default=(), repr=False)
    """The inline elements that it stands in, the outermost first."""
    whole: Element | None = None
    """The element that it is."""
    links: tuple[Element, ...] = field(default=(), repr=False)
    """The links to notes that stand behind it."""

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number."""
        return self.whole is None and (self.text[:1].isalnum() or self.text[:1] == "_")

    @property
    def plain_chain(self) -> tuple[Element, ...]:
        """The elements that an author put it in: marks of passages are not among them."""
        return tuple(element for element in self.chain if not is_passage(element))


def split(nodes: Sequence[Node]) -> list[Token]:
    """The tokens of inline ``nodes``."""
    found: list[Token] = []
    blank = False
    for key, text, chain, whole in _pieces(nodes, ()):
        if whole is None and text.isspace():
            blank = True
            continue
        if whole is not None and found and is_reference(whole):
            found[-1] = replace(found[-1], links=(*found[-1].links, whole))
            continue
        found.append(Token(key, text, blank, chain, whole))
        blank = False
    return found


_Piece = tuple[str, str, tuple[Element, ...], Element | None]


def _pieces(nodes: Sequence[Node], chain: tuple[Element, ...]) -> Iterator[_Piece]:
    for node in nodes:
        if isinstance(node, str):
            yield from ((text, text, chain, None) for text in _PIECE.findall(node))
        elif _is_whole(node):
            yield _key(node), "".join(map(text_of, node.children)), chain, node
        else:
            yield from _pieces(node.children, (*chain, node))


def _is_whole(element: Element) -> bool:
    return (element.tag in _WHOLE or bool(element.classes & _WHOLE_CLASSES)
            or element.get("role") in (REFERENCE, BACK))


def _key(element: Element) -> str:
    """What makes an element the same as another: not its number on the page."""
    name = element.get("href") or element.get("src")
    if is_reference(element):
        return f"<note {name}"
    if element.get("role") == BACK:  # “3 Gloss”
        return f"<back {''.join(map(text_of, element.children)).lstrip('0123456789 ')}"
    if _COUNT in element.classes:
        return "<count"
    if element.classes & {"footnote-ref", "footnote-backref"}:
        return f"<footnote {name}"
    words = "" if element.tag in {"svg", "script", "style"} else text_of(element)
    said = (element.tag, name, element.get("alt"), element.get("title"), words,
            "checked" * ("checked" in dict(element.attributes)))
    return "<" + "\0".join(said)


def note_of(link: Element) -> str:
    """The id of the note that a link leads to."""
    return link.get("href").removeprefix("#")


def style_of(chain: Sequence[Element]) -> tuple[tuple[str, Attributes], ...]:
    """What can be told of a word by its elements, whichever elements they are."""
    return tuple(
        (element.tag, tuple(pair for pair in element.attributes if pair[0] != "id"))
        for element in chain if not is_passage(element)
    )
