"""Both versions of a paragraph as one row of threads: what is kept, put in and taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from html import escape
from itertools import takewhile

from variorum.difference.change import describe_styles
from variorum.difference.tokens import BREAK, Token, is_passage, note_of, style_of
from variorum.difference.tree import Element, write
from variorum.difference.words import Step, Steps

Chain = tuple[Element, ...]


SAID = "vr-said"
"""The class of what we say ourselves: it is in neither version."""


class Op(StrEnum):
    """What became of a token, by the element that says so."""

    KEPT = ""
    PUT_IN = "ins"
    TAKEN_OUT = "del"
    RESTYLED = "span"


@dataclass(frozen=True)
class Thread:
    """A token on its way to the page, or white space, or what we say ourselves."""

    op: Op
    html: str
    chain: Chain = ()
    """Elements of the new page, or of the earlier one where they are no more."""
    change: int = -1
    """Which change of the row it belongs to, if any."""
    is_break: bool = False
    """Whether a paragraph of the new page ends here."""
    said: bool = False
    """Whether it is in neither version."""


@dataclass(frozen=True)
class Altered:
    """A change in a row."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    said: str = ""
    restyled: bool = False
    """Whether only what the words are set in has changed."""


@dataclass
class Row:
    """The threads of one or several paragraphs, and the changes in them."""

    threads: list[Thread] = field(default_factory=list)
    changes: list[Altered] = field(default_factory=list)
    old: frozenset[Element] = frozenset()
    """Elements in chains that are no longer on the page."""


def lay(
    old: Sequence[Token], new: Sequence[Token], steps: Steps, known: frozenset[str]
) -> Row:
    """One row of both; ``known`` are the notes on both pages: where their links went is no news."""
    loom = _Loom(_now(old, new, steps), known)
    for index, step in enumerate(steps):
        here = old[step.old.start : step.old.end]
        there = new[step.new.start : step.new.end]
        if step.kept:
            loom.keep(here, there)
            continue
        ahead = steps[index + 1] if index + 1 < len(steps) else None
        loom.change(here, there, (old[ahead.old.start], new[ahead.new.start]) if ahead else None)
    loom.row.old = frozenset(e for token in old for e in token.chain)
    return loom.row


def _now(old: Sequence[Token], new: Sequence[Token], steps: Steps) -> dict[Element, Element]:
    """Which element of the new page an earlier one became, told by a word that stayed in it."""
    found: dict[Element, Element] = {}
    for here, there in (pair for step in steps if step.kept for pair in _pairs(old, new, step)):
        for was, now in zip(here.plain_chain, there.plain_chain, strict=False):
            if style_of([was]) != style_of([now]):
                break
            found.setdefault(was, now)
    return found


def _pairs(
    old: Sequence[Token], new: Sequence[Token], step: Step
) -> zip[tuple[Token, Token]]:
    return zip(old[step.old.start : step.old.end], new[step.new.start : step.new.end], strict=True)


