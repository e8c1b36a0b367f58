"""Edits of ``notes.yml`` that put a whole note in or take one out, comments and order kept."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

from variorum.annotations import Description
from variorum.checks.requoting import scalar
from variorum.checks.rule import NotesFile
from variorum.errors import InputError, Place
from variorum.essay import Note, Reference
from variorum.text import Edit, Lines, Span

NOTES_HEAD = "# yaml-language-server: $schema=../../schemas/notes.schema.json\n"
_WIDTH = 96


def selector_of(description: Description) -> dict[str, str]:
    """A description as the keys of a selector that say something."""
    fields = {"exact": description.exact, "prefix": description.prefix,
              "suffix": description.suffix, "paragraph": description.paragraph or ""}
    return {key: value for key, value in fields.items() if value}


def write_entry(note: Note) -> str:
    """A note as an entry of the list, its marker at the line's beginning, line ends ``\\n``."""
    selector = note.selector.model_dump(exclude_defaults=True)
    lines = [f"- id: {note.id}", f"  kind: {note.kind.value}"]
    if selector:
        lines += ["  selector:", *(f"    {key}: {scalar(str(v))}" for key, v in selector.items())]
    else:
        lines.append("  selector: {}")
    lines += _write_body(note.body)
    lines += [f"  author: {scalar(note.author)}", f"  date: {note.date.isoformat()}"]
    if note.references:
        lines.append(f"  references: [{', '.join(note.references)}]")
    return "\n".join(lines) + "\n"


def _write_body(body: str) -> list[str]:
    """Markdown as a literal block, its lines wrapped where that changes nothing."""
    body = body.strip().replace("\r\n", "\n")
    if not all(c.isprintable() or c in "\n\u00a0\u00ad" for c in body):
        return [f"  body: {scalar(body)}"]
    plain = body.count("\n") == 0
    rows = textwrap.wrap(body, _WIDTH, break_long_words=False, break_on_hyphens=False
                         ) if plain and not body.startswith("    ") else body.split("\n")
    return ["  body: |", *(f"    {row}" if row else "" for row in rows)]


def insert(file: NotesFile, notes: Sequence[Note], after: int | None) -> Edit:
    """The edit that puts ``notes`` in behind note number ``after``, or at the list's beginning.

    Raises ``InputError`` when the list is written in brackets, on one line.
    """
    entries = "\n".join(write_entry(note) for note in notes)
    text = f"notes:\n{textwrap.indent(entries, '  ')}"
    if not file.value.notes:
        return _begin_list(file, text)
    _refuse_brackets(file)
    lines = [_lines_of(file, index) for index in range(len(file.value.notes))]
    marker = file.text[lines[0].start : file.places["notes", 0].start]
    indented = textwrap.indent(entries, " " * marker.index("-"))
    if after is None:
        return _fit(file, Span(lines[0].start, lines[0].start), f"{indented}\n")
    at = lines[after].end
    lead = "\n" if file.text[:at].endswith("\n") else "\n\n"
    return _fit(file, Span(at, at), f"{lead}{indented}")


def _begin_list(file: NotesFile, text: str) -> Edit:
    """``text`` in the place of an empty list, or at the file's end."""
    key = file.keys.get(("notes",))
    if key is None:
        lead = "" if not file.text or file.text.endswith("\n") else "\n"
        return _fit(file, Span(len(file.text), len(file.text)), f"{lead}{text}")
    place = file.places["notes",]
    return _fit(file, Span(key.start, max(key.end + 1, place.end)), text.rstrip("\n"))


def add_references(file: NotesFile, works: Mapping[str, Reference]) -> Edit | None:
    """The edit that puts in those of ``works`` that the file has not, if there are any."""
    missing = {key: work for key, work in works.items() if key not in file.value.references}
    if not missing:
        return None
    rows = "".join(f"  {key}: {_as_flow(work)}\n" for key, work in missing.items())
    key = file.keys.get(("references",))
    if key is None:
        start = file.keys["notes",].start if ("notes",) in file.keys else len(file.text)
        return _fit(file, Span(start, start), f"references:\n{rows}\n")
    if not file.value.references:
        place = file.places["references",]
        return _fit(file, Span(key.start, max(key.end + 1, place.end)),
                    f"references:\n{rows}".rstrip("\n"))
    first = min(span for way, span in file.keys.items() if way[0] == "references" and len(way) == 2)
    line = file.text.rfind("\n", 0, first.start) + 1
    if file.text[line : first.start].strip():
        flow = ", ".join(f"{key}: {_as_flow(work)}" for key, work in missing.items())
        return Edit(Span(first.start, first.start), f"{flow}, ")
    return _fit(file, Span(line, line),
                textwrap.indent(textwrap.dedent(rows), file.text[line : first.start]))


def _as_flow(work: Reference) -> str:
    """A work on one line; what is JSON is YAML."""
    fields = work.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return json.dumps(fields, ensure_ascii=False)


def retire(file: NotesFile, index: int, reason: str, today: date) -> Edit:
    """The edit that turns note ``index`` into a comment, under a line that says when and why.

    Raises ``InputError`` when the list is written in brackets, on one line.
    """
    _refuse_brackets(file)
    span = _lines_of(file, index)
    lines = span.of(file.text).splitlines()
    indent = " " * (len(lines[0]) - len(lines[0].lstrip()))
    why = " ".join(reason.split())
    kept = [f"{indent}# {line[len(indent):]}".rstrip() if line.strip() else f"{indent}#"
            for line in lines]
    text = "\n".join([f"{indent}# Retired {today.isoformat()}: {why}", *kept]) + "\n"
    if len(file.value.notes) > 1:
        return _fit(file, span, text)
    key = file.keys["notes",]
    between = file.text[key.end + 1 : span.start]
    return _fit(file, Span(key.start, span.end), f"notes: []{between.rstrip()}\n{text}")


def _lines_of(file: NotesFile, index: int) -> Span:
    """The whole lines of an entry."""
    place = file.places["notes", index]
    start = file.text.rfind("\n", 0, place.start) + 1
    end = file.text.find("\n", place.end)
    return Span(start, len(file.text) if end < 0 else end + 1)


def _refuse_brackets(file: NotesFile) -> None:
    for index in range(len(file.value.notes)):
        place = file.places["notes", index]
        line = file.text.rfind("\n", 0, place.start) + 1
        if file.text[line : place.start].strip() != "-":
            raise InputError(
                "this list of notes stands in brackets, so no entry can be put in or taken out",
                place=Place(file.path, Lines(file.text).position(place.start).line, "notes"),
                hint="begin each note with - on a line of its own",
            )


def _fit(file: NotesFile, span: Span, text: str) -> Edit:
    """The edit with the file's own line ends."""
    return Edit(span, text.replace("\n", "\r\n") if "\r\n" in file.text else text)


def as_note(fields: Mapping[str, object]) -> Note:
    """A note from plain values; raises ``InputError`` naming the first that does not do."""
    from pydantic import ValidationError

    try:
        return Note.model_validate(fields)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in first["loc"])
        raise InputError(f"`{name}` cannot be {first['input']!r}: {first['msg']}") from None
