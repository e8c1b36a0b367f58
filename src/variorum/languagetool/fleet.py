"""Where a text may be sent: our own warm server, or servers that somebody else runs.

A fleet hands out addresses and is told when one fails. It mends what it can, our own server by
starting it again once, other people's by going on with the rest, and raises when nothing is left.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock as Guard
from typing import Protocol

from variorum.errors import EngineError, Place, SettingsError
from variorum.languagetool.engine import Engine
from variorum.languagetool.folders import Folders
from variorum.languagetool.health import is_healthy
from variorum.languagetool.install import install
from variorum.languagetool.lock import read_lock
from variorum.languagetool.progress import Progress
from variorum.languagetool.server import (
    Server,
    mark_used,
    server_folder,
    start_server,
    stop_server,
)

ENGLISH = ("en-US", "en-GB", "en-CA", "en-AU", "en-NZ", "en-ZA")
"""What the installed engine checks. Plain ``en`` has grammar rules but no dictionary."""


@dataclass(frozen=True)
class Address:
    """Where a text may be sent."""

    url: str
    key: str = field(default="", repr=False)
    """What our own server asks for."""


class Fleet(Protocol):
    """What a check needs of its servers. All may be called from several threads."""

    @property
    def at_once(self) -> int:
        """How many texts to have under way."""

    @property
    def together(self) -> int:
        """How many code points of texts to put into one request; with 0, each text has its own."""

    def identity(self, language: str) -> str:
        """What answers depend on beside text and options.

        Raises SettingsError when the language cannot be checked.
        """

    def take(self) -> Address:
        """Where to send the next text."""

    def lost(self, url: str, error: EngineError) -> None:
        """That address failed; raises ``error`` when there is no use in trying again."""


@dataclass
class OwnServer:
    """The user's shared server, installed and started when it is first needed."""

    folders: Folders
    progress: Progress
    _engine: Engine | None = None
    _running: Server | None = None
    _restarts: int = 1
    _guard: Guard = field(default_factory=Guard, repr=False)

    @property
    def at_once(self) -> int:
        """As many as there are processors, up to four; more only cost memory."""
        return min(4, os.cpu_count() or 1)

    @property
    def together(self) -> int:
        """A page or so; a request costs as much as a sentence."""
        return 4000

    def identity(self, language: str) -> str:
        """The engine lock's digest; starts nothing."""
        if language not in ENGLISH:
            raise SettingsError(
                f"the installed LanguageTool does not check {language!r}",
                hint=f"use one of {', '.join(ENGLISH)}, or --server with one that does",
            )
        return read_lock().digest

    def take(self) -> Address:
        """The server's address, once it answers."""
        with self._guard:
            if self._engine is None or self._running is None:
                self._engine = install(self.folders, self.progress)
                self._running = self._start(self._engine)
            mark_used(self.folders, self._engine)
            return Address(self._running.url, self._running.key)

    def _start(self, engine: Engine) -> Server:
        try:
            return start_server(self.folders, engine)
        except EngineError:  # perhaps a file has changed since it came
            return start_server(self.folders, install(self.folders, self.progress, verify=True))

    def lost(self, url: str, error: EngineError) -> None:
        """Start the server again, once; a server that is well failed because of the text."""
        with self._guard:
            if self._engine is None or self._running is None or self._running.url != url:
                return  # another thread has seen to it
            if self._restarts == 0 or is_healthy(self._running.port):
                log = server_folder(self.folders, self._engine) / "log"
                raise EngineError(error.cause, place=Place(log), hint=error.hint) from error
            self._restarts -= 1
            stop_server(self.folders, self._engine)
            self._running = None


@dataclass
class OtherServers:
    """Servers at given addresses, all with the same LanguageTool, asked in turn."""

    urls: Sequence[str]
    _left: deque[str] = field(default_factory=deque)
    _guard: Guard = field(default_factory=Guard, repr=False)

    @property
    def at_once(self) -> int:
        """Two texts for each server."""
        return 2 * max(1, len(self._left))

    @property
    def together(self) -> int:
        """They know LanguageTool's own requests only."""
        return 0

    def identity(self, language: str) -> str:
        """What the servers call themselves; raises EngineError when they differ or none answers."""
        named: dict[str, str] = {}
        problem: EngineError | None = None
        for url in self.urls:
            try:
                named[url] = _identity(url, language)
            except EngineError as error:
                problem = error
        if len(set(named.values())) > 1:
            list_ = "; ".join(f"{url} is {name}" for url, name in named.items())
            raise EngineError("the servers differ, so their answers would", hint=list_)
        if not named:
            raise problem or EngineError("no server was given")
        self._left = deque(named)
        return next(iter(named.values()))

    def take(self) -> Address:
        """The next server in turn."""
        with self._guard:
            url = self._left[0]
            self._left.rotate(-1)
            return Address(url)

    def lost(self, url: str, error: EngineError) -> None:
        """Go on without that one."""
        with self._guard:
            if len(self._left) == 1 and url in self._left:
                raise error
            if url in self._left:
                self._left.remove(url)


def _identity(url: str, language: str) -> str:
    from variorum.languagetool.client import Client

    return Client(url, language).identity()
