"""The scripts set themselves up whole or not at all, say why not, and pass arguments on.

They are run in a small project of the same shape, whose packages come from a folder, so that
nothing here needs a network.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

PYPROJECT = """\
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "variorum"
version = "1"
"""

BACKEND = '''\
"""Builds an editable wheel of this folder: the least that pip accepts."""
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "variorum-1-py3-none-any.whl"
    info = "variorum-1.dist-info/"
    with zipfile.ZipFile(pathlib.Path(folder, name), "w") as wheel:
        wheel.writestr("variorum.pth", str(pathlib.Path.cwd() / "src"))
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: variorum\\nVersion: 1\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "variorum.pth,,\\n")
    return name
'''

ECHO = "import sys; print(sys.argv[1:]); sys.exit(3 if 'fail' in sys.argv else 0)\n"


def make_wheel(folder: Path, name: str, version: str, body: str = "") -> str:
    """A wheel of one module in ``folder``; returns its line for a requirements file."""
    path = folder / f"{name}-{version}-py3-none-any.whl"
    info = f"{name}-{version}.dist-info"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}.py", body)
        wheel.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", f"{name}.py,,\n{info}/METADATA,,\n{info}/WHEEL,,\n")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"{name}=={version} --hash=sha256:{digest}\n"


@dataclass(frozen=True)
class Project:
    """A small project with this project's scripts and a folder of packages."""

    root: Path
    wheels: Path

    @property
    def environment(self) -> dict[str, str]:
        """An empty home, no pip settings, and a network that leads nowhere."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.wheels.parent),
            "VARIORUM_PYTHON": sys.executable,
            "HTTPS_PROXY": "http://127.0.0.1:9",
            "VARIORUM_WHEELS": str(self.wheels),
        }

    def run(self, script: str, *arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
        """The finished ``scripts/script``; an empty value in ``changes`` takes a variable away."""
        environment = {k: v for k, v in (self.environment | changes).items() if v}
        command = [str(self.root / "scripts" / script), *arguments]
        return subprocess.run(
            command, env=environment, text=True, capture_output=True, timeout=120, check=False
        )

    def lock(self, set_: str, *lines: str) -> None:
        """Write ``requirements/set_.txt``."""
        (self.root / "requirements" / f"{set_}.txt").write_text("".join(lines))

    def imports(self, module: str) -> bool:
        """Whether the set-up environment has ``module``."""
        python = self.root / ".venv/bin/python"
        return subprocess.run([python, "-c", f"import {module}"], check=False).returncode == 0


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that was set up once; each test leaves it as fit as it was."""
    folder = tmp_path_factory.mktemp("scripts")
    root, wheels = folder / "a project", folder / "wheels"
    wheels.mkdir()
    shutil.copytree(ROOT / "scripts", root / "scripts")
    (root / "requirements").mkdir()
    (root / "pyproject.toml").write_text(PYPROJECT)
    (root / "backend.py").write_text(BACKEND)
    for module in ("variorum", "mkdocs"):
        (root / "src" / module).mkdir(parents=True)
        (root / "src" / module / "__main__.py").write_text(ECHO)
    project = Project(root, wheels)
    leaf, twig = make_wheel(wheels, "leaf", "1"), make_wheel(wheels, "twig", "1")
    project.lock("run", leaf)
    project.lock("test", leaf, twig)
    first = project.run("setup", "run")
    assert first.returncode == 0, first.stderr
    return project


def test_set_up_is_done_once_and_then_nothing_is_said_or_fetched(made: Project) -> None:
    assert made.imports("leaf") and made.imports("variorum")
    start = time.perf_counter()
    again = made.run("setup", "run", VARIORUM_WHEELS="", VARIORUM_PYTHON="/nowhere/python")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert time.perf_counter() - start < 1


@pytest.mark.parametrize(
    ("script", "arguments", "line"),
    [
        ("build", ["-d", "else where"], "['build', '--strict', '-d', 'else where']"),
        ("serve", ["-a", "localhost:1"], "['serve', '-a', 'localhost:1']"),
        ("check", ["--format", "json", "a b.md"], "['check', '--format', 'json', 'a b.md']"),
        ("check", [], "['check']"),
    ],
)
def test_further_arguments_are_passed_on(
    made: Project, script: str, arguments: list[str], line: str
) -> None:
    done = made.run(script, *arguments)
    assert done.returncode == 0, done.stderr
    assert line in done.stdout.splitlines()


