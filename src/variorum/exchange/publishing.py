"""The files that stand beside the pages of a site: their notes as data, and their text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from variorum.exchange.shared import Outgoing, Publication
from variorum.exchange.webannotation import Json, collect, write_web_annotation


@dataclass(frozen=True)
class PublishedNotes:
    """An essay's notes as they go out with its page."""

    page: Publication
    location: str
    """The page's folder in the site, with a slash at its end, or nothing for the site's root."""
    annotations: Sequence[Json] = field(repr=False)

    @property
    def files(self) -> dict[str, str]:
        """Texts by their paths in the site."""
        found = collect(self.annotations, self.page.url, f"Notes on “{self.page.title}”")
        files = {f"{self.location}{name}": _as_text(data) for name, data in found.items()}
        return {**files, f"{self.location}text.txt": self.page.text} if files else {}


def publish_notes(
    page: Publication, location: str, items: Iterable[Outgoing]
) -> PublishedNotes:
    """The notes that stand on the page; one without a place is not published."""
    placed = [write_web_annotation(page, item) for item in items if item.anchor.span is not None]
    return PublishedNotes(page, location, placed)


def publish_all(essays: Iterable[PublishedNotes], url: str, label: str) -> Mapping[str, str]:
    """The notes of the whole publication, by path in the site, which is at ``url``."""
    annotations = [annotation for essay in essays for annotation in essay.annotations]
    return {name: _as_text(data) for name, data in collect(annotations, url, label).items()}


def _as_text(data: Json) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"
