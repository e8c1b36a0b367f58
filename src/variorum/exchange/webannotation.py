"""W3C Web Annotation Data Model (https://www.w3.org/TR/annotation-model/), as JSON-LD.

An annotation has two targets. One is the passage on the page, by quotation and paragraph; the
other is the same passage in the page's plain text, by position, because a position in HTML would
depend on how it is laid out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from variorum.annotations import Description, clean
from variorum.essay import Kind, Reference
from variorum.exchange.shared import (
    Incoming,
    Outgoing,
    Publication,
    entries,
    read_date,
    sanitise_markdown,
    text_of,
)

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
PROFILE = f'application/ld+json;profile="{CONTEXT}"'
"""The media type."""
PAGE_SIZE = 200
_CSL = "application/vnd.citationstyles.csl+json"
_FRAGMENT = "http://tools.ietf.org/rfc/rfc3236"
MOTIVATIONS: Mapping[Kind, str] = {
    Kind.GLOSS: "describing",
    Kind.CONTEXT: "commenting",
    Kind.SOURCE: "linking",
    Kind.READING: "editing",
    Kind.QUESTION: "questioning",
}
Json = dict[str, Any]


def write_web_annotation(page: Publication, item: Outgoing) -> Json:
    """A note as an annotation, whose id is the note's address on the page."""
    note = item.note
    return {
        "@context": CONTEXT,
        "id": f"{page.url}#{note.id}",
        "type": "Annotation",
        "motivation": MOTIVATIONS[note.kind],
        "creator": {"name": note.author},
        "created": f"{note.date.isoformat()}T00:00:00Z",
        "body": list(_bodies(page, item)),
        "target": list(_targets(page, item)),
    }


def _bodies(page: Publication, item: Outgoing) -> Iterator[Json]:
    note = item.note
    yield {"type": "TextualBody", "value": note.body, "format": "text/markdown",
           "language": page.language, "purpose": MOTIVATIONS[note.kind]}
    yield {"type": "TextualBody", "value": note.kind.value, "format": "text/plain",
           "purpose": "tagging"}
    for key, reference in item.references.items():
        fields = reference.model_dump(by_alias=True, exclude_none=True, exclude_defaults=True,
                                      mode="json")
        value = json.dumps({"id": key, **fields}, ensure_ascii=False)
        yield {"type": "TextualBody", "value": value, "format": _CSL, "purpose": "linking"}


