"""``variorum notes`` as a person runs it, on a terminal where it asks, and what it writes."""

from __future__ import annotations

import json
import os
import pty
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from variorum.annotations import Status
from variorum.checks.anchors import anchor_notes
from variorum.editions import read_edition

ESSAY = """\
---
title: The Fox
description: About a fox.
authors: [An editor]
date: 2026-01-02
---

The quick brown fox jumps over the lazy dog. A dog sleeps under the old oak.
{ #p1 from="s1" }

Nobody minds the fox, and *the cat sleeps* all day. Its bowl is empty again.
{ #p2 from="s1" }

One more thing: the cat sleeps at night, too, whatever the neighbors say.
{ #p3 from="s1" }
"""
NOTES = """\
# yaml-language-server: $schema=../../schemas/notes.schema.json
# What we say of animals.

notes:
  # About the fox.
  - id: fox
    kind: gloss
    selector:
      exact: quick brown fox jumps over the lazy dog   # the saying
      paragraph: p1
    body: |
      An animal.

      It is *quick*.
    author: An editor
    date: 2026-01-02

  # About the cat.
  - {id: cat, kind: question, selector: {exact: Its bowl is empty again, paragraph: p2},
     body: Why?, author: An editor, date: 2026-01-02}
"""


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    """An edition in a publication that is under git."""
    folder = tmp_path / "docs" / "essays" / "fox"
    folder.mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\nplugins: [variorum]\n")
    (folder / "index.md").write_text(ESSAY, encoding="utf-8")
    (folder / "notes.yml").write_text(NOTES, encoding="utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "Begin"]):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *command],
                       cwd=tmp_path, check=True)
    return folder


def edit(essay: Path, old: str, new: str, name: str = "index.md") -> None:
    text = (essay / name).read_text(encoding="utf-8")
    assert old in text
    (essay / name).write_text(text.replace(old, new), encoding="utf-8")


def run(essay: Path, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", "notes", *arguments]
    return subprocess.run(command, cwd=essay.parents[2], capture_output=True, text=True,
                          check=False, input=typed)


def walk(essay: Path, answers: Sequence[str]) -> tuple[int, str]:
    """Run ``notes mend`` on a terminal and type ``answers``, one for each question."""
    pid, terminal = pty.fork()
    if pid == 0:  # the child: nothing of this test may go on in it
        os.chdir(essay.parents[2])
        os.environ["TERM"] = "dumb"
        os.execv(sys.executable, [sys.executable, "-m", "variorum", "notes", "mend"])
    said, left, end = "", list(answers), time.monotonic() + 60
    asked = 0
    while time.monotonic() < end and select.select([terminal], [], [], 30)[0]:
        try:
            said += os.read(terminal, 4096).decode("utf-8", "replace")
        except OSError:  # the child is gone
            break
        while left and said[asked:].rstrip(" ").endswith(("?", "Reason:", "stand now:")):
            asked = len(said)
            os.write(terminal, f"{left.pop(0)}\n".encode())
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said.replace("\r\n", "\n")


def statuses(essay: Path) -> dict[str, Status]:
    subject = read_edition(essay)
    assert subject.notes
    notes = subject.notes.value.notes
    anchors = anchor_notes(subject.page.prose, notes)
    return {note.id: anchor.status for note, anchor in zip(notes, anchors, strict=True)}


def test_status_lists_every_note(essay: Path) -> None:
    found = run(essay, "status")
    assert found.returncode == 0
    assert "docs/essays/fox/notes.yml:6: kept      fox: “quick brown fox jumps over" in found.stdout
    assert found.stdout.endswith("2 notes: 2 kept.\n")


def test_status_says_what_became_of_a_changed_passage(essay: Path) -> None:
    edit(essay, "the lazy dog", "a sleepy dog")
    found = run(essay, "status", "--format", "json")
    assert found.returncode == 1
    fox, cat = json.loads(found.stdout)["notes"]
    assert (fox["id"], fox["status"], cat["status"]) == ("fox", "orphaned", "kept")
    assert fox["reason"] == "its words were changed where it stands"
    assert fox["candidates"][0]["exact"] == "quick brown fox jumps over a sleepy dog"
    assert fox["candidates"][0]["sentence"] == "The quick brown fox jumps over a sleepy dog."
    subject = read_edition(essay)
    text = subject.page.prose.visible
    assert text[cat["start"] : cat["end"]] == "Its bowl is empty again"


def test_status_looks_through_the_history_for_a_text_that_fitted(essay: Path) -> None:
    edit(essay, "The quick brown fox jumps over the lazy dog", "A hare runs past that lazy dog")
    root = essay.parents[2]
    subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam",
                    "Change"], cwd=root, check=True)
    edit(essay, "the old oak", "an oak")
    found = json.loads(run(essay, "status", "--format", "json").stdout)["notes"][0]
    assert found["candidates"][0]["exact"] == "lazy dog"


