"""What the doctor asks of one thing, and what there is to ask of this machine and publication."""

from __future__ import annotations

import dataclasses
import importlib.metadata
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import variorum
from variorum.checks.rule import Settings
from variorum.editions import docs_of, find_editions, find_root, read_settings
from variorum.errors import VariorumError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Verdict(StrEnum):
    """From good to bad."""

    OK = "ok"
    NOTE = "note"
    """All works, but one may want to know."""
    WRONG = "wrong"
    UNKNOWN = "unknown"
    """Nobody could look."""


@dataclass(frozen=True)
class Probe:
    """What was seen of one thing."""

    name: str
    verdict: Verdict
    says: str
    mend: str = ""
    """What to do about it."""


def probe(name: str, look: Callable[[], Probe]) -> Probe:
    """What ``look`` sees; whatever keeps it from looking is an answer too."""
    try:
        return look()
    except VariorumError as error:
        where = f"{error.place}: " if error.place else ""
        mend = error.hint or (f"mend {error.place}" if error.place else "")
        return Probe(name, Verdict.WRONG, f"{where}{error.cause}", mend)
    except Exception as error:  # a doctor is called when something is not as anybody thought
        return Probe(name, Verdict.UNKNOWN, f"could not look: {type(error).__name__}: {error}")


def here() -> Iterator[Probe]:
    """The interpreter, the packages, the publication, and other programs."""
    yield probe("Python", look_at_python)
    yield probe("Packages", look_at_packages)
    yield probe("Publication", look_at_publication)
    yield probe("Git", look_at_git)
    if checkout():
        yield probe("Chromium", look_at_chromium)


def checkout() -> Path | None:
    """The folder of this project when it runs from its repository."""
    root = Path(variorum.__file__).resolve().parents[2]
    return root if (root / "requirements" / "run.txt").is_file() else None


def look_at_python() -> Probe:
    """Version and place; the encoding, because essays are full of signs that few encodings have."""
    says = f"{platform.python_version()}, {sys.executable}"
    encoding = (sys.stdout.encoding or "").lower().replace("-", "").replace("_", "")
    if encoding != "utf8":
        return Probe("Python", Verdict.NOTE, f"{says}; prints in {sys.stdout.encoding}",
                     "set PYTHONUTF8=1, so that quotation marks are printed as they are")
    return Probe("Python", Verdict.OK, says)


def look_at_packages() -> Probe:
    """Whether the packages are there, and in the versions that this project was tested with."""
    root = checkout()
    asked = importlib.metadata.requires("variorum") or []
    tested = locked((root / "requirements" / "run.txt").read_text("utf-8")) if root else asked
    mend = "run ./scripts/setup run" if root else "install variorum again with its dependencies"
    says = f"variorum {variorum.__version__}, {len(tested)} packages"
    if unmet := [*filter(None, map(_amiss, asked))]:
        return Probe("Packages", Verdict.WRONG, f"{says}; {'; '.join(unmet)}", mend)
    if other := [*filter(None, map(_amiss, tested))]:
        listed = "; ".join(other)
        return Probe("Packages", Verdict.NOTE, f"{says}; not as locked: {listed}", mend)
    return Probe("Packages", Verdict.OK, f"{says} as {'locked' if root else 'required'}")


def locked(lock: str) -> list[str]:
    """The requirements in a lock file, without their hashes."""
    return re.findall(r"^([a-z0-9][^\\\n]*?) *\\?$", lock, re.M)


def _amiss(wanted: str) -> str:
    """What is wrong with one requirement; nothing when it is none here, or fulfilled."""
    from packaging.requirements import Requirement

    requirement = Requirement(wanted)
    if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
        return ""
    try:
        version = importlib.metadata.version(requirement.name)
    except importlib.metadata.PackageNotFoundError:
        return f"{requirement.name} is missing"
    if requirement.specifier.contains(version, prereleases=True):
        return ""
    return f"{requirement.name} is {version}, not {requirement.specifier}"


def look_at_publication() -> Probe:
    """The configuration as a check understands it, in the folder that one stands in."""
    root = find_root(Path())
    if root is None:
        return Probe("Publication", Verdict.NOTE, "no mkdocs.yml here or in a folder above",
                     "go to a publication's folder, or name files to check by the defaults")
    docs, settings = docs_of(root), read_settings(root)
    if not docs.is_dir():
        return Probe("Publication", Verdict.WRONG, f"{docs} is not there",
                     "make that folder, or set docs_dir in mkdocs.yml")
    count = len(find_editions(docs))
    says = [f"{root}, documents in {docs.relative_to(root)}",
            f"{count} edition{'' if count == 1 else 's'}", *_understood(settings)]
    return Probe("Publication", Verdict.OK, ", ".join(says))


def _understood(settings: Settings) -> Iterator[str]:
    for field in dataclasses.fields(settings):
        yield f"{field.name.replace('_', ' ')}: {_shown(getattr(settings, field.name))}"


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} ({reason})" for key, reason in value.items()) or "none"
    if isinstance(value, (frozenset, tuple)):
        return str(len(value))
    return str(value)


def look_at_git() -> Probe:
    """Only needed to publish, and to preview a change."""
    git = shutil.which("git")
    if git is None:
        return Probe("Git", Verdict.NOTE, "not on the path", "install git to publish changes")
    version = subprocess.run([git, "--version"], capture_output=True, text=True, timeout=20,
                             check=True)
    return Probe("Git", Verdict.OK, f"{version.stdout.strip().removeprefix('git version ')}, {git}")


def look_at_chromium() -> Probe:
    """Only the tests want a browser."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found:
        return Probe("Chromium", Verdict.OK, found)
    return Probe("Chromium", Verdict.NOTE, "not on the path; only the tests use it",
                 "run ./scripts/test, which installs one")
