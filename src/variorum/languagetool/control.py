"""``variorum engine``: what a person may do with the engine by hand."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from variorum.errors import VariorumError
from variorum.languagetool.engine import Engine
from variorum.languagetool.folders import Folders
from variorum.languagetool.install import engine_in, install
from variorum.languagetool.progress import Progress
from variorum.languagetool.results import Results
from variorum.languagetool.server import Server, find_server, start_server, stop_server


@dataclass(frozen=True)
class EngineStatus:
    """What is installed and what runs."""

    version: str
    """LanguageTool's."""
    java: str
    """The Java runtime's version."""
    jars: Path
    """The folder that another machine can install from."""
    installed: bool
    prepared: bool
    """Whether the ahead-of-time cache is there."""
    server: Server | None
    log: Path | None
    """The running server's."""
    results_bytes: int


def start_engine(folders: Folders, progress: Progress) -> Server:
    """Install what is missing, then start the shared server, or find it running."""
    return start_server(folders, install(folders, progress))


def start_ahead(folders: Folders) -> None:
    """Begin to start the shared server while the caller still does other things.

    Only when it will be needed for certain, that is when no results are kept yet, and only an
    installed engine. Says nothing and raises nothing: whoever needs the server will find out.
    """
    if folders.results.exists():
        return
    with contextlib.suppress(VariorumError, OSError):
        engine = engine_in(folders)
        if engine.is_complete():
            Thread(target=_try_start, args=(folders, engine), daemon=True).start()


def _try_start(folders: Folders, engine: Engine) -> None:
    with contextlib.suppress(VariorumError, OSError):
        start_server(folders, engine)


def stop_engine(folders: Folders) -> bool:
    """Stop the shared server; False when none ran."""
    return stop_server(folders, engine_in(folders))


def engine_status(folders: Folders) -> EngineStatus:
    """Look, and change nothing."""
    engine = engine_in(folders)
    server = find_server(folders, engine)
    log = folders.servers / engine.fingerprint / "log"
    return EngineStatus(
        version=engine.lock.version,
        java=_java_version(engine),
        jars=engine.jars,
        installed=engine.is_complete(),
        prepared=bool(engine.aot_flags()),
        server=server,
        log=log if server else None,
        results_bytes=Results(folders.results).size(),
    )


def _java_version(engine: Engine) -> str:
    for line in (engine.java_home / "release").read_text("utf-8").splitlines():
        if line.startswith("JAVA_VERSION="):
            return line.partition("=")[2].strip('"')
    return "unknown"
