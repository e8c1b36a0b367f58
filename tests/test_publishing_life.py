"""The whole life of a pull request, with the steps of the workflows as they are written there.

Fork, branch, edit, push, preview, review, merge, publication, a renamed essay, going back and
cleaning up, between real repositories on the disk; only GitHub itself is a stand-in.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from forge import HOME, Forge, forge
from publications import NOTES, write_essay, write_publication
from stores import files_in, git, make_site, see_branch

ROOT = Path(__file__).parents[1]

@dataclass(frozen=True)
class House:
    """The publication's repository, a stranger's fork of it, and GitHub."""

    folder: Path
    forge: Forge

    @property
    def origin(self) -> Path:
        return self.folder / "origin.git"

    @property
    def fork(self) -> Path:
        return self.folder / "fork.git"

    def clone(self, name: str, remote: Path, branch: str = "main") -> Path:
        """A work tree, set up as ``scripts/setup`` would."""
        tree = self.folder / name
        git(self.folder, "clone", "-q", "--branch", branch, str(remote), str(tree))
        (tree / ".venv").symlink_to(sys.prefix)
        (tree / ".git/info/exclude").write_text(".venv\nsite/\npreview/\n")
        return tree

    def job(self, workflow: str, job: str, tree: Path, temp: Path | None = None,
            **more: str) -> str:
        """Run the steps of a job in ``tree``; what they print. Fails when a step does."""
        path = ROOT / ".github/workflows" / f"{workflow}.yml"
        value = yaml.safe_load(path.read_text("utf-8"))["jobs"][job]
        steps = [step for step in value["steps"] if step.get("run", "gh ")[:3] != "gh "]
        named = {*value.get("env", {}), *(name for step in steps for name in step.get("env", {}))}
        known = {"GH_TOKEN": "let-me", **more}
        assert named <= known.keys()
        environment = {
            "PATH": os.environ["PATH"], "HOME": os.environ["HOME"], "NO_MKDOCS_2_WARNING": "1",
            "GITHUB_REPOSITORY": HOME, "GITHUB_API_URL": self.forge.api,
            "RUNNER_TEMP": str(temp or self.folder), **known,
        } | {name: value for name, value in os.environ.items() if name.startswith("VARIORUM_")}
        said = ""
        for step in steps:
            done = subprocess.run(["bash", "-eo", "pipefail", "-c", step["run"]], cwd=tree,
                                  env=environment, text=True, capture_output=True, check=False)
            assert done.returncode == 0, done.stderr + done.stdout
            said += done.stdout
        return said

    def publish(self, name: str) -> Path:
        """What happens when the main branch was pushed to; the site that was built."""
        temp = self.folder / f"{name}-temp"
        tree = self.clone(f"{name}-build", self.origin)
        self.job("publish", "build", tree)
        shutil.copytree(tree / "site", temp / "site")
        self.job("publish", "publish", self.clone(f"{name}-publish", self.origin), temp)
        return temp / "site"

    def build_preview(self, name: str, branch: str) -> Path:
        """What happens when the pull request was pushed to: the artifact."""
        tree = self.clone(f"{name}-build", self.fork, branch)
        base = git(self.origin, "rev-parse", "main")
        git(tree, "fetch", "-q", str(self.origin), "main")
        self.job("preview", "build", tree, BASE=base, ADDRESS="https://preview.invalid", NUMBER="7")
        temp = self.folder / f"{name}-temp"
        shutil.copytree(tree / "preview", temp / "site")
        return temp

    def show(self, name: str, temp: Path, branch: str, commit: str) -> str:
        """What happens after that, on the default branch."""
        return self.job("show-preview", "show", self.clone(f"{name}-show", self.origin), temp,
                        HEAD_REPOSITORY="stranger/essays", HEAD_BRANCH=branch, HEAD_SHA=commit,
                        ADDRESS="https://previews.example.org", STORE="previews")

    def production(self) -> dict[str, str]:
        return see_branch(self.origin, "site")[""]


def commit(tree: Path, message: str, branch: str) -> str:
    git(tree, "add", "-A")
    git(tree, "commit", "-q", "-m", message)
    git(tree, "push", "-q", "origin", f"HEAD:refs/heads/{branch}")
    return git(tree, "rev-parse", "HEAD")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    seed = tmp_path / "seed"
    seed.mkdir()
    write_publication(seed)
    git(seed, "init", "-q", "-b", "main")
    git(seed, "remote", "add", "origin", str(tmp_path / "origin.git"))
    commit(seed, "On hats", "main")
    with forge() as there:
        yield House(tmp_path, there)


@pytest.mark.languagetool
def test_the_life_of_a_pull_request(house: House) -> None:
    first = house.publish("first")
    assert house.production() == files_in(first)

    # A stranger forks, and mends a sentence on a branch with a name of ill will.
    branch = "$(touch${IFS}pwned)"
    git(house.folder, "clone", "-q", "--bare", str(house.origin), str(house.fork))
    desk = house.clone("desk", house.fork)
    write_essay(desk, "hats", "Few people mind.")
    early = commit(desk, "Few mind", branch)
    house.forge.open(7, "stranger/essays", branch, early)
    early_site = house.build_preview("early", branch)

    # They push again before the first preview is shown: the older one stands back.
    write_essay(desk, "hats", "Hardly anybody minds.")
    late = commit(desk, "Hardly anybody minds", branch)
    house.forge.open(7, "stranger/essays", branch, late)
    late_site = house.build_preview("late", branch)
    assert "Shown: https://previews.example.org/preview/7/" in house.show(
        "late", late_site, branch, late)
    assert "No open pull request stands at" in house.show("early", early_site, branch, early)
    assert see_branch(house.origin, "previews") == {"7": files_in(late_site / "site")}
    page = see_branch(house.origin, "previews")["7"]["essays/hats/index.html"]
    assert "Hardly anybody minds." in page

    # The editor reads the preview, which the comment and the status lead to, and merges.
    assert house.forge.statuses[-1]["target_url"] == "https://previews.example.org/preview/7/"
    said = house.forge.comments[-1]["body"]
    assert "](https://previews.example.org/preview/7/essays/hats/" in said
    assert "preview.invalid" not in said
    editor = house.clone("editor", house.origin)
    git(editor, "fetch", "-q", str(house.fork), f"refs/heads/{branch}")
    git(editor, "merge", "-q", "--no-ff", "-m", "Merge 7", "FETCH_HEAD")
    git(editor, "push", "-q", "origin", "HEAD:main")
    house.forge.close(7)
    second = house.publish("second")
    assert "Hardly anybody minds." in house.production()["essays/hats/index.html"]
    assert house.production() == files_in(second)
    assert see_branch(house.origin, "previews").keys() == {"7"}

    # Cleaning up takes away what is closed; the essay is renamed, and its old address leads on.
    said = house.job("clean-up", "prune", house.clone("tidy", house.origin), STORE="previews")
    assert said == "Taken away: preview/7/\n"
    assert see_branch(house.origin, "previews") == {}
    shutil.rmtree(editor / "docs/essays/hats")
    write_essay(editor, "headgear", "Hardly anybody minds.", "formerly: [hats]\n")
    (editor / "docs/index.md").write_text("# Essays\n\n[Read](essays/headgear/index.md).\n")
    commit(editor, "Call it headgear", "main")
    third = house.publish("third")
    assert 'content="0; url=../headgear/"' in house.production()["essays/hats/index.html"]

    # Back and forth again; nothing that the branch name says was ever run.
    tree = house.clone("back", house.origin)
    house.job("rollback", "roll-back", tree, NAME="")
    assert house.production() == files_in(second)
    names = house.job("rollback", "roll-back", tree, NAME=published(tree)[-1])
    assert names.startswith("Shown again: ") and house.production() == files_in(first)
    with pytest.raises(AssertionError, match="there is no publication"):
        house.job("rollback", "roll-back", tree, NAME="$(touch pwned)")
    house.job("publish", "publish", house.clone("again", house.origin), third.parent)
    assert house.production() == files_in(third)
    assert list(house.folder.rglob("pwned")) == []


def published(tree: Path) -> list[str]:
    """The names of all publications on the branch ``site``, the newest first."""
    done = run(tree, "publish", "--to", "site", "--list")
    return re.findall(r"[0-9TZ]+-[0-9a-f]{7}(?= )", done.stdout)


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", *arguments]
    return subprocess.run(command, cwd=tree, text=True, capture_output=True, check=False)


def test_what_must_not_be_published_is_refused(house: House, tmp_path: Path) -> None:
    """Nothing reaches the folder; the old site stands."""
    tree = house.clone("tree", house.origin)
    sound = make_site(tmp_path / "sound", "words")
    www = tree / "www"  # inside the very tree that must be clean
    to = ("publish", "--to", "./www")
    assert run(tree, *to, "--site", str(sound)).returncode == 0
    before = files_in(www)

    broken = make_site(tmp_path / "broken", '<p id="a"><a href="#b">')
    done = run(tree, *to, "--site", str(broken))
    assert done.returncode == 1 and "Nothing was published: there are broken links" in done.stderr
    assert "index.html:1:11 “#b” leads to “b”, which index.html does not have." in done.stdout

    done = run(tree, *to, "--site", str(tmp_path / "nothing"))
    assert done.returncode == 2 and "is not a folder" in done.stderr

    (tree / "docs/essays/hats/notes.yml").write_text(NOTES.replace("rain off", "sun off"))
    done = run(tree, *to, "--site", str(sound))
    assert done.returncode == 2
    assert "changes that are not committed: docs/essays/hats/notes.yml" in done.stderr
    git(tree, "commit", "-qam", "A note on nothing")
    done = run(tree, *to, "--site", str(sound))
    assert done.returncode == 1 and "there are unresolved notes" in done.stderr
    assert "docs/essays/hats/notes.yml" in done.stdout and "orphaned" in done.stdout
    assert files_in(www) == before

    git(tree, "reset", "-q", "--hard", "HEAD~1")
    (tree / ".git").rename(tmp_path / "elsewhere")
    done = run(tree, *to, "--site", str(sound))
    assert done.returncode == 2 and "has no commit" in done.stderr
    done = run(tmp_path, *to)
    assert done.returncode == 2 and "there is no mkdocs.yml here" in done.stderr


def test_a_shallow_clone_and_a_rewritten_history_are_no_hindrance(
    house: House, tmp_path: Path
) -> None:
    site = make_site(tmp_path / "built", "words")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{house.origin}", "shallow")
    for number, to in enumerate(("site", "previews")):
        put = ("previews", "put", str(site), str(number + 1), "--to", to)
        assert run(tmp_path / "shallow", *put).returncode == 0
    publish = ("publish", "--to", "site", "--site", str(site))
    assert run(tmp_path / "shallow", *publish).returncode == 0
    tree = git(house.origin, "rev-parse", "site^{tree}")
    squashed = git(house.origin, "commit-tree", "-m", "Squash", tree)
    git(house.origin, "update-ref", "refs/heads/site", squashed)
    git(house.origin, "gc", "-q", "--prune=now")
    other = make_site(tmp_path / "other", "other words")
    assert run(tmp_path / "shallow", "previews", "put", str(other), "2", "--to", "site"
               ).returncode == 0
    assert see_branch(house.origin, "site") == {
        "": files_in(site), "1": files_in(site), "2": files_in(other)}
    assert len(published(tmp_path / "shallow")) == 1
