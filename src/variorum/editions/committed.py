"""How files came to be what they are: all their committed texts, by a few calls of git for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from variorum.editions.history import ask, decode
from variorum.git import Blobs, Git

_HEAD, _FIELD = "\x01", "\x02"


@dataclass(frozen=True)
class Committed:
    """A file as a commit left it."""

    commit: str
    """Its whole name, in hexadecimal."""
    date: date
    author: str
    subject: str
    text: str = field(repr=False)


def read_histories(paths: Sequence[Path]) -> dict[Path, list[Committed]]:
    """The committed texts of each of ``paths``, the newest first.

    Nothing for a file that was never committed, and nothing at all where there is no git, no
    repository, or only the end of its history (a shallow clone), which would tell a lie.
    """
    if not paths:
        return {}
    told = (ask(paths[0].parent, "rev-parse", "--is-shallow-repository", "--show-toplevel")
            or b"").decode("utf-8", "replace").splitlines()
    if len(told) != 2 or told[0] != "false":
        return {}
    root = Path(told[1])
    known = {path.resolve().relative_to(root).as_posix(): path for path in paths
             if path.resolve().is_relative_to(root)}
    log = ask(root, "log", "-z", "--raw", "--no-abbrev", "--no-renames",
              f"--format={_HEAD}%H{_FIELD}%as{_FIELD}%an{_FIELD}%s", "--", *known)
    changes = list(_read_log((log or b"").decode("utf-8", "replace")))
    texts = _read_blobs(root, list(dict.fromkeys(blob for _, blob, _ in changes)))
    found: dict[Path, list[Committed]] = {}
    for head, blob, name in changes:
        if name in known and blob in texts:
            commit, day, author, subject = head
            found.setdefault(known[name], []).append(
                Committed(commit, date.fromisoformat(day), author, subject, texts[blob]))
    return found


def _read_log(log: str) -> Iterator[tuple[list[str], str, str]]:
    """Commit, blob and path of each change."""
    head: list[str] = []
    pieces = iter(log.split("\0"))
    for piece in pieces:
        if piece.startswith(_HEAD):
            head = piece.removeprefix(_HEAD).split(_FIELD, 3)
        elif piece.lstrip("\n").startswith(":"):
            yield head, piece.split()[3], next(pieces, "")


def _read_blobs(root: Path, names: Sequence[str]) -> Mapping[str, str]:
    texts: dict[str, str] = {}
    if not names:
        return texts
    with Blobs(Git(root)) as blobs:
        for name in names:
            if (data := blobs.read(name)) is not None:
                texts[name] = decode(data)
    return texts
