"""How long a check takes, against plain ``language_tool_python`` on the same words.

    python bench/grammar.py             cold, unchanged and changed checks of the first edition
    python bench/grammar.py --many 100  also that many essays in one go, with peak memory
    python bench/grammar.py --all       all of it, and the speed of the prose map

Both run the same LanguageTool jars and the same Java, each as a whole process, in turn. A ratio is
the median of those of single rounds, so that it holds on another machine though the seconds do not,
and on a busy one. Exits with 1 when a ratio is past its goal. Needs an installed engine.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil

from variorum.checks.grammar import check_grammar
from variorum.editions import read_all
from variorum.languagetool import Folders, Grammar, Match, folders_in, stop_engine, user_folders
from variorum.languagetool.engine import Engine
from variorum.languagetool.install import engine_in

ROOT = Path(__file__).parents[1]
ESSAY = Path("docs/essays/with-friends-like-these")
PLAIN = """
import json, sys, psutil, language_tool_python
texts = json.load(open(sys.argv[1]))
tool = language_tool_python.LanguageTool("en-US")
for text in texts:
    tool.check(text)
server = psutil.Process(tool._server.pid)
peak = [l.split()[1] for l in open(f"/proc/{server.pid}/status") if l.startswith("VmHWM")]
print(int(peak[0]) / 1024)
tool.close()
"""
WORDS = ["ledger", "harbour", "letter", "winter", "market", "garden", "window", "teacher", "river"]


@dataclass
class Recorder:
    """Stands in for LanguageTool to learn which words a check sends."""

    texts: list[str] = field(default_factory=list)

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> list[tuple[Match, ...]]:
        """Remember the texts and find nothing."""
        self.texts += texts
        return [() for _ in texts]


def words_of(publication: Path) -> list[str]:
    """What a check of each page of the publication sends, a text per page."""
    essays = []
    for subject in read_all([publication / ESSAY]):
        recorder = Recorder()
        list(check_grammar(replace(subject, grammar=recorder)))
        essays.append("\n\n".join(recorder.texts))
    return essays


def plain_home(engine: Engine, folder: Path) -> dict[str, str]:
    """The environment in which ``language_tool_python`` starts our jars with our Java."""
    home = folder / "LanguageTool-6.8"
    (home / "libs").mkdir(parents=True)
    for jar in engine.lock.jars:
        artifact = jar.coordinate.split(":")[1]
        link = home / "libs" / f"{artifact}.jar"  # the names that the server's manifest asks for
        if not link.exists():
            link.symlink_to(engine.jars / jar.name)
        if artifact == "languagetool-server":
            shutil.copy(engine.jars / jar.name, home / "languagetool-server.jar")
    path = f"{engine.java.parent}{os.pathsep}{os.environ['PATH']}"
    return os.environ | {"LTP_PATH": str(folder), "PATH": path}


def timed(command: Sequence[str], cwd: Path, environment: dict[str, str]) -> tuple[float, str]:
    """Seconds of a whole process, and its output; ends this run when it could not do its work."""
    begun = time.perf_counter()
    run = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
    if run.returncode not in (0, 1) or "Traceback" in run.stderr:
        sys.exit(f"{command}: {run.stderr}")
    return time.perf_counter() - begun, run.stdout


@dataclass(frozen=True)
class Bench:
    """A copy of the publication, a cache with the installed engine, and nothing else yet."""

    publication: Path
    cache: Path
    engine: Engine
    plain_environment: dict[str, str]

    @property
    def folders(self) -> Folders:
        """The cache's parts."""
        return folders_in(self.cache)

    def forget(self) -> None:
        """No server and no results."""
        stop_engine(self.folders)
        for path in self.cache.glob("results*"):
            path.unlink()

    def check(self) -> float:
        """Seconds of ``variorum check`` on the edition."""
        command = [sys.executable, "-m", "variorum", "check", str(ESSAY)]
        return timed(command, self.publication, os.environ | {"VARIORUM_CACHE": str(self.cache)})[0]

    def plain(self, texts: Sequence[str]) -> tuple[float, float]:
        """Seconds, and peak megabytes of the server, of ``language_tool_python``."""
        path = self.cache / "texts.json"
        path.write_text(json.dumps(texts), "utf-8")
        command = [sys.executable, "-c", PLAIN, str(path)]
        seconds, peak = timed(command, self.cache, self.plain_environment)
        return seconds, float(peak)

    def cold(self) -> float:
        """Engine installed, no results, no server."""
        self.forget()
        return self.check()

    def unchanged(self) -> float:
        """Checked before; a server must not start."""
        stop_engine(self.folders)
        seconds = self.check()
        if list(self.folders.servers.glob("*/state.json")):
            sys.exit("an unchanged check started a server")
        return seconds

    def changed(self) -> float:
        """A server is warm, and one paragraph is new."""
        Grammar(folders=self.folders).check([f"Word {random.random()}."], "en-US")
        index = self.publication / ESSAY / "index.md"
        head, end, rest = index.read_text("utf-8").rpartition("\n{ #")
        index.write_text(
            f"{head} There were {random.randrange(10**9)} of them.{end}{rest}", "utf-8"
        )
        return self.check()


