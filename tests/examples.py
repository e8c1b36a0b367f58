"""Lays a rule's example over the clean edition in ``base/`` and reads the outcome."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from variorum.checks.rule import Example, Subject
from variorum.editions import read_edition
from variorum.sources import read_plain

BASE = Path(__file__).parent / "base"


def lay(example: Example, root: Path) -> Subject:
    """The edition that ``example`` makes in the folder ``root``.

    An essay without front matter gets that of the base edition. The base's notes are for the
    base's essay only; a plain text, which has no provenance, is an essay without a ledger. A name
    such as ``a-slug/index.md`` names the edition's folder too.
    """
    overlay = {"index.md": example} if isinstance(example, str) else dict(example)
    files = overlay if isinstance(example, str) else _base(overlay) | overlay
    folder = root / _folder(files)
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / Path(name).name).write_bytes(_whole(name, text).encode())
    subject = read_edition(folder)
    source = folder / "copy.txt"
    return replace(
        subject,
        source=read_plain(source) if source.exists() else None,
        targets=frozenset(path.name for path in folder.iterdir()),
    )


def _base(example: Mapping[str, str]) -> dict[str, str]:
    if any("/" in name for name in example):
        return {}
    names = ["source.yml"] if "index.md" in example else ["index.md", "source.yml"]
    return {name: (BASE / name).read_text(encoding="utf-8") for name in names}


def _folder(files: Mapping[str, str]) -> str:
    return next((name.rpartition("/")[0] for name in files if "/" in name), "an-edition")


def _whole(name: str, text: str) -> str:
    if not name.endswith("index.md") or text.startswith("---"):
        return text
    base = (BASE / "index.md").read_text(encoding="utf-8")
    front = re.match(r"---\n.*?\n---\n\n", base, re.S)
    assert front
    return front.group() + text
