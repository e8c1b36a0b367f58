"""Each paragraph tells what changed it last, and why, from the repository's history."""

from __future__ import annotations

import json
import subprocess
from datetime import date
from pathlib import Path

import pytest

from variorum.editions import Committed, read_histories
from variorum.site import list_changes, write_changes


def version(number: int, text: str) -> Committed:
    return Committed(f"{number:040x}", date(2026, 1, number), "A", f"Change {number}", text)


def touched(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    """Subjects and paragraphs for texts that are given the oldest first."""
    versions = [version(number, text) for number, text in enumerate(texts, 1)][::-1]
    return [(change.subject, change.paragraphs) for change in list_changes(versions)]


FIRST = "---\ntitle: T\n---\n\nOne two three four.\n\nFive six seven eight.\n"
NAMED = ("---\ntitle: T\n---\n\nOne two three four.\n{ #p1 }\n\n"
         "Five six seven eight.\n{ #p2 from=\"s1\" }\n")


def test_a_name_a_line_end_and_front_matter_are_no_change() -> None:
    wrapped = NAMED.replace("two three", "two\nthree").replace("title: T", "title: U")
    assert touched(FIRST, NAMED, wrapped) == [("Change 1", ("p1", "p2"))]


def test_words_are_followed_to_before_the_paragraph_had_a_name_or_a_place() -> None:
    moved = "Five six seven eight.\n\nOne two three four.\n"
    changed = NAMED.replace("eight", "nine")
    assert touched(moved, FIRST, changed) == [("Change 3", ("p2",)), ("Change 1", ("p1", "p2"))]


def test_a_new_paragraph_and_one_that_is_gone() -> None:
    more = NAMED + "\nQuite new words here.\n{ #p3 }\n"
    assert touched(NAMED, more) == [("Change 2", ("p3",)), ("Change 1", ("p1", "p2"))]
    assert touched(more, NAMED) == [("Change 1", ("p1", "p2"))]
    assert list_changes([]) == ()


def test_the_file_beside_the_page() -> None:
    changes = list_changes([version(2, NAMED.replace("eight", "nine")), version(1, NAMED)])
    assert json.loads(write_changes(changes)) == {
        "p2": [{"date": "2026-01-02", "subject": "Change 2", "author": "A", "commit": "0" * 10},
               {"date": "2026-01-01", "subject": "Change 1", "author": "A", "commit": "0" * 10}],
        "p1": [{"date": "2026-01-01", "subject": "Change 1", "author": "A", "commit": "0" * 10}],
    }


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", "-c", "user.name=Ä", "-c", "user.email=a@example.org", *arguments],
                   cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two files, of which one changed twice; a name with a blank, a subject with signs."""
    folder = tmp_path / "first"
    folder.mkdir()
    git(folder, "init", "-q")
    for text in ("one\n", "two ”\n"):
        (folder / "a b.md").write_text(text, "utf-8")
        (folder / "c.md").write_text("same\n", "utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-qm", f"Write “{text.strip()}”; <b>")
    return folder


def test_all_texts_of_all_files_the_newest_first(repository: Path) -> None:
    paths = [repository / "a b.md", repository / "c.md", repository / "none.md"]
    found = read_histories(paths)
    assert [one.text for one in found[paths[0]]] == ["two ”\n", "one\n"]
    assert [one.text for one in found[paths[1]]] == ["same\n"]
    assert [one.subject for one in found[paths[0]]] == ["Write “two ””; <b>", "Write “one”; <b>"]
    assert {one.author for one in found[paths[0]]} == {"Ä"}
    assert paths[2] not in found


def test_nothing_is_told_without_git_or_with_half_a_history(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = repository.parent / "shallow"
    git(repository.parent, "clone", "-q", "--depth=1", repository.as_uri(), str(shallow))
    assert read_histories([shallow / "a b.md"]) == {}
    alone = repository.parent / "alone.md"
    alone.write_text("x", "utf-8")
    assert read_histories([alone]) == {}
    assert read_histories([]) == {}
    monkeypatch.setenv("PATH", "")
    assert read_histories([repository / "a b.md"]) == {}
