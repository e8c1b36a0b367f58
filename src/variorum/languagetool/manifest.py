"""Rewrites one jar's manifest.

``languagetool-server`` names folders and jars beside it in its manifest's ``Class-Path``. Java's
ahead-of-time cache refuses a class path with a folder in it, so that entry goes.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

MANIFEST = "META-INF/MANIFEST.MF"


def without_class_path(manifest: str) -> str:
    """The manifest without its ``Class-Path`` and that entry's continuation lines."""
    return re.sub(r"(?m)^Class-Path:.*(?:\r?\n .*)*(?:\r?\n|\Z)", "", manifest)


def copy_without_class_path(source: Path, target: Path) -> None:
    """Copy a jar, all entries the same but for the manifest's ``Class-Path``."""
    part = target.with_suffix(".part")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(part, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == MANIFEST:
                content = without_class_path(content.decode()).encode()
            new.writestr(entry, content)
    part.replace(target)
