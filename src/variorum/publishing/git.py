"""Git, run as a program: arguments in, its words out. What fails is said in git's own words."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import VariorumError

_SILENT = ("-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", "-c", "core.quotePath=false")
"""No hook and no housekeeping of the user's takes part in what is done here."""
_PLACES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX")
"""Set while git runs a hook; they would lead every command to that one repository."""


@dataclass(frozen=True)
class Done:
    """What became of a command."""

    code: int
    out: str
    error: str


@dataclass(frozen=True)
class Git:
    """Git at work in one folder."""

    folder: Path

    def start(self, *arguments: str, error: int = subprocess.DEVNULL) -> subprocess.Popen[bytes]:
        """Begin a command that is talked with; what it complains of goes to ``error``."""
        command = ["git", "-C", str(self.folder), *_SILENT, *arguments]
        try:
            return subprocess.Popen(command, env=_environment(), stdin=subprocess.PIPE,
                                    stdout=subprocess.PIPE, stderr=error)
        except FileNotFoundError:
            raise VariorumError("git is not installed", hint="install git") from None

    def run(self, *arguments: str, given: Iterable[bytes] = ()) -> Done:
        """Run a command, with the parts of ``given`` on its standard input."""
        process = self.start(*arguments, error=subprocess.PIPE)
        with process:
            try:
                _feed(process, given)
                out, error = process.communicate()
            except BaseException:
                process.kill()
                raise
        return Done(process.returncode, out.decode("utf-8", "replace"),
                    error.decode("utf-8", "replace"))

    def ask(self, *arguments: str, given: Iterable[bytes] = ()) -> str:
        """What a command answers, without the last line's end; raises when it fails."""
        done = self.run(*arguments, given=given)
        if done.code:
            raise VariorumError(f"git {arguments[0]} failed: {last_words(done.error)}")
        return done.out.rstrip("\n")


def last_words(error: str) -> str:
    """The end of what git said, which is where it says why."""
    return " ".join(error.split())[-500:] or "it does not say why"


def _feed(process: subprocess.Popen[bytes], given: Iterable[bytes]) -> None:
    assert process.stdin is not None
    try:
        for part in given:
            process.stdin.write(part)
        process.stdin.flush()
    except BrokenPipeError:
        pass  # git has left, and says why


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _PLACES}
    return kept | {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
