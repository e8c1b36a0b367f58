"""Fetches locked jars from a Maven repository or a folder, verified, and resumed when cut short.

A download grows as ``NAME.part`` and gets its name only when its SHA-256 is right, so a file
with its final name is always whole.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.errors import EngineError, OfflineError, Place
from variorum.languagetool.lock import Jar
from variorum.languagetool.progress import Progress

if TYPE_CHECKING:
    from requests import Session

MAVEN_VARIABLE = "VARIORUM_MAVEN"
"""Environment variable: another Maven repository's address, or a folder that holds the jars."""
AT_ONCE = 8
ATTEMPTS = 4
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and to wait for the next bytes."""
CHUNK = 1 << 18
WAY_OUT = (
    "connect once, or copy the folder `jars` from the cache of a machine that has it"
    f" (`variorum engine status` names it) and set {MAVEN_VARIABLE} to that folder"
)


def is_whole(path: Path, jar: Jar) -> bool:
    """Whether ``path`` is exactly the locked file."""
    try:
        if path.stat().st_size != jar.size:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
    except OSError:
        return False


def fetch_jars(jars: tuple[Jar, ...], folder: Path, progress: Progress) -> None:
    """Put every jar into ``folder``, several at once.

    Raises OfflineError when the network does not answer, EngineError for anything else.
    What has arrived stays, so that the next call goes on from there.
    """
    source = os.environ.get(MAVEN_VARIABLE, "")
    if source and "://" not in source:
        copy_jars(jars, Path(source).expanduser(), folder, progress)
        return
    from requests import Session

    base = source or _central()
    with Session() as session, ThreadPoolExecutor(AT_ONCE) as pool:
        jobs = [pool.submit(_fetch, session, base, jar, folder, progress) for jar in jars]
        try:
            for job in jobs:
                job.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def copy_jars(jars: tuple[Jar, ...], source: Path, folder: Path, progress: Progress) -> None:
    """Copy every jar from a folder that holds them, flat or laid out as a Maven repository."""
    for jar in jars:
        found = [path for path in (source / jar.name, source / jar.path) if is_whole(path, jar)]
        if not found:
            raise OfflineError(
                f"{source} has no {jar.name} with the locked SHA-256",
                hint=f"{MAVEN_VARIABLE} points there; it must hold all {len(jars)} jars",
            )
        part = folder / f"{jar.name}.part"
        shutil.copyfile(found[0], part)
        part.replace(folder / jar.name)
        progress.advance(jar.size)


def _central() -> str:
    from jgo.constants import MAVEN_CENTRAL_URL

    return MAVEN_CENTRAL_URL


def pause(attempt: int) -> None:
    """Wait before another attempt, longer each time."""
    if attempt:
        time.sleep(0.5 * 2**attempt)


def _fetch(session: Session, base: str, jar: Jar, folder: Path, progress: Progress) -> None:
    from requests import RequestException

    cause: object = "it does not have the locked SHA-256"
    for attempt in range(ATTEMPTS):
        pause(attempt)
        try:
            if _try_fetch(session, f"{base.rstrip('/')}/{jar.path}", jar, folder, progress):
                return
        except RequestException as error:
            cause = error
    kind = EngineError if isinstance(cause, str) else OfflineError
    raise kind(f"{jar.name} cannot be fetched: {_brief(cause)}", hint=WAY_OUT)


def _try_fetch(session: Session, url: str, jar: Jar, folder: Path, progress: Progress) -> bool:
    """One attempt; False when what came is not the locked file."""
    part = folder / f"{jar.name}.part"
    have = part.stat().st_size if part.exists() else 0
    if have > jar.size:
        part.unlink()
        have = 0
    if have < jar.size:
        asked = {"Range": f"bytes={have}-"} if have else {}
        with session.get(url, headers=asked, stream=True, timeout=TIMEOUT) as response:
            _answered(response, jar)
            _receive(response, part, resumed=response.status_code == 206, progress=progress)
    if is_whole(part, jar):
        part.replace(folder / jar.name)
        return True
    part.unlink(missing_ok=True)
    progress.advance(-jar.size)
    return False


def _answered(response: Any, jar: Jar) -> None:
    if response.status_code in (404, 403, 410):
        raise EngineError(
            f"{jar.name} is not in the Maven repository (HTTP {response.status_code})",
            hint=f"check {MAVEN_VARIABLE}" if os.environ.get(MAVEN_VARIABLE) else WAY_OUT,
        )
    if response.status_code >= 400:
        from requests import RequestException

        raise RequestException(f"HTTP {response.status_code}")


def _receive(response: Any, part: Path, *, resumed: bool, progress: Progress) -> None:
    try:
        with part.open("ab" if resumed else "wb") as file:
            for chunk in response.iter_content(CHUNK):
                file.write(chunk)
                progress.advance(len(chunk))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        from requests import RequestException

        if isinstance(error, RequestException):
            raise
        raise EngineError(
            f"cannot be written: {error.strerror or error}",
            place=Place(part),
            hint="free some space there, or set VARIORUM_CACHE to a folder that has it",
        ) from error


def _brief(cause: object) -> str:
    """The heart of a network error, without the chain of Python objects it comes in."""
    reason = getattr(cause, "args", ("",))[0] if isinstance(cause, Exception) else cause
    return str(getattr(reason, "reason", reason)).split(": ", 1)[-1] or str(cause)
