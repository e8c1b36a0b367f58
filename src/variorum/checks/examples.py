"""Pieces that the examples of several rules are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from variorum.cleaning import count_words, digest, digest_of_all

SOURCE = "the fox he jumped at over the dogs lazy and then nobody was in minding it much"
"""The one paragraph of the source that the base edition retells."""


def essay(*paragraphs: str, **files: str) -> dict[str, str]:
    """An edition whose essay has these paragraphs; ``files`` by their names' first parts."""
    names = {"notes": "notes.yml", "ledger": "source.yml", "source": "copy.txt"}
    others = {names[key]: text for key, text in files.items()}
    return {"index.md": "\n\n".join(paragraphs) + "\n", **others}


def notes(*notes: Mapping[str, str], references: str = "{}") -> str:
    """A ``notes.yml``; each note is given by what differs from a plain one."""
    plain = {
        "id": "fox",
        "kind": "gloss",
        "selector": "{exact: The quick brown fox jumps}",
        "body": "A body.",
        "author": "An editor",
        "date": "2026-01-02",
    }
    entries = (_entry({**plain, **note}) for note in notes)
    return f"references: {references}\nnotes:\n{''.join(entries)}"


def ledger(*source: str, readings: Sequence[Mapping[str, str]] = (), omit: str = "") -> str:
    """A ``source.yml`` of source paragraphs s1, s2…; ``omit`` says why the last is omitted."""
    source = source or (SOURCE,)
    plain = {
        "id": "r1",
        "paragraph": "s1",
        "source": "over the dogs lazy",
        "reading": "over the lazy dog",
        "confidence": "high",
        "evidence": "The saying is well known.",
        "editor": "An editor",
        "date": "2026-01-02",
    }
    paragraphs = "".join(
        _entry({"id": f"s{n}", "sha256": digest(text), "words": str(count_words(text))})
        for n, text in enumerate(source, 1)
    )
    entries = "".join(_entry({**plain, **reading}) for reading in readings)
    return (
        "work: {type: book, title: The Fox, issued: 1900}\n"
        "rights: {status: public-domain, statement: Free to all.}\n"
        "witnesses:\n"
        f"  - {{id: w1, description: A copy., sha256: '{digest_of_all(source)}'}}\n"
        f"paragraphs:\n{paragraphs}{f'    omitted: {omit}' if omit else ''}\n"
        f"readings:{chr(10) + entries if entries else ' []'}\n"
    )


def _entry(values: Mapping[str, str]) -> str:
    """One entry of a YAML list."""
    lines = [f"{key}: {value}" for key, value in values.items()]
    return "  - " + "\n    ".join(lines) + "\n"
