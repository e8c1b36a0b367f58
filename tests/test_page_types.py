"""The page's scripts say what they take and give; TypeScript holds them to it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from npm_packages import install
from page_site import ROOT

OPTIONS = ("--noEmit", "--allowJs", "--checkJs", "--strict", "--noUnusedLocals",
           "--target", "es2024")


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The compiler."""
    packages = install(Path(__file__).parent / "typescript", tmp_path_factory.mktemp("typescript"))
    return packages / ".bin" / "tsc"


@pytest.mark.parametrize(("libraries", "pattern"), [
    ("es2024,dom,dom.iterable", "assets/*.js"), ("es2024,webworker", "sw.js"),
])
def test_the_scripts_keep_their_word(typescript: Path, libraries: str, pattern: str) -> None:
    scripts = sorted((ROOT / "docs").glob(pattern))
    assert all(script.read_text("utf-8").startswith("// @ts-check\n") for script in scripts)
    done = subprocess.run([typescript, *OPTIONS, "--lib", libraries, *scripts],
                          capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
