"""``variorum doctor`` says what is wrong and how to mend it, whatever it finds."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from languagetool_engine import installed_folders

from variorum.cli.probing import Probe, Verdict, locked, probe
from variorum.languagetool.folders import folders_in
from variorum.languagetool.install import engine_in
from variorum.languagetool.server import server_folder

NAMES = [
    "Python", "Packages", "Publication", "Git", "Chromium", "Java", "LanguageTool",
    "Start-up cache", "Server", "Cache", "Results", "Network",
]
Seen = dict[str, dict[str, str]]


def run(cwd: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.lower().endswith("_proxy")}
    return subprocess.run(
        [sys.executable, "-m", "variorum", "doctor", *arguments], cwd=cwd, text=True,
        capture_output=True, env=environment | more, check=False,
    )


def look(cwd: Path, **more: str) -> tuple[int, Seen]:
    """The exit code, and what was seen by the name of the thing."""
    done = run(cwd, "--format", "json", **more)
    assert "Traceback" not in done.stderr
    seen = {each["name"]: each for each in json.loads(done.stdout)["probes"]}
    assert [*seen] == NAMES
    return done.returncode, seen


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    (tmp_path / "docs" / "essays" / "one").mkdir(parents=True)
    (tmp_path / "docs" / "essays" / "one" / "index.md").write_text("Text.\n")
    (tmp_path / "docs" / "words.txt").write_text("Usenet\nnetiquette\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A test\nplugins:\n  - variorum:\n      language: en-GB\n"
        "      disable:\n        EN_QUOTES: We like them straight.\n")
    return tmp_path


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Path]:
    """A cache with the installed engine, each file a link, so that one can be spoilt."""
    installed = engine_in(installed_folders())
    root = tmp_path / "cache"
    engine = engine_in(folders_in(root))
    for ours, theirs in ((engine.jars, installed.jars), (engine.ready, installed.ready)):
        ours.mkdir(parents=True)
        for file in theirs.iterdir():
            (ours / file.name).symlink_to(file)
    yield root


def test_a_fresh_machine_is_not_wrong(publication: Path) -> None:
    code, seen = look(publication, VARIORUM_CACHE=str(publication / "cache"))
    assert code == 0
    assert seen["LanguageTool"]["verdict"] == "note"
    assert "not installed yet" in seen["LanguageTool"]["says"]
    assert "variorum engine install" in seen["LanguageTool"]["mend"]
    assert seen["Cache"]["verdict"] == "ok"
    assert seen["Results"]["says"] == "none kept yet"
    assert not (publication / "cache").exists()


def test_the_configuration_is_told_as_it_was_understood(publication: Path) -> None:
    _, seen = look(publication, VARIORUM_CACHE=str(publication / "cache"))
    says = seen["Publication"]["says"]
    for words in ("documents in docs", "1 edition", "words: 2", "language: en-GB", "picky: off",
                  "EN_QUOTES (We like them straight.)"):
        assert words in says


@pytest.mark.languagetool
def test_an_installed_engine_is_verified(cache: Path) -> None:
    _, seen = look(cache, VARIORUM_CACHE=str(cache))
    assert seen["LanguageTool"]["verdict"] == "ok"
    assert "each verified" in seen["LanguageTool"]["says"]
    assert "openjdk" in seen["Java"]["says"]
    assert seen["Server"]["says"].startswith("not running")


Spoil = Callable[[Path], Any]


def _replace(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _first(cache: Path, part: str) -> Path:
    return min(engine_in(folders_in(cache)).folder.glob(f"{part}/*"))


def _same_size(path: Path) -> None:
    _replace(path, b"x" * path.stat().st_size)


DAMAGE: dict[str, tuple[Spoil, str, str, str]] = {
    "a truncated jar": (lambda c: _replace(_first(c, "jars"), b"PK"), "LanguageTool", "wrong",
                        "1 missing or damaged"),
    "a jar of the same size": (lambda c: _same_size(_first(c, "jars")), "LanguageTool", "wrong",
                               "1 missing or damaged"),
    "a jar gone": (lambda c: _first(c, "jars").unlink(), "LanguageTool", "wrong",
                   "1 missing or damaged"),
    "a truncated copy": (lambda c: _replace(_first(c, "ready-*"), b"PK"), "LanguageTool", "wrong",
                         "1 missing or damaged"),
    "noise in the results": (lambda c: _replace(c / "results.sqlite3", b"noise" * 99), "Results",
                             "note", "damaged"),
    "a stale server": (
        lambda c: _replace(
            server_folder(folders_in(c), engine_in(folders_in(c))) / "state.json",
            b'{"keeper": 999999999, "java": 999999999, "port": 9}'),
        "Server", "note", "does not answer"),
}


@pytest.mark.languagetool
@pytest.mark.parametrize(("spoil", "name", "verdict", "words"), DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_a_mend_is_named(
    cache: Path, spoil: Spoil, name: str, verdict: str, words: str
) -> None:
    spoil(cache)
    code, seen = look(cache, VARIORUM_CACHE=str(cache))
    assert seen[name]["verdict"] == verdict
    assert words in seen[name]["says"]
    assert seen[name]["mend"]
    assert code == (1 if verdict == "wrong" else 0)


SETTINGS: dict[str, tuple[str, dict[str, str], str, str]] = {
    "an unknown option": ("plugins:\n  - variorum:\n      langage: en\n", {}, "Publication",
                          "language"),
    "broken YAML": ("plugins: [a\n", {}, "Publication", "mkdocs.yml"),
    "no documents": ("docs_dir: elsewhere\n", {}, "Publication", "elsewhere is not there"),
    "an idle time that is none": ("", {"VARIORUM_IDLE": "soon"}, "Server", "soon"),
    "a folder of jars that is none": ("", {"VARIORUM_MAVEN": "/no/such"}, "Network", "/no/such"),
    "a cache that cannot be": ("", {"VARIORUM_CACHE": "/dev/null/cache"}, "Cache",
                               "cannot be written"),
}


@pytest.mark.parametrize(("config", "variables", "name", "words"), SETTINGS.values(), ids=SETTINGS)
def test_what_cannot_be_meant_is_wrong(
    publication: Path, config: str, variables: dict[str, str], name: str, words: str
) -> None:
    if config:
        (publication / "mkdocs.yml").write_text(config)
    code, seen = look(publication, **{"VARIORUM_CACHE": str(publication / "cache")} | variables)
    assert code == 1
    assert seen[name]["verdict"] == "wrong"
    assert words in seen[name]["says"] + seen[name]["mend"]
    assert seen[name]["mend"]


def test_a_password_is_not_shown(tmp_path: Path) -> None:
    done = run(tmp_path, HTTPS_PROXY="http://user:secret@proxy.example:3128",
               VARIORUM_CACHE=str(tmp_path / "cache"),
               VARIORUM_MAVEN="https://user:secret@maven.example/repository")
    assert "https through proxy.example:3128" in done.stdout
    assert "maven.example" in done.stdout
    assert "secret" not in done.stdout + done.stderr


def test_missing_programs_are_only_noted(tmp_path: Path) -> None:
    code, seen = look(tmp_path, PATH="/no/such", VARIORUM_CACHE=str(tmp_path / "cache"))
    assert code == 0
    assert (seen["Git"]["verdict"], seen["Chromium"]["verdict"]) == ("note", "note")


def test_what_it_cannot_look_at_is_never_well(tmp_path: Path) -> None:
    """In a folder that somebody removed meanwhile, nobody knows what the configuration is."""
    gone = tmp_path / "gone"
    gone.mkdir()
    command = [sys.executable, "-m", "variorum", "doctor"]
    done = subprocess.run(
        ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", *command], cwd=gone, text=True,
        capture_output=True, env=os.environ | {"VARIORUM_CACHE": str(tmp_path)}, check=False,
    )
    assert done.returncode == 2
    assert "unknown Publication" in " ".join(done.stdout.split())
    assert "Traceback" not in done.stdout + done.stderr


def test_it_can_be_read_by_a_person(publication: Path) -> None:
    done = run(publication, VARIORUM_CACHE=str(publication / "cache"), VARIORUM_IDLE="0")
    lines = done.stdout.splitlines()
    assert "wrong   Server          VARIORUM_IDLE is '0'" in lines
    assert lines[lines.index("wrong   Server          VARIORUM_IDLE is '0'") + 1].strip() == (
        "→ give seconds above 0")
    assert lines[-1] == "1 thing to mend."
    assert "\033" not in done.stdout


def test_an_error_that_nobody_thought_of_is_an_answer() -> None:
    def fail() -> Probe:
        raise RuntimeError("a surprise")

    seen = probe("Java", fail)
    assert (seen.verdict, seen.says) == (
        Verdict.UNKNOWN, "could not look: RuntimeError: a surprise")


def test_a_lock_is_read_without_its_hashes() -> None:
    lock = (
        "click==8.5.1 \\\n    --hash=sha256:00\n    # via mkdocs\n"
        "pkg==1 ; python_full_version < '3.11.5' \\\n    --hash=sha256:00\n"
    )
    assert locked(lock) == ["click==8.5.1", "pkg==1 ; python_full_version < '3.11.5'"]


def test_packages_that_differ_from_the_lock_are_named(tmp_path: Path) -> None:
    """An older copy of a package on the path is what people have who mix environments."""
    project = tmp_path / "old"
    shutil.copytree(Path(__file__).parents[1] / "src", project / "src")
    (project / "requirements").mkdir()
    (project / "requirements" / "run.txt").write_text("click==0.1 \\\n    --hash=sha256:00\n")
    _, seen = look(tmp_path, PYTHONPATH=str(project / "src"),
                   VARIORUM_CACHE=str(tmp_path / "cache"))
    assert seen["Packages"]["verdict"] == "note"
    assert "not ==0.1" in seen["Packages"]["says"]
    assert seen["Packages"]["mend"] == "run ./scripts/setup run"
