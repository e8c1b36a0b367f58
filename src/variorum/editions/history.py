"""What a file held before, from git, where there is git and a repository."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from variorum.errors import InputError, Place, VariorumError
from variorum.git import Git

VERSIONS = 30
"""How far back is looked, in commits that changed the file."""


def read_versions(path: Path, since: str | None = None) -> Iterator[str]:
    """The texts of ``path`` as committed, the newest first, or only as of commit ``since``.

    Nothing where the file is in no repository. Raises ``InputError`` when ``since`` is given and
    has no such file.
    """
    if since is not None:
        text = ask(path.parent, "show", f"{since}:./{path.name}")
        if text is None:
            raise InputError(f"is not in {since}", place=Place(path),
                             hint="name a commit, a branch or a tag that has the file")
        yield decode(text)
        return
    log = ask(path.parent, "log", "--format=%H", f"--max-count={VERSIONS}", "--", path.name)
    for commit in (log or b"").decode().split():
        if (text := ask(path.parent, "show", f"{commit}:./{path.name}")) is not None:
            yield decode(text)


def decode(data: bytes) -> str:
    """The text of a committed file."""
    return data.decode("utf-8-sig", "replace")


def ask(folder: Path, *arguments: str) -> bytes | None:
    """What git answers in ``folder``; ``None`` when it fails, is missing or takes a minute."""
    try:
        done = Git(folder).run(*arguments, seconds=60)
    except VariorumError:
        return None
    return done.raw if done.code == 0 else None
