"""The error family. Each message names the file, the line, the key, the cause and the way out.

    VariorumError           could not do what was asked: exit code 2
    ├── InputError          a file of the user's is unreadable or malformed
    ├── SettingsError       the configuration is wrong
    └── EngineError         LanguageTool or Java is missing, broken or silent
        └── OfflineError    something must be fetched and there is no network
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath


@dataclass(frozen=True)
class Place:
    """Where an error is: a file and, where known, a 1-based line and a key."""

    path: PurePath | str
    line: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        line = f":{self.line}" if self.line else ""
        key = f" ({self.key})" if self.key else ""
        return f"{self.path}{line}{key}"


class VariorumError(Exception):
    """Something could not be done; the command line prints it and exits with 2."""

    def __init__(self, cause: str, *, place: Place | None = None, hint: str = "") -> None:
        super().__init__(cause)
        self.cause = cause
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        where = f"{self.place}: " if self.place else ""
        way_out = f"\nHint: {self.hint}" if self.hint else ""
        return f"{where}{self.cause}{way_out}"


class InputError(VariorumError):
    """A file of the user's cannot be read or makes no sense."""


class SettingsError(VariorumError):
    """The configuration is wrong."""


class EngineError(VariorumError):
    """LanguageTool or its Java runtime is missing, broken or does not answer."""


class OfflineError(EngineError):
    """Something has to be fetched first, and the network does not answer."""
