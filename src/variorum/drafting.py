"""Makes an edition's files out of a recovered source: draft, ledger, empty notes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from variorum.cleaning import count_words, digest, digest_of_all
from variorum.essay import EDITION
from variorum.repair import Block, Kind, Repaired

FRAGMENT_WORDS = 6
"""How many words of a source that must not be reprinted may be quoted at a time."""
_SCHEMA = "# yaml-language-server: $schema=../../schemas/{}.schema.json\n"
_STATEMENTS = {
    "public-domain": "The source is in the public domain, so its words may stand here.",
    "licensed": "The source is licensed; its words stand here as far as the licence lets them.",
    "in-copyright": "The source is in copyright. Its words are not kept here; only fragments of "
    f"at most {FRAGMENT_WORDS} words are quoted.",
    "unknown": "Nobody has found out yet who owns the source, so its words are not kept here.",
}
_MARKDOWN = re.compile(r"(?<!\\)([\\`*_\[\]<>])")
_OPENING = re.compile(r"^(?=[#>+-]|\d{1,3}[.)]\s)")


@dataclass(frozen=True)
class Work:
    """What is known of the work that a source is a copy of, and of this edition of it."""

    title: str
    issued: str
    """A year, or a date as YYYY-MM or YYYY-MM-DD."""
    rights: str
    """A status of ``variorum.essay.Rights``."""
    authors: tuple[str, ...] = ()
    container: str = ""
    """The book or journal in which it stands."""
    statement: str = ""
    """About the rights; a usual one when empty."""
    editor: str = "The editors"
    language: str = "en-US"

    @property
    def storable(self) -> bool:
        """Whether the source's words may stand in the repository."""
        return self.rights in ("public-domain", "licensed")


def paragraphs_of(repaired: Repaired) -> tuple[Block, ...]:
    """The blocks that a ledger lists: all but headings, which are the edition's own."""
    return tuple(block for block in repaired.blocks if block.kind is not Kind.HEADING)


def title_of(repaired: Repaired) -> str:
    """The first heading, when nothing stands above it; else nothing."""
    first = repaired.blocks[0]
    if first.kind is not Kind.HEADING:
        return ""
    return first.text.title() if first.text.isupper() else first.text


def draft_essay(work: Work, repaired: Repaired, day: date, *, marked: bool) -> str:
    """``index.md``: each paragraph with its id and the source paragraph it answers to.

    ``marked`` says whether the blocks are Markdown already.
    """
    blocks = repaired.blocks
    body = blocks[1:] if title_of(repaired) and blocks[0].level == 1 else blocks
    lines = _body(body, marked)
    return f"{front_matter(work, day)}\n{lines}"


def front_matter(work: Work, day: date, *, retells: bool = True) -> str:
    """The front matter of an edition that is not edited yet."""
    known = " by " + " and ".join(work.authors) if work.authors else ""
    of = "An edition" if retells else "An essay"
    about = f"{of} of “{work.title}”{known}, {work.issued}." if retells else f"{of}: {work.title}."
    lines = [
        "---", _SCHEMA.format("essay").rstrip(), f"title: {_scalar(work.title)}",
        f"description: {_scalar(about)}", "authors:", f"  - {_scalar(work.editor)}",
        f"date: {day.isoformat()}", f"language: {work.language}",
    ]
    if retells:
        lines += ["retells:", *_reference(work, "  ")]
    return "\n".join([*lines, "---", ""])


def draft_notes(title: str) -> str:
    """``notes.yml`` without notes."""
    return (f"{_SCHEMA.format('notes')}#\n# The notes of “{title}”, in the order of the text.\n\n"
            "references: {}\n\nnotes: []\n")


def draft_ledger(work: Work, repaired: Repaired, copy: str, refused: frozenset[str]) -> str:
    """``source.yml``: rights, the copy, and a digest and word count for each paragraph."""
    texts = [block.text for block in paragraphs_of(repaired)]
    without = f"    without: {json.dumps(sorted(refused))}\n" if refused else ""
    entries = "".join(
        f"  - id: s{number}\n    sha256: {digest(text)}\n    words: {count_words(text)}\n"
        for number, text in enumerate(texts, 1)
    )
    store = str(work.storable).lower()
    most = max(map(count_words, texts)) if work.storable else FRAGMENT_WORDS
    return (
        f"{_SCHEMA.format('source')}#\n# Where “{work.title}” comes from.\n\nwork:\n"
        + "\n".join(_reference(work, "  "))
        + f"\n\nrights:\n  status: {work.rights}\n"
        f"  statement: {_scalar(work.statement or _STATEMENTS[work.rights])}\n"
        f"  store: {store}\n  fragment_words: {most}\n\n"
        f"witnesses:\n  - id: w1\n    description: {_scalar(copy)}\n{without}"
        f"    sha256: {digest_of_all(texts)}\n\nparagraphs:\n{entries}\nreadings: []\n"
    )


