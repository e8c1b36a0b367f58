"""What tests with the real engine share."""

from __future__ import annotations

import contextlib
import os
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from variorum.languagetool import Folders, stop_engine, user_folders
from variorum.languagetool.engine import Engine
from variorum.languagetool.health import LOOPBACK, free_port, wait_healthy
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


@contextlib.contextmanager
def open_server(engine: Engine, folder: Path) -> Iterator[str]:
    """LanguageTool as it came, with nothing of ours, for everybody; its address."""
    port, properties = free_port(), folder / "their.properties"
    properties.touch()
    jars = os.pathsep.join(str(engine.jars / jar.name) for jar in engine.lock.jars)
    main = ["org.languagetool.server.HTTPServer", "--port", str(port), "--config", str(properties)]
    with subprocess.Popen(
        [str(engine.java), *main],
        env=engine.environment() | {"CLASSPATH": jars},
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            assert wait_healthy(port, lambda: process.poll() is None, 60)
            yield f"http://{LOOPBACK}:{port}"
        finally:
            process.kill()
