"""Makes new folders of files, whole or not at all."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from variorum.editions.files import create_text
from variorum.editions.finding import ESSAYS
from variorum.editions.settings import docs_of, find_root
from variorum.errors import InputError, Place, SettingsError

_SLUG_HINT = "use lower-case letters, digits and hyphens, such as `on-hats`"


def place_edition(slug: str) -> tuple[Path, Path]:
    """The root of the publication here, and the folder of its edition ``slug``, relative to here.

    Raises ``SettingsError`` outside of a publication, ``InputError`` when the slug would lead out
    of it.
    """
    root = find_root(Path())
    if root is None:
        raise SettingsError("there is no mkdocs.yml here, nor in a folder above",
                            hint="go to a publication’s folder first")
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug) or len(slug) > 64:
        raise InputError(f"`{slug}` cannot be an edition’s folder", hint=_SLUG_HINT)
    essays = docs_of(root).resolve() / ESSAYS
    folder = essays / slug
    if not folder.resolve().is_relative_to(root.resolve()):
        raise InputError("leads out of the publication", place=Place(folder))
    here = Path.cwd().resolve()
    return root, folder.relative_to(here) if folder.is_relative_to(here) else folder


def create_folder(folder: Path, files: Mapping[str, str]) -> None:
    """Make ``folder`` with ``files`` in one step; raises ``InputError`` if it is there already."""
    if folder.exists() or folder.is_symlink():
        raise InputError("is there already and was left as it is", place=Place(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", place=Place(folder)) from None
    try:
        for name, text in files.items():
            create_text(made / name, text)
        made.chmod(0o755)
        made.rename(folder)
    except OSError as error:
        raise InputError(f"cannot be made: {error.strerror}", place=Place(folder)) from None
    finally:
        shutil.rmtree(made, ignore_errors=True)