def test_a_walk_requotes_and_keeps_comments_and_order(essay: Path) -> None:
    edit(essay, "the lazy dog", "a sleepy dog")
    code, said = walk(essay, ["1"])
    assert code == 0, said
    assert "The «quick brown fox jumps over a sleepy dog»." in said
    assert (essay / "notes.yml").read_text(encoding="utf-8") == NOTES.replace(
        "quick brown fox jumps over the lazy dog ",
        '"quick brown fox jumps over a sleepy dog" ',
    )


def test_a_walk_undoes_skips_and_takes_other_words(essay: Path) -> None:
    edit(essay, "the lazy dog", "a sleepy dog")
    edit(essay, "Its bowl is empty again", "Its dish is full once more")
    code, said = walk(essay, ["s", "u", "1", "u", "e", "no such words", "e", "A dog sleeps under",
                              "s"])
    assert code == 1, said
    assert "“no such words” stands nowhere" in said
    assert said.endswith("2 notes: 1 kept, 1 orphaned.\n")
    assert statuses(essay) == {"fox": Status.KEPT, "cat": Status.ORPHANED}


def test_a_retired_note_stays_as_a_comment_with_the_reason(essay: Path) -> None:
    edit(essay, "The quick brown fox jumps over the lazy dog. ", "")
    code, said = walk(essay, ["r", "The passage is gone."])
    assert code == 0, said
    text = (essay / "notes.yml").read_text(encoding="utf-8")
    assert ": The passage is gone.\n  # - id: fox\n  #   kind: gloss\n" in text
    assert "  # About the fox.\n" in text
    assert statuses(essay) == {"cat": Status.KEPT}


def test_a_walk_that_is_quit_leaves_what_was_decided(essay: Path) -> None:
    edit(essay, "the lazy dog", "a sleepy dog")
    edit(essay, "Its bowl is empty again", "Its dish is empty again")
    code, _ = walk(essay, ["1", "q"])
    assert code == 1
    assert statuses(essay)["fox"] is Status.KEPT


def test_a_paragraph_carried_elsewhere_keeps_its_notes(essay: Path) -> None:
    lines = ESSAY.split("\n\n")
    (essay / "index.md").write_text("\n\n".join([lines[0], lines[2], lines[3], lines[1]]) + "\n")
    assert set(statuses(essay).values()) == {Status.KEPT}


COMPLETE = ("--kind", "gloss", "--id", "new", "--body", "A *note*.", "--author", "Me")


def test_add_writes_a_note_in_the_order_of_the_text(essay: Path) -> None:
    found = run(essay, "add", "Nobody minds the fox", *COMPLETE)
    assert found.returncode == 0, found.stderr
    assert list(statuses(essay).items()) == [
        ("fox", Status.KEPT), ("new", Status.KEPT), ("cat", Status.KEPT)]
    text = (essay / "notes.yml").read_text(encoding="utf-8")
    start, end = text.index("  - id: new"), text.index("    date: ", text.index("  - id: new"))
    assert text[:start].rstrip() + text[text.index("\n", end) :] == NOTES


