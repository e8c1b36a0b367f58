"""What stands behind an edition: rows of paragraphs, marks in them, and the build that refuses."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from examples import lay
from hypothesis import given
from hypothesis import strategies as st

from variorum.checks import bars_to_publishing, run_rules
from variorum.checks.examples import essay, ledger
from variorum.editions import read_edition, refuse_to_publish
from variorum.essay import Reading
from variorum.extension.apparatus import Apparatus, present_apparatus
from variorum.extension.facing import Numbered, mark_edition, mark_source
from variorum.repair import Mend
from variorum.sources import read_stored

ROOT = Path(__file__).parents[1]
EDITIONS = ROOT / "docs" / "essays"
SECRET = "Zanzibarian quokkas perambulate sideways beneath lavender scaffolding tonight again"


def reading(source: str, told: str, name: str = "r1") -> Reading:
    return Reading.model_validate({
        "id": name, "paragraph": "s1", "source": source, "reading": told, "confidence": "low",
        "evidence": "It must.", "editor": "An editor", "date": "2026-01-02"})


def shown(marked: str) -> str:
    """What a reader sees of it, without the numbers of readings."""
    return html.unescape(re.sub(r"<a [^>]*>\d+</a>|<[^>]+>", "", marked))


def of(*paragraphs: str, source: tuple[str, ...], omit: str = "", root: Path) -> Apparatus:
    entries = ledger(*source, readings=[{"id": "r1"}], omit=omit)
    subject = lay(essay(*paragraphs, ledger=entries), root)
    found = present_apparatus(replace(subject, source=None), "x/")
    assert found
    return found


def rows(found: Apparatus) -> list[tuple[str, str]]:
    return [(" ".join(part.name for part in row.source), " ".join(p.id for p in row.edition))
            for row in found.rows]


def test_paragraphs_stand_beside_what_they_answer_to(tmp_path: Path) -> None:
    found = of('A.\n{ #p0 from="edition" }', 'B.\n{ #p1 from="s2" }', '## Heading',
               'C.\n{ #p2 from="s2 s3" }', 'D.\n{ #p3 from="s1" }', 'E.\n{ #p4 from="s3" }',
               source=("one", "two", "three", "four"), omit="It is dull.", root=tmp_path)
    assert rows(found) == [("", "p0"), ("2 3", "p1 p2"), ("4", ""), ("1", "p3"), ("3", "p4")]
    assert [part.omitted for row in found.rows for part in row.source if part.omitted] == [
        "It is dull."]
    assert [part.again for part in found.rows[-1].source] == [True]
    assert [len(row.readings) for row in found.rows] == [0, 0, 0, 1, 0]


def test_the_copy_is_shown_as_it_was_received() -> None:
    mends = (Mend("hyphens", 1, "pros-⏎pects", "prospects"), Mend("ligatures", 1, "oﬃce", "office"))
    items = (Numbered(1, reading("of the office", "of the officer")),)
    marked = mark_source("The prospects of the office were tbe best, and we all knew it well.",
                         ["The prospects of the officer were the best, and we all knew it well."],
                         mends, items)
    assert marked == (
        'The <span class="vr-mended">pros-|pects</span> <mark class="vr-read" id="copy-r1">of the '
        '<span class="vr-mended">oﬃce</span></mark><a class="vr-number" href="#reading-r1" '
        'aria-label="Reading 1">1</a> were <span class="vr-slip">tbe</span> best, and we all knew '
        "it well.")


def test_a_text_told_anew_is_not_compared_word_by_word() -> None:
    assert mark_source("A fox he jumped.", ["The quick animal leapt."], (), ()) == (
        "A fox he jumped.")


def test_a_reading_is_marked_in_the_edition_where_it_stands_once() -> None:
    marked = mark_edition("Common defense & more.", [reading("x", "common defense")])
    assert marked == '<mark class="vr-read">Common defense</mark> &amp; more.'
    assert mark_edition("a b, a b", [reading("x", "a b")]) == "a b, a b"


@given(st.text(), st.text(min_size=1), st.lists(st.text(min_size=1), max_size=3))
def test_marks_change_no_word(text: str, edition: str, read: list[str]) -> None:
    items = [Numbered(n, reading(f"{words}.", "y", f"r{n}")) for n, words in enumerate(read)]
    assert shown(mark_source(text, [edition], (), items)) == text
    marked = mark_edition(text, [item.reading for item in items])
    assert shown(marked.replace("<br>", "\n")) == text


def test_a_copy_that_may_not_be_shown_is_in_no_apparatus(tmp_path: Path) -> None:
    """Not even when it lies there."""
    kept = ledger(SECRET).replace("Free to all.", "Free to all., store: true")
    shut, allowed = (
        read_stored(lay(essay('A.\n{ #p1 from="s1" }', ledger=text) | {"source.txt": SECRET}, root))
        for text, root in ((ledger(SECRET), tmp_path / "shut"), (kept, tmp_path / "kept")))
    assert shut.source is None
    assert allowed.source and allowed.source.paragraphs == (SECRET,)
    assert "quokkas" in repr(present_apparatus(allowed, "x/"))
    for source in (None, allowed.source):
        found = present_apparatus(replace(shut, source=source), "x/")
        assert found and not found.kept and not found.dropped
        assert "quokkas" not in repr(found)


# What must not be published


def _put(old: str, new: str) -> Callable[[str], str]:
    def change(text: str) -> str:
        assert old in text
        return text.replace(old, new, 1)

    return change


LONG = "intimate relationships having customers and nobody else"
REFUSED: dict[str, tuple[str, str, Callable[[str], str], str, str]] = {
    "a reading quotes too much": (
        "with-friends-like-these", "source.yml",
        _put("source: intimate relationships having customers", f"source: {LONG}"),
        "readings.0.source", "The rights allow 6 at a time"),
    "a note quotes too much round a reading": (
        "with-friends-like-these", "notes.yml", _put("body: |\n", f"body: |\n      “{LONG}” "),
        "notes.0.body", "The rights allow 6"),
    "a note quotes the stored copy": (
        "first-annual-message", "source.yml", _put("fragment_words: 124", "fragment_words: 3"),
        "notes.2.body", "The rights allow 3"),
    "a copy that is not the ledger's": (
        "first-annual-message", "source.txt", _put("favorable", "favourable"),
        "paragraphs.1.sha256", "see which of the two was changed"),
    "a copy without the right to keep it": (
        "first-annual-message", "source.yml", _put("store: true", "store: false"),
        "rights.status", "Move the copy out of the publication"),
    "no rights at all": (
        "first-annual-message", "source.yml", lambda text: re.sub(
            r"\nrights:\n.*?\n\n", "\n", text, flags=re.S),
        "", "rights"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_rights_forbid_bars_publishing(case: str, tmp_path: Path) -> None:
    slug, name, change, key, hint = REFUSED[case]
    folder = tmp_path / "docs" / "essays" / slug
    shutil.copytree(EDITIONS / slug, folder)
    assert refuse_to_publish(read_stored(read_edition(folder))) == []
    text = (folder / name).read_text("utf-8")
    (folder / name).write_text(change(text), "utf-8")
    subject = read_stored(read_edition(folder))
    errors = refuse_to_publish(subject)
    assert errors and all(error.place and error.place.line for error in errors)
    assert key in str(errors[0].place) and hint in str(errors[0])
    assert {finding.rule for finding in bars_to_publishing(subject)} <= {
        finding.rule for finding in (*run_rules(subject), *subject.malformed)}


def publication(root: Path, slug: str = "with-friends-like-these") -> Path:
    """This publication with one edition, which is returned."""
    shutil.copytree(ROOT / "overrides", root / "overrides")
    shutil.copytree(ROOT / "docs", root / "docs", ignore=shutil.ignore_patterns("essays"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    (root / "docs" / "essays").mkdir()
    shutil.copy(EDITIONS / "index.md", root / "docs" / "essays")
    return Path(shutil.copytree(EDITIONS / slug, root / "docs" / "essays" / slug))


def build(root: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(root / "site")]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


def test_the_build_refuses_and_says_where_and_what_to_do(tmp_path: Path) -> None:
    edition = publication(tmp_path)
    text = (edition / "source.yml").read_text("utf-8")
    broken = _put("source: intimate relationships having customers", f"source: {LONG}")(text)
    (edition / "source.yml").write_text(broken, "utf-8")
    line = broken[: broken.index(LONG)].count("\n") + 1
    done = build(tmp_path)
    assert done.returncode != 0
    assert f"source.yml:{line} (readings.0.source): Reading r1 quotes 7 words" in done.stderr
    assert "[ledger.fragment]" in done.stderr and "Hint: The rights allow 6" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "site").rglob("*.html"))


def test_not_a_word_of_a_forbidden_copy_reaches_the_site(tmp_path: Path) -> None:
    """Nor when somebody lets it lie there with a reason: it is no part of what is published."""
    edition = publication(tmp_path)
    for name in ("source.txt", "source.md", "source.html", "import.json"):
        (edition / name).write_text(SECRET, "utf-8")
    assert build(tmp_path).returncode != 0
    text = (edition / "source.yml").read_text("utf-8")
    (edition / "source.yml").write_text(f"allow: {{rights.stored: Looked at.}}\n{text}", "utf-8")
    done = build(tmp_path)
    assert done.returncode == 0, done.stderr
    found = [path for path in (tmp_path / "site").rglob("*") if path.is_file()
             and any(word in path.read_bytes() for word in (b"quokkas", b"Zanzibarian"))]
    assert (tmp_path / "site" / "essays" / edition.name / "apparatus" / "index.html").is_file()
    assert found == []