def test_a_failing_check_is_the_exit_code(made: Project) -> None:
    assert made.run("check", "fail").returncode == 3


def test_setting_up_keeps_standard_output_for_the_check(made: Project) -> None:
    (made.root / ".venv/project.stamp").unlink()
    done = made.run("check", "--format", "json")
    assert done.stdout == "['check', '--format', 'json']\n"
    assert "Set up." in done.stderr


def test_no_network_says_what_is_missing_and_leaves_what_was_there(made: Project) -> None:
    done = made.run("setup", "test", VARIORUM_WHEELS="")
    assert done.returncode == 2
    assert "packages of requirements/test.txt could not be had" in done.stderr
    assert "VARIORUM_WHEELS=DIR" in done.stderr
    assert made.run("setup", "run", VARIORUM_WHEELS="").returncode == 0


def test_a_package_that_is_not_the_locked_one_is_refused(made: Project) -> None:
    lock = (made.root / "requirements/test.txt").read_text()
    made.lock("test", lock.splitlines()[0], "\ntwig==1 --hash=sha256:", "0" * 64, "\n")
    done = made.run("setup", "test")
    made.lock("test", lock)
    assert done.returncode == 2
    assert not made.imports("twig")
    assert made.run("setup", "run", VARIORUM_WHEELS="").stderr == ""
    assert made.run("setup", "test").returncode == 0
    assert made.imports("twig")


@pytest.mark.parametrize(("version", "words"), [("", "none was found."), ("3.9", "python3 is 3.9")])
def test_no_fit_python_is_said(made: Project, tmp_path: Path, version: str, words: str) -> None:
    for tool in ("dirname", "sh", "cat", "cmp"):
        (tmp_path / tool).symlink_to(shutil.which(tool) or "")
    if version:
        old = tmp_path / "python3"
        old.write_text(f'#!/bin/sh\ncase "$2" in *assert*) exit 1 ;; esac\necho {version}\n')
        old.chmod(0o755)
    for folder in ("scripts", "requirements"):
        shutil.copytree(made.root / folder, tmp_path / "new" / folder)
    (tmp_path / "new/pyproject.toml").write_text(PYPROJECT)
    new = Project(tmp_path / "new", made.wheels)
    done = new.run("setup", "run", PATH=str(tmp_path), VARIORUM_PYTHON="")
    assert done.returncode == 2
    assert f"No fit Python here: {words}" in done.stderr
    assert "install Python 3.11 or newer" in done.stderr


def test_a_folder_that_cannot_be_written_is_said(made: Project, tmp_path: Path) -> None:
    for folder in ("scripts", "requirements"):
        shutil.copytree(made.root / folder, tmp_path / "new" / folder)
    (tmp_path / "new/pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "new/.cache").write_text("in the way\n")
    done = Project(tmp_path / "new", made.wheels).run("setup", "run")
    assert done.returncode == 2
    assert "/new/.cache cannot be written." in done.stderr


def test_a_killed_set_up_is_done_again_from_the_start_and_by_one(made: Project) -> None:
    (made.root / ".venv/packages.stamp").unlink()
    command = [str(made.root / "scripts/setup"), "run"]
    killed = subprocess.Popen(
        command, env=made.environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert killed.stderr is not None
    assert "Setting up" in killed.stderr.readline()
    os.killpg(killed.pid, signal.SIGKILL)
    killed.communicate(timeout=30)
    assert not (made.root / ".venv/packages.stamp").exists()
    (made.root / ".venv/half-installed").touch()
    both = [subprocess.Popen(command, env=made.environment, stderr=subprocess.PIPE) for _ in "ab"]
    said = [each.communicate(timeout=60)[1].count(b"Setting up") for each in both]
    assert ([each.returncode for each in both], sorted(said)) == ([0, 0], [0, 1])
    assert made.imports("leaf") and made.imports("variorum")
    assert not (made.root / ".venv/half-installed").exists()


def test_a_changed_lock_is_followed(made: Project) -> None:
    made.lock("run", make_wheel(made.wheels, "leaf", "2", "two = 2\n"))
    assert made.run("setup", "run").returncode == 0
    assert made.imports("leaf, sys; sys.exit(leaf.two != 2)")
