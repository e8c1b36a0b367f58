"""Search that leads to the passage: each paragraph and each note of an essay is an entry."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from variorum.extension import PresentedEssay
from variorum.prose import Block

_BLOCK_END = re.compile(r"</(?:p|li|dd|dt|td|th|tr|pre|h\d|div|blockquote)>|<br")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Passage:
    """A place on a page that a search may lead to."""

    anchor: str
    """The id there; empty for the page itself."""
    title: str
    text: str
    """Without any markup."""


def find_passages(essay: PresentedEssay, blocks: Sequence[Block]) -> tuple[Passage, ...]:
    """The page of ``essay``, its paragraphs with what follows them, and its notes."""
    page = Passage("", essay.title, essay.description)
    return (page, *_paragraphs(essay.title, blocks), *_notes(essay))


def index_passages(index: str, essays: Mapping[str, Sequence[Passage]]) -> str:
    """``index``, what MkDocs' search wrote as JSON, with passages for the sections of essays.

    The keys of ``essays`` are addresses from the site's root.
    """
    known = json.loads(index)
    others = [entry for entry in known["docs"]
              if entry["location"].partition("#")[0] not in essays]
    ours = [_entry(url, passage) for url, found in essays.items() for passage in found]
    return json.dumps({**known, "docs": others + ours}, separators=(",", ":"), sort_keys=True)


def _entry(url: str, passage: Passage) -> dict[str, str]:
    place = f"#{passage.anchor}" if passage.anchor else ""
    return {"location": f"{url}{place}", "title": html.escape(passage.title, quote=False),
            "text": f"<p>{html.escape(passage.text, quote=False)}</p>"}


def _paragraphs(section: str, blocks: Sequence[Block]) -> Iterator[Passage]:
    """What has no id of its own, such as an item of a list, belongs to the paragraph before."""
    named: list[Passage] = []
    anchor = ""
    for block in blocks:
        if block.kind == "heading":
            section = block.text
            continue
        anchor = block.attributes.get("id", anchor)
        named.append(Passage(anchor, section, block.text))
    for anchor, group in groupby(named, key=lambda passage: passage.anchor):
        together = list(group)
        if anchor:
            yield Passage(anchor, together[0].title, " ".join(one.text for one in together))


def _notes(essay: PresentedEssay) -> Iterator[Passage]:
    for note in essay.notes:
        apart = _BLOCK_END.sub(r" \g<0>", " ".join((note.html, *note.references)))
        text = " ".join(html.unescape(_TAG.sub("", apart)).split())
        yield Passage(note.id, f"{note.kind.capitalize()}: “{note.exact}”", text)
