"""Scripts, workflows and locks are sound by the tools that know."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[1]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
ACTIONS = sorted((ROOT / ".github/actions").glob("*/action.yml"))
SCRIPTS = sorted(
    path
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci/run"]
    if path.read_text("utf-8").startswith(("#!/bin/sh", "#!/usr/bin/env bash"))
)
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))


def tool(name: str, *arguments: str | Path) -> None:
    """Run a program of the test environment; it must be content."""
    command = [str(Path(sys.executable).with_name(name)), *map(str, arguments)]
    done = subprocess.run(command, text=True, capture_output=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def pins(lock: Path) -> dict[str, set[str]]:
    """The versions of each package in a lock; several where they depend on the Python."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text("utf-8"), re.M):
        found.setdefault(name, set()).add(version)
    return found


def test_workflows_are_valid_and_give_nothing_away() -> None:
    assert WORKFLOWS
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *WORKFLOWS)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", *ACTIONS)
    tool("zizmor", "--offline", "--persona", "pedantic", "--no-progress", ROOT / ".github")


def shell_steps(path: Path) -> list[str]:
    """What a workflow or an action has a shell run."""
    value = yaml.safe_load(path.read_text("utf-8"))
    jobs = value["jobs"].values() if "jobs" in value else [value["runs"]]
    return [step["run"] for job in jobs for step in job.get("steps", []) if "run" in step]


def test_steps_have_no_shell_faults(tmp_path: Path) -> None:
    steps = [step for path in [*WORKFLOWS, *ACTIONS] for step in shell_steps(path)]
    for number, step in enumerate(steps):
        (tmp_path / f"{number}.sh").write_text(f"#!/bin/bash\n{step}", "utf-8")
    tool("shellcheck", *tmp_path.iterdir())


def test_an_action_is_the_same_everywhere() -> None:
    """Each is pinned by its commit, one for all uses, and says which version that is."""
    pinned: dict[str, set[str]] = {}
    for path in [*WORKFLOWS, *ACTIONS]:
        for used in re.findall(r"^ *(?:- )?uses: (.+)$", path.read_text("utf-8"), re.M):
            if not used.startswith("./"):
                match = re.fullmatch(r"([\w-]+/[\w-]+)(?:/[\w/-]+)?@([0-9a-f]{40} # v[\d.]+)", used)
                assert match, used
                pinned.setdefault(match[1], set()).add(match[2])
    assert {name: commits for name, commits in pinned.items() if len(commits) > 1} == {}


def test_the_action_checks_the_paths_that_were_named(tmp_path: Path) -> None:
    """One a line, whatever blanks they hold, and nothing in them is run."""
    (tmp_path / "scripts").mkdir()
    script = tmp_path / "scripts" / "check"
    script.write_text('#!/bin/sh\nprintf "<%s>" "$@"\n')
    script.chmod(0o755)
    step = shell_steps(ROOT / ".github/actions/check/action.yml")[-1]
    said = {
        paths: subprocess.run(
            ["bash", "-eo", "pipefail", "-c", step], text=True, capture_output=True, check=True,
            env={"PATH": os.environ["PATH"], "ROOT": str(tmp_path), "FORMAT": "github",
                 "PATHS": paths},
        ).stdout
        for paths in ("", "docs\n\n  an essay.md  \n", "$(touch bad) `id`; *\n")
    }
    assert list(said.values()) == [
        "<--format><github><-->",
        "<--format><github><--><docs><an essay.md>",
        "<--format><github><--><$(touch bad) `id`; *>",
    ]


def test_scripts_have_no_shell_faults() -> None:
    assert SCRIPTS
    tool("shellcheck", *SCRIPTS)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_locked_package_has_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.M)[1:]
    assert entries and "://" not in text
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    run, test = pins(ROOT / "requirements/run.txt"), pins(ROOT / "requirements/test.txt")
    asked = [
        (run, project["build-system"]["requires"]),
        (run, project["project"]["dependencies"]),
        (test, project["dependency-groups"]["test"]),
    ]
    for lock, wishes in asked:
        for wish in map(Requirement, wishes):
            name = wish.name.lower().replace(".", "-").replace("_", "-")
            assert lock.get(name), f"{name} is not locked; run scripts/lock"
            assert all(wish.specifier.contains(each) for each in lock[name]), str(wish)
    assert {name: test.get(name) for name in run} == run


def test_hooks_are_valid() -> None:
    tool("pre-commit", "validate-config", ROOT / ".pre-commit-config.yaml")
    tool("pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
