"""Edits of a selector in ``notes.yml``, by places, so that comments and order stay."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

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
    wanted = {"prefix": new.prefix, "exact": new.exact, "suffix": new.suffix,
              "paragraph": new.paragraph or ""}
    changed = {key: value for key, value in wanted.items() if value != (getattr(old, key) or "")}
    places = {key: file.places.get(("notes", index, "selector", key)) for key in changed}
    if old.exact is None and not new.paragraph:  # of what stands there nothing stays
        entries = ", ".join(f"{key}: {scalar(value)}" for key, value in wanted.items() if value)
        return (Edit(file.places["notes", index, "selector"], f"{{{entries}}}"),)
    added = [key for key, place in places.items() if place is None]
    edits = [_change(file, index, key, place, changed[key])
             for key, place in places.items() if place is not None]
    if added:
        edits.append(_insert(file, index, [f"{key}: {scalar(changed[key])}" for key in added]))
    return tuple(edits)


def _change(file: NotesFile, index: int, key: str, place: Span, value: str) -> Edit:
    """Another value for a key, or none."""
    if value:
        return Edit(place, scalar(value))
    start = file.keys["notes", index, "selector", key].start
    line = file.text.rfind("\n", 0, start) + 1
    end = file.text.find("\n", place.end)
    rest = file.text[place.end : end if end >= 0 else len(file.text)].strip()
    if file.text[line:start].strip() or rest[:1] not in ("", "#") or _is_flow(file, index):
        return Edit(place, "null" if key == "paragraph" else '""')
    return Edit(Span(line, end + 1 if end >= 0 else len(file.text)), "")


def _insert(file: NotesFile, index: int, entries: Sequence[str]) -> Edit:
    """Further keys put in before the quotation, in the style of what is there."""
    selector = file.places["notes", index, "selector"]
    beside = file.keys.get(("notes", index, "selector", "exact"))
    if beside is None:
        beside = file.keys.get(("notes", index, "selector", "paragraph"))
    if beside is None:
        return Edit(selector, f"{{{', '.join(entries)}}}")
    here = Span(beside.start, beside.start)
    if _is_flow(file, index):
        return Edit(here, "".join(f"{entry}, " for entry in entries))
    line = file.text.rfind("\n", 0, beside.start) + 1
    end = "\r\n" if "\r\n" in file.text else "\n"
    indent = end + file.text[line : beside.start]
    return Edit(here, "".join(f"{entry}{indent}" for entry in entries))


def _is_flow(file: NotesFile, index: int) -> bool:
    return file.text[file.places["notes", index, "selector"].start] == "{"
