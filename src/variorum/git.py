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
    raw: bytes
    """What it answered."""
    error: str

    @property
    def out(self) -> str:
        """What it answered, as text."""
        return self.raw.decode("utf-8", "replace")


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
        except OSError:
            raise VariorumError("git is not installed", hint="install git") from None

    def run(
        self, *arguments: str, given: Iterable[bytes] = (), seconds: float | None = None
    ) -> Done:
        """Run a command, with the parts of ``given`` on its standard input.

        Raises ``VariorumError`` when there is no git, or no answer within ``seconds``.
        """
        process = self.start(*arguments, error=subprocess.PIPE)
        with process:
            try:
                _feed(process, given)
                out, error = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
                raise VariorumError(f"git {arguments[0]} does not answer",
                                    hint="try it by hand") from None
            except BaseException:
                process.kill()
                raise
        return Done(process.returncode, out, error.decode("utf-8", "replace"))

    def ask(self, *arguments: str, given: Iterable[bytes] = ()) -> str:
        """What a command answers, without the last line's end; raises when it fails."""
        done = self.run(*arguments, given=given)
        if done.code:
            raise VariorumError(f"git {arguments[0]} failed: {last_words(done.error)}")
        return done.out.rstrip("\n")


class Blobs:
    """Files as git keeps them, by their names in git; one git answers while the context lasts."""

    def __init__(self, git: Git) -> None:
        self.process = git.start("cat-file", "--batch")

    def __enter__(self) -> Blobs:
        return self

    def read(self, name: str) -> bytes | None:
        """The content of a file; ``None`` when git has no such file."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(f"{name}\n".encode())
        self.process.stdin.flush()
        head = self.process.stdout.readline().split()
        if len(head) != 3:
            return None
        data = self.process.stdout.read(int(head[2]))
        self.process.stdout.read(1)
        return data if head[1] == b"blob" else None

    def __exit__(self, *error: object) -> None:
        self.process.kill()
        self.process.communicate()


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
