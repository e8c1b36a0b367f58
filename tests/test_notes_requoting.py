"""Selectors are rewritten in any style of YAML, and nothing else in the file is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from variorum.annotations import Description, Status, clean
from variorum.checks.anchors import RULES, anchor_notes
from variorum.checks.requoting import requote
from variorum.editions import read_edition
from variorum.text import apply_edits

HEAD = ("---\ntitle: T\ndescription: D.\nauthors: [E]\ndate: 2026-01-02\n---\n\n"
        "The quick brown fox jumps over the lazy dog.\n{ #p1 from=\"s1\" }\n\n"
        "Nobody minds the fox, and the cat sleeps all day.\n{ #p2 from=\"s1\" }\n")
STYLES = {
    "block": "selector:  # where\n      # the words\n      exact: quick brown  # saying\n"
             "      prefix: 'The '   # before\n      paragraph: p1\n",
    "block, last first": "selector:\n      paragraph: p1\n      exact: quick brown\n",
    "flow": "selector: {exact: quick brown, suffix: ' fox', paragraph: p1}  # where\n",
    "flow on lines": "selector: {\n      exact: quick brown,  # saying\n      paragraph: p1}\n",
    "folded": "selector:\n      exact: >-\n        quick\n        brown\n      paragraph: p1\n",
    "plain on lines": "selector:\n      exact: quick\n        brown\n",
    "quoted": "selector:\n      \"exact\": \"quick \\\n        brown\"\n      paragraph: 'p1'\n",
    "whole": "selector: {}\n",
    "whole paragraph": "selector:\n      paragraph: p1\n",
}
AFTER = "    body: |\n      A *body*: # no comment.\n    author: An editor\n    date: 2026-01-02\n"


def write(folder: Path, style: str, ends: str = "\n") -> None:
    folder.mkdir(exist_ok=True)
    (folder / "index.md").write_text(HEAD, encoding="utf-8")
    text = f"# Head.\nnotes:\n  - id: fox\n    kind: gloss\n    {style}{AFTER}# Tail.\n"
    (folder / "notes.yml").write_bytes(text.replace("\n", ends).encode())


words = st.text(st.characters(codec="utf-8"), max_size=12).map(clean)
descriptions = st.builds(
    Description, words.filter(bool), words, words, st.sampled_from([None, "p1", "p2"]))


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
@settings(max_examples=40, derandomize=True, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(new=descriptions)
def test_the_selector_becomes_what_it_should(
    tmp_path: Path, style: str, ends: str, new: Description
) -> None:
    write(tmp_path, style, ends)
    file = read_edition(tmp_path).notes
    assert file
    text = apply_edits(file.text, requote(file, 0, new))
    (tmp_path / "notes.yml").write_bytes(text.encode())
    after = read_edition(tmp_path).notes
    assert after, text
    note = after.value.notes[0]
    found = note.selector
    assert (found.exact, found.prefix, found.suffix, found.paragraph) == (
        new.exact, new.prefix, new.suffix, new.paragraph)
    assert note.model_copy(update={"selector": file.value.notes[0].selector}) == (
        file.value.notes[0])
    assert text.endswith(AFTER.replace("\n", ends) + "# Tail." + ends)
    for comment in ("# where", "# the words"):
        assert (comment in text) == (comment in file.text)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_what_says_the_same_is_left_as_it_stands(tmp_path: Path, style: str) -> None:
    write(tmp_path, style)
    file = read_edition(tmp_path).notes
    assert file
    selector = file.value.notes[0].selector
    if selector.exact:
        same = Description(selector.exact, selector.prefix, selector.suffix, selector.paragraph)
        assert requote(file, 0, same) == ()


MOVED = {
    "to another paragraph": "selector: {exact: quick brown fox jumps over, paragraph: p2}\n",
    "from a paragraph that is gone": "selector:\n      exact: brown fox jumps over the\n"
                                     "      paragraph: p7\n",
    "with another context": "selector: {exact: 'Nobody minds the fox, and the cat sleeps', "
                            "prefix: 'the lazy dog. ', suffix: ' all night', paragraph: p2}\n",
}


@pytest.mark.parametrize("style", MOVED.values(), ids=MOVED)
def test_the_fix_of_a_moved_note_makes_it_kept(tmp_path: Path, style: str) -> None:
    write(tmp_path, style)
    subject = read_edition(tmp_path)
    assert subject.notes
    rule = next(rule for rule in RULES if rule.id == "notes.moved")
    (finding,) = rule.check(subject)
    text = apply_edits(subject.notes.text, finding.fixes)
    (tmp_path / "notes.yml").write_text(text, encoding="utf-8")
    mended = read_edition(tmp_path)
    assert mended.notes
    (anchor,) = anchor_notes(mended.page.prose, mended.notes.value.notes)
    assert anchor.status is Status.KEPT
    assert list(rule.check(mended)) == []
