"""``check --fix`` and ``--fix --interactive``: in a real terminal, with the real LanguageTool."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from languagetool_engine import installed_folders

from variorum.checks.baseline import Baseline
from variorum.checks.rule import Match
from variorum.cli.checking import Checking
from variorum.cli.mending import Mender, choose, move
from variorum.errors import EngineError, InputError
from variorum.text import Edit, Finding, Span, apply_edits

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-m", "variorum", "check"]
PAGE = "# A page\n\nThis is a apple, Baymm said.\n\nHere are *a mistakes* to find.\n"
IN_TERMINAL = """
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGINT, signal.SIG_DFL)  # a runner in the background ignores it
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Makes the terminal that a process has been given its own, so that Ctrl-C reaches it."""
Answer = str | Callable[[], object]
ENDS = ("\x04", "\x03")
"""What a terminal takes for the end of input, and for an interrupt."""
LINE_END = "\r\n"
"""What a terminal makes of a line feed."""


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    installed_folders()
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\nplugins: [variorum]\n", "utf-8")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text(PAGE, "utf-8")
    return tmp_path


def page_of(publication: Path) -> str:
    return (publication / "docs" / "page.md").read_text("utf-8")


def walk(folder: Path, *answers: Answer, end: str = "\x04") -> tuple[str, int]:
    """What is said in a terminal in which these answers are typed, and the exit code.

    One that can be called is called before the next is typed. When they run out, ``end`` is
    typed: the sign that nothing more will come.
    """
    terminal, other_end = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-c", IN_TERMINAL, *COMMAND, "--fix", "--interactive"], cwd=folder,
        stdin=other_end, stdout=other_end, stderr=other_end, start_new_session=True,
        env=os.environ | {"NO_COLOR": "1", "COLUMNS": "100"},
    )
    os.close(other_end)
    said = _talk(terminal, [*answers, *[end] * 3])
    os.close(terminal)
    return said.replace(LINE_END, "\n"), process.wait()


def _talk(terminal: int, answers: list[Answer]) -> str:
    said, heard, deadline = "", 0, time.monotonic() + 120
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 0.1)[0]:
            if said[heard:].endswith("> ") and answers:
                heard = len(said)
                while callable(answer := answers.pop(0)):
                    answer()
                os.write(terminal, (answer if answer in ENDS else f"{answer}\n").encode())
            continue
        try:
            data = os.read(terminal, 65536)
        except OSError:  # how Linux says that the other end is closed
            return said
        if not data:
            return said
        said += data.decode("utf-8", "replace")
    raise TimeoutError(said)


@pytest.mark.languagetool
def test_a_walk_from_the_first_finding_to_the_last(publication: Path) -> None:
    said, code = walk(publication, "l", "2")
    assert code == 0, said
    assert "Mended docs/page.md:3: “a” → “an”" in said
    assert "Here are *a mistakes* to find.\n              ^^^^^^^^^^\n" in said
    assert "    1 “a mistake”\n    2 “mistakes”\n" in said
    assert said.endswith("No findings in 1 file.\n")
    assert page_of(publication) == PAGE.replace("a apple", "an apple").replace("a mis", "mis")
    assert (publication / "docs" / "words.txt").read_text("utf-8").endswith("\nBaymm\n")


@pytest.mark.languagetool
def test_something_is_let_pass_with_a_reason_only(publication: Path) -> None:
    said, code = walk(publication, "s", "a", "", "a", "the author wants it")
    assert code == 1
    assert "Nothing is let pass without a reason." in said
    assert page_of(publication).endswith(
        '<!-- variorum: allow A_NNS "a mistakes": the author wants it -->\n\n'
        "Here are *a mistakes* to find.\n")
    again = subprocess.run(COMMAND, cwd=publication, capture_output=True, text=True, check=False)
    assert "A_NNS" not in again.stdout


@pytest.mark.languagetool
def test_what_makes_a_new_finding_is_taken_back_unless_wanted(publication: Path) -> None:
    said, code = walk(publication, "s", "e", "many mistaeks", "", "q")
    assert code == 1
    assert "That makes a new finding: Possible spelling mistake found." in said
    assert "Taken back." in said
    assert page_of(publication) == PAGE.replace("a apple", "an apple")
    walk(publication, "s", "e", "many mistaeks", "y", "q")
    assert "*many mistaeks*" in page_of(publication)


@pytest.mark.languagetool
def test_every_decision_can_be_undone(publication: Path) -> None:
    said, code = walk(publication, "u", "l", "u", "s", "u", "e", "Cain", "u", "q")
    assert code == 1
    assert "There is nothing to undo." in said
    assert said.count("Undone.") == 3
    assert page_of(publication) == PAGE.replace("a apple", "an apple")
    assert not (publication / "docs" / "words.txt").exists()


@pytest.mark.languagetool
def test_nobody_elses_work_is_overwritten(publication: Path) -> None:
    page = publication / "docs" / "page.md"
    mine = "# Mine\n\nHere are *a mistakes*, Baymm.\n"
    said, code = walk(publication, "s", lambda: page.write_text(mine, "utf-8"), "1", "1", "l")
    assert "page.md: was changed while it was being worked on" in said
    assert code == 0
    assert page_of(publication) == mine.replace("a mistakes", "a mistake")


@pytest.mark.languagetool
def test_the_last_decision_can_be_undone_too(publication: Path) -> None:
    said, code = walk(publication, "s", "2", "u", "1", "")
    assert code == 1
    assert said.count("All decided.") == 2
    assert "Here are *a mistake* to find." in page_of(publication)


@pytest.mark.languagetool
@pytest.mark.parametrize("end", ENDS, ids=["end of input", "interrupt"])
def test_whoever_leaves_finds_what_was_written(publication: Path, end: str) -> None:
    said, code = walk(publication, "l", "what?", "99", end=end)
    assert code == 1
    assert said.count("1-9 write that") == 4
    assert "1 finding in 1 file." in said
    assert "Traceback" not in said
    assert (publication / "docs" / "words.txt").exists()


@pytest.mark.parametrize(("options", "words"), [
    (["--fix", "--interactive"], "needs a terminal"),
    (["--interactive"], "goes with --fix"),
])
def test_nobody_is_asked_where_nobody_is(
    tmp_path: Path, options: Sequence[str], words: str
) -> None:
    (tmp_path / "page.md").write_text(PAGE, "utf-8")
    found = subprocess.run([*COMMAND, *options, "page.md"], cwd=tmp_path, capture_output=True,
                           text=True, stdin=subprocess.DEVNULL, check=False)
    assert found.returncode == 2
    assert words in found.stderr


@pytest.mark.languagetool
def test_a_fix_that_makes_a_new_finding_is_taken_back_and_said(publication: Path) -> None:
    """Curling the second mark leaves a quotation that is closed and was never opened."""
    page = publication / "docs" / "page.md"
    text = "It's so.\n\nThey said ”no\" to this, and it's fine.\n"
    page.write_text(text, "utf-8")
    found = subprocess.run([*COMMAND, "--fix"], cwd=publication, capture_output=True,
                           text=True, check=False)
    assert found.returncode == 1
    assert found.stdout.count("Mended docs/page.md:") == 2
    assert "Took back docs/page.md:3: “\"” → “””, which made a new finding" in found.stdout
    assert page.read_text("utf-8") == text.replace("'", "’")


@pytest.mark.languagetool
def test_safe_fixes_are_those_that_the_authors_of_the_rules_would_make() -> None:
    installed_folders()
    found = subprocess.run([sys.executable, ROOT / "bench" / "fixes.py", "--safe"],
                           capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "10 of 10 rules are always right." in found.stdout


class Dying:
    """A checker who answers once and never again."""

    asked = 0

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> Sequence[Sequence[Match]]:
        self.asked += 1
        if self.asked > 1:
            raise EngineError("LanguageTool died")
        return [() for _ in texts]


def test_what_changed_since_it_was_checked_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("It's so.\n", "utf-8")
    checking = Checking([page], None, Dying(), tmp_path, Baseline())
    report = checking.report()
    page.write_text("Quite another text, it's.\n", "utf-8")
    with pytest.raises(InputError, match="was changed"):
        Mender(checking, report).mend()
    assert page.read_text("utf-8") == "Quite another text, it's.\n"


def test_a_fix_that_could_not_be_checked_is_not_left_behind(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_bytes("\ufeffIt's so.\r\n".encode())
    checking = Checking([page], None, Dying(), tmp_path, Baseline())
    report = checking.report()
    with pytest.raises(EngineError):
        Mender(checking, report).mend()
    assert page.read_bytes() == "\ufeffIt's so.\r\n".encode()


def test_findings_whose_fixes_clash_are_mended_one_after_another() -> None:
    def finding(start: int, end: int, replacement: str) -> Finding:
        span = Span(start, end)
        return Finding("a.rule", "page.md", span, "No.", fixes=(Edit(span, replacement),))

    one, two, three = finding(0, 2, "x"), finding(1, 3, "y"), finding(4, 5, "z")
    assert choose([one, two, three]) == [one, three]


@pytest.mark.parametrize("edits", [
    [Edit(Span(0, 2), "")], [Edit(Span(0, 0), "more")],
    [Edit(Span(0, 1), "x"), Edit(Span(9, 9), "y")],
    [Edit(Span(8, 8), "behind")],
])
def test_a_place_is_found_again_after_edits_around_it(edits: list[Edit]) -> None:
    text = "One two three."
    assert move(Span(4, 7), edits).of(apply_edits(text, edits)) == "two"


def test_a_page_without_faults_asks_nothing(publication: Path) -> None:
    (publication / "docs" / "page.md").write_text("# A page\n", "utf-8")
    said, code = walk(publication)
    assert (re.sub(r"\x1b\[K|\r", "", said), code) == ("No findings in 1 file.\n", 0)
