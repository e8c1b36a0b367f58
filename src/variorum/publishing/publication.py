"""What was published, when and from which commit: a file that stands in the site itself."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from variorum.errors import InputError, SettingsError
from variorum.publishing.sites import Site

RECORD = "publication.json"
"""In the root of each published site: its publication, and the SHA-256 of each of its files."""
_NAME = re.compile(r"[0-9]{8}T[0-9]{6}Z-[0-9a-f]{7,40}")


@dataclass(frozen=True, order=True)
class Publication:
    """One state of the site. Names sort by time."""

    name: str
    """When and of which commit: ``20261125T190412Z-1a2b3c4``."""
    commit: str
    """Of the publication's repository, in full."""


@dataclass(frozen=True)
class Published:
    """A publication that a store still has."""

    publication: Publication
    current: bool
    """Whether it is what visitors see."""


def name_publication(commit: str, time: datetime) -> Publication:
    """The publication of ``commit`` at ``time``."""
    return Publication(f"{time.astimezone(UTC):%Y%m%dT%H%M%SZ}-{commit[:7]}", commit)


def write_record(publication: Publication, site: Site) -> bytes:
    """The file that says what is published."""
    files = {name: hashlib.sha256(site.read(name)).hexdigest()
             for name in site.files if name != RECORD}
    record = {"name": publication.name, "commit": publication.commit, "files": files}
    return (json.dumps(record, indent=1, ensure_ascii=False) + "\n").encode()


def read_record(text: str | bytes) -> Publication:
    """The publication that a record tells of; raises ``InputError`` when it is none."""
    try:
        value = json.loads(text)
        name, commit = value["name"], value["commit"]
        if _NAME.fullmatch(name) and re.fullmatch(r"[0-9a-f]{40,64}", commit):
            return Publication(name, commit)
    except (ValueError, KeyError, TypeError):
        pass
    raise InputError(f"{RECORD} is damaged", hint="publish again")


def choose(published: Sequence[Published], name: str | None) -> Publication:
    """The publication to go back to: the one called ``name``, or the one before the current.

    Raises ``SettingsError`` when there is none.
    """
    kept = sorted(each.publication for each in published)
    if name is not None:
        found = [each for each in kept if each.name == name]
    else:
        current = [each.publication for each in published if each.current]
        found = [each for each in kept if current and each < current[0]]
    if not found:
        names = ", ".join(each.name for each in kept) or "none"
        cause = f"there is no publication {name}" if name else "there is none before this one"
        raise SettingsError(cause, hint=f"these are kept: {names}")
    return found[-1]
