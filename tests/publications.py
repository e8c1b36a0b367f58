"""A small publication, in this one's frame, for tests that change it and build it."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
ESSAY = """---
title: {title}
description: What hats are for.
authors: [The editors]
date: 2026-01-02
{more}---

A hat keeps the rain off. {words}
{{ #p1 from="edition" }}
"""
NOTES = """notes:
  - {id: rain, kind: gloss, selector: {exact: keeps the rain off}, body: In most weathers.,
     author: An editor, date: 2026-01-02}
"""
BUILD = """#!/bin/sh
set -eu
cd "$(dirname "$0")/.."
exec .venv/bin/python -m mkdocs build -q --strict "$@"
"""
"""Without the check by LanguageTool, which has tests of its own."""


def write_publication(folder: Path) -> None:
    """One essay, in this publication's frame, with the scripts that its workflows call."""
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(ROOT / "docs/assets", folder / "docs/assets")
    config = (ROOT / "mkdocs.yml").read_text("utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("  - About: about.md\n", ""), "utf-8")
    for name in ("notes.md", "readings.md", "essays/index.md"):
        (folder / "docs" / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs" / name, folder / "docs" / name)
    (folder / "docs/index.md").write_text("# Essays\n\nRead [about hats](essays/hats/index.md).\n")
    write_essay(folder, "hats", "Nobody minds.")
    (folder / "scripts").mkdir()
    for path in (ROOT / "scripts").iterdir():
        shutil.copy(path, folder / "scripts")
    (folder / "scripts/setup").write_text("#!/bin/sh\n")
    (folder / "scripts/build").write_text(BUILD)


def write_essay(folder: Path, slug: str, words: str, more: str = "") -> None:
    essay = folder / "docs/essays" / slug
    essay.mkdir(exist_ok=True)
    (essay / "index.md").write_text(ESSAY.format(title="On Hats", words=words, more=more))
    (essay / "notes.yml").write_text(NOTES)
