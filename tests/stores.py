"""What the tests of publishing share: built sites, repositories on the disk, what visitors see."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

from variorum.publishing import BranchStore, FolderStore, Store

IDENTITY = ("-c", "core.quotePath=false", "-c", "user.name=An editor",
            "-c", "user.email=editor@example.org")
OURS = ("publication.json", "robots.txt", ".nojekyll")
"""What a store adds to a site."""


def git(folder: Path, *arguments: str) -> str:
    """What git answers in ``folder``."""
    command = ["git", "-C", str(folder), *IDENTITY, *arguments]
    done = subprocess.run(command, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def make_site(folder: Path, words: str, **files: str) -> Path:
    """A built site whose pages say ``words``; further ``files`` by name, ``__`` for a slash."""
    for name, text in {"index.html": words, "essays__hats__index.html": words, **files}.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder


def files_in(folder: Path, skip: tuple[str, ...] = ()) -> dict[str, str]:
    """The files of a site on the disk, by path; ``skip`` names what at its root is left out."""
    return {
        path.relative_to(folder).as_posix(): decode(path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).parts[0] not in skip
    }


Seen = dict[str, dict[str, str]]
"""Place (``""`` for production, else a preview's number) → its files."""


def see_folder(folder: Path) -> Seen:
    """What a web server shows of a :class:`FolderStore`."""
    seen: Seen = {}
    if (folder / "current").exists():
        seen[""] = files_in(folder / "current", ("preview", *OURS))
    for link in sorted((folder / "preview").glob("[0-9]*")):
        seen[link.name] = files_in(link)
    return seen


def see_branch(remote: Path, branch: str) -> Seen:
    """What a host shows of a :class:`BranchStore`."""
    seen: Seen = {}
    if not git(remote, "for-each-ref", f"refs/heads/{branch}"):
        return seen
    command = ["git", "-C", str(remote), "archive", "--format=tar", branch]
    packed = subprocess.run(command, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None or member.name in OURS:
                continue
            place, name = "", member.name
            if name.startswith("preview/"):
                _, place, name = name.split("/", 2)
            seen.setdefault(place, {})[name] = decode(content.read())
    return seen


def decode(data: bytes) -> str:
    """The words of a file, or of a picture what can be compared."""
    return data.decode("utf-8", "surrogateescape")


def make_folder(parent: Path) -> tuple[Store, Callable[[], Seen]]:
    """A store in a folder, and what it shows."""
    return FolderStore(parent / "www"), lambda: see_folder(parent / "www")


def make_branch(parent: Path) -> tuple[Store, Callable[[], Seen]]:
    """A store on a branch, and what it shows."""
    remote = parent / "origin.git"
    if not remote.exists():
        parent.mkdir(exist_ok=True)
        git(parent, "init", "-q", "--bare", "--template=", str(remote.absolute()))
    store = BranchStore(str(remote.absolute()), "site", sleep=lambda seconds: None)
    return store, lambda: see_branch(remote, "site")
