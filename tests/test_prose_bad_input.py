"""Files that nobody writes on purpose: refused in words, or checked and found at their places."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from languagetool_engine import installed_folders

from variorum.checks.grammar import check_grammar
from variorum.checks.rule import Match, Page, Subject
from variorum.errors import InputError
from variorum.prose import read_prose

FAULT = "They recieve it."
FOUND = "recieve"
DEEP = 1000


def run(path: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", "check", path.name, "--format", "json"]
    return subprocess.run(command, cwd=path.parent, capture_output=True, text=True, check=False)


REFUSED: dict[str, bytes] = {
    "emphasis": b"*a " * DEEP + b"b" + b" a*" * DEEP,
    "lists": "\n".join("    " * i + "- a" for i in range(DEEP)).encode(),
    "admonitions": ("".join("    " * i + "!!! note\n" for i in range(DEEP))).encode(),
    "NUL": b"Here is\0 one.\n",
    "a lone surrogate": "Here is \ud800 one.\n".encode("utf-8", "surrogatepass"),
    "no text": bytes(range(256)),
}


@pytest.mark.parametrize("content", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_words(content: bytes, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes(content)
    ended = run(page)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("variorum: page.md:")
    assert "Traceback" not in ended.stderr


CHECKED: dict[str, str] = {
    "quotations": ">" * DEEP + " " + FAULT,
    "HTML": "<div>" * DEEP + FAULT + "</div>" * DEEP,
    "brackets": "[" * 100 + FAULT + "]" * 100,
    "a long line": "The day was fine. A cloud went by. " * 5_700 + FAULT,
    "a byte-order mark": "\ufeff" + FAULT,
    "right to left": f"مرحبا 😀 {FAULT} مرحبا",
    "open markup": f"**_`[<b {FAULT}",
    "only line ends of old": f"One.\r\r{FAULT}\r\rThree.\r",
}


@pytest.mark.languagetool
@pytest.mark.parametrize("content", CHECKED.values(), ids=CHECKED)
def test_what_is_odd_is_checked_all_the_same(content: str, tmp_path: Path) -> None:
    installed_folders()
    page = tmp_path / "page.md"
    page.write_bytes(content.encode())
    ended = run(page)
    assert (ended.returncode, ended.stderr.count("Traceback")) == (1, 0)
    text = content.removeprefix("\ufeff")
    places = [(f["start"], f["end"]) for f in findings(ended.stdout)]
    start = text.index(FAULT) + FAULT.index(FOUND)
    assert (start, start + len(FOUND)) in places


def findings(report: str) -> list[dict[str, int]]:
    found: list[dict[str, int]] = json.loads(report)["findings"]
    return found


class Silence:
    """Finds nothing, and remembers how much it was given."""

    size = 0

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> Sequence[Sequence[Match]]:
        self.size += sum(map(len, texts))
        return [() for _ in texts]


def test_five_megabytes_are_read() -> None:
    paragraph = "It was a *good* day. " + "The reader was as glad as anybody could be, then. " * 25
    grammar = Silence()
    list(check_grammar(Subject(Page("a.md", f"{paragraph}\n\n" * 3_950), grammar=grammar)))
    assert grammar.size > 4_000_000


def test_the_error_names_the_file() -> None:
    with pytest.raises(InputError, match=r"^an/essay\.md: .* too deeply"):
        read_prose(REFUSED["emphasis"].decode(), path="an/essay.md")
