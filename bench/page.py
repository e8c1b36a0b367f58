"""What a page costs: bytes of a first visit, HTML of a note, time to build a publication.

    python bench/page.py               build this site, measure its essay and one note more
    python bench/page.py --essays 100  and build so many essays with 25 notes each, against the
                                       same notes as footnotes in Material as it comes

Bytes over the wire are gzip's, of the page and all that it loads before anybody clicks; fonts are
counted apart. Builds take turns in processes of their own, whose time on a processor counts, the
least of each. Only the first build draws the pictures of essays, which are kept; it takes longer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import markdown

from variorum.essay import Selector
from variorum.extension import PageNote, VariorumExtension, annotate, render_body

ROOT = Path(__file__).resolve().parent.parent
ESSAY = "essays/with-friends-like-these"
NOTES = 25
MOST_SENT, MOST_FONTS, MOST_TIMES_AS_LONG = 65_394, 60_000, 1.15
"""Goals: bytes, bytes, and times as long as bare Material."""
KINDS = ("gloss", "context", "source", "reading", "question")
FRONT = """---
title: Essay {number}
description: An essay to be measured.
authors: [The editors]
date: 2026-01-02
---
"""
BARE = "site_name: Bare\ntheme: {name: material, font: false}\nmarkdown_extensions: [footnotes]\n"


class Loaded(HTMLParser):
    """What a browser fetches with a page; what waits in a template is not fetched."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.waiting = 0
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.waiting += tag == "template"
        address = given.get("src") if tag in ("script", "img") else None
        if tag == "link" and given.get("rel") in ("stylesheet", "preload", "icon"):
            address = given.get("href")
        if address and not self.waiting:
            self.found.append(address.partition("?")[0])

    def handle_endtag(self, tag: str) -> None:
        self.waiting -= tag == "template"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--essays", type=int, default=0)
    parser.add_argument("--times", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build(ROOT, Path(folder))
        print_visit(Path(folder))
    print_note()
    if asked.essays:
        print_builds(asked.essays, asked.times)


def build(config: Path, target: Path) -> float:
    """Seconds of a processor that it takes to build the publication in ``config``."""
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(target)]
    start = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=config, check=True, env=quiet)
    end = resource.getrusage(resource.RUSAGE_CHILDREN)
    return end.ru_utime - start.ru_utime + end.ru_stime - start.ru_stime


def print_visit(site: Path) -> None:
    """Bytes of the first visit to the essay."""
    sent, fonts = first_visit(site)
    print("first visit, gzip")
    for path, size in sent.items():
        print(f"  {size:7,}  {path.relative_to(site.resolve()).as_posix()}")
    print(f"  {sum(sent.values()):7,}  in all; goal: fewer than {MOST_SENT:,}")
    print(f"  {fonts:7,}  fonts; goal: at most {MOST_FONTS:,}")


def first_visit(site: Path) -> tuple[dict[Path, int], int]:
    """Compressed bytes of the essay's page and of each file that it loads, and bytes of fonts."""
    page = site / ESSAY / "index.html"
    paths = [page.resolve(), *dict.fromkeys(
        (page.parent / address).resolve() for address in Loaded(page.read_text("utf-8")).found)]
    fonts = sum(path.stat().st_size for path in paths if path.suffix == ".woff2")
    return {path: len(gzip.compress(path.read_bytes())) for path in paths
            if path.suffix != ".woff2"}, fonts


def print_note() -> None:
    """Bytes of HTML that a note adds to a page, against a footnote with the same words."""
    print(f"one note of {NOTES} more: bytes of HTML, and compressed")
    for name, (plain, packed) in note_bytes().items():
        print(f"  {plain:7.0f}  {packed:7.0f}  {name}")


def note_bytes() -> dict[str, tuple[float, float]]:
    """Bytes of HTML that one more takes, and of what is sent, by what it is."""
    return {
        "note": one_more(rendered_with_notes(NOTES), rendered_with_notes(0)),
        "footnote": one_more(rendered_with_footnotes(NOTES), rendered_with_footnotes(0)),
    }


