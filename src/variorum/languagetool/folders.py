"""Where the engine, its servers and its results live on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CACHE_VARIABLE = "VARIORUM_CACHE"
"""Environment variable that names another cache folder."""


@dataclass(frozen=True)
class Folders:
    """The parts of the cache folder. None of them need exist yet."""

    root: Path

    @property
    def engines(self) -> Path:
        """One folder per engine lock."""
        return self.root / "engine"

    @property
    def servers(self) -> Path:
        """One folder per running configuration: state, log, lock. Only its owner may enter."""
        return self.root / "servers"

    @property
    def results(self) -> Path:
        """The database of answers."""
        return self.root / "results.sqlite3"


def user_folders() -> Folders:
    """This user's cache: ``$VARIORUM_CACHE``, else the place the operating system has for it."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return Folders(Path(named).expanduser().resolve())
    from platformdirs import user_cache_path  # only now: most checks come with the variable unset

    return Folders(user_cache_path("variorum", appauthor=False).resolve())
