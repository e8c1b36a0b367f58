"""Reads a copy of a source for a check, in the form in which a ledger may know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from variorum.checks.rule import SourceText, Subject
from variorum.cleaning import digest, normalise, paragraphs
from variorum.drafting import paragraphs_of
from variorum.errors import InputError, Place
from variorum.essay import Ledger
from variorum.repair import Block, Mend
from variorum.sources.encodings import decode
from variorum.sources.reading import read_bytes, read_data


def read_stored(subject: Subject) -> Subject:
    """``subject`` with the copy of its source that is kept beside its ledger, if one may be.

    Raises ``InputError`` when the copy cannot be read.
    """
    ledger = subject.ledger
    if subject.source or ledger is None or not (ledger.value.rights.store and subject.copies):
        return subject
    path = Path(ledger.path).with_name(subject.copies[0])
    return replace(subject, source=read_copy(path, [ledger.value]))


def read_copy(path: Path, ledgers: Sequence[Ledger]) -> SourceText:
    """The copy at ``path`` in the form of which the ``ledgers`` know most paragraphs, less others.

    That is the plain text as it stands, or what importing makes of it. Raises ``InputError`` when
    the copy cannot be read.
    """
    known = {paragraph.sha256 for ledger in ledgers for paragraph in ledger.paragraphs}
    forms = list(_forms(path, read_data(path), ledgers, known))
    return max(forms, key=lambda form: sum(
        1 if digest(text) in known else -1 for text in form.paragraphs))


def read_plain(path: Path) -> SourceText:
    """The copy at ``path`` as the plain text that it is; raises ``InputError`` when it is none."""
    return _plain(path, read_data(path))


def _plain(path: Path, data: bytes) -> SourceText:
    text, _ = decode(data, path.as_posix())
    if not (found := paragraphs(text)):
        raise InputError("the source is empty", place=Place(path))
    return SourceText(path.as_posix(), found)


def _forms(
    path: Path, data: bytes, ledgers: Sequence[Ledger], known: set[str]
) -> Iterator[SourceText]:
    try:
        plain = _plain(path, data)
    except InputError as unreadable:
        yield _imported_or(unreadable, path, data)
    else:
        yield plain
        if known.issuperset(map(digest, plain.paragraphs)):
            return  # which spares reading it in other ways
    refused = dict.fromkeys(
        frozenset(witness.without) for ledger in ledgers for witness in ledger.witnesses
    )
    yield from (_imported(path, data, without) for without in refused or [frozenset()])


def _imported_or(unreadable: InputError, path: Path, data: bytes) -> SourceText:
    """What importing makes of a file that is no plain text; if nothing, why it is none."""
    try:
        return _imported(path, data, frozenset())
    except InputError:
        raise unreadable from None


def _imported(path: Path, data: bytes, without: frozenset[str]) -> SourceText:
    repaired = read_bytes(data, path.as_posix()).repaired(without)
    blocks = paragraphs_of(repaired)
    texts = tuple(normalise(block.text) for block in blocks)
    return SourceText(path.as_posix(), texts, tuple(_mends_of(blocks, repaired.mends)),
                      repaired.dropped)


def _mends_of(blocks: Sequence[Block], mends: Sequence[Mend]) -> Iterator[tuple[Mend, ...]]:
    """The mends in the lines of each block, which reach to where the next begins."""
    ends = [block.line for block in blocks[1:]]
    for block, end in zip(blocks, [*ends, None], strict=True):
        yield tuple(m for m in mends if block.line <= m.line and (end is None or m.line < end))