def one_more(full: bytes, empty: bytes) -> tuple[float, float]:
    """What each of the notes in ``full`` takes, plain and compressed."""
    packed = len(gzip.compress(full)) - len(gzip.compress(empty))
    return (len(full) - len(empty)) / NOTES, packed / NOTES


def passage(number: int) -> str:
    """Words that stand only once in the essay."""
    return f"the {number}th matter"


def body(number: int) -> str:
    """What a note says."""
    return f"Note number {number} says what the *matter* is about, and who said so first."


def rendered_with_notes(count: int) -> bytes:
    """The essay with ``count`` notes."""
    notes = [PageNote(f"matter-{n}", KINDS[n % 5], Selector(exact=passage(n)), render_body(body(n)))
             for n in range(count)]
    page = markdown.markdown(essay(0), extensions=[VariorumExtension()])
    return annotate(page, notes).html.encode()


def rendered_with_footnotes(count: int) -> bytes:
    """The same with Python-Markdown's footnotes."""
    return markdown.markdown(essay(count), extensions=["footnotes"]).encode()


def essay(footnotes: int) -> str:
    """Markdown of an essay whose first passages have footnotes."""
    lines = [f"Before it came {passage(n)}{f'[^matter-{n}]' if n < footnotes else ''}, of which "
             "more could be said, and was. " + "And so on. " * 12
             for n in range(NOTES)]
    notes = [f"[^matter-{n}]: {body(n)}" for n in range(footnotes)]
    return "\n\n".join([*lines, *notes]) + "\n"


def print_builds(essays: int, times: int) -> None:
    """Seconds to build many essays, both ways."""
    ours, bare = time_builds(essays, times)
    print(f"{essays} essays with {NOTES} notes each, seconds of a processor, fastest of {times}")
    print(f"  {ours:7.2f}  notes\n  {bare:7.2f}  footnotes in bare Material")
    print(f"  {ours / bare:7.2f}  times as long; goal: {MOST_TIMES_AS_LONG}")


def time_builds(essays: int, times: int) -> tuple[float, float]:
    """Seconds of a processor that many essays take, with notes and with footnotes, in turn."""
    with tempfile.TemporaryDirectory() as name:
        ours, bare = Path(name, "ours"), Path(name, "bare")
        write_ours(ours, essays)
        write_bare(bare, essays)
        taken = [(build(ours, ours / "site"), build(bare, bare / "site")) for _ in range(times)]
    return min(a for a, _ in taken), min(b for _, b in taken)


def write_ours(folder: Path, essays: int) -> None:
    """This publication, with other essays."""
    shutil.copytree(ROOT / "overrides", folder / "overrides")
    shutil.copytree(ROOT / "docs" / "assets", folder / "docs" / "assets")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    (folder / "docs" / "essays").mkdir()
    for page in (*(ROOT / "docs").glob("*.*"), ROOT / "docs/essays/index.md"):
        shutil.copy(page, folder / page.relative_to(ROOT))
    (folder / "docs" / "index.md").write_text("# Measured\n", "utf-8")
    notes = [{"id": f"matter-{n}", "kind": KINDS[n % 5], "selector": {"exact": passage(n)},
              "body": body(n), "author": "An editor", "date": "2026-01-02"} for n in range(NOTES)]
    for number in range(essays):
        edition = folder / "docs" / "essays" / f"e{number}"
        edition.mkdir()
        (edition / "index.md").write_text(FRONT.format(number=number) + essay(0), "utf-8")
        (edition / "notes.yml").write_text(json.dumps({"notes": notes}), "utf-8")


def write_bare(folder: Path, essays: int) -> None:
    """The same words and notes, in Material as it comes."""
    (folder / "docs" / "essays").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(BARE, "utf-8")
    (folder / "docs" / "index.md").write_text("# Measured\n", "utf-8")
    for number in range(essays):
        path = folder / "docs" / "essays" / f"e{number}.md"
        path.write_text(f"# Essay {number}\n\n{essay(NOTES)}", "utf-8")


if __name__ == "__main__":
    main()
