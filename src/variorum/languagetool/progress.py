"""How a long job tells how far it is: a bar on a terminal, a line at each end elsewhere."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol, TextIO


class Progress(Protocol):
    """What a long job calls. ``advance`` may come from several threads at once."""

    def begin(self, what: str, total: int, *, lasting: bool = True) -> None:
        """A job of ``total`` units starts; unless ``lasting``, it leaves no trace once over."""

    def advance(self, amount: int) -> None:
        """``amount`` units more are done; negative when some must be done again."""

    def end(self, outcome: str) -> None:
        """The job is over."""


class Silent:
    """Says nothing."""

    def begin(self, what: str, total: int, *, lasting: bool = True) -> None:
        """Say nothing."""

    def advance(self, amount: int) -> None:
        """Say nothing."""

    def end(self, outcome: str) -> None:
        """Say nothing."""


@dataclass
class Told:
    """Tells a person on ``stream``: redrawn on a terminal, a line at start and end in a pipe."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _what: str = ""
    _total: int = 0
    _done: int = 0
    _lasting: bool = True
    _drawn: float = 0.0
    _guard: Lock = field(default_factory=Lock, repr=False)

    def begin(self, what: str, total: int, *, lasting: bool = True) -> None:
        """Name the job; in a pipe only one that lasts."""
        self._what, self._total, self._done, self._lasting = what, total, 0, lasting
        if self.stream.isatty():
            self._write(f"{what} ...")
        elif lasting:
            self._write(f"{what} ...\n")

    def advance(self, amount: int) -> None:
        """Redraw the bar, at most ten times a second, and only on a terminal."""
        with self._guard:
            self._done += amount
            now = time.monotonic()
            if self.stream.isatty() and now - self._drawn > 0.1:
                self._drawn = now
                self._write(self._bar())

    def end(self, outcome: str) -> None:
        """Say how it went."""
        if self._lasting:
            self._write(f"{self._what}: {outcome}\n")
        elif self.stream.isatty():
            self._write("")

    def _bar(self, width: int = 24) -> str:
        share = min(1.0, self._done / self._total) if self._total else 0.0
        full = round(share * width)
        return f"{self._what} [{'#' * full}{'.' * (width - full)}] {share:4.0%}"

    def _write(self, line: str) -> None:
        redraw = "\r\x1b[K" if self.stream.isatty() else ""
        self.stream.write(redraw + line)
        self.stream.flush()
