"""What the formats have in common: notes on their way out, and on their way in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from variorum.annotations import Anchor, Description
from variorum.essay import Kind, Note, Notes, Reference

_RAW = re.compile(
    r"<(script|style|iframe|object|embed|svg|math|form|template|noscript|textarea|title|xmp)\b"
    r".*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)",
    re.I | re.S,
)
_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!(?:https?|mailto):[^\s<>]*>)", re.I)
_SCHEME = re.compile(r"\]\(\s*<?\s*(?:javascript|vbscript|data)\s*:[^)]*\)", re.I)


@dataclass(frozen=True)
class Publication:
    """The page that notes are on."""

    url: str
    """Its address, in full."""
    title: str
    language: str
    text: str = field(repr=False)
    """What a reader sees of it; anchors count in this."""

    @property
    def text_url(self) -> str:
        """Where that text is published."""
        return f"{self.url}text.txt"


@dataclass(frozen=True)
class Outgoing:
    """A note, its place, and the works that it refers to."""

    note: Note
    anchor: Anchor
    references: Mapping[str, Reference] = field(default_factory=dict)


@dataclass(frozen=True)
class Incoming:
    """What somebody wrote elsewhere, not yet placed."""

    author: str
    created: date
    body: str
    """Markdown, sanitised."""
    page: str = ""
    """The address that it was written on."""
    selector: Description | None = None
    """``None`` for the whole page."""
    paragraph: str | None = None
    """Of a note on a whole paragraph."""
    kind: Kind | None = None
    id: str | None = None
    references: Mapping[str, Reference] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    """What could not be taken over, in words."""


def outgoing(notes: Notes, anchors: tuple[Anchor, ...]) -> list[Outgoing]:
    """Each note with its anchor and its works."""
    return [
        Outgoing(note, anchor, {key: notes.references[key] for key in note.references
                                if key in notes.references})
        for note, anchor in zip(notes.notes, anchors, strict=True)
    ]


def sanitise_markdown(body: str) -> str:
    """``body`` without what could run; other HTML becomes plain text.

    Whatever gets through is sanitised once more where it is rendered.
    """
    body = _RAW.sub("", body.replace("\r\n", "\n"))
    return _TAG.sub("&lt;", _SCHEME.sub("]()", body)).strip()


def read_date(value: Any) -> date:
    """The day of an ISO 8601 time; raises ``ValueError``."""
    return date.fromisoformat(str(value)[:10])


def text_of(value: Any) -> str:
    """``value`` if it is text, else nothing."""
    return value if isinstance(value, str) else ""


def entries(value: Any) -> list[Any]:
    """One or many of something, as JSON-LD has it, as a list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
