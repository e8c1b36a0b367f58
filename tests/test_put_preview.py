"""Previews of several pull requests share a branch and none erases another."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "scripts/put-preview"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone with the script in it, of a bare repository beside it."""
    git(tmp_path, "init", "-q", "--bare", "origin.git")
    git(tmp_path, "clone", "-q", "origin.git", "clone")
    (tmp_path / "clone/scripts").mkdir()
    shutil.copy(SCRIPT, tmp_path / "clone/scripts")
    return tmp_path / "clone"


def make_site(folder: Path, words: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(words)
    return folder


def start(clone: Path, site: Path, number: str) -> subprocess.Popen[str]:
    command = [str(clone / "scripts/put-preview"), str(site), number]
    environment = {"PATH": os.environ["PATH"], "HOME": str(clone.parent)}
    return subprocess.Popen(command, env=environment, text=True, stderr=subprocess.PIPE)


def put(clone: Path, site: Path, number: str) -> tuple[int, str]:
    process = start(clone, site, number)
    error = process.communicate(timeout=60)[1]
    return process.returncode, error


def shown(clone: Path) -> list[str]:
    branch = "previews"
    return git(clone.parent / "origin.git", "ls-tree", "-r", "--name-only", branch).split()


def test_previews_stand_side_by_side_and_the_last_push_of_each_counts(clone: Path) -> None:
    old = make_site(clone.parent / "old", "one")
    (old / "gone.html").write_text("gone")
    for site, number in [(old, "7"), (make_site(clone.parent / "other", "two"), "12")]:
        assert put(clone, site, number) == (0, "")
    assert put(clone, make_site(clone.parent / "new", "three"), "7") == (0, "")
    assert shown(clone) == ["12/index.html", "7/index.html", "robots.txt"]
    assert git(clone.parent / "origin.git", "show", "previews:7/index.html") == "three"


def test_pushes_at_once_lose_nothing(clone: Path) -> None:
    site = make_site(clone.parent / "site", "words")
    processes = [start(clone, site, str(number)) for number in range(4)]
    said = [process.communicate(timeout=60)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, said
    assert shown(clone) == [*(f"{number}/index.html" for number in range(4)), "robots.txt"]


@pytest.mark.parametrize(
    ("number", "words"),
    [("../../main", "not the number"), ("", "not the number"), ("1 2", "not the number")],
)
def test_an_odd_number_is_refused(clone: Path, number: str, words: str) -> None:
    code, error = put(clone, make_site(clone.parent / "site", ""), number)
    assert code == 2 and words in error


@pytest.mark.parametrize("kind", ["link", "pipe", "git", "nothing"])
def test_what_is_not_a_site_is_refused(clone: Path, kind: str) -> None:
    site = make_site(clone.parent / "site", "words")
    if kind == "link":
        (site / "secret.html").symlink_to("/etc/hostname")
    elif kind == "pipe":
        os.mkfifo(site / "pipe")
    elif kind == "git":
        (site / "sub/.git").mkdir(parents=True)
    else:
        (site / "index.html").unlink()
    code, error = put(clone, site, "3")
    assert code == 2 and error.startswith("put-preview: ")
    assert git(clone.parent / "origin.git", "branch", "--list") == ""
