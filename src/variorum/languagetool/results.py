"""Answers kept on disk, so that an unchanged text is never asked about again.

A cache must not be able to make a check wrong: each row carries a digest of its own content, and
a row or file that does not read as written counts as absent. A cache that cannot be used at all
costs time and one warning, nothing else.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

from variorum.languagetool.match import Match
from variorum.text import Span

T = TypeVar("T")

MAX_BYTES = 64 * 1024 * 1024
"""Above this, the answers that were used longest ago go."""
DAY = 86400
SCHEMA = """
create table if not exists answers (
  key blob primary key, body blob not null, digest blob not null, used integer not null
) without rowid"""


class UnusableCache(UserWarning):
    """The cache of results cannot be read or written; checks go on without it."""


def answer_key(engine: str, language: str, picky: bool, text: str) -> bytes:
    """Everything that an answer depends on, as a digest."""
    parts = json.dumps([1, engine, language, picky, text])
    return hashlib.sha256(parts.encode()).digest()


@dataclass
class Results:
    """The database in ``path``. Several processes and threads may use it at once."""

    path: Path
    usable: bool = True

    def find(self, keys: Iterable[bytes]) -> dict[bytes, tuple[Match, ...]]:
        """Those of the answers that are there."""
        if not self.path.exists():
            return {}
        return self._with_database(lambda database: _find_all(database, keys)) or {}

    def keep(self, answers: Mapping[bytes, tuple[Match, ...]]) -> None:
        """Store answers, and drop the oldest when there is too much."""
        if not answers:
            return
        rows = [_row(key, matches) for key, matches in answers.items()]
        self._with_database(lambda database: _insert(database, rows))

    def size(self) -> int:
        """Bytes on disk."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def _with_database(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """What ``action`` returns; None when there is no database to be had."""
        if not self.usable:
            return None
        try:
            return self._attempt(action)
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):  # a busy database will be free another time
                self._give_up(error)
        except sqlite3.DatabaseError:
            return self._rebuilt(action)
        except OSError as error:
            self._give_up(error)
        return None

    def _rebuilt(self, action: Callable[[sqlite3.Connection], T]) -> T | None:
        """Try again with a new file in the place of one that makes no sense."""
        try:
            for suffix in ("", "-wal", "-shm"):
                Path(f"{self.path}{suffix}").unlink(missing_ok=True)
            return self._attempt(action)
        except (sqlite3.Error, OSError) as error:
            self._give_up(error)
            return None

    def _attempt(self, action: Callable[[sqlite3.Connection], T]) -> T:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=10)) as database:
            database.execute("pragma journal_mode = wal")
            database.execute("pragma synchronous = normal")
            database.execute(SCHEMA)
            with database:
                return action(database)

    def _give_up(self, error: Exception) -> None:
        self.usable = False
        message = f"{self.path}: results cannot be kept ({error}); checks take longer"
        warnings.warn(message, UnusableCache, stacklevel=4)


def _find_all(
    database: sqlite3.Connection, keys: Iterable[bytes]
) -> dict[bytes, tuple[Match, ...]]:
    today, found = _today(), {}
    select = "select body, digest, used from answers where key = ?"
    for key in keys:
        row = database.execute(select, (key,)).fetchone()
        answer = _answer(key, *row[:2]) if row else None
        if answer is not None:
            found[key] = answer
            if row[2] != today:
                database.execute("update answers set used = ? where key = ?", (today, key))
    return found


def _insert(database: sqlite3.Connection, rows: list[tuple[bytes, bytes, bytes, int]]) -> None:
    database.executemany("insert or replace into answers values (?, ?, ?, ?)", rows)
    (size,) = database.execute("select sum(length(body)) from answers").fetchone()
    if size > MAX_BYTES:
        database.execute(
            "delete from answers where key in (select key from answers order by used"
            " limit (select count(*) / 2 from answers))"
        )


def _row(key: bytes, matches: tuple[Match, ...]) -> tuple[bytes, bytes, bytes, int]:
    body = json.dumps([asdict(match) for match in matches]).encode()
    return key, body, _seal(key, body), _today()


def _answer(key: bytes, body: object, digest: object) -> tuple[Match, ...] | None:
    """What a row says, unless it is not what was written."""
    if not isinstance(body, bytes) or digest != _seal(key, body):
        return None
    return tuple(
        Match(**raw | {"span": Span(**raw["span"]), "replacements": tuple(raw["replacements"])})
        for raw in json.loads(body)
    )


def _seal(key: bytes, body: bytes) -> bytes:
    return hashlib.sha256(key + body).digest()[:16]


def _today() -> int:
    return int(time.time()) // DAY
