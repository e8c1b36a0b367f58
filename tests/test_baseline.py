"""A baseline lets in what was there, wherever its lines go, and nothing new."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.checks.baseline import NAME, Baseline, Entry, parse_baseline, print_baseline
from variorum.checks.rule import Match
from variorum.cli.baselines import describe_baseline, read_baseline, write_baseline
from variorum.cli.checking import Checking
from variorum.errors import InputError


class NoFaults:
    """A checker of grammar who finds nothing; these tests are about typography."""

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> Sequence[Sequence[Match]]:
        return [() for _ in texts]


@pytest.fixture
def publication(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text('# One\n\nAn "old word.\n', "utf-8")
    (tmp_path / "docs" / "b.md").write_text("# Two\n\nAn 'old word.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*paths: str, asked: str | None = None) -> Checking:
    root = Path.cwd()
    root = next(f for f in (root, *root.parents) if (f / "mkdocs.yml").exists())
    known = read_baseline(asked, root)
    checking = Checking([Path(p) for p in paths], None, NoFaults(), root, known)
    checking.report()
    return checking


def found(checking: Checking) -> list[tuple[str, str]]:
    return [(Path(f.path).name, f.rule) for f in checking.report().findings]


def test_what_was_there_is_let_in_and_what_is_new_is_not(publication: Path) -> None:
    assert write_baseline(check()) == f"2 findings written to {NAME}."
    assert found(check()) == []
    assert describe_baseline(check()) == ["The baseline lets 2 findings in."]
    path = publication / "docs" / "a.md"
    path.write_text('# One\n\nA new "one here.\n\nMore.\n\nAn "old word.\n', "utf-8")
    assert found(check()) == [("a.md", "typography.quotes")]
    assert len(found(check(asked="off"))) == 3


def test_a_second_fault_of_the_same_kind_beside_the_first_is_new(publication: Path) -> None:
    write_baseline(check())
    path = publication / "docs" / "a.md"
    path.write_text('# One\n\nAn "old word.\n\nAn "old word.\n', "utf-8")
    assert len(found(check())) == 1


def test_it_holds_from_wherever_the_check_is_run(
    publication: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_baseline(check())
    monkeypatch.chdir(publication / "docs")
    assert found(check("a.md")) == []
    assert found(check(str(publication / "docs" / "b.md"))) == []


def test_what_is_gone_is_told_and_dropped_on_writing_again(publication: Path) -> None:
    write_baseline(check())
    (publication / "docs" / "a.md").write_text("# One\n\nA new word.\n", "utf-8")
    told = describe_baseline(check())
    assert told[0] == "The baseline lets 1 finding in."
    assert told[1].startswith("1 finding of the baseline is no longer found; ")
    assert describe_baseline(check("docs/b.md")) == ["The baseline lets 1 finding in."]
    write_baseline(check())
    entries = json.loads((publication / NAME).read_text("utf-8"))["findings"]
    assert [entry["path"] for entry in entries] == ["docs/b.md"]


def test_writing_for_one_file_keeps_what_it_says_of_others(publication: Path) -> None:
    write_baseline(check())
    (publication / "docs" / "a.md").write_text('# One\n\nAnother "word.\n', "utf-8")
    write_baseline(check("docs/a.md"))
    assert found(check()) == []
    assert len(parse_baseline((publication / NAME).read_text("utf-8"), NAME).entries) == 2


def test_another_file_may_be_named(publication: Path) -> None:
    write_baseline(check())
    (publication / NAME).rename(publication / "other.json")
    assert len(found(check())) == 2
    assert found(check(asked="other.json")) == []
    with pytest.raises(InputError, match="no such baseline"):
        check(asked="nowhere.json")


@pytest.mark.parametrize("text", [
    "", "[]", "{", '{"version": 2, "findings": []}', '{"version": 1}',
    '{"version": 1, "findings": [{"path": "a"}]}', '{"version": 1, "findings": [], "more": 1}',
    '<<<<<<< HEAD\n{"version": 1, "findings": []}',
])
def test_a_broken_baseline_is_no_baseline(publication: Path, text: str) -> None:
    (publication / NAME).write_text(text, "utf-8")
    with pytest.raises(InputError, match="is no baseline") as caught:
        check()
    assert NAME in str(caught.value)
    assert "--baseline write" in str(caught.value)


WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=9).filter(str.strip)


@given(st.lists(st.builds(Entry, path=WORDS, rule=WORDS, words=WORDS, fingerprint=WORDS)))
def test_what_is_printed_is_read_again_sorted_an_entry_a_line(entries: list[Entry]) -> None:
    baseline = Baseline().renewed(entries, ())
    text = print_baseline(baseline)
    assert parse_baseline(text, NAME) == baseline
    assert text.count("\n") == 5 + len(set(entries)) - (not entries)
    assert print_baseline(Baseline().renewed(reversed(entries), ())) == text
