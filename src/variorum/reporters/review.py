"""Findings as remarks beside the lines of a change, those of one line together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from variorum.reporters.report import Located, Report
from variorum.reviews import LONGEST, MOST, Changed, Remark, Review, Said
from variorum.text import Edit, Lines, Span, apply_edits

_MESSAGE = 900
"""Code points of a message that are passed on."""


def report_review(report: Report, changes: Mapping[str, Changed]) -> str:
    """A ``Review`` as JSON; ``changes`` are the files of the change, by the report's paths."""
    remarks: list[Remark] = []
    more = elsewhere = 0
    for group in _together(report.located()):
        change = changes.get(group[0].finding.path)
        remark = _remark(group, report.lines_of(group[0].finding.path), change) if change else None
        if remark is None:
            elsewhere += len(group)
        elif len(remarks) < MOST:
            remarks.append(remark)
        else:
            more += len(group)
    review = Review(remarks=remarks, more=more, elsewhere=elsewhere)
    return review.model_dump_json(indent=1, exclude_none=True) + "\n"


def _together(located: Iterable[Located]) -> Iterator[list[Located]]:
    """The findings whose lines overlap, in order of path and line."""
    ordered = sorted(located, key=lambda found: (found.finding.path, _lines(found)))
    for _, of_file in groupby(ordered, key=lambda found: found.finding.path):
        group: list[Located] = []
        last = 0
        for found in of_file:
            lines = _lines(found)
            if group and lines[0] > last:
                yield group
                group, last = [], 0
            group.append(found)
            last = max(last, lines[1])
        yield group


def _lines(found: Located) -> tuple[int, int]:
    """The first and the last line that a finding is about."""
    start, end = found.start, found.end
    return start.line, end.line - (end.column == 1 and end.line > start.line)


def _remark(group: Sequence[Located], lines: Lines, change: Changed) -> Remark | None:
    """What to say about ``group``; ``None`` where none of its lines is in the change."""
    first, last = _lines(group[0])[0], max(_lines(found)[1] for found in group)
    beside = next((row for row in change.lines if row.start <= last and first < row.stop), None)
    if beside is None:
        return None
    whole = beside.start <= first and last < beside.stop
    prints = "\0".join([change.path, *sorted(found.fingerprint for found in group)])
    return Remark(
        key=hashlib.sha256(prints.encode("utf-8", "surrogatepass")).hexdigest()[:16],
        path=change.path, first=max(first, beside.start), last=min(last, beside.stop - 1),
        said=[_said(found) for found in group[:100]],
        instead=_instead(group, lines, first, last) if whole else None,
    )


def _said(found: Located) -> Said:
    text = found.text if len(found.text) <= _MESSAGE else found.text[:_MESSAGE] + " …"
    return Said(message=_encodable(text), rule=_encodable(found.finding.rule[:200]))


def _instead(group: Sequence[Located], lines: Lines, first: int, last: int) -> str | None:
    """The lines with the best way out of each finding taken, as far as they go together."""
    block = Span(lines.line_span(first).start, lines.line_span(last).end)
    edits: list[Edit] = []
    for edit in sorted({edit for found in group for edit in _best(found, block)}):
        if not edits or edits[-1].span.end <= edit.span.start:
            edits.append(edit)
    moved = [Edit(Span(e.span.start - block.start, e.span.end - block.start), e.replacement)
             for e in edits]
    old = block.of(lines.text)
    new = apply_edits(old, moved)
    return "\n".join(_encodable(new).splitlines()) if new != old and len(new) <= LONGEST else None


def _best(found: Located, block: Span) -> Sequence[Edit]:
    """The edits of the best way out, where all of them are within the lines."""
    edits = found.ways_out[0] if found.ways_out else ()
    within = all(block.start <= e.span.start and e.span.end <= block.end for e in edits)
    return edits if within else ()


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
