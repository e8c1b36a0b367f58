"""Notes in other people's formats: round trips lose nothing, authors are kept, nothing runs."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotations import anchor_all
from variorum.checks.anchors import anchor_notes, version_of
from variorum.editions import read_edition
from variorum.essay import Kind, Note, Notes, Selector
from variorum.exchange import (
    Publication,
    collect,
    outgoing,
    place,
    read_hypothesis,
    read_web_annotations,
    sanitise_markdown,
    write_hypothesis,
    write_web_annotation,
)
from variorum.extension import render_body
from variorum.prose import read_prose

ROOT = Path(__file__).parents[1]
EDITION = ROOT / "docs" / "essays" / "with-friends-like-these"
ESSAY = """\
The quick brown fox jumps over the lazy dog. A dog sleeps under the “old” oak 🌳.
{ #p1 from="s1" }

Nobody minds the fox, and *the cat sleeps* all day. Its bowl is empty again.
{ #p2 from="s1" }
"""
VERSION = version_of(read_prose(ESSAY))
PAGE = Publication("https://example.org/essays/fox/", "The Fox", "en-US", VERSION.text)


def through_w3c(notes: Notes, page: Publication = PAGE) -> list[Note]:
    anchors = tuple(anchor_all(page.text, [n.selector for n in notes.notes], VERSION.paragraphs))
    items = [write_web_annotation(page, item) for item in outgoing(notes, anchors)]
    files = collect(items, page.url, page.title)
    pages = [file for name, file in files.items() if name != "annotations.jsonld"]
    found = read_web_annotations(json.loads(json.dumps(pages)))
    placed, unplaced = place(found, VERSION, "fox", (), Kind.CONTEXT)
    assert unplaced == []
    return [item.note for item in placed]


def through_hypothesis(notes: Notes) -> list[Note]:
    anchors = tuple(anchor_all(PAGE.text, [n.selector for n in notes.notes], VERSION.paragraphs))
    data = write_hypothesis(PAGE, outgoing(notes, anchors), date(2026, 1, 3))
    placed, unplaced = place(read_hypothesis(json.loads(json.dumps(data))), VERSION, "fox", (),
                             Kind.CONTEXT)
    assert unplaced == []
    return [item.note for item in placed]


@st.composite
def some_notes(draw: st.DrawFn) -> Notes:
    """Notes on passages, paragraphs and the whole of the little essay."""
    words = VERSION.text.split()
    found: list[Note] = []
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(words) - 6))
        end = draw(st.integers(start + 5, len(words)))
        selector = draw(st.sampled_from([
            Selector(exact=" ".join(words[start:end])), Selector(paragraph="p1"), Selector(),
            Selector(exact="the cat sleeps", prefix="and ", paragraph="p2"),
            Selector(exact="A dog sleeps under the “old”", suffix=" oak"),
        ]))
        body = draw(st.text(st.characters(codec="utf-8", exclude_characters="<\r"), min_size=1)
                    .map(str.strip).filter(sanitised_as_it_is))
        author = draw(st.sampled_from(["An editor", "Ødegård, K.", "编辑"]))
        found.append(Note(id=f"n{number}", kind=draw(st.sampled_from([*Kind])), body=body,
                          selector=selector, author=author, date=date(2026, 1, number + 1)))
    unique = {(n.author, n.body, n.selector.exact): n for n in found}
    return Notes(notes=tuple(unique.values()))


def sanitised_as_it_is(body: str) -> bool:
    return bool(body) and sanitise_markdown(body) == body


@settings(max_examples=150, derandomize=True, deadline=None)
@given(some_notes())
def test_a_round_trip_through_web_annotations_loses_nothing(notes: Notes) -> None:
    assert through_w3c(notes) == list(notes.notes)


@settings(max_examples=150, derandomize=True, deadline=None)
@given(some_notes())
def test_a_round_trip_through_hypothesis_loses_nothing(notes: Notes) -> None:
    assert through_hypothesis(notes) == list(notes.notes)


def test_the_first_edition_goes_out_and_comes_back() -> None:
    subject = read_edition(EDITION)
    assert subject.notes
    notes, prose = subject.notes.value, subject.page.prose
    page = Publication("https://example.org/essays/with-friends-like-these/", "T", "en-US",
                       prose.visible)
    items = outgoing(notes, tuple(anchor_notes(prose, notes.notes)))
    annotations = [write_web_annotation(page, item) for item in items]
    for found in (list(read_web_annotations(annotations)),
                  list(read_hypothesis(write_hypothesis(page, items, date(2026, 1, 3))))):
        placed, unplaced = place(found, version_of(prose), "with-friends-like-these", (),
                                 Kind.CONTEXT)
        assert unplaced == []
        back = [item.note.model_copy(update={"body": item.note.body.strip()}) for item in placed]
        assert back == [note.model_copy(update={"body": note.body.strip()}) for note in notes.notes]
        works = {key: work for item in placed for key, work in item.incoming.references.items()}
        assert works == notes.references


def row(**changes: Any) -> dict[str, Any]:
    """A row as the search API of Hypothesis gives it."""
    exact = changes.pop("exact", "quick brown fox")
    quote = {"type": "TextQuoteSelector", "exact": exact, "prefix": "The ", "suffix": " jumps"}
    plain = {
        "id": "kXq1", "user": "acct:jo_reader@hypothes.is", "created": "2025-03-04T05:06:07+00:00",
        "uri": "https://example.org/essays/fox/", "text": "How quick?", "tags": ["question"],
        "target": [{"source": "https://example.org/essays/fox/", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]",
             "startOffset": 4, "endOffset": 19},
            {"type": "TextPositionSelector", "start": 4000, "end": 90000}, quote]}],
        "user_info": {"display_name": None}, "references": [],
    }
    return {**plain, **changes}


def take(*rows: dict[str, Any]) -> tuple[list[Note], list[str]]:
    placed, unplaced = place(read_hypothesis({"total": len(rows), "rows": list(rows)}), VERSION,
                             "fox", (), Kind.CONTEXT)
    return [item.note for item in placed], [item.reason for item in unplaced]


def test_a_row_of_hypothesis_becomes_a_note() -> None:
    (note,), reasons = take(row())
    assert reasons == []
    assert (note.author, note.kind, note.date, note.body) == (
        "jo_reader", Kind.QUESTION, date(2025, 3, 4), "How quick?")
    assert note.selector.exact == "quick brown fox"
    assert note.selector.paragraph == "p1"


def test_who_said_what_is_kept_and_replies_stand_under_what_they_answer() -> None:
    (note,), _ = take(
        row(user_info={"display_name": "Jo"}),
        row(id="r2", references=["kXq1"], text="Slow.", user="acct:max@hypothes.is",
            created="2025-03-06T00:00:00Z"),
        row(id="r1", references=["kXq1"], text="Very.", user="acct:ann@hypothes.is"),
    )
    assert note.author == "Jo"
    assert note.body == "How quick?\n\n**ann**, 2025-03-04: Very.\n\n**max**, 2025-03-06: Slow."


NOT_TAKEN = {
    "of another page": (row(uri="https://example.org/essays/hen/"), "another page"),
    "a highlight": (row(text=""), "it says nothing"),
    "a script and nothing else": (row(text="<script>alert(1)</script>"), "it says nothing"),
    "a reply to nothing": (row(references=["gone"]), "a reply to what is not in this file"),
    "a passage that is gone": (row(exact="zebras graze by the river"), "stands nowhere"),
    "a passage of blanks": (row(exact=" \u00a0\n"), "is empty"),
    "one letter": (row(exact="o"), "times"),
}


@pytest.mark.parametrize(("given_row", "reason"), NOT_TAKEN.values(), ids=NOT_TAKEN)
def test_what_cannot_be_placed_is_reported(given_row: dict[str, Any], reason: str) -> None:
    notes, reasons = take(given_row, row(text="Another."))
    assert [note.body for note in notes] == ["Another."]
    assert len(reasons) == 1
    assert reason in reasons[0]


def test_a_page_note_is_about_the_whole_essay() -> None:
    (note,), _ = take(row(target=[{"source": "https://example.org/essays/fox/"}]))
    assert note.selector == Selector()


def test_a_surrogate_alone_in_a_quotation_is_no_harm() -> None:
    notes, reasons = take(row(exact="quick \ud800 fox"))
    assert notes == []
    assert len(reasons) == 1


HOSTILE = [
    "Hi <script>alert(1)</script>", "<img src=x onerror=alert(1)> Hi", "Hi <SVG/onload=alert(1)>",
    "Hi [x](javascript:alert(1))", "Hi <iframe src='//x'>", "Hi <style>*{display:none}",
    "Hi <!-- <b> --> <scr<script>ipt>alert(1)</script>",
]


@pytest.mark.parametrize("body", HOSTILE)
def test_bodies_are_sanitised(body: str) -> None:
    safe = sanitise_markdown(body)
    assert "Hi" in safe
    for text in (safe, render_body(safe)):
        assert not any(tag in text.lower() for tag in (
            "<script", "<img", "<svg", "<iframe", "<style", "javascript:"))


def test_words_that_only_look_like_tags_stay() -> None:
    body = "Is 1 < 2? See <https://example.org/a> and `a<b`, <3"
    assert sanitise_markdown(body) == body.replace("a<b", "a&lt;b")


REFUSED: dict[str, Any] = {
    "a number": 5, "an object of no kind": {"type": "Person"}, "rows of numbers": {"rows": [1]},
    "no target": {"type": "Annotation", "id": "x"}, "no JSON": None,
    "pages elsewhere": {"type": "AnnotationCollection", "first": "https://example.org/p1"},
    "no date": {"rows": [row(created="yesterday")]},
    "only another page": {"rows": [row(uri="https://example.org/other")]},
}


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", "notes", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    folder = tmp_path / "docs" / "essays" / "fox"
    folder.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: T\nsite_url: https://example.org/\n")
    front = "---\ntitle: The Fox\ndescription: D.\nauthors: [E]\ndate: 2026-01-02\n---\n\n"
    (folder / "index.md").write_text(front + ESSAY, encoding="utf-8")
    (folder / "notes.yml").write_text(
        "# Notes.\nnotes:\n  - id: cat\n    kind: gloss\n    selector: {paragraph: p2}\n"
        "    body: A cat.\n    author: An editor\n    date: 2026-01-02\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("data", REFUSED.values(), ids=REFUSED)
def test_a_file_that_makes_no_sense_is_refused(publication: Path, data: Any) -> None:
    path = publication / "in.json"
    path.write_text("{" if data is None else json.dumps(data))
    before = (publication / "docs/essays/fox/notes.yml").read_bytes()
    found = run(publication, "import", "in.json", "--in", "docs/essays/fox")
    assert found.returncode == 2
    assert "in.json" in found.stderr
    assert "Traceback" not in found.stderr
    assert (publication / "docs/essays/fox/notes.yml").read_bytes() == before


def test_import_writes_the_notes_and_reports_the_rest(publication: Path) -> None:
    rows = [row(), row(text="Gone.", exact="zebras graze by the river"), row(text="B", tags=["x"])]
    (publication / "in.json").write_text(json.dumps({"rows": rows}))
    found = run(publication, "import", "in.json", "--in", "docs/essays/fox")
    assert found.returncode == 1, found.stderr
    assert "Not taken, by jo_reader: “zebras graze by the river”: the quotation" in found.stdout
    assert "quick-brown-fox-2, by jo_reader (without the tag “x”)" in found.stdout
    assert found.stdout.endswith("2 notes taken, 1 not.\n")
    text = (publication / "docs/essays/fox/notes.yml").read_text(encoding="utf-8")
    assert text.startswith("# Notes.\nnotes:\n")
    notes = read_edition(publication / "docs" / "essays" / "fox").notes
    assert notes
    assert {note.id for note in notes.value.notes} == {
        "quick-brown-fox", "quick-brown-fox-2", "cat"}
    again = run(publication, "import", "in.json", "--in", "docs/essays/fox")
    assert "it is there already" in again.stdout
    assert (publication / "docs/essays/fox/notes.yml").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("form", ["w3c", "hypothesis"])
def test_what_is_exported_can_be_imported_into_an_empty_edition(
    publication: Path, form: str
) -> None:
    folder = publication / "docs" / "essays" / "fox"
    assert run(publication, "export", "docs/essays/fox", "--format", form, "--output",
               "out.json").returncode == 0
    before = read_edition(folder).notes
    (folder / "notes.yml").unlink()
    found = run(publication, "import", "out.json", "--in", "docs/essays/fox")
    assert found.returncode == 0, found.stderr + found.stdout
    after = read_edition(folder).notes
    assert before and after
    assert [n.model_copy(update={"body": n.body.strip()}) for n in after.value.notes] == list(
        before.value.notes)
