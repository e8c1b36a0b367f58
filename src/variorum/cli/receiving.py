"""Reads a copy of a source for a check, in the form in which a ledger may know it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from variorum.checks.rule import SourceText
from variorum.cleaning import digest, normalise
from variorum.editions import read_source
from variorum.errors import InputError
from variorum.essay import Ledger


def read_copy(path: Path, ledgers: Sequence[Ledger]) -> SourceText:
    """The copy at ``path`` in the form of which the ``ledgers`` know most paragraphs.

    That is the plain text as it stands, or what importing makes of it. Raises ``InputError`` when
    the copy cannot be read.
    """
    known = {paragraph.sha256 for ledger in ledgers for paragraph in ledger.paragraphs}
    forms = list(_forms(path, ledgers, known))
    return max(forms, key=lambda form: sum(digest(text) in known for text in form.paragraphs))


def _forms(path: Path, ledgers: Sequence[Ledger], known: set[str]) -> Iterator[SourceText]:
    try:
        plain = read_source(path)
    except InputError as unreadable:
        yield _imported_or(unreadable, path)
    else:
        yield plain
        if known.issuperset(map(digest, plain.paragraphs)):
            return  # which spares reading it in other ways
    refused = dict.fromkeys(
        frozenset(witness.without) for ledger in ledgers for witness in ledger.witnesses
    )
    yield from (_imported(path, without) for without in refused or [frozenset()])


def _imported_or(unreadable: InputError, path: Path) -> SourceText:
    """What importing makes of a file that is no plain text; if nothing, why it is none."""
    try:
        return _imported(path, frozenset())
    except InputError:
        raise unreadable from None


def _imported(path: Path, without: frozenset[str]) -> SourceText:
    from variorum.drafting import paragraphs_of
    from variorum.sources import read_file

    blocks = paragraphs_of(read_file(path).repaired(without))
    return SourceText(path.as_posix(), tuple(normalise(block.text) for block in blocks))