@dataclass
class _Loom:
    now: dict[Element, Element]
    known: frozenset[str]
    row: Row = field(default_factory=Row)
    spent: Op | None = None
    """The version whose blank before the next kept token stands already."""

    def keep(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        said = ""
        for was, now in zip(old, new, strict=True):
            before, said = said, describe_styles(was.chain, now.chain)
            if before and said != before:
                self._say(before)
            op = self._blank_before(was, now)
            if not said:
                self._lay(Op.KEPT, now, now.chain, op, was=was)
                continue
            if said != before:
                self.row.changes.append(Altered((), (), said, restyled=True))
            last = self.row.changes[-1]
            self.row.changes[-1] = replace(last, old=(*last.old, was), new=(*last.new, now))
            self._lay(Op.RESTYLED, now, now.chain, op, len(self.row.changes) - 1, was)
        if said:
            self._say(said)

    def _blank_before(self, was: Token, now: Token) -> Op | None:
        old, new = was.blank and self.spent != Op.TAKEN_OUT, now.blank and self.spent != Op.PUT_IN
        self.spent = None
        if old and new:
            return Op.KEPT
        return Op.TAKEN_OUT if old else Op.PUT_IN if new else None

    def change(
        self, old: Sequence[Token], new: Sequence[Token], ahead: tuple[Token, Token] | None
    ) -> None:
        self.row.changes.append(Altered(tuple(old), tuple(new), _about_breaks(old, new)))
        shared = self._shares_lead(old, new, ahead)
        for token in old:
            first = shared and token is old[0]
            self._lay_change(Op.TAKEN_OUT, token, Op.KEPT if first else Op.TAKEN_OUT)
        for token in new:
            first = shared and token is new[0]
            lead = Op.KEPT if first and not old else None if first else Op.PUT_IN
            self._lay_change(Op.PUT_IN, token, lead)

    def _shares_lead(
        self, old: Sequence[Token], new: Sequence[Token], ahead: tuple[Token, Token] | None
    ) -> bool:
        """Whether one blank before the change serves both versions."""
        if old and new:
            return old[0].blank and new[0].blank
        if ahead is None:
            return False
        was, now = ahead
        if new and new[0].blank and was.blank:
            self.spent = Op.TAKEN_OUT
            return True
        if old and old[0].blank and now.blank:
            self.spent = Op.PUT_IN
            return True
        return False

    def _lay_change(self, op: Op, token: Token, lead: Op | None) -> None:
        change = len(self.row.changes) - 1
        if token.whole and token.whole.tag == "input":  # which style sheets look for in its place
            if op == Op.PUT_IN:
                self._lay(Op.KEPT, token, token.chain, None)
            return
        chain = token.chain if op == Op.PUT_IN else self._translate(token.plain_chain)
        if token.key == BREAK:
            if op == Op.PUT_IN:
                self.row.threads.append(Thread(Op.KEPT, "", is_break=True))
            mark = Thread(Op.KEPT, "¶ ", (), change, said=True)
            self.row.threads.append(mark)
            return
        self._lay(op, token, chain, lead if token.blank else None, change)

    def _translate(self, chain: Chain) -> Chain:
        """An earlier chain by the elements that its outer ones became."""
        found: list[Element] = []
        for index, element in enumerate(chain):
            if element not in self.now:
                return (*found, *chain[index:])
            found.append(self.now[element])
        return tuple(found)

    def _lay(
        self, op: Op, token: Token, chain: Chain, blank: Op | None, change: int = -1,
        was: Token | None = None,
    ) -> None:
        threads = self.row.threads
        if blank is not None and threads and not threads[-1].is_break:
            around = _common(threads[-1].chain, chain)
            beside = threads[-1].change if blank == threads[-1].op else -1
            threads.append(Thread(blank, " ", around, change if blank == op else beside))
        if token.whole:
            html = write([token.whole], inert=op == Op.TAKEN_OUT)
        else:
            html = escape(token.text, quote=False)
        threads.append(Thread(op, html, chain, change))
        self._lay_links(op, token, chain, was)

    def _lay_links(self, op: Op, token: Token, chain: Chain, was: Token | None = None) -> None:
        """The links to notes behind a token: only of new notes, and of lost ones, they are news."""
        outside = tuple(takewhile(lambda e: e.tag != "a" and not is_passage(e), chain))
        for link in was.links if was else token.links if op == Op.TAKEN_OUT else ():
            if note_of(link) not in self.known:
                gone = write([Element("span", (("class", SAID),), link.children)])
                self.row.threads.append(Thread(Op.TAKEN_OUT, gone, outside))
        for link in token.links if op != Op.TAKEN_OUT else ():
            if note_of(link) not in self.known:
                link = Element(link.tag, link.also("vr-come"), link.children)
            self.row.threads.append(Thread(Op.KEPT, write([link]), outside))

    def _say(self, said: str) -> None:
        last = self.row.threads[-1]
        self.row.threads.append(replace(last, op=Op.KEPT, html=escape(f" {said}"), said=True))


def _common(one: Chain, other: Chain) -> Chain:
    pairs = zip(one, other, strict=False)
    size = next((n for n, (a, b) in enumerate(pairs) if a is not b), min(len(one), len(other)))
    return one[:size]


def _about_breaks(old: Sequence[Token], new: Sequence[Token]) -> str:
    """What to say of a paragraph that was divided, or put together of two."""
    if any(token.key == BREAK for token in new):
        return "a new paragraph begins here"
    return "joined to the paragraph before" if any(t.key == BREAK for t in old) else ""
