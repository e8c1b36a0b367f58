"""Builds a site as ``scripts/build`` does, in a process of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from variorum.editions import docs_of, read_edition
from variorum.errors import InputError, VariorumError
from variorum.publishing.base import extract


def start_build(root: Path, site: Path, url: str) -> subprocess.Popen[str]:
    """Begin to build the publication in ``root`` into ``site``, for the address ``url``."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", "-", "-d", str(site)]
    process = subprocess.Popen(
        command, cwd=root, env=os.environ | {"NO_MKDOCS_2_WARNING": "1"}, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )
    assert process.stdin
    process.stdin.write(f"INHERIT: mkdocs.yml\nsite_url: {json.dumps(url)}\n")
    process.stdin.close()
    process.stdin = None
    return process


def end_build(process: subprocess.Popen[str]) -> None:
    """Wait for a build; raises ``VariorumError`` when it failed."""
    _, error = process.communicate()
    if process.returncode:
        said = "\n".join(error.strip().splitlines()[-12:])
        raise VariorumError(f"the site cannot be built:\n{said}",
                            hint="./scripts/serve shows it while you mend it")


@dataclass(frozen=True)
class LeftOut:
    """What of an earlier state could not be taken, and why."""

    editions: Mapping[str, str]
    """By their slugs."""
    files: Mapping[str, str]
    """By their paths among the documents."""


def lay_out(root: Path, commit: str, target: Path) -> LeftOut:
    """Make a publication of the documents as of ``commit`` and all else as it is now."""
    docs = docs_of(root).resolve().relative_to(root.resolve())
    target.mkdir()
    for path in root.iterdir():
        if path.name == "mkdocs.yml":
            shutil.copy(path, target)
        elif path.name != docs.parts[0] and not path.name.startswith("."):
            (target / path.name).symlink_to(path.resolve())
    (target / docs).mkdir(parents=True)
    files = extract(root, commit, docs.as_posix(), target / docs)
    return LeftOut(dict(_drop_unreadable(target / docs)), files)


def _drop_unreadable(docs: Path) -> list[tuple[str, str]]:
    dropped = []
    for folder in editions_in(docs):
        try:
            read_edition(folder)
        except InputError as error:
            dropped.append((folder.name, error.cause))
            shutil.rmtree(folder)
    return dropped


def editions_in(docs: Path) -> list[Path]:
    """The folders of editions, as a site finds them."""
    return sorted(path for path in (docs / "essays").glob("*")
                  if path.is_dir() and any(child.is_file() for child in path.iterdir()))
