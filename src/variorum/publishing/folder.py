"""Production and previews as a folder that a web server shows.

    releases/<name>/       each publication, whole, written once
    current                a link to one of them: the root of the web server
    preview/<number>       a link to the one version of a preview
    preview/.<number>-…/   that version
    .gitignore             so that git takes no notice

A link is exchanged in one step, after everything behind it is on the disk. Whoever is killed
leaves the old links, and a hidden folder that the next writer takes away.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from filelock import FileLock

from variorum.errors import InputError, Place
from variorum.publishing.publication import (
    RECORD,
    Publication,
    Published,
    choose,
    read_record,
    write_record,
)
from variorum.publishing.sites import Site
from variorum.publishing.store import PREVIEWS, always, refuse_older, refuse_preview_folder

KEPT = 10
"""Publications that are kept to go back to."""
_RELEASES, _CURRENT, _LOCK = "releases", "current", ".lock"
_IGNORED = ".gitignore"
_OURS = frozenset({_RELEASES, _CURRENT, _LOCK, _IGNORED, PREVIEWS})


@dataclass(frozen=True)
class FolderStore:
    """A store in one folder of this machine, or of one that is mounted here."""

    folder: Path

    def publish(
        self, site: Site, publication: Publication, newer: Callable[[Publication], bool]
    ) -> None:
        """See :class:`~variorum.publishing.store.Store`."""
        refuse_preview_folder(site)
        with self._alone():
            current = self._current()
            if current:
                refuse_older(_read(current), publication, newer)
            target = self.folder / _RELEASES / publication.name
            if not target.exists():
                record = {RECORD: write_record(publication, site)}
                draft = self._write(target.parent, f".{publication.name}", site, record)
                (draft / PREVIEWS).symlink_to(f"../../{PREVIEWS}")
                draft.rename(target)
            _point(self.folder / _CURRENT, f"{_RELEASES}/{publication.name}")
            self._forget()

    def publications(self) -> list[Published]:
        """See :class:`~variorum.publishing.store.Store`."""
        current = self._current()
        return [Published(_read(path), path == current) for path in self._kept()]

    def roll_back(self, name: str | None) -> Publication:
        """See :class:`~variorum.publishing.store.Store`."""
        with self._alone():
            chosen = choose(self.publications(), name)
            _point(self.folder / _CURRENT, f"{_RELEASES}/{chosen.name}")
        return chosen

    def previews(self) -> list[int]:
        """See :class:`~variorum.publishing.store.Store`."""
        links = (self.folder / PREVIEWS).glob("[0-9]*")
        return sorted(int(link.name) for link in links if link.is_symlink())

    def put(self, number: int, site: Site, wanted: Callable[[], bool] = always) -> bool:
        """See :class:`~variorum.publishing.store.Store`."""
        with self._alone():
            if not wanted():
                return False
            version = self._write(self.folder / PREVIEWS, f".{number}-", site, {})
            _point(self.folder / PREVIEWS / str(number), version.name)
            self._sweep()
        return True

    def remove(self, unwanted: Callable[[Sequence[int]], Collection[int]]) -> list[int]:
        """See :class:`~variorum.publishing.store.Store`."""
        with self._alone():
            there = self.previews()
            gone = sorted(set(unwanted(there)) & set(there))
            for number in gone:
                (self.folder / PREVIEWS / str(number)).unlink()
            self._sweep()
        return gone

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One writer at a time; the system lets go of the lock of one who was killed."""
        self.folder.mkdir(parents=True, exist_ok=True)
        others = {path.name for path in self.folder.iterdir()} - _OURS - {_draft(_CURRENT)}
        current = self.folder / _CURRENT
        if others or (current.exists() and not current.is_symlink()):
            raise InputError(
                "holds other things than publications", place=Place(self.folder),
                hint="name a new or an empty folder; the web server’s root is `current` in it",
            )
        with FileLock(self.folder / _LOCK):
            for name in (_RELEASES, PREVIEWS):
                (self.folder / name).mkdir(exist_ok=True)
            # Where it stands in the publication's own repository, it is no change of that.
            (self.folder / _IGNORED).write_text("*\n")
            self._sweep()
            yield

    def _write(self, parent: Path, prefix: str, site: Site, more: Mapping[str, bytes]) -> Path:
        """A new hidden folder in ``parent`` with ``site`` and ``more`` files, on the disk."""
        draft = Path(mkdtemp(prefix=prefix, dir=parent))
        for name in (*site.files, *more):
            path = draft / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write_file(path, more[name] if name in more else site.read(name))
        draft.chmod(0o755)
        for inside, _, _ in os.walk(draft):
            _sync(Path(inside))
        return draft

    def _current(self) -> Path | None:
        link = self.folder / _CURRENT
        return self.folder / link.readlink() if link.is_symlink() else None

    def _kept(self) -> list[Path]:
        """The folders of publications, the newest first."""
        return sorted((self.folder / _RELEASES).glob("[0-9]*"), reverse=True)

    def _forget(self) -> None:
        current = self._current()
        for path in self._kept()[KEPT:]:
            if path != current:
                # Out of sight in one step: a publication that is kept is whole.
                _delete(path.rename(path.with_name(f".{path.name}")))

    def _sweep(self) -> None:
        """Take away what no link leads to: what was replaced, or left by one who was killed."""
        links = [path for path in (self.folder / PREVIEWS).glob("[0-9]*") if path.is_symlink()]
        used = {path.readlink().name for path in links}
        hidden = [*(self.folder / _RELEASES).glob(".*"), *(self.folder / PREVIEWS).glob(".*")]
        for path in hidden:
            if path.name not in used:
                _delete(path)


def _read(release: Path) -> Publication:
    try:
        return read_record((release / RECORD).read_bytes())
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", place=Place(release)) from None


def _point(link: Path, target: str) -> None:
    """Let ``link`` lead to ``target`` from one moment to the next."""
    draft = link.with_name(_draft(link.name))
    draft.unlink(missing_ok=True)
    draft.symlink_to(target)
    draft.replace(link)
    _sync(link.parent)


def _draft(name: str) -> str:
    return f".{name}.link"


def _write_file(path: Path, data: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def _sync(folder: Path) -> None:
    """See that the names in ``folder`` are on the disk, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
