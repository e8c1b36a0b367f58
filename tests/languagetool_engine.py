"""What tests with the real engine share."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from variorum.languagetool import Folders, stop_engine, user_folders
from variorum.languagetool.install import engine_in

ERROR = "The clerk has wrote it."
"""One fault, at ``has wrote``."""


def installed_folders() -> Folders:
    """The user's cache; skips where LanguageTool is not installed, and fails there in CI."""
    folders = user_folders()
    if not engine_in(folders).is_complete():
        reason = "LanguageTool is not installed: run `variorum engine install`"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return folders


def own_folders(shared: Folders, root: Path) -> Folders:
    """The installed engine with servers and results of its own."""
    return replace(shared, servers=root / "servers", results=root / "results.sqlite3")


def eventually(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it becomes so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def fresh_folders(tmp_path: Path) -> Iterator[Folders]:
    """For a fixture: folders in which nothing runs yet, and afterwards nothing any more."""
    folders = own_folders(installed_folders(), tmp_path)
    yield folders
    stop_engine(folders)
