"""A built site as data: it is looked at before anything is done with it, and never run."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import InputError, Place
from variorum.publishing.names import fault_of_name

FRONT = "index.html"


@dataclass(frozen=True)
class Limits:
    """What no site of essays has reason to exceed."""

    files: int = 20_000
    size: int = 500_000_000
    """Bytes of all files."""
    largest: int = 95_000_000
    """Bytes of one file; hosts of git refuse 100 MB."""
    depth: int = 20
    """Folders in folders."""


LIMITS = Limits()


@dataclass(frozen=True)
class Site:
    """A folder that was examined."""

    folder: Path
    files: tuple[str, ...]
    """Paths in it, with forward slashes, in order."""

    def read(self, name: str) -> bytes:
        """The bytes of one of the files; not of what was put in its place since."""
        handle = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(handle, "rb") as stream:
            return stream.read()


def examine(folder: Path, *, foreign: bool = False, limits: Limits = LIMITS) -> Site:
    """The site in ``folder``, which holds nothing but files and folders with sound names.

    ``foreign`` is a site that was built from somebody else's change. Raises ``InputError`` that
    says of the first fault what and where it is.
    """
    if folder.is_symlink() or not folder.is_dir():
        raise InputError("is not a folder", place=Place(folder), hint="name a built site")
    files: list[str] = []
    size = 0
    for name, length in _walk(folder, "", foreign, limits):
        files.append(name)
        size += length
        if len(files) > limits.files:
            raise _refusal(folder, f"there are more than {limits.files} files")
        if size > limits.size:
            raise _refusal(folder, f"it is larger than {limits.size} bytes")
    if FRONT not in files:
        raise _refusal(folder, f"there is no {FRONT}")
    return Site(folder, tuple(sorted(files)))


def _walk(root: Path, inside: str, foreign: bool, limits: Limits) -> Iterator[tuple[str, int]]:
    """Every file below ``inside``, with its length in bytes."""
    if inside.count("/") > limits.depth:
        raise _refusal(root, f"folders stand more than {limits.depth} deep", inside)
    seen: dict[str, str] = {}
    for entry in sorted(os.scandir(root / inside), key=lambda entry: entry.name):
        name = f"{inside}{entry.name}"
        if fault := fault_of_name(entry.name, foreign=foreign):
            raise _refusal(root, f"the name {fault}", name)
        if (other := seen.setdefault(entry.name.casefold(), name)) != name:
            raise _refusal(root, f"some disks cannot tell it from {other}", name)
        status = entry.stat(follow_symlinks=False)
        if stat.S_ISDIR(status.st_mode):
            yield from _walk(root, f"{name}/", foreign, limits)
        elif not stat.S_ISREG(status.st_mode):
            raise _refusal(root, "it is neither a file nor a folder but a link or a device", name)
        elif status.st_size > limits.largest:
            raise _refusal(root, f"it is larger than {limits.largest} bytes", name)
        else:
            yield name, status.st_size


def _refusal(root: Path, reason: str, name: str = "") -> InputError:
    shown = name.encode("unicode_escape", "backslashreplace").decode("ascii")
    return InputError(f"is not a site: {reason}", place=Place(root / shown if name else root))
