"""Packages of npm that tests need: locked by hash, and never part of what people install."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def install(locked: Path, folder: Path) -> Path:
    """What ``locked``, a folder with a package and its lock, names, installed in ``folder``.

    Returns the folder ``node_modules``. Skips where npm cannot get it, and fails there in CI.
    """
    for path in locked.glob("*.json"):
        shutil.copy(path, folder)
    npm = shutil.which("npm")
    command = [npm or "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    if npm is None or subprocess.run(
            command, cwd=folder, capture_output=True, timeout=120, check=False).returncode:
        reason = f"npm cannot get what {locked.name}/package.json names"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return folder / "node_modules"