def test_add_asks_for_what_is_missing(essay: Path) -> None:
    found = run(essay, "add", "whatever the neighbors say", typed="gloss\nnear\nWho?\n\n")
    assert found.returncode == 0, found.stderr
    notes = read_edition(essay).notes
    assert notes
    note = notes.value.notes[-1]
    assert (note.id, note.body.strip(), note.author) == ("near", "Who?", "An editor")


def test_add_refuses_an_ambiguous_quotation_with_the_shortest_context(essay: Path) -> None:
    found = run(essay, "add", "the cat sleeps", *COMPLETE)
    assert found.returncode == 2
    assert "“the cat sleeps”: the quotation stands 2 times" in found.stderr
    assert '--suffix " all"' in found.stderr
    assert '--suffix " at"' in found.stderr
    again = run(essay, "add", "the cat sleeps", "--suffix", " at", *COMPLETE)
    assert again.returncode == 0, again.stderr
    assert statuses(essay)["new"] is Status.KEPT


REFUSED = {
    "nowhere": (("zebra", *COMPLETE), "stands in no essay"),
    "blank": ((" ", *COMPLETE), "stands in no essay"),
    "a taken id": (("A dog sleeps", *COMPLETE, "--id", "fox"), "`fox` is taken"),
    "an id that is a paragraph's": (("A dog sleeps", *COMPLETE, "--id", "p1"), "`p1` is taken"),
    "an odd id": (("A dog sleeps", *COMPLETE, "--id", "A B"), "`id` cannot be 'A B'"),
}


@pytest.mark.parametrize(("arguments", "message"), REFUSED.values(), ids=REFUSED)
def test_add_refuses(essay: Path, arguments: tuple[str, ...], message: str) -> None:
    found = run(essay, "add", *arguments)
    assert found.returncode == 2
    assert message in found.stderr
    assert (essay / "notes.yml").read_text(encoding="utf-8") == NOTES


def test_add_begins_the_file(essay: Path) -> None:
    (essay / "notes.yml").unlink()
    assert run(essay, "add", "A dog sleeps under", *COMPLETE).returncode == 0
    assert statuses(essay) == {"new": Status.KEPT}


BROKEN = {
    "an anchor": ("  - id: fox", "  - &a id: fox", "anchor"),
    "a merge key": ("  - id: fox", "  - <<: {id: x}\n    id: fox", "merge key"),
    "a key twice": ("    kind: gloss", "    kind: gloss\n    kind: gloss", "twice"),
    "an unknown key": ("    kind: gloss", "    kynd: gloss", "kind"),
}


@pytest.mark.parametrize(("old", "new", "message"), BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("command", ["status", "mend", "add"])
def test_a_broken_file_is_named_and_left_alone(
    essay: Path, command: str, old: str, new: str, message: str
) -> None:
    edit(essay, old, new, "notes.yml")
    before = (essay / "notes.yml").read_bytes()
    found = run(essay, command, *(("A dog sleeps under", *COMPLETE) if command == "add" else ()))
    assert found.returncode == 2
    assert "notes.yml:" in found.stderr
    assert message in found.stderr
    assert "Traceback" not in found.stderr
    assert (essay / "notes.yml").read_bytes() == before


def test_without_git_the_notes_are_looked_for_all_the_same(essay: Path) -> None:
    (essay.parents[2] / ".git").rename(essay.parents[2] / "git")
    edit(essay, "the lazy dog", "a sleepy dog")
    found = json.loads(run(essay, "status", "--format", "json").stdout)["notes"][0]
    assert found["status"] == "orphaned"
    assert found["candidates"][0]["exact"] == "quick brown fox jumps over a sleepy dog"


def test_a_commit_that_is_not_there_is_named(essay: Path) -> None:
    found = run(essay, "status", "--since", "nowhere")
    assert found.returncode == 2
    assert "is not in nowhere" in found.stderr
