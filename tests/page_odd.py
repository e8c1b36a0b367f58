"""A publication of essays that nobody expects: far too long, too short, from right to left."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import yaml
from page_site import ROOT
from PIL import Image

LINE, LONG, HEBREW, WIDE = (f"essays/{name}/" for name in ("line", "long", "hebrew", "wide"))
ODD = (LINE, LONG, HEBREW, WIDE)
WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 3
HEBREW_WORDS = (
    "בבוקר אחד יצא העורך אל הדרך ובידו דף קרוע מן הספר. הוא קרא בו שורה אחר שורה, "
    "ומצא כי (כמעט) כל מילה שנייה חסרה. אז ישב וכתב אותה מחדש.")


def build_odd(source: Path, target: Path) -> None:
    """Write the publication to ``source`` and build it, without an address, to ``target``."""
    docs = source / "docs"
    shutil.copytree(ROOT / "overrides", source / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", docs / "assets")
    for page in (*(ROOT / "docs").glob("*.*"), ROOT / "docs" / "essays" / "index.md"):
        (docs / page.relative_to(ROOT / "docs")).parent.mkdir(exist_ok=True)
        shutil.copy(page, docs / page.relative_to(ROOT / "docs"))
    (docs / "index.md").write_text("# Odd\n", "utf-8")
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    del config["site_url"]
    (source / "mkdocs.yml").write_text(yaml.safe_dump(config), "utf-8")
    _write(docs / LINE, "One Line", "It is.\n", [])
    _write(docs / LONG, "Long", "".join(_chapters()),
           [f"word7 chapter{number} word8" for number in range(60)])
    _write(docs / HEBREW, "דף קרוע", f"{HEBREW_WORDS}\n\n## כותרת\n\nשוב: {HEBREW_WORDS[40:]}\n",
           ["יצא העורך", "שוב"], "he")
    _write(docs / WIDE, f"Wide: {WORD}", _wide(), [f"See {WORD}"])
    Image.new("RGB", (1600, 300), "#888").save(docs / WIDE / "panorama.png")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", str(target)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def _chapters() -> Iterator[str]:
    """60 sections of 1,000 words."""
    for number in range(60):
        yield f"## Chapter {number}\n\n"
        for start in range(0, 1000, 100):
            words = [f"chapter{number} word{word}" for word in range(start, start + 50)]
            yield f"{' '.join(words)}.\n\n"


def _wide() -> str:
    cells = "|".join(f" {WORD[:20]} " for _ in range(12))
    return (
        f"See {WORD} and `{WORD}`.\n\n![A panorama](panorama.png)\n\n"
        f"|{cells}|\n|{'---|' * 12}\n|{cells}|\n\n"
        f"    {WORD} {WORD}\n\n> {WORD}\n\n- {WORD}\n\nhttps://example.org/{WORD}\n\n## {WORD}\n\n"
        f"[{WORD}](https://example.org/{WORD}) is a link.\n")


def _write(
    folder: Path, title: str, text: str, passages: list[str], language: str = "en-US"
) -> None:
    folder.mkdir(parents=True)
    front = {"title": title, "description": title, "authors": ["An editor"], "date": "2026-01-02",
             "language": language}
    (folder / "index.md").write_text(f"---\n{json.dumps(front)}\n---\n\n{text}", "utf-8")
    kinds = ("gloss", "context", "source", "reading", "question")
    notes = [{"id": f"n{number}", "kind": kinds[number % 5], "selector": {"exact": exact},
              "body": f"{exact}, https://example.org/{WORD}", "author": "An editor",
              "date": "2026-01-02"} for number, exact in enumerate(passages)]
    if notes:
        (folder / "notes.yml").write_text(json.dumps({"notes": notes}), "utf-8")

