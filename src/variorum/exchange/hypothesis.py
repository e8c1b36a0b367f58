"""Hypothesis: rows of its search API, and the files that its client exports and imports.

The client takes back the page, the text, the tags and the quotation of each annotation. What it
does not know stands under ``variorum``, so that a file that was not changed loses nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from variorum.annotations import Description, clean
from variorum.essay import Kind, Note, Reference
from variorum.exchange.shared import (
    Incoming,
    Outgoing,
    Publication,
    entries,
    read_date,
    sanitise_markdown,
    text_of,
)

CONTEXT = 32
"""Code points on either side that the Hypothesis client keeps with a quotation."""
Json = dict[str, Any]


def write_hypothesis(page: Publication, items: Sequence[Outgoing], today: date) -> Json:
    """A file that the Hypothesis client can import."""
    return {
        "export_date": f"{today.isoformat()}T00:00:00Z",
        "export_userid": "",
        "client_version": "",
        "annotations": [_write(page, item) for item in items],
    }


def _write(page: Publication, item: Outgoing) -> Json:
    note, time = item.note, f"{item.note.date.isoformat()}T00:00:00+00:00"
    account = re.sub(r"[^a-z0-9._]+", "_", note.author.lower()).strip("_") or "editor"
    host = page.url.partition("//")[2].partition("/")[0] or "localhost"
    return {
        "id": note.id, "created": time, "updated": time,
        "user": f"acct:{account}@{host}", "user_info": {"display_name": note.author},
        "uri": page.url, "document": {"title": [page.title]},
        "text": note.body, "tags": [note.kind.value],
        "target": [_target(page, item)],
        "group": "__world__", "references": [], "hidden": False, "flagged": False,
        "permissions": {"read": ["group:__world__"], "update": [], "delete": [], "admin": []},
        "links": {"incontext": f"{page.url}#{note.id}"},
        "variorum": {
            "note": note.model_dump(mode="json", exclude_defaults=True),
            "references": {key: work.model_dump(mode="json", by_alias=True, exclude_none=True)
                           for key, work in item.references.items()},
        },
    }


def _target(page: Publication, item: Outgoing) -> Json:
    selector, span = item.note.selector, item.anchor.span
    if span is None and selector.exact:
        quote = {"exact": selector.exact, "prefix": selector.prefix, "suffix": selector.suffix}
    elif span is not None and (selector.exact or selector.paragraph):
        quote = {
            "exact": span.of(page.text),
            "prefix": page.text[max(0, span.start - CONTEXT) : span.start],
            "suffix": page.text[span.end : span.end + CONTEXT],
        }
    else:
        return {"source": page.url}
    return {"source": page.url, "selector": [{"type": "TextQuoteSelector", **quote}]}


def read_hypothesis(data: Any) -> Iterator[Incoming]:
    """The annotations of an answer of the search API, an exported file or a list of rows.

    A reply is put under what it replies to, with its author and day. Raises ``ValueError`` when
    it is nothing of the kind.
    """
    rows = data
    if isinstance(data, dict):
        rows = data.get("rows", data.get("annotations"))
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ValueError("this is no file of Hypothesis: it has neither `rows` nor `annotations`")
    threads = {text_of(row.get("id")): row for row in rows if not row.get("references")}
    replies: dict[str, list[Json]] = {}
    for row in rows:
        if parents := entries(row.get("references")):
            replies.setdefault(text_of(parents[0]), []).append(row)
    for row in rows:
        if not row.get("references"):
            yield _read(row, replies.get(text_of(row.get("id")), []))
    for name, row in ((name, row) for name, found in replies.items() for row in found):
        if name not in threads:
            yield replace(_read(row, []), lost=("a reply to what is not in this file",))


def _read(row: Json, replies: Sequence[Json]) -> Incoming:
    author = _author(row)
    created = read_date(row.get("created") or row.get("updated") or "1970-01-01")
    text = sanitise_markdown(text_of(row.get("text")))
    spoken = [
        f"**{_author(reply)}**, {read_date(reply.get('created')).isoformat()}: "
        + sanitise_markdown(text_of(reply.get("text")))
        for reply in sorted(replies, key=lambda reply: text_of(reply.get("created")))
    ]
    body = "\n\n".join(filter(None, [text, *spoken]))
    page, quote = _read_target(row)
    tags = [text_of(tag) for tag in entries(row.get("tags"))]
    found = Incoming(
        author, created, body, page, quote,
        kind=next((Kind(tag) for tag in tags if tag in [*Kind]), None),
        lost=tuple(f"the tag “{tag}”" for tag in tags if tag not in [*Kind]),
    )
    own = row.get("variorum")
    return _restore(found, own) if isinstance(own, dict) and not replies else found


def _restore(found: Incoming, own: Mapping[str, Any]) -> Incoming:
    """``found`` with what only this project knows, where the row still says the same."""
    try:
        note = Note.model_validate(own.get("note"))
        works = {str(key): Reference.model_validate(work)
                 for key, work in dict(own.get("references", {})).items()}
    except (ValidationError, TypeError, ValueError):
        return found
    if sanitise_markdown(note.body) != found.body or note.author != found.author:
        return found
    selector = note.selector
    quote = Description(selector.exact, selector.prefix, selector.suffix, selector.paragraph
                        ) if selector.exact else None
    return replace(
        found, id=note.id, selector=quote, references=works,
        paragraph=None if selector.exact else selector.paragraph,
    )


def _author(row: Json) -> str:
    """The name that is shown, else that of the account."""
    shown = row.get("user_info")
    name = text_of(shown.get("display_name")) if isinstance(shown, dict) else ""
    account = text_of(row.get("user")).removeprefix("acct:").partition("@")[0]
    return name.strip() or account.strip() or "Unknown"


def _read_target(row: Json) -> tuple[str, Description | None]:
    page = text_of(row.get("uri"))
    for target in entries(row.get("target")):
        if not isinstance(target, dict):
            continue
        for selector in entries(target.get("selector")):
            if isinstance(selector, dict) and selector.get("type") == "TextQuoteSelector":
                return page, Description(
                    clean(text_of(selector.get("exact"))), text_of(selector.get("prefix")),
                    text_of(selector.get("suffix")),
                )
    return page, None
