"""Text whose every code point remembers where it stood in the file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self, SupportsIndex, overload

from markdown.util import AtomicString

from variorum.prose.offsets import NOWHERE, Offsets, Runs, chain_runs, cut, offset_at, runs_of


class Tracked(str):
    """A string with the source offset of each of its code points.

    Slicing, joining and stripping keep the offsets, so Python-Markdown's own processors can
    cut it up. What a regular expression hands out is a plain ``str``; see ``find_again``.
    """

    __slots__ = ("runs",)
    runs: Runs

    def __new__(cls, text: str, runs: Runs) -> Self:
        """``text``, whose code points stand where ``runs`` say."""
        tracked = str.__new__(cls, text)
        tracked.runs = runs
        return tracked

    @classmethod
    def run(cls, text: str, start: int) -> Self:
        """``text`` as it stands in the file, unchanged, from offset ``start`` on."""
        return cls(text, ((0, start, 1),))

    @classmethod
    def all_at(cls, text: str, offset: int) -> Self:
        """``text`` that stands for what is at one ``offset``."""
        return cls(text, ((0, offset, 0),))

    @property
    def at(self) -> Offsets:
        """The offset of each code point."""
        return Offsets(self.runs, len(self))

    def offset(self, place: int) -> int:
        """The offset of the code point at ``place``, which is not negative."""
        return offset_at(self.runs, place)

    @overload
    def __getitem__(self, key: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """A stretch with its offsets; a single code point is plain."""
        if isinstance(key, slice):
            start, stop, _ = key.indices(len(self))
            return self.part(start, stop)
        return super().__getitem__(key)

    def part(self, start: int, stop: int) -> Self:
        """The stretch between two places, neither of which is negative."""
        text = str.__getitem__(self, slice(start, stop))
        return type(self)(text, cut(self.runs, start, stop))

    def __add__(self, other: str) -> Tracked:
        return join((self, other))

    def __radd__(self, other: str) -> Tracked:
        return join((other, self))

    def lstrip(self, characters: str | None = None) -> Tracked:
        """As ``str.lstrip``."""
        return self[len(self) - len(super().lstrip(characters)) :]

    def rstrip(self, characters: str | None = None) -> Tracked:
        """As ``str.rstrip``."""
        return self[: len(super().rstrip(characters))]

    def strip(self, characters: str | None = None) -> Tracked:
        """As ``str.strip``."""
        return self.rstrip(characters).lstrip(characters)

    def __reduce__(self) -> tuple[type[Self], tuple[str, Runs]]:
        return type(self), (str(self), self.runs)


class TrackedAtomic(Tracked, AtomicString):
    """Tracked text in which Python-Markdown looks for no more markup."""

    __slots__ = ()


def join(parts: Iterable[str]) -> Tracked:
    """All ``parts`` one after another; what is not tracked stands nowhere."""
    found = [part for part in parts if part]
    if len(found) == 1 and type(found[0]) is Tracked:
        return found[0]
    runs = chain_runs([(_runs(part), len(part)) for part in found])
    return Tracked("".join(found), runs)


def _runs(text: str) -> Runs:
    return text.runs if isinstance(text, Tracked) else _NOWHERE


_NOWHERE = ((0, NOWHERE, 0),)


def find_again(piece: str, data: Tracked, start: int, end: int) -> tuple[Tracked, int]:
    """``piece`` as it stands in ``data[start:end]``, and where to look for what follows it.

    A piece that was changed on its way (an escaped ampersand, say) is matched code point by
    code point; what has no counterpart gets the offset of what precedes it.
    """
    place = data.find(piece, start, end)
    if place >= 0:
        return data.part(place, place + len(piece)), place + len(piece)
    at: list[int] = []
    last = data.offset(start) if start < len(data) else NOWHERE
    cursor = start
    for character in piece:
        place = data.find(character, cursor, end)
        if place >= 0:
            last, cursor = data.offset(place), place + 1
        at.append(last)
    return Tracked(piece, runs_of(at)), cursor
