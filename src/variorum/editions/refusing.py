"""Why an edition must not be published, told as an error that stops a build."""

from __future__ import annotations

from pathlib import Path

from variorum.checks import bars_to_publishing
from variorum.checks.rule import Key, Subject
from variorum.editions.files import read_text
from variorum.errors import InputError, Place
from variorum.text import Finding, Lines


def refuse_to_publish(subject: Subject) -> list[InputError]:
    """An error, not raised, for each thing that keeps ``subject`` from being published."""
    return [_as_error(subject, finding) for finding in bars_to_publishing(subject)]


def _as_error(subject: Subject, finding: Finding) -> InputError:
    lines = Lines(read_text(Path(finding.path)).text)
    key = ".".join(map(str, _key(subject, finding))) or None
    place = Place(finding.path, lines.position(finding.span.start).line, key)
    return InputError(f"{finding.message} [{finding.rule}]", place=place, hint=finding.hint)


def _key(subject: Subject, finding: Finding) -> Key:
    file = next((f for f in (subject.ledger, subject.notes) if f and f.path == finding.path), None)
    keys = file.places.items() if file else ()
    return next((key for key, place in keys if key and place == finding.span), ())
