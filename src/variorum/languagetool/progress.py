"""How a long job tells how far it is: a bar on a terminal, a line at each end elsewhere."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field
from threading import Lock
from typing import Protocol, TextIO


class Progress(Protocol):
    """What a long job calls. ``advance`` may come from several threads at once."""

    def begin(self, what: str, total: int) -> None:
        """A job of ``total`` units starts."""

    def advance(self, amount: int) -> None:
        """``amount`` units more are done; negative when some must be done again."""

    def end(self, outcome: str) -> None:
        """The job is over."""


class Silent:
    """Says nothing."""

    def begin(self, what: str, total: int) -> None:
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
    _drawn: float = 0.0
    _guard: Lock = field(default_factory=Lock, repr=False)

    def begin(self, what: str, total: int) -> None:
        """Name the job."""
        self._what, self._total, self._done = what, total, 0
        self._write(f"{what} ...", last=not self.stream.isatty())

    def advance(self, amount: int) -> None:
        """Redraw the bar, at most ten times a second, and only on a terminal."""
        with self._guard:
            self._done += amount
            now = time.monotonic()
            if self.stream.isatty() and now - self._drawn > 0.1:
                self._drawn = now
                self._write(self._bar(), last=False)

    def end(self, outcome: str) -> None:
        """Say how it went."""
        self._write(f"{self._what}: {outcome}", last=True)

    def _bar(self, width: int = 24) -> str:
        share = min(1.0, self._done / self._total) if self._total else 0.0
        full = round(share * width)
        return f"{self._what} [{'#' * full}{'.' * (width - full)}] {share:4.0%}"

    def _write(self, line: str, *, last: bool) -> None:
        redraw = "\r\x1b[K" if self.stream.isatty() else ""
        self.stream.write(redraw + line + ("\n" if last else ""))
        self.stream.flush()
