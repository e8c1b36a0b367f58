"""What importing keeps, mends and drops of each format, as a table that people can read.

    python tests/test_import_formats.py > tests/formats.md
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from test_import import docx, paragraph

from variorum.sources import Received, read_bytes

TABLE = Path(__file__).with_name("formats.md")
LONG = "The kettle stood on the stove from the first cold week of the year until the last, and it"
TEXT = f"""ON KETTLES


{LONG} was never
quite empty. My aunt held that an empty kettle was an in-
vitation to bad luck, and a full one to vis-
itors; she had an oﬃcial opinion on both.[1]

3

ON KETTLES

She said: "A kettle that's watched is a kettle that's loved" -- and filled
it again... Nobody argued. The â€œrulesâ€\x9d of the house were few and old.

[1] She kept it to herself.

4

ON KETTLES

The kettle is mine now. It hangs in the kitchen, and it has a dent.

5

ON KETTLES
"""
MARKDOWN = f"""---
title: On Kettles
---
<!-- to be checked -->
# On Kettles

{LONG} was *never* empty.[^1]

## Rules

- An empty kettle is bad luck.
- A full one brings visitors.

> "A watched kettle is a loved kettle."

[^1]: Or not for long.

<script>track()</script>
"""
HTML = f"""<!doctype html><html><head><title>On Kettles</title><style>p {{ color: red }}</style>
<script src="https://example.org/x.js"></script></head><body>
<header>The Kitchen Review</header><nav><a href="/">Home</a> <a href="/all">All essays</a></nav>
<article><h1>On Kettles</h1><p>{LONG} was <em>never</em> quite empty.<sup><a href="#n1">1</a></sup>
</p><h2>Rules</h2><ul><li>An empty kettle is bad luck.</li><li>A full one brings visitors.</li></ul>
<blockquote><p>A watched kettle is a loved kettle, and that is all there is to say.</p></blockquote>
<p>It hangs in my kitchen now, it has a dent, and I would not sell it for a silver one.</p>
<ol><li id="n1">Or not for long. <a href="#r1">↩</a></li></ol></article>
<img src="kettle.jpg" alt="a kettle"><aside>Read next: On Pans</aside>
<form><button>Subscribe</button></form><footer>All rights reserved</footer></body></html>
"""
NAMES = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'"
WORD = docx(
    paragraph("On Kettles", "Heading1") + paragraph(f"{LONG} was never quite empty.")
    + "<w:p><w:r><w:t>It hangs in my kitchen now, </w:t></w:r><w:r><w:rPr><w:i/></w:rPr>"
      "<w:t>dented</w:t></w:r><w:del><w:r><w:delText>and old</w:delText></w:r></w:del>"
      "<w:r><w:t> but whole.</w:t></w:r></w:p>",
    **{"word/header1.xml": f"<w:hdr {NAMES}><w:t>The Kitchen Review</w:t></w:hdr>",
       "word/comments.xml": f"<w:comments {NAMES}><w:comment w:id='0'><w:p><w:r><w:t>Check this."
                            "</w:t></w:r></w:p></w:comment></w:comments>"})
SAMPLES: dict[str, bytes] = {
    "kettles.txt": TEXT.encode(),
    "kettles, saved by Windows.txt": f"{LONG} was never quite “empty.”\n".encode("cp1252"),
    "kettles.md": MARKDOWN.encode(),
    "kettles.html": HTML.encode(),
    "kettles.docx": WORD,
}


def table() -> str:
    """One row for each sample, in Markdown."""
    rows = [_row(read_bytes(data, name)) for name, data in SAMPLES.items()]
    return ("# What importing makes of each format\n\nMade and held by "
            "`tests/test_import_formats.py`, which has the files.\n\n"
            "| file | format, encoding | kept | mended: before → after | dropped |\n"
            "|---|---|---|---|---|\n" + "".join(rows))


def _row(received: Received) -> str:
    repaired = received.repaired()
    kinds = Counter(block.kind.value for block in repaired.blocks)
    words = sum(len(block.text.split()) for block in repaired.blocks)
    kept = [f"{number} {kind}" for kind, number in kinds.items()]
    mends = [f"{mend.rule}: {mend.before} → {mend.after}" for mend in repaired.mends]
    dropped = Counter(f"{thing.reason}: {thing.text}" for thing in repaired.dropped)
    gone = [text if times == 1 else f"{text} ({times} times)" for text, times in dropped.items()]
    form = f"{received.form}, {received.encoding}".strip(", ")
    cells = [received.name, form, ", ".join([*kept, f"{words} words"]), *map(_list, (mends, gone))]
    return f"| {' | '.join(cells)} |\n"


def _list(entries: list[str]) -> str:
    return "<br>".join(_plain(entry) for entry in entries) or "–"


def _plain(text: str) -> str:
    """As code, on one line of a table."""
    flat = " ".join(text.split()).replace("|", "\\|")
    return f"`{flat}`"


def test_the_table_is_what_importing_does() -> None:
    assert TABLE.read_text("utf-8") == table()


def _drops() -> Iterator[tuple[str, str]]:
    for name, data in SAMPLES.items():
        for thing in read_bytes(data, name).repaired().dropped:
            yield thing.reason, thing.text


def test_nothing_disappears_unsaid() -> None:
    """Each word of a sample is kept or listed as dropped."""
    assert {reason for reason, _ in _drops()} >= {
        "page-numbers", "running-heads", "front matter", "comment", "script", "style", "menu",
        "banner", "aside", "form", "footer", "image", "header", "deletion"}


if __name__ == "__main__":
    print(table(), end="")
