"""Editions as editors might write them, and what is said of each, word for word.

Each folder in ``editions/`` holds an edition and ``golden.txt``. After a change of the words, look
at what ``python tests/test_editions_golden.py`` writes there before committing it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from variorum.checks import RULES, run_rules
from variorum.editions import read_edition
from variorum.errors import InputError
from variorum.text import Lines

CASES = Path(__file__).parent / "editions"
NAMES = sorted(path.name for path in CASES.iterdir())
GOLDEN = "golden.txt"


def describe(folder: Path) -> str:
    """What reading and checking an edition says, a line a finding, as ``file:line:column``."""
    try:
        subject = read_edition(folder)
    except InputError as error:
        return f"InputError\n{error}\n".replace(f"{folder.as_posix()}", "EDITION")
    lines = {
        file.name: Lines(file.read_bytes().decode("utf-8-sig"))
        for file in folder.iterdir()
        if file.name != GOLDEN
    }
    said = []
    for finding in run_rules(subject, [rule for rule in RULES if rule.id != "grammar"]):
        name = Path(finding.path).name
        start = lines[name].position(finding.span.start)
        shown = finding.span.of(lines[name].text).splitlines()
        said.append(
            f"{name}:{start.line}:{start.column} {finding.rule}: {finding.message}\n"
            f"    {shown[0] if shown else ''}\n    Hint: {finding.hint}\n"
        )
    return "".join(said) or "Nothing.\n"


@pytest.mark.parametrize("name", NAMES)
def test_as_written(name: str) -> None:
    expected = (CASES / name / GOLDEN).read_text(encoding="utf-8")
    assert describe(CASES / name) == expected


@pytest.mark.parametrize("name", NAMES)
def test_with_windows_line_ends_and_a_byte_order_mark(name: str, tmp_path: Path) -> None:
    folder = tmp_path / name
    shutil.copytree(CASES / name, folder)
    for path in folder.iterdir():
        if path.name != GOLDEN:
            text = path.read_text(encoding="utf-8")
            path.write_bytes(text.replace("\n", "\r\n").encode("utf-8-sig"))
    expected = (CASES / name / GOLDEN).read_text(encoding="utf-8")
    assert describe(folder) == expected


def _write_golden_files() -> None:
    for name in NAMES:
        (CASES / name / GOLDEN).write_text(describe(CASES / name), encoding="utf-8")


if __name__ == "__main__":
    _write_golden_files()
