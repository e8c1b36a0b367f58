"""Gives what was written elsewhere a place in an essay, or says why it has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from variorum.annotations import Anchor, Description, Status, Version, anchor_all, describe
from variorum.essay import Kind, Note, Selector
from variorum.exchange.shared import Incoming

_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")


@dataclass(frozen=True)
class Placed:
    """A note that can be put into the edition."""

    note: Note
    anchor: Anchor
    incoming: Incoming


@dataclass(frozen=True)
class Unplaced:
    """What could not be taken over, and why."""

    incoming: Incoming
    reason: str
    anchor: Anchor | None = None


def place(
    incoming: Iterable[Incoming], version: Version, slug: str, present: Sequence[Note],
    kind: Kind,
) -> tuple[list[Placed], list[Unplaced]]:
    """Notes for the essay ``slug`` from ``incoming``, and what none could be made of.

    ``kind`` is for those that do not say theirs. What is ``present`` already is not made twice.
    """
    placed: list[Placed] = []
    unplaced: list[Unplaced] = []
    known = {(note.author, note.body.strip(), note.selector.exact) for note in present}
    taken = {note.id for note in present} | set(version.paragraphs)
    for item in incoming:
        found = _place(item, version, slug, taken, kind)
        if isinstance(found, Placed):
            note = found.note
            if (note.author, note.body.strip(), note.selector.exact) in known:
                unplaced.append(Unplaced(item, "it is there already"))
                continue
            known.add((note.author, note.body.strip(), note.selector.exact))
            taken.add(note.id)
            placed.append(found)
        else:
            unplaced.append(found)
    return placed, unplaced


def _place(
    item: Incoming, version: Version, slug: str, taken: set[str], kind: Kind
) -> Placed | Unplaced:
    if item.page and not is_page_of(item.page, slug):
        return Unplaced(item, f"it is about another page: {item.page}")
    if not item.body:
        return Unplaced(item, "it says nothing: a highlight without words")
    if "a reply to what is not in this file" in item.lost:
        return Unplaced(item, "it is a reply to what is not in this file")
    wanted = item.selector or _Whole(item.paragraph)
    anchor = anchor_all(version.text, [wanted], version.paragraphs)[0]
    if anchor.span is None:
        return Unplaced(item, anchor.reason, anchor)
    selector = item.selector
    if selector is not None and not (item.id and anchor.status is Status.KEPT):
        selector = describe(version, anchor.span)
    return Placed(_note(item, selector, taken, kind), anchor, item)


@dataclass(frozen=True)
class _Whole:
    paragraph: str | None
    exact: None = None
    prefix: str = ""
    suffix: str = ""


def _note(item: Incoming, selector: Description | None, taken: set[str], kind: Kind) -> Note:
    quoted = (
        Selector(exact=selector.exact, prefix=selector.prefix, suffix=selector.suffix,
                 paragraph=selector.paragraph)
        if selector else Selector(paragraph=item.paragraph)
    )
    return Note(
        id=_free_id(item, taken), kind=item.kind or kind, selector=quoted, body=item.body,
        author=item.author, date=item.created, references=tuple(item.references),
    )


def _free_id(item: Incoming, taken: set[str]) -> str:
    """The id that it had, if it can keep it, else one made of its first quoted words."""
    if item.id and _ID.fullmatch(item.id) and item.id not in taken:
        return item.id
    words = re.findall(r"[a-z0-9]+", (item.selector.exact if item.selector else item.body).lower())
    stem = re.sub(r"^[^a-z]+", "", "-".join(words[:3]))[:48].strip("-") or "note"
    names = [stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)


def is_page_of(address: str, slug: str) -> bool:
    """Whether ``address`` is that of the essay ``slug``, on whatever host it is read."""
    path = re.sub(r"[?#].*", "", address).removesuffix("index.html").rstrip("/")
    return path.rpartition("/")[2].removesuffix(".html") == slug
