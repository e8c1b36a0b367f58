"""One preview, from a work tree and a commit to a folder."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from variorum.cli.building import end_build, start_build
from variorum.cli.comparing import compare_checks
from variorum.cli.differing import Pages, compare_essays, compare_others
from variorum.cli.marking import write_preview
from variorum.cli.serving import HOST, PORT
from variorum.cli.states import States, lay_states
from variorum.editions import docs_of, read_site_name, read_site_url
from variorum.errors import InputError, Place
from variorum.preview import Found, Preview
from variorum.publishing.base import find_base, refuse_odd_files

LOCAL = f"http://{HOST}:{PORT}/"
"""Where a folder is served that nobody gave an address."""


def make_preview(root: Path, ref: str | None, to: Path, url: str) -> Preview:
    """Write the preview of the files in ``root`` to the folder ``to``, in one step.

    Raises ``VariorumError`` when it cannot be built; ``to`` is then what it was.
    """
    base = find_base(root, ref)
    refuse_odd_files(docs_of(root))
    _refuse_foreign(to)
    with TemporaryDirectory(prefix="variorum-") as name:
        states = lay_states(root, base.commit, Path(name))
        new, mended, unchecked = _build(states, url)
        pages = Pages(states.site, states.old)
        preview = Preview(
            read_site_name(root), base.commit, base.head, base.dirty,
            tuple(compare_essays(states, pages)), tuple(compare_others(states, pages)),
            new, mended, unchecked, "" if url == LOCAL else url,
            tuple(f"{path} {why}" for path, why in states.left_out.files.items()))
        write_preview(states.site, preview, pages.differences, read_site_url(root))
        _put(states.site, to)
    return preview


def _build(states: States, url: str) -> tuple[tuple[Found, ...], tuple[Found, ...], str]:
    """Build both states, and meanwhile check them: see :func:`compare_checks`."""
    builds = [start_build(states.root, states.site, url),
              start_build(states.earlier, states.old, url)]
    try:
        found = compare_checks(states.root, states.earlier, states.renamed)
        for build in builds:
            end_build(build)
    finally:
        for build in builds:
            with suppress(OSError):
                build.kill()
    return found


def _refuse_foreign(to: Path) -> None:
    """Raises ``InputError`` when ``to`` holds something else than a preview."""
    if to.is_symlink() or (to.exists() and not to.is_dir()):
        raise InputError("is no folder", place=Place(to), hint="name another with --to")
    if to.is_dir() and any(to.iterdir()) and not (to / "preview.json").is_file():
        raise InputError("holds other files than a preview, and was left as it is",
                         place=Place(to), hint="name another folder with --to")


def _put(site: Path, to: Path) -> None:
    """Let ``site`` stand at ``to``; what was there is whole until then."""
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        shutil.move(site, beside / "new")
        if to.exists():
            to.rename(beside / "old")
        (beside / "new").rename(to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
