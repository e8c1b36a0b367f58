"""What was there before: findings that count no longer, so that only new ones do."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from pydantic import Field, ValidationError

from variorum.errors import InputError, Place
from variorum.essay import Model, Text

NAME = ".variorum-baseline.json"
"""Beside ``mkdocs.yml``."""
_HINT = "write it anew with `variorum check --baseline write`, or delete it"


class Entry(Model):
    """One finding that was there; only its fingerprint decides, the rest is for readers."""

    path: Text
    """Relative to the publication, with forward slashes."""
    rule: Text
    words: str
    fingerprint: Text


class _File(Model):
    version: int = Field(ge=1, le=1)
    findings: tuple[Entry, ...]


@dataclass(frozen=True)
class Baseline:
    """The findings that were there when it was written."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def _known(self) -> frozenset[tuple[str, str]]:
        return frozenset((entry.path, entry.fingerprint) for entry in self.entries)

    def has(self, path: str, fingerprint: str) -> bool:
        """Whether a finding was there."""
        return (path, fingerprint) in self._known

    def gone(self, now: Iterable[Entry], checked: Collection[str]) -> tuple[Entry, ...]:
        """Entries of files in ``checked`` that are no longer found."""
        there = {(entry.path, entry.fingerprint) for entry in now}
        return tuple(
            entry for entry in self.entries
            if entry.path in checked and (entry.path, entry.fingerprint) not in there
        )

    def renewed(self, now: Iterable[Entry], checked: Collection[str]) -> Baseline:
        """This with ``now`` in the place of all that it says of files in ``checked``."""
        others = (entry for entry in self.entries if entry.path not in checked)
        return Baseline(tuple(sorted({*others, *now}, key=_order)))


def _order(entry: Entry) -> tuple[str, str, str, str]:
    return entry.path, entry.rule, entry.words, entry.fingerprint


def print_baseline(baseline: Baseline) -> str:
    """The file's text: JSON, an entry a line, so that changes of two people merge."""
    lines = [json.dumps(entry.model_dump(), ensure_ascii=False) for entry in baseline.entries]
    listed = ",\n    ".join(lines)
    inside = f"\n    {listed}\n  " if lines else ""
    return f'{{\n  "version": 1,\n  "findings": [{inside}]\n}}\n'


def parse_baseline(text: str, path: str) -> Baseline:
    """The baseline in ``text``; raises ``InputError`` when it is none."""
    try:
        return Baseline(_File.model_validate_json(text).findings)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    cause = f"is no baseline: {first['msg'][:1].lower()}{first['msg'][1:]}"
    key = ".".join(map(str, first["loc"])) or None
    raise InputError(cause, place=Place(path, key=key), hint=_HINT)