def _targets(page: Publication, item: Outgoing) -> Iterator[Json]:
    selectors = list(_selectors(page, item))
    target: Json = {"type": "SpecificResource", "source": page.url}
    yield {**target, "selector": selectors} if selectors else target
    span = item.anchor.span
    if span is not None and selectors:
        yield {
            "type": "SpecificResource",
            "source": {"id": page.text_url, "type": "Text", "format": "text/plain"},
            "selector": {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        }


def _selectors(page: Publication, item: Outgoing) -> Iterator[Json]:
    selector, span = item.note.selector, item.anchor.span
    if selector.exact:
        exact = span.of(page.text) if span is not None else selector.exact
        quote = {"type": "TextQuoteSelector", "exact": exact}
        context = {"prefix": selector.prefix, "suffix": selector.suffix}
        yield {**quote, **{side: words for side, words in context.items() if words}}
    if selector.paragraph:
        yield {"type": "FragmentSelector", "value": selector.paragraph, "conformsTo": _FRAGMENT}


def collect(items: Sequence[Json], url: str, label: str) -> dict[str, Json]:
    """A collection of annotations and its pages, by the names of their files.

    ``url`` is the address of the folder that they are published in. Nothing for no annotations:
    a collection without any has no first page to name.
    """
    rows = [items[start : start + PAGE_SIZE] for start in range(0, len(items), PAGE_SIZE)]
    names = [f"annotations-{number}.jsonld" for number in range(1, len(rows) + 1)]
    if not rows:
        return {}
    head: Json = {"id": f"{url}annotations.jsonld", "type": "AnnotationCollection",
                  "label": label, "total": len(items)}
    files: dict[str, Json] = {"annotations.jsonld": {
        "@context": CONTEXT, **head, "first": f"{url}{names[0]}", "last": f"{url}{names[-1]}",
    }}
    for number, (name, row) in enumerate(zip(names, rows, strict=True)):
        files[name] = {
            "@context": CONTEXT, "id": f"{url}{name}", "type": "AnnotationPage", "partOf": head,
            "startIndex": number * PAGE_SIZE,
            **({"prev": f"{url}{names[number - 1]}"} if number else {}),
            **({"next": f"{url}{names[number + 1]}"} if number + 1 < len(names) else {}),
            "items": list(row),
        }
    return files


def read_web_annotations(data: Any) -> Iterator[Incoming]:
    """The annotations of an annotation, a page, a collection with its pages in it, or a list.

    Raises ``ValueError`` when it is none of these, or an annotation lacks what it must have.
    """
    for item in _items(data):
        yield _read(item)


def _items(data: Any) -> Iterator[Json]:
    if isinstance(data, list):
        for entry in data:
            yield from _items(entry)
        return
    kinds = entries(data.get("type")) if isinstance(data, dict) else []
    if "Annotation" in kinds:
        yield data
    elif "AnnotationPage" in kinds:
        yield from _items(data.get("items", []))
    elif "AnnotationCollection" in kinds and isinstance(data.get("first"), dict):
        yield from _items(data["first"])
    elif "AnnotationCollection" in kinds:
        raise ValueError("a collection whose pages are in other files: import those")
    else:
        raise ValueError("this is no annotation, nor a page or collection of annotations")


def _read(item: Json) -> Incoming:
    bodies = [{"value": b} if isinstance(b, str) else b for b in entries(item.get("body"))]
    if text := text_of(item.get("bodyValue")):
        bodies.append({"value": text})
    tags = [text_of(b.get("value")) for b in bodies if b.get("purpose") == "tagging"]
    texts = [text_of(b.get("value")) for b in bodies
             if b.get("purpose") != "tagging" and b.get("format") != _CSL]
    creators = [c if isinstance(c, str) else text_of(c.get("name"))
                for c in entries(item.get("creator"))]
    source, selectors = _target(item)
    exact = next((s for s in selectors if s.get("type") == "TextQuoteSelector"), None)
    paragraph = next((text_of(s.get("value")) for s in selectors
                      if s.get("type") == "FragmentSelector"), None)
    return Incoming(
        author=next(filter(None, creators), "Unknown"),
        created=read_date(item.get("created") or item.get("modified") or "1970-01-01"),
        body=sanitise_markdown("\n\n".join(filter(None, texts))),
        page=source,
        selector=_description(exact, paragraph) if exact else None,
        paragraph=None if exact else paragraph,
        kind=next((Kind(tag) for tag in tags if tag in [*Kind]), None),
        id=text_of(item.get("id")).rpartition("#")[2] or None,
        references=dict(_references(bodies)),
        lost=tuple(f"the tag “{tag}”" for tag in tags if tag not in [*Kind]),
    )


def _description(quote: Json, paragraph: str | None) -> Description:
    return Description(clean(text_of(quote.get("exact"))), text_of(quote.get("prefix")),
                       text_of(quote.get("suffix")), paragraph)


def _target(item: Json) -> tuple[str, list[Json]]:
    """The address of the first target, and its selectors."""
    for target in entries(item.get("target")):
        if isinstance(target, str):
            return target, []
        source = target.get("source", target.get("id", ""))
        address = source if isinstance(source, str) else text_of(source.get("id"))
        return address, [s for s in entries(target.get("selector")) if isinstance(s, dict)]
    raise ValueError("an annotation without a target")


def _references(bodies: Sequence[Json]) -> Iterator[tuple[str, Reference]]:
    for body in bodies:
        if body.get("format") == _CSL:
            try:
                fields = json.loads(text_of(body.get("value")))
                yield str(fields.pop("id")), Reference.model_validate(fields)
            except (ValidationError, KeyError, AttributeError) as error:
                raise ValueError("an annotation refers to a work that is not in CSL-JSON"
                                 ) from error
