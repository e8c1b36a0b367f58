"""What README, CONTRIBUTING and ARCHITECTURE say is so."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

import pytest
from test_rooms import FLOORS

ROOT = Path(__file__).parents[1]
PAPERS = sorted(ROOT.glob("*.md"))
WORDS = {path.name: path.read_text("utf-8") for path in PAPERS}
each_paper = pytest.mark.parametrize("paper", WORDS)


def variables(text: str) -> set[str]:
    """The settings of ours that a text names."""
    return set(re.findall(r"\bVARIORUM_[A-Z]+\b", text))


@each_paper
def test_what_is_linked_to_exists(paper: str) -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", WORDS[paper])
    assert [target for target in targets if not (ROOT / target).exists()] == []


@each_paper
def test_the_scripts_and_files_that_are_named_exist(paper: str) -> None:
    named = re.findall(r"`(?:\./)?((?:scripts|docs|src|tests|requirements)/[\w./-]*)", WORDS[paper])
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_table_of_rooms_is_the_tested_order() -> None:
    table = WORDS["ARCHITECTURE.md"].split("## Rooms")[1].split("\n\n")[2]
    told: list[set[str]] = []
    for floor, rooms in re.findall(r"^\| (\d*) ?\| (`.*?) \|", table, re.M):
        told += [set()] if floor else []
        told[-1] |= set(re.findall(r"`(\w+)`", rooms))
    assert told == [set(floor) - {"__main__"} for floor in FLOORS]


def test_settings_that_are_told_of_are_read_somewhere() -> None:
    files = chain((ROOT / "src").rglob("*.py"), (ROOT / "scripts").iterdir(), ROOT.glob("tests/*"))
    read = set().union(*(variables(path.read_text("utf-8")) for path in files if path.is_file()))
    told = set().union(*map(variables, WORDS.values()))
    assert told and told <= read
