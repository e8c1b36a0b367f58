"""Text whose every code point remembers where it stood in the file."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Self, SupportsIndex, overload

from markdown.util import AtomicString

NOWHERE = -1
"""The offset of a code point that stands in no file, such as a footnote's number."""


class Tracked(str):
    """A string with the source offset of each of its code points.

    Slicing, joining and stripping keep the offsets, so Python-Markdown's own processors can
    cut it up. What a regular expression hands out is a plain ``str``; see ``find_again``.
    """

    at: array[int]

    def __new__(cls, text: str, at: Sequence[int]) -> Self:
        """``text`` with one offset for each code point."""
        tracked = super().__new__(cls, text)
        tracked.at = at if isinstance(at, array) else array("q", at)
        return tracked

    @classmethod
    def run(cls, text: str, start: int) -> Self:
        """``text`` as it stands in the file, unchanged, from offset ``start`` on."""
        return cls(text, array("q", range(start, start + len(text))))

    @classmethod
    def all_at(cls, text: str, offset: int) -> Self:
        """``text`` that stands for what is at one ``offset``."""
        return cls(text, array("q", [offset]) * len(text))

    @overload
    def __getitem__(self, key: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, key: slice) -> Self: ...

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        """A stretch with its offsets; a single code point is plain."""
        text = super().__getitem__(key)
        return type(self)(text, self.at[key]) if isinstance(key, slice) else text

    def __add__(self, other: str) -> Tracked:
        return type(self)(super().__add__(other), self.at + offsets(other))

    def __radd__(self, other: str) -> Tracked:
        return type(self)(str(other) + str(self), offsets(other) + self.at)

    def lstrip(self, characters: str | None = None) -> Tracked:
        """As ``str.lstrip``."""
        return self[len(self) - len(super().lstrip(characters)) :]

    def rstrip(self, characters: str | None = None) -> Tracked:
        """As ``str.rstrip``."""
        return self[: len(super().rstrip(characters))]

    def strip(self, characters: str | None = None) -> Tracked:
        """As ``str.strip``."""
        return self.rstrip(characters).lstrip(characters)

    def __reduce__(self) -> tuple[type[Self], tuple[str, array[int]]]:
        return type(self), (str(self), self.at)


class TrackedAtomic(Tracked, AtomicString):
    """Tracked text in which Python-Markdown looks for no more markup."""


def offsets(text: str) -> array[int]:
    """The offsets of ``text``, all ``NOWHERE`` when it is not tracked."""
    return text.at if isinstance(text, Tracked) else array("q", [NOWHERE]) * len(text)


def join(parts: Iterable[str]) -> Tracked:
    """All ``parts`` one after another."""
    found = list(parts)
    at = array("q")
    for part in found:
        at += offsets(part)
    return Tracked("".join(found), at)


def find_again(piece: str, data: Tracked, start: int, end: int) -> tuple[Tracked, int]:
    """``piece`` as it stands in ``data[start:end]``, and where to look for what follows it.

    A piece that was changed on its way (an escaped ampersand, say) is matched code point by
    code point; what has no counterpart gets the offset of what precedes it.
    """
    place = data.find(piece, start, end)
    if place >= 0:
        return data[place : place + len(piece)], place + len(piece)
    at = array("q")
    last = data.at[start] if start < len(data) else NOWHERE
    cursor = start
    for character in piece:
        place = data.find(character, cursor, end)
        if place >= 0:
            last, cursor = data.at[place], place + 1
        at.append(last)
    return Tracked(piece, at), cursor
