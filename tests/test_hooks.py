"""The hook for pre-commit, as another publication uses it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from languagetool_engine import installed_folders

ROOT = Path(__file__).parents[1]
GOOD, BAD = "This is fine.\n", "The clerk has wrote it.\n"


def hook() -> dict[str, Any]:
    """The hook, run by this Python so that nothing has to be installed for it."""
    (found,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert found["entry"] == "variorum check"
    entry = shlex.join([sys.executable, "-m", "variorum", "check"])
    return {k: v for k, v in found.items() if k != "language_version"} | {
        "entry": entry, "language": "system"}


@pytest.mark.parametrize(
    ("name", "wanted"),
    {
        "README.md": True, "docs/an essay.markdown": True, "docs/essays/one/index.md": True,
        "docs/essays/one/notes.yml": True, "essays/one/source.yml": True,
        "mkdocs.yml": False, "notes.yml": False, "other/notes.yml": False,
        "docs/essays/one/words.txt": False, "docs/essays/notes.yml": False, "a.mdx": False,
    }.items(),
)
def test_it_takes_essays_and_their_files_only(name: str, wanted: bool) -> None:
    assert bool(re.search(hook()["files"], name)) is wanted


class Repository:
    """A git repository in which the hook is at work."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.git("init", "--quiet")
        config = {"repos": [{"repo": "local", "hooks": [hook()]}]}
        self.put(".pre-commit-config.yaml", yaml.safe_dump(config))

    def git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.folder, check=True)

    def put(self, name: str, text: str) -> None:
        """Write a file and stage it."""
        (self.folder / name).write_text(text, "utf-8")
        self.git("add", name)

    def run(self) -> tuple[int, str]:
        """Exit code and output of pre-commit for what is staged."""
        done = subprocess.run(
            [sys.executable, "-m", "pre_commit", "run", "--color", "never"], cwd=self.folder,
            text=True, capture_output=True, check=False,
            env=os.environ | {"PRE_COMMIT_HOME": str(self.folder / ".git" / "pre-commit")},
        )
        return done.returncode, done.stdout + done.stderr


@pytest.mark.languagetool
def test_only_staged_files_are_checked(tmp_path: Path) -> None:
    installed_folders()
    repository = Repository(tmp_path)
    repository.put("good.md", GOOD)
    (tmp_path / "draft.md").write_text(BAD)
    code, said = repository.run()
    assert code == 0, said
    repository.put("bad one.md", BAD)
    code, said = repository.run()
    assert code == 1
    assert "bad one.md:1:15" in said and "clerk has wrote" in said
    assert "draft.md" not in said and "1 finding in 2 files." in said
