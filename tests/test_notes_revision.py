"""A hard revision of the first edition: every note is right or reported, and one walk mends all."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from test_notes_commands import run, walk

from variorum.annotations import Status, fold
from variorum.checks.anchors import anchor_notes, version_of
from variorum.cli.notes_reading import Edition, read_noted
from variorum.editions import read_edition

ROOT = Path(__file__).parents[1]
EDITION = ROOT / "docs" / "essays" / "with-friends-like-these"
_PARAGRAPH = re.compile(r"\n\{ #(p[0-9]+)[^}]*\}$")


def paragraphs(text: str) -> list[str]:
    return text.rstrip("\n").split("\n\n")


def revise(text: str, chance: random.Random) -> tuple[str, set[str], str]:
    """Rewrite half of the paragraphs, move three, delete one; what was rewritten, and deleted."""
    blocks = paragraphs(text)
    named = [i for i, block in enumerate(blocks) if _PARAGRAPH.search(block)]
    rewritten = set(chance.sample(named, len(named) // 2))
    for index in rewritten:
        blocks[index] = _rewrite(blocks[index], chance)
    untouched = [i for i in named if i not in rewritten]
    deleted = chance.choice(untouched)
    moved = chance.sample([i for i in untouched if i != deleted], 3)
    carried = [blocks[i] for i in moved]
    names = {match[1] for i in rewritten if (match := _PARAGRAPH.search(blocks[i]))}
    gone = _PARAGRAPH.search(blocks[deleted])
    assert gone
    rest = [block for i, block in enumerate(blocks) if i not in {*moved, deleted}]
    for block in carried:
        rest.insert(chance.randrange(1, len(rest)), block)
    return "\n\n".join(rest) + "\n", names, gone[1]


def _rewrite(block: str, chance: random.Random) -> str:
    """Every third word is another one; Markdown and the paragraph's own line stay."""
    body, line = block.rsplit("\n", 1)
    words = [
        chance.choice(["harbor", "lantern", "meadow", "quietly", "seldom"])
        if word.isalpha() and chance.random() < 0.34 else word
        for word in body.split(" ")
    ]
    return " ".join(words) + "\n" + line


@pytest.fixture
def revised(tmp_path: Path) -> tuple[Path, set[str], str]:
    return prepare(tmp_path)


def prepare(tmp_path: Path) -> tuple[Path, set[str], str]:
    """The first edition under git, revised since its last commit."""
    folder = tmp_path / "docs" / "essays" / "an-essay"
    shutil.copytree(EDITION, folder)
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\nplugins: [variorum]\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Begin"]):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command],
                       cwd=tmp_path, check=True)
    page = folder / "index.md"
    text, rewritten, deleted = revise(page.read_text("utf-8"), random.Random(7))
    page.write_text(text, encoding="utf-8")
    return folder, rewritten, deleted


def home(edition: Edition, index: int) -> str | None:
    return edition.file.value.notes[index].selector.paragraph


def test_every_note_is_right_or_reported(revised: tuple[Path, set[str], str]) -> None:
    folder, rewritten, deleted = revised
    edition = read_noted(folder)
    text = edition.version.text
    lost = 0
    for index, (note, anchor) in enumerate(
        zip(edition.file.value.notes, edition.anchors, strict=True)
    ):
        paragraph = home(edition, index)
        if anchor.span is not None:
            assert paragraph != deleted
            assert fold(anchor.span.of(text)).text == fold(note.selector.exact or "").text
        elif paragraph == deleted:
            lost += 1
        else:
            assert paragraph in rewritten
            assert anchor.candidates, note.id
            place = edition.version.paragraphs[paragraph]
            assert place.start <= anchor.candidates[0].span.start < place.end, note.id
    assert lost == sum(home(edition, i) == deleted for i in range(len(edition.anchors)))
    assert lost > 0


def test_without_the_earlier_text_no_note_is_wrong_either(
    revised: tuple[Path, set[str], str],
) -> None:
    folder, _, deleted = revised
    subject = read_edition(folder)
    assert subject.notes
    notes = subject.notes.value.notes
    for note, anchor in zip(notes, anchor_notes(subject.page.prose, notes), strict=True):
        if anchor.span is not None:
            assert note.selector.paragraph != deleted
            words = anchor.span.of(version_of(subject.page.prose).text)
            assert fold(words).text == fold(note.selector.exact or "").text


def answer_all(edition: Edition, deleted: str) -> list[str]:
    """What a person types in the walk: the first candidate, or that the paragraph was cut."""
    answers: list[str] = []
    for index, anchor in enumerate(edition.anchors):
        if anchor.status is not Status.KEPT:
            gone = home(edition, index) == deleted or not anchor.candidates
            answers += ["r", "Its paragraph was cut."] if gone else ["1"]
    return answers


def test_one_walk_mends_everything(revised: tuple[Path, set[str], str]) -> None:
    folder, _, deleted = revised
    before = read_noted(folder)
    comments = re.findall(r"(?m)^ *#.*$", before.file.text)
    answers = answer_all(before, deleted)
    assert len(answers) > 5
    code, said = walk(folder, answers)
    assert code == 0, said
    assert run(folder, "status").returncode == 0
    after = read_noted(folder)
    assert {anchor.status for anchor in after.anchors} == {Status.KEPT}
    retired = answers.count("r")
    assert len(after.anchors) == len(before.anchors) - retired
    order = [note.id for note in before.file.value.notes]
    kept = [note.id for note in after.file.value.notes]
    assert kept == [name for name in order if name in kept]
    assert [line for line in comments if line not in after.file.text] == []
    bodies = {note.id: note.body for note in before.file.value.notes}
    assert all(note.body == bodies[note.id] for note in after.file.value.notes)
