"""Rewrites the jars that LanguageTool reads its data from, so that it starts sooner.

Their entries are stored instead of deflated, also inside the OpenNLP models, which are archives
in an archive: measured, an eighth of a cold start went into inflating them. The manifest of
``languagetool-server`` loses its ``Class-Path``, which names a folder: Java's ahead-of-time cache
refuses a class path with a folder in it. And the speller writes its list of names in memory in
morfologik's plain format instead of the dense one, which took a quarter of the first check.

Beside them goes the jar of our own classes (``java/``), which start the server.
"""

from __future__ import annotations

import filecmp
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO

from variorum.languagetool.lock import Jar

REWRITTEN = ("org.languagetool:", "edu.washington.cs.knowitall:opennlp-")
"""How the coordinates of these jars begin."""
MANIFEST = "META-INF/MANIFEST.MF"
SPELLER = "org/languagetool/rules/spelling/morfologik/MorfologikMultiSpeller.class"
DENSE, PLAIN = (f"morfologik/fsa/builders/{name}Serializer" for name in ("CFSA2", "FSA5"))
"""Both write an automaton of the same words, and both are read by the same reader."""
START_JAR = Path(__file__).parent / "java" / "start.jar"
"""Our own classes, as ``compiling`` makes them."""


def preparation() -> str:
    """Changes with anything that the prepared jars depend on beside the locked ones."""
    parts = (Path(__file__), START_JAR)
    return hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()[:8]


def is_rewritten(jar: Jar) -> bool:
    """Whether the engine runs a rewritten copy of this jar."""
    return jar.coordinate.startswith(REWRITTEN)


def without_class_path(manifest: bytes) -> bytes:
    """The manifest without its ``Class-Path`` and that entry's continuation lines."""
    return re.sub(rb"(?m)^Class-Path:.*(?:\r?\n .*)*(?:\r?\n|\Z)", b"", manifest)


def with_plain_lists(speller: bytes) -> bytes:
    """The speller's class file with the other serializer named in its table of constants."""
    return speller.replace(_constant(DENSE), _constant(PLAIN))


def _constant(text: str) -> bytes:
    """A string as it stands in a class file (Java Virtual Machine Specification, 4.4.7)."""
    encoded = text.encode()
    return b"\x01" + len(encoded).to_bytes(2, "big") + encoded


def store(source: Path, target: Path) -> bool:
    """Write a copy of the jar ``source`` with the same entries, stored; whole or not at all.

    Whether something else stood in its place. The same file is left as it is, because a start-up
    cache, perhaps another installation's, holds only for jars of the same date.
    """

    def write(part: Path) -> None:
        with source.open("rb") as packed, part.open("wb") as stored:
            _store(packed, stored)

    return _put(target, write)


def store_start(target: Path) -> bool:
    """Copy the jar of our own classes; whether something else stood in its place."""
    return _put(target, lambda part: part.write_bytes(START_JAR.read_bytes()))


def _put(target: Path, write: Callable[[Path], object]) -> bool:
    part, stood = target.with_suffix(".part"), target.exists()
    write(part)
    if stood and filecmp.cmp(part, target, shallow=False):
        part.unlink()
        return False
    part.replace(target)
    return stood


def _store(packed: IO[bytes], stored: IO[bytes]) -> None:
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(stored, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == MANIFEST:
                content = without_class_path(content)
            elif entry.filename == SPELLER:
                content = with_plain_lists(content)
            elif entry.filename.endswith(".bin") and zipfile.is_zipfile(io.BytesIO(content)):
                content = _stored(content)
            entry.compress_type = zipfile.ZIP_STORED
            new.writestr(entry, content)


def _stored(archive: bytes) -> bytes:
    target = io.BytesIO()
    _store(io.BytesIO(archive), target)
    return target.getvalue()
