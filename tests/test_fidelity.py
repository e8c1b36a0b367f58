"""The published edition against the source itself, which only some machines have."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from variorum.checks import fidelity, provenance, run_rules
from variorum.checks.rule import SourceText
from variorum.cleaning import folded, share_of_runs
from variorum.editions import read_edition
from variorum.sources import read_plain

ROOT = Path(__file__).parents[1]
EDITION = ROOT / "docs" / "essays" / "with-friends-like-these"
RULES = fidelity.RULES + provenance.RULES
pytestmark = pytest.mark.source


@pytest.fixture(scope="module")
def source() -> SourceText:
    named = os.environ.get("VARIORUM_SOURCE")
    path = Path(named) if named else ROOT.parent / "shared" / "source" / "essay.txt"
    if not path.is_file():
        pytest.skip(f"the source text is not at {path}; set VARIORUM_SOURCE to where it is")
    return read_plain(path)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EDITION, tmp_path / "essays" / EDITION.name))


def _rules(folder: Path, source: SourceText) -> list[str]:
    found = run_rules(replace(read_edition(folder), source=source), RULES)
    return sorted({finding.rule for finding in found})


def test_the_edition_answers_for_its_source(source: SourceText) -> None:
    assert _rules(EDITION, source) == []


def test_the_edition_shares_next_to_nothing(source: SourceText) -> None:
    visible = read_edition(EDITION).page.prose.visible
    share = share_of_runs(folded(visible), folded("\n".join(source.paragraphs)))
    assert share <= fidelity.MOST_SHARED


@pytest.mark.parametrize("paragraph", range(9))
def test_seven_words_of_any_paragraph_are_found_where_they_are_pasted(
    paragraph: int, copy: Path, source: SourceText
) -> None:
    words = source.paragraphs[paragraph].split()[3:13]
    pasted = " ".join(words[:7])
    essay = copy / "index.md"
    text = essay.read_text(encoding="utf-8")
    essay.write_text(text.replace("\n{ #p1 ", f"\n{pasted}\n{{ #p1 ", 1), encoding="utf-8")
    subject = replace(read_edition(copy), source=source)
    found = [f for f in run_rules(subject, fidelity.RULES) if f.rule == "fidelity.run"]
    assert [folded(f.span.of(subject.page.text)) for f in found] == [folded(pasted)]


@pytest.mark.parametrize(
    ("name", "old", "new", "rule"),
    [
        ("index.md", ' from="s9"', "", "provenance.missing"),
        ("index.md", 'from="s9"', 'from="s10"', "provenance.unknown"),
        ("source.yml", "words: 71", "words: 72", "fidelity.digest"),
        ("source.yml", "sha256: d", "sha256: e", "fidelity.digest"),
        ("source.yml", "\n    source: ", "\n    source: X", "fidelity.reading"),
    ],
)
def test_each_kind_of_broken_account_is_found(
    name: str, old: str, new: str, rule: str, copy: Path, source: SourceText
) -> None:
    path = copy / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert rule in _rules(copy, source)


def test_another_text_is_not_taken_for_the_source() -> None:
    other = SourceText("other.txt", ("Words that nobody has ever seen.",))
    assert _rules(EDITION, other) == ["fidelity.digest", "fidelity.reading", "fidelity.witness"]
