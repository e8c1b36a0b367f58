"""Where the engine, its servers and its results live on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

CACHE_VARIABLE = "VARIORUM_CACHE"
"""Environment variable that names another cache folder."""


@dataclass(frozen=True)
class Folders:
    """The parts of the cache. None of them need exist yet."""

    engines: Path
    """Holds one folder per engine lock."""
    servers: Path
    """Holds one folder per running configuration: state, log, lock."""
    results: Path
    """The database of answers."""


def folders_in(root: Path) -> Folders:
    """The parts of the cache folder ``root``; its ``engine`` may be a link to a shared one."""
    engines = (root / "engine").resolve()  # what was trained at a path is of use only there
    return Folders(engines, root / "servers", root / "results.sqlite3")


def user_folders() -> Folders:
    """This user's cache: ``$VARIORUM_CACHE``, else the place the operating system has for it."""
    named = os.environ.get(CACHE_VARIABLE)
    if named:
        return folders_in(Path(named).expanduser().resolve())
    from platformdirs import user_cache_path

    return folders_in(user_cache_path("variorum", appauthor=False).resolve())
