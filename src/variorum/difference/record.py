"""What has been found to differ so far, while two pages are merged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from variorum.difference.change import Change, Part, Sort
from variorum.difference.threads import Altered
from variorum.difference.tokens import BREAK, Token


@dataclass
class Record:
    """The changes so far, and where on the page we are."""

    prefix: str
    """What the ids of changes begin with, and no id on either page does."""
    changes: list[Change] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    used: set[str] = field(default_factory=set)
    """Ids of changes that stand on the page."""
    count: int = 0
    part: Part = Part.FRAME
    block: str = ""
    """The id of the innermost block that has one."""
    whole: str = ""
    """While a whole block is put in or taken out, the id of that change: all words belong to it."""

    def next_id(self) -> str:
        """A name for a change."""
        self.count += 1
        return f"{self.prefix}-{self.count}"

    def keep(
        self, name: str, sort: Sort, before: str = "", after: str = "", said: str = ""
    ) -> None:
        """Put a change down."""
        self.changes.append(Change(name, sort, self.part, self.block, before, after, said))

    def keep_row(self, altered: Altered) -> str:
        """Count and put down a change in a row of words; its id."""
        if not altered.restyled:
            self.count_words(len(words(altered.old)), len(words(altered.new)))
        if self.whole:
            return self.whole
        name = self.next_id()
        self.keep(name, sort_of(altered), say(altered.old), say(altered.new), altered.said)
        return name

    def count_words(self, removed: int, added: int) -> None:
        """Count words, when they are the essay's own."""
        if self.part == Part.TEXT:
            self.removed += removed
            self.added += added

    @contextmanager
    def inside(self, block: str, part: Part | None) -> Iterator[None]:
        """While a block is written that has the id ``block``, or none."""
        before = self.block, self.part
        self.block, self.part = block or self.block, part or self.part
        try:
            yield
        finally:
            self.block, self.part = before

    @contextmanager
    def outright(self, sort: Sort, text: str) -> Iterator[str]:
        """While a whole block is put in or taken out; the id of that change."""
        outer, name = self.whole, self.whole or self.next_id()
        place = len(self.changes)
        self.whole = name
        try:
            yield name
        finally:
            self.whole = outer
        if not outer and name in self.used:  # else nothing of it can be seen
            before, after = (text, "") if sort == Sort.REMOVED else ("", text)
            change = Change(name, sort, self.part, self.block, before, after)
            self.changes.insert(place, change)


def sort_of(altered: Altered) -> Sort:
    """What was done in a row of words."""
    if altered.restyled or all(token.key == BREAK for token in (*altered.old, *altered.new)):
        return Sort.RESTYLED
    if altered.old and altered.new:
        return Sort.REWORDED
    return Sort.REMOVED if altered.old else Sort.ADDED


def words(tokens: Sequence[Token]) -> list[str]:
    """The words among ``tokens``."""
    return [token.text for token in tokens if token.is_word]


def say(tokens: Sequence[Token]) -> str:
    """What a reader sees of ``tokens``, in a line."""
    said = (f"{' ' if token.blank or token.key == BREAK else ''}{_name(token)}"
            for token in tokens)
    return " ".join("".join(said).split())


def _name(token: Token) -> str:
    if token.whole is None:
        return token.text
    if token.whole.tag == "img":
        return f"[image: {token.whole.get('alt') or token.whole.get('src')}]"
    return token.text