@dataclass(frozen=True)
class Row:
    """What was measured, and in each round: plain, ours."""

    name: str
    goal: float
    """What the ratio may be at most."""
    rounds: Sequence[tuple[float, float]]

    @property
    def ratio(self) -> float:
        """The median of those of single rounds."""
        return statistics.median(ours / plain for plain, ours in self.rounds)

    def __str__(self) -> str:
        plain, ours = (statistics.median(column) for column in zip(*self.rounds, strict=True))
        verdict = "" if self.ratio <= self.goal else " past it"
        measured = f"{plain:.2f} | {ours:.2f} | {self.ratio:.2f}"
        return f"| {self.name} | {measured} | {self.goal:.2f}{verdict} |"


def many(bench: Bench, count: int) -> list[Row]:
    """Rows for ``count`` essays of about 1,400 words, no two sentences the same."""
    essays = [invent_essay(number) for number in range(count)]
    plain, plain_peak = bench.plain(essays)
    bench.forget()
    begun = time.perf_counter()
    grammar = Grammar(folders=bench.folders)  # asked about all at once, as a check asks
    grammar.check([text for essay in essays for text in essay.split("\n\n")], "en-US")
    ours = time.perf_counter() - begun
    [url] = [name for name in grammar.answered if name != "cache"]
    peak = peak_memory(int(url.rpartition(":")[2]))
    return [
        Row(f"{count} essays, seconds", 0.6, [(plain, ours)]),
        Row("server's peak, MB", 0.6, [(plain_peak, peak)]),
    ]


def peak_memory(port: int) -> float:
    """Peak megabytes of this user's process that listens on ``port``."""
    for process in psutil.process_iter():
        try:
            ports = [s.laddr.port for s in process.net_connections("tcp") if s.status == "LISTEN"]
        except psutil.Error:
            continue
        if port in ports:
            lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
            [line] = [line for line in lines if line.startswith("VmHWM")]
            return int(line.split()[1]) / 1024
    raise SystemExit("the server has gone")


def invent_essay(seed: int, paragraphs: int = 14) -> str:
    """Plain sentences, some with a fault, that differ from essay to essay."""
    dice = random.Random(seed)

    def sentence() -> str:
        a, b, c, d = dice.sample(WORDS, 4)
        verb = dice.choice(
            ["described", "remembered", "have forgot", "kept", "sold", "were late for"]
        )
        return (
            f"In {dice.randrange(1600, 2000)} the {a} keeper {verb} every {b} that stood near the"
            f" {c}, and {dice.randrange(2, 999)} people wrote about the {d} afterwards."
        )

    return "\n\n".join(" ".join(sentence() for _ in range(5)) for _ in range(paragraphs))


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--times", type=int, default=3, help="measurements of which to take the median"
    )
    parser.add_argument("--many", type=int, default=0, help="also check this many invented essays")
    parser.add_argument("--all", action="store_true", help="--many 100, and bench/prose.py")
    asked = parser.parse_args()
    count = asked.many or (100 if asked.all else 0)
    engine = engine_in(user_folders())
    if not engine.is_complete():
        sys.exit("LanguageTool is not installed: run `variorum engine install`")
    with tempfile.TemporaryDirectory() as folder:
        bench = prepare(engine, Path(folder))
        try:
            rows = measure(bench, asked.times) + (many(bench, count) if count else [])
        finally:
            stop_engine(bench.folders)
    head = "| | plain | variorum | ratio | at most |"
    print(head, "|---|---|---|---|---|", *rows, sep="\n", end="\n\n")
    past = any(row.ratio > row.goal for row in rows)
    if asked.all:
        sys.stdout.flush()
        past |= subprocess.run([sys.executable, str(ROOT / "bench" / "prose.py")]).returncode != 0
    return 1 if past else 0


def prepare(engine: Engine, folder: Path) -> Bench:
    """A publication and a cache of their own, under ``folder``."""
    publication, cache = folder / "publication", folder / "cache"
    publication.mkdir()
    cache.mkdir()
    for name in ("mkdocs.yml", "pyproject.toml"):
        shutil.copy(ROOT / name, publication)
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, publication / name)
    (cache / "engine").symlink_to(engine.folder.parent)
    return Bench(publication, cache, engine, plain_home(engine, folder / "plain"))


def measure(bench: Bench, times: int) -> list[Row]:
    """The rows for the first edition."""
    texts = words_of(bench.publication)
    rounds = [
        (bench.plain(texts)[0], bench.cold(), bench.unchanged(), bench.changed())
        for _ in range(times)
    ]
    plain, *ours = zip(*rounds, strict=True)
    named = {"cold check": 0.55, "unchanged check": 0.06, "one paragraph changed, warm server": 0.1}
    words = sum(len(text.split()) for text in texts)
    print(f"The edition: {words} words. Medians of {times}, seconds of whole processes.\n")
    return [
        Row(name, goal, list(zip(plain, column, strict=True)))
        for (name, goal), column in zip(named.items(), ours, strict=True)
    ]


if __name__ == "__main__":
    sys.exit(main())
