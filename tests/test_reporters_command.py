"""Where ``variorum check`` prints to: pipes, terminals, and GitHub's summary."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
import reports
from languagetool_engine import installed_folders

pytestmark = pytest.mark.languagetool
CHECK = [sys.executable, "-m", "variorum", "check"]


@pytest.fixture
def essay(tmp_path: Path) -> Path:
    installed_folders()
    path = tmp_path / "essay.md"
    path.write_text("The 😀 clerk has wrote it.\n", "utf-8")
    return path


def run(essay: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*CHECK, *arguments, essay.name], cwd=essay.parent,
                          capture_output=True, env=os.environ | more, check=False)


def on_terminal(essay: Path, **more: str) -> str:
    """What a person sees who runs the check."""
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    with subprocess.Popen([*CHECK, essay.name], cwd=essay.parent, stdin=theirs, stdout=theirs,
                          stderr=subprocess.DEVNULL, env=environment | more):
        os.close(theirs)
        seen = b""
        try:
            while chunk := os.read(ours, 4096):
                seen += chunk
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    return seen.decode()


def test_colour_is_for_terminals_and_those_who_want_it(essay: Path) -> None:
    coloured = on_terminal(essay, TERM="xterm")
    assert "\033[31m" in coloured and "^^^^" in coloured
    assert "\033" not in on_terminal(essay, TERM="xterm", NO_COLOR="1")
    assert "\033" not in on_terminal(essay, TERM="dumb")
    assert b"\033" not in run(essay).stdout


@pytest.mark.parametrize("form", [*reports.PARSERS])
def test_every_format_prints_the_finding_and_ends_with_1(essay: Path, form: str) -> None:
    done = run(essay, "--format", form)
    assert done.returncode == 1
    (found,) = reports.PARSERS[form](done.stdout.decode())
    assert found[:3] == ("essay.md", 1, 17)


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_of_another_encoding_is_no_reason_to_fail(essay: Path, encoding: str) -> None:
    for form in ("text", "github", "junit"):
        done = run(essay, "--format", form, PYTHONIOENCODING=encoding)
        assert done.returncode == 1
        assert b"clerk has wrote" in done.stdout or form == "junit"
        assert b"Traceback" not in done.stderr


def test_github_gets_all_of_it_in_the_summary(essay: Path, tmp_path: Path) -> None:
    summary = tmp_path / "summary"
    summary.write_text("Before.\n", "utf-8")
    done = run(essay, "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 1
    written = summary.read_text("utf-8")
    assert written.startswith("Before.\n")
    assert [each[:3] for each in reports.from_summary(written)] == [("essay.md", 1, 17)]
    assert run(essay, GITHUB_STEP_SUMMARY=str(summary)).returncode == 1
    assert summary.read_text("utf-8") == written  # only --format github writes there


def test_a_summary_that_cannot_be_written_hides_no_finding(essay: Path, tmp_path: Path) -> None:
    done = run(essay, "--format", "github", GITHUB_STEP_SUMMARY=str(tmp_path))
    assert done.returncode == 1
    assert b"essay.md" in done.stdout
    assert b"GITHUB_STEP_SUMMARY" in done.stderr and b"Traceback" not in done.stderr


def test_what_could_not_be_done_is_shown_beside_its_line_on_github(essay: Path) -> None:
    essay.write_bytes(b"One.\nTw\xff.\n")
    done = run(essay, "--format", "json", GITHUB_ACTIONS="true")
    assert (done.returncode, done.stdout) == (2, b"")
    message, hint, annotation = done.stderr.decode().splitlines()
    assert message.startswith("variorum: essay.md:2")
    assert annotation.startswith("::error file=essay.md,line=2::")
    assert hint.removeprefix("Hint: ") in annotation
    assert b"::" not in run(essay, GITHUB_ACTIONS="").stderr
