"""What a change is compared with: the commit at which it left the branch that it is meant for.

That commit stays what it is while the branch moves on. Its files are read out of git one by one,
as they are: nothing is checked out, no hook and no filter runs, and a link is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from variorum.errors import InputError, Place, VariorumError
from variorum.git import Blobs, Git

LARGEST = 50_000_000
"""Bytes of a file that a preview takes."""
_BRANCHES = ("refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master",
             "refs/heads/main", "refs/heads/master")
"""Where changes are meant for, when nobody says it."""
_TOO_LARGE = f"is larger than {LARGEST // 1_000_000} MB"
_FILE = "100"
"""What the modes of files begin with; links and other repositories have others."""


@dataclass(frozen=True)
class Base:
    """Two states of a publication."""

    commit: str
    """The earlier one."""
    head: str
    """The commit that the files here are based on."""
    dirty: bool
    """Whether the files here are changed since."""


def find_base(root: Path, asked: str | None) -> Base:
    """Where the files in ``root`` left ``asked``, a branch or commit, or the remote's main branch.

    Raises ``InputError`` when that cannot be told.
    """
    git = Git(root)
    head = _commit(git, "HEAD")
    if head is None:
        raise InputError("has no commit to compare with", place=Place(root),
                         hint="git init, then commit the state that you start from")
    name = asked or next((name for name in _BRANCHES if _commit(git, name)), "HEAD")
    there = _commit(git, name)
    if there is None:
        raise InputError(f"there is no commit or branch {name!r} here", place=Place(root),
                         hint="git fetch origin, or name another: --base COMMIT")
    found = git.run("merge-base", there, head)
    if found.code:
        raise _nothing_shared(git, root, name)
    dirty = bool(git.ask("status", "--porcelain", "--", "."))
    return Base(found.out.split()[0], head, dirty)


def _commit(git: Git, name: str) -> str | None:
    done = git.run("rev-parse", "-q", "--verify", "--end-of-options", f"{name}^{{commit}}")
    return done.out.strip() if done.code == 0 else None


def _nothing_shared(git: Git, root: Path, name: str) -> InputError:
    if git.ask("rev-parse", "--is-shallow-repository") == "true":
        return InputError(f"the history here ends before it meets {name!r}", place=Place(root),
                          hint="fetch all of it: git fetch --unshallow")
    return InputError(f"has no commit in common with {name!r}", place=Place(root),
                      hint="was its history rewritten? git rebase onto it, or name another: "
                      "--base COMMIT")


def extract(root: Path, commit: str, folder: str, target: Path) -> dict[str, str]:
    """Write the files of ``folder``, a path from ``root``, as of ``commit`` into ``target``.

    Returns what was left out, by its path in ``folder``, and why.
    """
    git = Git(root)
    left: dict[str, str] = {}
    with Blobs(git) as blobs:
        for entry in _list_entries(git, commit, folder):
            if why := entry.refusal:
                left[entry.path] = why
                continue
            data = blobs.read(entry.blob)
            if data is None:
                raise VariorumError(f"git has lost the file {entry.path}",
                                    hint="git fsck says more")
            file = target / entry.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    return left


@dataclass(frozen=True)
class _Entry:
    """What git has under a name."""

    path: str
    mode: str
    blob: str
    size: str

    @property
    def refusal(self) -> str:
        """Why it is not taken; empty when it is."""
        if not self.mode.startswith(_FILE) or ".." in PurePosixPath(self.path).parts:
            return "is a link"
        return _TOO_LARGE if int(self.size) > LARGEST else ""


def _list_entries(git: Git, commit: str, folder: str) -> Iterator[_Entry]:
    path = git.ask("rev-parse", "--show-prefix") + folder
    listed = git.run("ls-tree", "-r", "-l", "-z", "--full-tree", commit, "--", path).out
    for entry in filter(None, listed.split("\0")):
        about, _, name = entry.partition("\t")
        mode, _, blob, size = about.split()
        yield _Entry(PurePosixPath(name).relative_to(path).as_posix(), mode, blob, size)


def refuse_odd_files(docs: Path) -> None:
    """Raises ``InputError`` for a link out of ``docs``, and for what is no file or too large."""
    inside = docs.resolve()
    for path in docs.rglob("*"):
        if path.is_symlink() and not path.resolve().is_relative_to(inside):
            raise InputError("is a link out of the folder of documents", place=Place(path),
                             hint="put the file itself there")
        if not (path.is_file() or path.is_dir() or path.is_symlink()):
            raise InputError("is neither a file nor a folder", place=Place(path),
                             hint="take it away")
        if path.is_file() and path.stat().st_size > LARGEST:
            raise InputError(_TOO_LARGE, place=Place(path),
                             hint="publish it elsewhere and link to it")
