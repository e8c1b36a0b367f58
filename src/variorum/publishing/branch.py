"""Production and previews as a branch: fetch, change one place, push; who loses a race replays.

A push that would not add to what is there is refused by git itself, so nobody's work is ever
written over: the loser fetches what came in between and makes the same change to that.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from variorum.errors import VariorumError
from variorum.git import Git
from variorum.publishing.publication import (
    RECORD,
    Publication,
    Published,
    choose,
    read_record,
    write_record,
)
from variorum.publishing.scratch import Edits, Scratch, scratch
from variorum.publishing.sites import Site
from variorum.publishing.store import (
    PREVIEWS,
    ROBOTS,
    always,
    refuse_older,
    refuse_preview_folder,
)

ATTEMPTS = 12
_TRAILER = "Publication: "
_PLAIN = (".nojekyll", b"")
"""Tells GitHub Pages to serve the files as they are."""
Plan = Callable[[Scratch, str | None], tuple[Edits, str] | None]
"""From what is there to the change and the message of its commit; None when nothing is to do."""


def pauses() -> Iterator[float]:
    """Seconds to wait before each further attempt: longer each time, and never in step."""
    for attempt in range(1, ATTEMPTS):
        yield random.uniform(0.5, 1) * min(10, 0.1 * 2**attempt)


@dataclass(frozen=True)
class BranchStore:
    """A store on one branch of a remote. The branch is made by the first who writes."""

    remote: str
    branch: str
    git: Callable[[Path], Git] = Git
    pauses: Callable[[], Iterator[float]] = pauses
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.time

    def publish(
        self, site: Site, publication: Publication, newer: Callable[[Publication], bool]
    ) -> None:
        """See :class:`~variorum.publishing.store.Store`."""
        refuse_preview_folder(site)
        more = dict([_PLAIN, (RECORD, write_record(publication, site))])
        with self._scratch() as here:
            tree = here.store(site, more)

            def plan(here: Scratch, head: str | None) -> tuple[Edits, str]:
                refuse_older(_current(here, head), publication, newer)
                return _root(here, head, tree), f"Publish\n\n{_TRAILER}{publication.name}"

            self._change(here, plan)

    def publications(self) -> list[Published]:
        """See :class:`~variorum.publishing.store.Store`."""
        with self._scratch() as here:
            return list(_history(here, here.fetch(whole=True)).values())

    def roll_back(self, name: str | None) -> Publication:
        """See :class:`~variorum.publishing.store.Store`. History goes on; none is taken back."""
        chosen: list[Publication] = []

        def plan(here: Scratch, head: str | None) -> tuple[Edits, str] | None:
            history = _history(here, head)
            chosen[:] = [choose(list(history.values()), name)]
            commit = next(c for c, p in history.items() if p.publication == chosen[0])
            tree = here.tree(commit)
            assert tree is not None
            message = f"Show an earlier one again\n\n{_TRAILER}{chosen[0].name}"
            return _root(here, head, tree), message

        with self._scratch() as here:
            self._change(here, plan, whole=True)
        return chosen[0]

    def previews(self) -> list[int]:
        """See :class:`~variorum.publishing.store.Store`."""
        with self._scratch() as here:
            return _numbers(here, here.fetch())

    def put(self, number: int, site: Site, wanted: Callable[[], bool] = always) -> bool:
        """See :class:`~variorum.publishing.store.Store`."""
        with self._scratch() as here:
            tree = here.store(site, {})

            def plan(here: Scratch, head: str | None) -> tuple[Edits, str] | None:
                if not wanted():
                    return None
                edits: Edits = [(f"{PREVIEWS}/{number}", tree)]
                if here.tree(head, ROBOTS[0]) is None:
                    edits.append(ROBOTS)
                return edits, f"Show pull request {number}"

            return self._change(here, plan)

    def remove(self, unwanted: Callable[[Sequence[int]], Collection[int]]) -> list[int]:
        """See :class:`~variorum.publishing.store.Store`."""
        gone: list[int] = []

        def plan(here: Scratch, head: str | None) -> tuple[Edits, str] | None:
            there = _numbers(here, head)
            gone[:] = sorted(set(unwanted(there)) & set(there))
            edits: Edits = [(f"{PREVIEWS}/{number}", None) for number in gone]
            return (edits, f"Take away {', '.join(map(str, gone))}") if gone else None

        with self._scratch() as here:
            self._change(here, plan)
        return gone

    def _scratch(self) -> AbstractContextManager[Scratch]:
        return scratch(self.remote, self.branch, self.git)

    def _change(self, here: Scratch, plan: Plan, *, whole: bool = False) -> bool:
        """Make a change to what is there, whoever else writes meanwhile; False: nothing to do."""
        waits = self.pauses()
        offered = None
        while True:
            head = here.fetch(whole=whole)
            if offered is not None and head == offered:
                return True  # it was taken, only the answer was lost
            planned = plan(here, head)
            if planned is None:
                return False
            offered = here.commit(head, *planned, int(self.clock()))
            if here.tree(offered) == here.tree(head):
                return True
            refusal = here.push(offered)
            if not refusal:
                return True
            wait = next(waits, None)
            if wait is None:
                raise VariorumError(
                    f"{self.branch} could not be pushed to: {refusal}",
                    hint="see that you may write there; nothing was changed",
                )
            self.sleep(wait)


def _root(here: Scratch, head: str | None, tree: str) -> Edits:
    """``tree`` as production, with the previews that are there now and no others."""
    return [("", tree), (PREVIEWS, here.tree(head, PREVIEWS))]


def _current(here: Scratch, head: str | None) -> Publication | None:
    record = here.tree(head, RECORD)
    return read_record(here.git.ask("cat-file", "blob", record)) if record else None


def _numbers(here: Scratch, head: str | None) -> list[int]:
    return sorted(int(name) for name in here.folders(head, PREVIEWS) if name.isdecimal())


def _history(here: Scratch, head: str | None) -> dict[str, Published]:
    """The commit of each publication, the newest first; one that was shown again counts once."""
    if head is None:
        return {}
    current = _current(here, head)
    log = here.git.ask("log", "--format=%H", "--fixed-strings", f"--grep={_TRAILER}", head)
    found: dict[Publication, str] = {}
    for commit in [head, *log.split()]:
        if publication := _current(here, commit):
            found.setdefault(publication, commit)
    return {found[each]: Published(each, each == current) for each in sorted(found, reverse=True)}