def draft_skeleton(work: Work, day: date, where: str) -> str:
    """``index.md`` of an edition whose source must not be reprinted: no word of it."""
    return (
        f"{front_matter(work, day)}\n*This edition is being written from the draft in `{where}`, "
        "which stays on its editor’s machine because the source may not be reprinted.*\n"
        f'{{ #p0 from="{EDITION}" }}\n'
    )


def as_markdown(repaired: Repaired) -> str:
    """The blocks themselves, in Markdown, so that reading them again gives the same blocks."""
    return _spaced(repaired.blocks, [_plain(block) for block in repaired.blocks])


def _plain(block: Block) -> str:
    match block.kind:
        case Kind.HEADING:
            return f"{'#' * block.level} {block.text}"
        case Kind.ITEM:
            return f"- {block.text}"
        case Kind.QUOTE:
            return f"> {block.text}"
        case Kind.FOOTNOTE:
            return f"[^{block.label}]: {block.text}"
        case _:
            return block.text


def _reference(work: Work, indent: str) -> Iterator[str]:
    yield f"{indent}type: {'chapter' if work.container else 'book'}"
    yield f"{indent}title: {_scalar(work.title)}"
    if work.authors:
        yield f"{indent}author:"
        yield from (f"{indent}  - {_name(author)}" for author in work.authors)
    if work.container:
        yield f"{indent}container-title: {_scalar(work.container)}"
    yield f"{indent}issued: {_scalar(work.issued)}"


def _name(author: str) -> str:
    given, _, family = author.rpartition(" ")
    if not given:
        return f"{{literal: {_scalar(author)}}}"
    return f"{{family: {_scalar(family)}, given: {_scalar(given)}}}"


def _scalar(text: str) -> str:
    """A YAML scalar: JSON's strings are YAML's double-quoted ones."""
    return json.dumps(text, ensure_ascii=False)


def _body(blocks: Sequence[Block], marked: bool) -> str:
    texts = [block.text if marked else _escaped(block.text) for block in blocks]
    blocks = [_without_orphan(block, texts) for block in blocks]
    own = iter(range(1, len(blocks) + 1))
    numbers = [0 if block.kind is Kind.HEADING else next(own) for block in blocks]
    notes = {f"[^{block.label}]": number
             for block, number in zip(blocks, numbers, strict=True) if block.kind is Kind.FOOTNOTE}
    levels = sorted({block.level for block in blocks if block.kind is Kind.HEADING})
    written: list[str] = []
    ids = iter(range(1, len(blocks) + 1))
    for block, text, number in zip(blocks, texts, numbers, strict=True):
        if block.kind is Kind.HEADING:
            written.append(f"{'#' * min(levels.index(block.level) + 2, 6)} {text}")
        elif block.kind is Kind.FOOTNOTE:
            written.append(f"[^{block.label}]: {text}")
        else:
            told = [number, *(n for mark, n in notes.items() if mark in text)]
            answers = " ".join(f"s{n}" for n in told)
            written.append(_paragraph(block, text, f'{{ #p{next(ids)} from="{answers}" }}'))
    return _spaced(blocks, written)


def _without_orphan(block: Block, texts: Sequence[str]) -> Block:
    """A footnote whose mark stands nowhere is a paragraph, so as not to vanish from the page."""
    lost = block.kind is Kind.FOOTNOTE and not any(f"[^{block.label}]" in t for t in texts)
    return replace(block, kind=Kind.PARAGRAPH) if lost else block


def _spaced(blocks: Sequence[Block], written: Sequence[str]) -> str:
    """Blank lines between blocks, but none between the items of a list."""
    kinds = [block.kind for block in blocks]
    gaps = ["\n" if a is b is Kind.ITEM else "\n\n" for a, b in pairwise(kinds)]
    return "".join(text + gap for text, gap in zip(written, [*gaps, "\n"], strict=True))


def _paragraph(block: Block, text: str, attributes: str) -> str:
    match block.kind:
        case Kind.ITEM:
            return f"- {text}\n{attributes}"
        case Kind.QUOTE:
            return f"> {text}\n> {attributes}"
        case _:
            return f"{text}\n{attributes}"


def _escaped(text: str) -> str:
    """Plain text whose signs Markdown must not take for its own, but for footnote marks."""
    plain = re.sub(r"\\\[(\^\w+)\\\]", r"[\1]", _MARKDOWN.sub(r"\\\1", text))
    plain = re.sub(r"\{(?=[^{}]*\}$)", r"\\{", plain)
    return re.sub(r"^(\d{1,3})([.)]\s)", r"\1\\\2", plain) if plain[:1].isdigit() else (
        _OPENING.sub(r"\\", plain))
