"""A publication without a network: addresses that name their content, and a worker that keeps it.

A page asks for our scripts and style sheets by their digest, so that it can never get those of
another build, be it from a cache of the browser's or from what the worker kept.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from variorum.pictures import FOLDER

WORKER = "sw.js"
"""The worker's place: it may only look after what stands below it."""
_EMPTY = "const BUILD = { files: {}, first: 0 };"
_OURS = re.compile(r'assets/(?:[\w-]+\.(?:css|js)|stylesheets/[\w.-]+\.css)(?=")')
_ENDS = re.compile(r'["\s]')
_RANKS = {
    ".css": 0, ".js": 0, ".woff2": 0, ".svg": 0, ".json": 1, ".html": 2,
    ".png": 3, ".jpg": 3, ".jpeg": 3, ".webp": 3, ".avif": 3, ".gif": 3,
}
"""What is kept, and what is more needed when not all of it can be."""
_NOT_READ = ("assets/javascripts/lunr/", f"{FOLDER}/", "schemas/", WORKER)
_INDEX = "search/search_index.json"
_MOST = 1_500_000
"""Bytes that are kept without having been visited: about a hundred essays."""


@dataclass(frozen=True)
class Kept:
    """A file of the built site."""

    path: str
    """From the site's root, with slashes."""
    digest: str
    size: int
    """In bytes."""


def is_kept(path: str) -> bool:
    """Whether a reader needs the file at ``path`` from the site's root."""
    suffix = path[path.rfind("."):]
    data = suffix == ".json" and path != _INDEX
    return suffix in _RANKS and not data and not path.startswith(_NOT_READ)


def keep(path: str, content: bytes) -> Kept:
    """The file at ``path``, known by its content."""
    return Kept(path, hashlib.sha256(content).hexdigest()[:8], len(content))


def stamp(page: str, digests: Mapping[str, str]) -> str:
    """``page``, which asks for each of our assets by its digest, and for the theme's sheets, which
    are pruned; ``digests`` go by path."""
    def by_content(match: re.Match[str]) -> str:
        found = digests.get(match[0])
        start = page.rfind('="', 0, match.start())
        inside = start >= 0 and not _ENDS.search(page, start + 2, match.start())
        return f"{match[0]}?{found}" if found and inside else match[0]

    return _OURS.sub(by_content, page)


def fill_worker(script: str, files: Iterable[Kept]) -> str:
    """``script``, the worker, which knows the files that there are to keep.

    Raises ``ValueError`` when it has no place for them.
    """
    if _EMPTY not in script:
        raise ValueError(f"{WORKER} has no line “{_EMPTY}”")
    ordered = sorted(files, key=_need)
    first = taken = 0
    for file in ordered:
        taken += file.size
        first += taken <= _MOST
    known = {re.sub(r"(^|/)index\.html$", r"\1", file.path): file.digest for file in ordered}
    return script.replace(
        _EMPTY, f"const BUILD = {{ files: {json.dumps(known, indent=0)}, first: {first} }};", 1)


def _need(file: Kept) -> tuple[int, int, str]:
    return _RANKS[file.path[file.path.rfind("."):]], file.path.count("/"), file.path
