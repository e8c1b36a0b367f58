"""The engine lock: which jars LanguageTool for English consists of, each with its SHA-256.

``python -m variorum.languagetool.lock`` resolves them anew and rewrites ``engine.lock``, with
``--upgrade`` for the newest release of LanguageTool.
``python -m variorum.languagetool.lock --check`` only says whether that would change it.

``languagetool-server`` asks for every language there is; all but English are left out. Three
come back as bare jars, without their dependencies: English loads a detector of common words
that names Spanish, Catalan and Portuguese classes and does not start without them.
"""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from variorum.errors import OfflineError

GROUP = "org.languagetool"
BARE_LANGUAGES = ("language-ca", "language-es", "language-pt")
LOCK_FILE = Path(__file__).with_name("engine.lock")


@dataclass(frozen=True, order=True)
class Jar:
    """One locked file. ``coordinate`` is ``group:artifact:version`` or with ``:classifier``."""

    coordinate: str
    sha256: str
    size: int
    """Bytes."""

    @property
    def name(self) -> str:
        """The file's name, as Maven forms it."""
        return "-".join(self.coordinate.split(":")[1:]) + ".jar"

    @property
    def path(self) -> str:
        """The file's place in a Maven repository."""
        group, artifact, version = self.coordinate.split(":")[:3]
        return f"{group.replace('.', '/')}/{artifact}/{version}/{self.name}"


@dataclass(frozen=True)
class Lock:
    """Every jar of the engine, in class path order."""

    version: str
    jars: tuple[Jar, ...]

    @cached_property
    def digest(self) -> str:
        """Changes with any jar; names the engine's folder and is part of each result's key."""
        lines = "\n".join(f"{jar.coordinate} {jar.sha256}" for jar in self.jars)
        return hashlib.sha256(lines.encode()).hexdigest()

    @property
    def size(self) -> int:
        """Bytes of all jars together."""
        return sum(jar.size for jar in self.jars)


def read_lock(path: Path = LOCK_FILE) -> Lock:
    """The lock that came with this package."""
    data = json.loads(path.read_text("utf-8"))
    return Lock(data["version"], tuple(Jar(**jar) for jar in data["jars"]))


def newest_version() -> str:
    """The newest release of LanguageTool that Maven's central repository has."""
    from jgo.maven import MavenContext

    with tempfile.TemporaryDirectory() as folder:
        context = MavenContext(repo_cache=Path(folder), timeout=60)
        server = context.project(GROUP, "languagetool-server")
        try:
            server.update()
        except Exception:  # jgo's errors have no family; without its answer there is no release
            raise _silence() from None
        release = server.release
    if release is None:
        raise _silence()
    return str(release)


def _silence() -> OfflineError:
    return OfflineError("Maven’s central repository does not say which release is the newest",
                        hint="run this again with a network")


def resolve_lock(version: str) -> Lock:
    """Ask Maven's central repository which jars the engine needs, fetch and measure each."""
    with tempfile.TemporaryDirectory() as folder:
        artifacts = _artifacts(version, Path(folder))
        with ThreadPoolExecutor(8) as pool:
            jars = list(pool.map(_measure, artifacts))
    return Lock(version, tuple(sorted(set(jars))))


def _artifacts(version: str, repository: Path) -> list[Any]:
    from jgo.maven import MavenContext

    context = MavenContext(repo_cache=repository, timeout=60)
    all_languages = context.project(GROUP, "language-all")
    server = context.create_dependency(
        f"{GROUP}:languagetool-server:{version}", exclusions=[all_languages]
    )
    english = context.create_dependency(f"{GROUP}:language-en:{version}")
    asked, needed = context.resolver.resolve([server, english])
    bare = [context.create_dependency(f"{GROUP}:{name}:{version}") for name in BARE_LANGUAGES]
    return [dependency.artifact for dependency in (*asked, *needed, *bare)]


def _measure(artifact: Any) -> Jar:
    content = artifact.resolve().read_bytes()
    parts = [artifact.groupId, artifact.artifactId, artifact.version, artifact.classifier]
    coordinate = ":".join(part for part in parts if part)
    return Jar(coordinate, hashlib.sha256(content).hexdigest(), len(content))


def main(arguments: list[str]) -> int:
    """Write the lock anew; with ``--check`` only compare, 1 when it is out of date."""
    lock = resolve_lock(newest_version() if "--upgrade" in arguments else read_lock().version)
    if "--check" in arguments:
        same = lock == read_lock()
        print("engine.lock is up to date" if same else "engine.lock is out of date")
        return 0 if same else 1
    data = {"version": lock.version, "jars": [asdict(jar) for jar in lock.jars]}
    LOCK_FILE.write_text(json.dumps(data, indent=1) + "\n", "utf-8")
    print(f"engine.lock: {len(lock.jars)} jars, {lock.size / 1e6:.1f} MB, {lock.digest[:12]}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except OfflineError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
