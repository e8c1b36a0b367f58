"""Checks texts with LanguageTool: from the cache where it knows them, else from a server.

Each text is checked by itself, several in one request of our own server. Checked as one they would
be cheaper still, but rules that look at a whole text (repeated beginnings, unpaired brackets) would
then see the neighbours, and an answer would no longer depend on its text alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING

from variorum.errors import EngineError
from variorum.languagetool.cutting import cut, joined
from variorum.languagetool.fleet import Address, Fleet, OtherServers, OwnServer
from variorum.languagetool.folders import Folders, user_folders
from variorum.languagetool.match import Match
from variorum.languagetool.progress import Progress, Silent
from variorum.languagetool.results import Results, answer_key

if TYPE_CHECKING:
    from variorum.languagetool.client import Client

KEEP_EVERY = 100
"""Texts after which answers are written, so that a long check that is cut short keeps them."""
ROUNDS = 8
"""Requests that each processor answers at least, so that the last one is not waited for long."""
CACHED = "cache"
CLIENT = "variorum.languagetool.client"


@dataclass
class Grammar:
    """LanguageTool: ours, or the one at each address of ``servers``.

    Nothing of ours is installed or started before a text comes that the cache does not know.
    """

    servers: Sequence[str] = ()
    folders: Folders = field(default_factory=user_folders)
    progress: Progress = field(default_factory=Silent)
    answered: Counter[str] = field(default_factory=Counter)
    """How many texts each address answered, and how many the cache did."""

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> list[tuple[Match, ...]]:
        """What LanguageTool says about each text, in order.

        ``language`` is LanguageTool's code, such as en-US; ``picky`` adds its stricter rules.
        Raises EngineError when a text could not be checked, SettingsError for the language.
        """
        pieces = [[*cut(text)] for text in texts]
        each = iter(self._check([piece for some in pieces for piece in some], language, picky))
        return [joined(some, [next(each) for _ in some]) for some in pieces]

    def _check(self, texts: Sequence[str], language: str, picky: bool) -> list[tuple[Match, ...]]:
        engine = self._fleet.identity(language)
        keys = [answer_key(engine, language, picky, text) for text in texts]
        answers: dict[bytes, tuple[Match, ...]]
        answers = {key: () for key, text in zip(keys, texts, strict=True) if not text.strip()}
        answers |= self._results.find(set(keys) - set(answers))
        self.answered[CACHED] += sum(key in answers for key in keys)
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in answers}
        for some in self._ask(unknown, language, picky):
            self._results.keep(some)
            answers |= some
        return [answers[key] for key in keys]

    @cached_property
    def _fleet(self) -> Fleet:
        if self.servers:
            return OtherServers(self.servers)
        return OwnServer(self.folders, self.progress)

    @cached_property
    def _results(self) -> Results:
        return Results(self.folders.results)

    def _ask(
        self, unknown: Mapping[bytes, str], language: str, picky: bool
    ) -> Iterator[dict[bytes, tuple[Match, ...]]]:
        """Answers from the servers, in batches as they come."""
        if not unknown:
            return
        conversation = Conversation(self._fleet, language, picky, self.answered)
        self.progress.begin("Checking", len(unknown), lasting=False)
        fresh: dict[bytes, tuple[Match, ...]] = {}
        with ThreadPoolExecutor(self._fleet.at_once) as pool:
            pool.submit(import_module, CLIENT)  # while another thread starts the server
            jobs: dict[Future[list[tuple[Match, ...]]], list[bytes]] = {}
            try:
                for keys in bundled(unknown, self._fleet):
                    job = pool.submit(conversation.ask, [unknown[key] for key in keys])
                    jobs[job] = keys
                    if len(jobs) == 1:
                        job.result()  # a new server loads its rules once, for two at a time twice
                for job in as_completed(jobs):
                    fresh |= zip(jobs[job], job.result(), strict=True)
                    self.progress.advance(len(jobs[job]))
                    if len(fresh) >= KEEP_EVERY:
                        yield fresh
                        fresh = {}
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                self._results.keep(fresh)
                raise
        self.progress.end(f"{len(unknown)} texts")
        yield fresh


def bundled(texts: Mapping[bytes, str], fleet: Fleet) -> Iterator[list[bytes]]:
    """The keys of texts that go in one request: the first by itself, and of the others so few that
    all that are under way at once take about as long."""
    length = sum(map(len, texts.values()))
    most = min(fleet.together, length // (ROUNDS * fleet.at_once))
    bundle: list[bytes] = []
    size = 0
    for number, (key, text) in enumerate(texts.items()):
        if bundle and (number == 1 or size + len(text) > most):
            yield bundle
            bundle, size = [], 0
        bundle.append(key)
        size += len(text)
    yield bundle


@dataclass
class Conversation:
    """Puts texts of one language and one set of options to a fleet."""

    fleet: Fleet
    language: str
    picky: bool
    answered: Counter[str]
    _clients: dict[Address, Client] = field(default_factory=dict)

    def ask(self, texts: Sequence[str]) -> list[tuple[Match, ...]]:
        """What a server says of each; tries another, or the same anew, when one fails."""
        while True:
            address = self.fleet.take()
            try:
                matches = self._client(address).matches(texts)
            except EngineError as error:
                if len(texts) > 1:  # whose fault it is, if a text's, they tell one by one
                    return [found for text in texts for found in self.ask([text])]
                error.hint = error.hint or f"it was asked about “{texts[0][:50].strip()}…”"
                self.fleet.lost(address.url, error)
                continue
            self.answered[address.url] += len(texts)
            return matches

    def _client(self, address: Address) -> Client:
        from variorum.languagetool.client import Client

        if address not in self._clients:
            self._clients[address] = Client(
                address.url, self.language, picky=self.picky, key=address.key
            )
        return self._clients[address]
