"""CommonMark's examples: whatever this project's Markdown makes of each, the map shows the same.

Their text comes by package (`tests/commonmark/`), for its licence is not that of this repository.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from npm_packages import install
from rendered import find_misplaced, shown, visible

PACKAGE = Path(__file__).parent / "commonmark"
EXAMPLE = re.compile(r"^`{32} example\n(.*?)^\.\n.*?^`{32}$", re.S | re.M)
COUNT = 652
EXCEPTIONS = {
    519: "Python-Markdown resolves the markup in the text of an image inside a link twice",
}
"""By number, examples of which the map shows something else, and why."""

MISPLACED = {
    606: "Python-Markdown shows the number of a character that is escaped in an e-mail address",
}
"""By number, examples that show words which stand in no file, and why."""


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The Markdown of each example; skips where it cannot be had, and fails there in CI."""
    packages = install(PACKAGE, tmp_path_factory.mktemp("commonmark"))
    text = (packages / "commonmark-spec/spec.txt").read_text("utf-8")
    found = [match[1].replace("→", "\t") for match in EXAMPLE.finditer(text)]
    assert len(found) == COUNT
    return found


def test_each_example_shows_what_the_page_shows(examples: list[str]) -> None:
    differing = {
        number for number, source in enumerate(examples, 1) if shown(source) != visible(source)
    }
    assert differing == set(EXCEPTIONS)


def test_each_word_of_each_example_leads_back_to_itself(examples: list[str]) -> None:
    misplaced = {
        number for number, source in enumerate(examples, 1) if list(find_misplaced(source))
    }
    assert misplaced == set(MISPLACED)
