"""A bare repository of one's own, thrown away afterwards, in which a branch is rewritten.

Nothing is ever checked out, so no name in a tree can reach the disk. Files go in as they are, by
``git fast-import``: neither attributes nor ignore files of a site have a say.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import VariorumError
from variorum.git import Git, last_words
from variorum.publishing.sites import Site

WRITER = "variorum <variorum@localhost.invalid>"
_NO_SUCH_BRANCH = 2
"""Exit code of ``git ls-remote --exit-code``."""
Edits = list[tuple[str, str | bytes | None]]
"""In order: a path, and the tree to put there, the content of a file, or nothing to be there."""


@dataclass(frozen=True)
class Scratch:
    """The repository, and the branch of a remote that it is about."""

    git: Git
    remote: str
    """An address or a path that git understands from anywhere."""
    branch: str

    def fetch(self, *, whole: bool = False) -> str | None:
        """The branch's newest commit, with all of its files; ``whole``: with its history.

        None when there is no such branch.
        """
        reference = f"refs/heads/{self.branch}"
        found = self.git.run("ls-remote", "--exit-code", "--", self.remote, reference)
        if found.code == _NO_SUCH_BRANCH:
            return None
        if found.code:
            raise VariorumError(
                f"{self.remote} cannot be read: {last_words(found.error)}",
                hint="see that the remote is right and that you may read it",
            )
        depth = () if whole else ("--depth", "1")
        self.git.ask("fetch", "-q", "--no-tags", *depth, "--", self.remote,
                     f"+{reference}:refs/variorum/there")
        return self.git.ask("rev-parse", "refs/variorum/there")

    def tree(self, commit: str | None, path: str = "") -> str | None:
        """The tree or file at ``path`` as of ``commit``, by its name in git."""
        if commit is None:
            return None
        done = self.git.run("rev-parse", "-q", "--verify", f"{commit}:{path}")
        return done.out.strip() or None

    def folders(self, commit: str | None, path: str) -> list[str]:
        """The names in the folder ``path`` as of ``commit``."""
        tree = self.tree(commit, path)
        return self.git.ask("ls-tree", "--name-only", tree).split("\n") if tree else []

    def store(self, site: Site, more: Mapping[str, bytes]) -> str:
        """A tree with the files of ``site`` and ``more`` of them."""
        def stream() -> Iterator[bytes]:
            yield f"commit refs/variorum/site\ncommitter {WRITER} 0 +0000\ndata 0\n".encode()
            for name in site.files:
                if name not in more:
                    yield from _file(name, site.read(name))
            for name, data in more.items():
                yield from _file(name, data)

        self.git.ask("fast-import", "--quiet", "--force", given=stream())
        return self.git.ask("rev-parse", "refs/variorum/site^{tree}")

    def commit(self, parent: str | None, edits: Edits, message: str, time: int) -> str:
        """A commit on top of ``parent`` with ``edits``; ``time`` is in seconds since 1970."""
        def stream() -> Iterator[bytes]:
            words = message.encode()
            yield f"commit refs/variorum/here\ncommitter {WRITER} {time} +0000\n".encode()
            yield b"data %d\n%s\n" % (len(words), words)
            if parent:
                yield f"from {parent}\n".encode()
            for path, what in edits:
                yield from _edit(path, what)

        self.git.run("update-ref", "-d", "refs/variorum/here")
        self.git.ask("fast-import", "--quiet", "--force", given=stream())
        return self.git.ask("rev-parse", "refs/variorum/here")

    def push(self, commit: str) -> str:
        """Offer ``commit``; what git said when it was not taken, else nothing. Never forces."""
        done = self.git.run("push", "-q", "--", self.remote,
                            f"{commit}:refs/heads/{self.branch}")
        return last_words(done.error) if done.code else ""


@contextmanager
def scratch(
    remote: str, branch: str, make: Callable[[Path], Git] = Git
) -> Iterator[Scratch]:
    """A repository for one piece of work on ``branch`` of ``remote``."""
    with tempfile.TemporaryDirectory(prefix="variorum-") as folder:
        git = make(Path(folder))
        git.ask("init", "-q", "--bare")
        yield Scratch(git, remote, branch)


def _edit(path: str, what: str | bytes | None) -> Iterator[bytes]:
    if what is None:
        yield f"D {path}\n".encode()
    elif isinstance(what, bytes):
        yield from _file(path, what)
    else:
        yield f'M 040000 {what} {path or chr(34) * 2}\n'.encode()


def _file(path: str, data: bytes) -> Iterator[bytes]:
    yield b"M 100644 inline %s\ndata %d\n" % (path.encode(), len(data))
    yield data
    yield b"\n"
