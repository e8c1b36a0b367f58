"""Whether writers of one branch ever lose each other's work: pushes, previews, closings,
publications, rollbacks and rewritten history, in any order, with crashes between any two steps.

    python bench/interleavings.py                    300 rounds
    python bench/interleavings.py --rounds 20 --seed 1

Every writer is the real one, at work on a real repository on the disk. It stops before each of its
calls of git, and a die with a seed says who goes on, or is killed there. Whenever the branch moves,
all of it is compared with a model: each preview and production must be, to the last file, what the
writer put that moved it last, and nothing else may have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path
from typing import Any

from variorum.errors import SettingsError
from variorum.git import Done, Git
from variorum.publishing import BranchStore, Publication, examine

ROUNDS = 300
EVENTS = 14
"""Things that happen in a round, beside the first and the last publication."""
PULLS = (1, 2, 3)
CRASH = 0.03
"""How likely a writer is killed before any one of its steps."""
BRANCH = "site"


class Killed(BaseException):
    """What a writer that is killed dies of."""


class Writer(threading.Thread):
    """One writer that goes on step by step, as it is told."""

    def __init__(self, name: str, work: Callable[[BranchStore], object], remote: Path) -> None:
        super().__init__(name=name, daemon=True)
        self.work, self.remote = work, remote
        self.go, self.stopped = threading.Semaphore(0), threading.Semaphore(0)
        self.killed = self.done = False
        self.failure: BaseException | None = None
        self.chosen: Sequence[int] = ()
        """What one who takes previews away decided on, by what was open then."""

    def run(self) -> None:
        try:
            self.pause()
            self.work(self.store())
        except (Killed, SettingsError):
            pass  # a publication older than what is out is refused: as it should be
        except BaseException as error:
            self.failure = error
        self.done = True
        self.stopped.release()

    def store(self) -> BranchStore:
        """The real store, whose git waits for its turn."""
        pause = self.pause

        class Waiting(Git):
            def run(self, *arguments: str, **more: Any) -> Done:
                pause()
                return super().run(*arguments, **more)

        return BranchStore(str(self.remote), BRANCH, Waiting, lambda: repeat(0), lambda wait: None,
                           lambda: 0)

    def pause(self) -> None:
        self.stopped.release()
        self.go.acquire()
        if self.killed:
            raise Killed

    def step(self, *, kill: bool = False) -> None:
        """Go on to before the next call of git, or die where it stands."""
        self.killed = kill
        self.go.release()
        self.stopped.acquire()
        if self.failure:
            raise self.failure


@dataclass
class World:
    """The repository, what it should hold, and what happened."""

    folder: Path
    dice: random.Random
    pulls: dict[int, int] = field(default_factory=dict)
    """Open pull request → its newest version."""
    version: int = 0
    shown: dict[int, int] = field(default_factory=dict)
    """What should be there: preview → version."""
    production: int = 0
    writers: list[Writer] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    @property
    def remote(self) -> Path:
        return self.folder / "origin.git"

    @property
    def head(self) -> str:
        """The commit that the branch is at, or nothing."""
        path = self.remote / "refs/heads" / BRANCH
        return path.read_text().strip() if path.exists() else ""

    def site(self) -> tuple[int, Path]:
        """A new version of a site, with a page that all have, one of its own, and folders."""
        self.version += 1
        site = self.folder / f"site{self.version}"
        (site / "essays" / f"of-{self.version}").mkdir(parents=True)
        for name in ("index.html", "essays/index.html", f"essays/of-{self.version}/index.html"):
            (site / name).write_text(f"{name} {self.version}")
        (site / "same.css").write_text("the same")
        return self.version, site

    def begin(self, name: str, work: Callable[[BranchStore], object]) -> Writer:
        writer = Writer(name, work, self.remote)
        writer.start()
        writer.stopped.acquire()
        self.writers.append(writer)
        self.figures[name.split()[0]] += 1
        return writer

    def push(self, number: int) -> Writer:
        version, site = self.site()
        self.pulls[number] = version
        return self.begin(f"preview {number} {version}", lambda store: store.put(
            number, examine(site), lambda: self.pulls.get(number) == version))

    def close(self, number: int) -> Writer:
        self.pulls.pop(number, None)
        chosen: list[int] = []

        def choose(there: Sequence[int]) -> list[int]:
            chosen[:] = [each for each in there if each not in self.pulls]
            return chosen

        writer = self.begin("close", lambda store: store.remove(choose))
        writer.chosen = chosen
        return writer

    def publish(self) -> Writer:
        version, site = self.site()
        publication = Publication(_name(version), f"{version:040x}")
        return self.begin(f"publish {version}", lambda store: store.publish(
            examine(site), publication, lambda other: other > publication))

    def roll_back(self) -> Writer:
        return self.begin("rollback", lambda store: store.roll_back(None))

    def rewrite(self) -> None:
        """Somebody squashes the branch by force; its files stay."""
        if head := self.head:
            tree = self.git("rev-parse", f"{head}^{{tree}}")
            self.git("update-ref", f"refs/heads/{BRANCH}", self.git(
                "-c", "user.name=a", "-c", "user.email=a", "commit-tree", "-m", "Squash", tree))
            self.figures["rewritten"] += 1

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.remote), *arguments]
        return subprocess.run(command, text=True, capture_output=True, check=True).stdout.strip()

    def advance(self, writer: Writer, *, kill: bool = False) -> None:
        """One step of one writer; when it moved the branch, all must be as the model says."""
        before = self.head
        writer.step(kill=kill)
        self.figures["steps"] += 1
        self.figures["killed"] += kill
        if self.head != before:
            self.figures["moves"] += 1
            self.note(writer)
            self.compare()

    def note(self, writer: Writer) -> None:
        """What the one who moved the branch meant to change, and nothing else."""
        match writer.name.split():
            case ["preview", number, version]:
                self.shown[int(number)] = int(version)
            case ["close"]:
                self.shown = {n: v for n, v in self.shown.items() if n not in writer.chosen}
            case ["publish", version]:
                self.production = int(version)
            case ["rollback"]:
                back = int(self.git("show", f"{BRANCH}:publication.json").split('"')[3][:8])
                assert back < self.production
                self.production = back

    def compare(self) -> None:
        """Hold every file on the branch against the model."""
        found: dict[str, str] = {}
        for line in self.git("ls-tree", "-r", BRANCH).split("\n"):
            about, path = line.split("\t")
            found[path] = about.split()[2]
        wanted = dict(self._wanted())
        for extra in (".nojekyll", "robots.txt", "publication.json"):
            found.pop(extra, None)
        assert found == wanted, (self.shown, self.production)
        self.figures["files compared"] += len(found)

    def _wanted(self) -> Iterator[tuple[str, str]]:
        places = {f"preview/{number}/": version for number, version in self.shown.items()}
        for prefix, version in {**places, **({"": self.production} if self.production else {})
                                }.items():
            site = self.folder / f"site{version}"
            for path in sorted(site.rglob("*")):
                if path.is_file():
                    data = path.read_bytes()
                    yield f"{prefix}{path.relative_to(site).as_posix()}", _blob(data)


def simulate(folder: Path, seed: int) -> Counter[str]:
    """One round; what happened in it, by kind. Raises ``AssertionError`` when work was lost."""
    world = World(folder, random.Random(seed))
    subprocess.run(["git", "init", "-q", "--bare", str(world.remote)], check=True)
    world.git("config", "receive.autogc", "false")
    happenings: list[Callable[[], object]] = [
        world.publish, world.rewrite, world.roll_back,
        *(lambda number=number: world.push(number) for number in PULLS * 2),
        *(lambda number=number: world.close(number) for number in PULLS),
    ]
    left = [world.publish, *world.dice.choices(happenings, k=EVENTS)]
    while left or world.writers:
        if left and (not world.writers or world.dice.random() < 0.1):
            left.pop(0)()
        elif world.writers:
            writer = world.dice.choice(world.writers)
            world.advance(writer, kill=world.dice.random() < CRASH)
        world.writers = [writer for writer in world.writers if not writer.done]
    _settle(world)
    return world.figures


def _settle(world: World) -> None:
    """Who was killed is run again, with nobody else about: all must be as the last one wanted."""
    for number in [*world.pulls]:
        _finish(world, world.push(number))
    _finish(world, world.close(0))
    _finish(world, world.publish())
    assert world.shown == world.pulls
    assert world.production == world.version


def _finish(world: World, writer: Writer) -> None:
    while not writer.done:
        world.advance(writer)
    world.writers.clear()


def _name(version: int) -> str:
    """A publication's name that sorts by version."""
    return f"{version:08d}T000000Z-0000000"


def _blob(data: bytes) -> str:
    """The name that git gives a file's content, worked out without git."""
    return hashlib.sha1(b"blob %d\0%s" % (len(data), data)).hexdigest()


def main() -> None:
    """Print the figures of many rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    figures: Counter[str] = Counter()
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            figures += simulate(Path(folder), options.seed + number)
    print(f"{options.rounds} rounds from seed {options.seed}: no work lost")
    for kind, count in figures.most_common():
        print(f"{count:>9,} {kind}")


if __name__ == "__main__":
    main()
