"""Two versions of a piece of code, line by line, blanks as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from variorum.difference.tokens import Token, is_reference
from variorum.difference.tree import Element, Node, walk
from variorum.difference.words import common, merge


@dataclass(frozen=True)
class MergedCode:
    """Both versions in one, without the colours of either."""

    html: str
    before: str
    """The lines that are gone."""
    after: str
    """The lines that are new."""


def merge_code(old: Sequence[Node], new: Sequence[Node], name: str) -> MergedCode:
    """Both versions; ``name`` is the id of the change."""
    here, there = _lines(old), _lines(new)
    parts: list[str] = []
    gone, come = "", ""
    for step in merge(common(here, there)):
        before = "".join(token.text for token in here[step.old.start : step.old.end])
        after = "".join(token.text for token in there[step.new.start : step.new.end])
        if step.kept:
            parts.append(escape(after, quote=False))
            continue
        parts += [_say("del", before, name), _say("ins", after, name)]
        gone, come = gone + before, come + after
    return MergedCode("".join(parts), gone, come)


def _say(tag: str, text: str, name: str) -> str:
    inside = escape(text, quote=False)
    return f'<{tag} data-change="{escape(name)}">{inside}</{tag}>' if text else ""


def _lines(nodes: Sequence[Node]) -> list[Token]:
    lines = raw_text(nodes).splitlines(keepends=True)
    return [Token(line, line, False) for line in lines]


def raw_text(nodes: Sequence[Node]) -> str:
    """The text in ``nodes``, blanks as they are, without the links to notes."""
    return "".join(n if isinstance(n, str) else raw_text(n.children)
                   for n in nodes if isinstance(n, str) or not is_reference(n))


def references_in(nodes: Sequence[Node]) -> list[Element]:
    """The links to notes."""
    return [element for element in walk(nodes) if is_reference(element)]
