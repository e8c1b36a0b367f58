"""Edits of a selector in ``notes.yml``, by places, so that comments and order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from variorum.annotations import Description
from variorum.checks.rule import NotesFile
from variorum.text import Edit, Span

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def scalar(text: str) -> str:
    """``text`` as a YAML value on one line: plain where that is safe, else in quotation marks."""
    if re.fullmatch(r"[a-z][a-z0-9-]*", text) and text not in ("true", "false", "null"):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def requote(file: NotesFile, index: int, new: Description) -> tuple[Edit, ...]:
    """The edits that make the selector of note ``index`` say what ``new`` says.

    ``exact`` is left as it stands when its words do not change.
    """
    old = file.value.notes[index].selector
    wanted = {"exact": new.exact, "prefix": new.prefix, "suffix": new.suffix,
              "paragraph": new.paragraph or ""}
    return tuple(
        edit
        for key, value in wanted.items()
        if value != (getattr(old, key) or "")
        for edit in _edit(file, index, key, value)
    )


def _edit(file: NotesFile, index: int, key: str, value: str) -> Iterator[Edit]:
    way = ("notes", index, "selector", key)
    place = file.places.get(way)
    if place is None:
        if value:
            yield _insert(file, index, f"{key}: {scalar(value)}")
    elif value:
        yield Edit(place, scalar(value))
    else:
        yield Edit(_entry(file, file.keys[way].start, place.end), "")


def _insert(file: NotesFile, index: int, entry: str) -> Edit:
    """``entry`` put in after the selector's first one, in the style of what is there."""
    selector = file.places["notes", index, "selector"]
    first = min(
        (span for way, span in file.keys.items() if way[:3] == ("notes", index, "selector")
         and len(way) == 4), default=None,
    )
    if first is None:
        return Edit(selector, f"{{{entry}}}")
    if file.text[selector.start] == "{":
        return Edit(Span(first.start, first.start), f"{entry}, ")
    line = file.text.rfind("\n", 0, first.start) + 1
    indent = file.text[line : first.start]
    end = "\r\n" if "\r\n" in file.text else "\n"
    return Edit(Span(first.start, first.start), f"{entry}{end}{indent}")


def _entry(file: NotesFile, start: int, end: int) -> Span:
    """A key with its value, and what parts it from its neighbours."""
    text = file.text
    line = text.rfind("\n", 0, start) + 1
    if not text[line:start].strip():
        after = text.find("\n", end)
        rest = text[end : after if after >= 0 else len(text)]
        if not rest.strip() or rest.lstrip().startswith("#"):
            return Span(line, after + 1 if after >= 0 else len(text))
    if comma := re.match(r"\s*,\s*", text[end:]):
        return Span(start, end + comma.end())
    lead = re.search(r",\s*$", text[:start])
    return Span(lead.start() if lead else start, end)
