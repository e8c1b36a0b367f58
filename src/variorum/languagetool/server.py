"""The warm server: one per user and configuration, shared by every process that checks.

Each configuration has a folder, private to its user, with the keeper's ``state.json``, the
``log``, the server's key and a lock for whoever starts or stops it. The state is only a claim.
Before any text is sent there, the process that it names must be ours and listen on that port, so
a stale file, a reused process id or a stranger on the old port is noticed.
"""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from variorum.errors import EngineError, Place, SettingsError
from variorum.languagetool.engine import Engine, write_properties
from variorum.languagetool.folders import Folders
from variorum.languagetool.health import (
    LOOPBACK,
    free_port,
    is_healthy,
    last_lines,
    wait_healthy,
)

if TYPE_CHECKING:
    import psutil
    from filelock import BaseFileLock

IDLE_VARIABLE = "VARIORUM_IDLE"
"""Environment variable: seconds without a check after which a server leaves."""
IDLE_SECONDS = 900.0
HEALTH_SECONDS = 60.0
ATTEMPTS = 3
KEY = "key"
"""The file with the key of the server, one for all starts, so that nobody reads an old one."""
KEEPER = Path(__file__).with_name("keeper.py")


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int
    """Of the Java process."""
    keeper: int
    """Of the process that watches it."""
    key: str = field(repr=False)
    """Without it the server checks nothing."""

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://{LOOPBACK}:{self.port}"


def server_folder(folders: Folders, engine: Engine) -> Path:
    """Where the server of this engine and configuration is kept."""
    return folders.servers / engine.fingerprint


def find_server(folders: Folders, engine: Engine) -> Server | None:
    """The running server, when there is one and it is really ours."""
    claimed = _read_state(server_folder(folders, engine))
    return claimed if claimed and _is_ours(claimed) and is_healthy(claimed.port) else None


def start_server(folders: Folders, engine: Engine) -> Server:
    """The running server, started if need be; answers when this returns.

    Raises EngineError when it does not start, SettingsError when ``VARIORUM_IDLE`` is no number.
    """
    running = find_server(folders, engine)
    if running:
        return running
    idle, folder = idle_seconds(), server_folder(folders, engine)
    with _locked(folder):
        running = find_server(folders, engine)
        if running:
            return running
        _end(folder)
        for _ in range(ATTEMPTS):  # a port that was free may be taken a moment later
            started = _start(folder, engine, idle)
            if started:
                return started
    log = folder / "log"
    raise EngineError("LanguageTool does not start", place=Place(log), hint=last_lines(log))


def stop_server(folders: Folders, engine: Engine) -> bool:
    """End the running server; False when there was none."""
    folder = server_folder(folders, engine)
    if not folder.exists():
        return False
    with _locked(folder):
        return _end(folder)


def mark_used(folders: Folders, engine: Engine) -> None:
    """Put off the server's leaving."""
    with contextlib.suppress(OSError):
        os.utime(server_folder(folders, engine) / "used")


def idle_seconds() -> float:
    """How long a server stays unused."""
    value = os.environ.get(IDLE_VARIABLE) or str(IDLE_SECONDS)
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0
    if not 0 < seconds < float("inf"):
        raise SettingsError(f"{IDLE_VARIABLE} is {value!r}", hint="give seconds above 0")
    return seconds


def _locked(folder: Path) -> BaseFileLock:
    from filelock import FileLock

    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    return FileLock(folder / "lock")


def _start(folder: Path, engine: Engine, idle: float) -> Server | None:
    port, properties = free_port(), folder / "server.properties"
    write_properties(properties, _key(folder))
    server = engine.command(port, properties, *engine.aot_flags())
    subprocess.run(
        [sys.executable, "-I", "-S", str(KEEPER), str(folder), str(port), str(idle), *server],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=engine.environment(),
        cwd=folder,
        start_new_session=True,  # a Ctrl-C in the terminal is not for the shared server
        check=False,
    )
    started = _read_state(folder)

    def is_alive() -> bool:
        with contextlib.suppress(OSError):
            os.utime(folder / "used")  # a server that is not ready yet is not idle
        return _read_state(folder) == started  # gone as soon as the server dies

    if started and wait_healthy(port, is_alive, HEALTH_SECONDS) and _is_ours(started):
        return started
    _end(folder)
    return None


def _key(folder: Path) -> str:
    file = folder / KEY
    if not file.exists():
        part = file.with_suffix(".part")
        part.unlink(missing_ok=True)
        part.touch(0o600)
        part.write_text(os.urandom(16).hex(), "ascii")
        part.replace(file)
    return file.read_text("ascii")


def _read_state(folder: Path) -> Server | None:
    try:
        state = json.loads((folder / "state.json").read_text("utf-8"))
        pids = int(state["java"]), int(state["keeper"])
        return Server(int(state["port"]), *pids, (folder / KEY).read_text("ascii"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _process(pid: int) -> psutil.Process | None:
    """The process of that number when it runs and belongs to this user."""
    import psutil

    try:
        process = psutil.Process(pid)
        mine = psutil.Process().username()
        return process if process.username() == mine and process.is_running() else None
    except (psutil.Error, ValueError, OverflowError):
        return None


def _is_ours(server: Server) -> bool:
    import psutil

    process = _process(server.pid)
    if process is None:
        return False
    try:
        sockets = process.net_connections("tcp")
    except psutil.Error:
        return False
    listening = psutil.CONN_LISTEN
    return any(s.status == listening and s.laddr.port == server.port for s in sockets)


def _end(folder: Path) -> bool:
    """End whatever the state names, if that is a keeper or server of this folder."""
    claimed = _read_state(folder)
    (folder / "state.json").unlink(missing_ok=True)
    if claimed is None:
        return False
    ended = [_terminate(pid, folder) for pid in (claimed.keeper, claimed.pid)]
    return any(ended)


def _terminate(pid: int, folder: Path) -> bool:
    import psutil

    process = _process(pid)
    if process is None:
        return False
    try:
        if not any(argument.startswith(str(folder)) for argument in process.cmdline()):
            return False  # the number went to another process
        process.terminate()
        try:
            process.wait(10)
        except psutil.TimeoutExpired:
            process.kill()
    except psutil.NoSuchProcess:
        pass
    except psutil.Error:
        return False
    return True
