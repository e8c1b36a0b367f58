"""Texts sent together get what LanguageTool itself says of each by itself."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

import pytest
from languagetool_engine import ERROR, installed_folders, open_server, own_folders, stub

from variorum.errors import EngineError
from variorum.languagetool import (
    Folders,
    Grammar,
    Silent,
    folders_in,
    start_engine,
    stop_engine,
)
from variorum.languagetool.client import Client
from variorum.languagetool.engine import Engine
from variorum.languagetool.fleet import Address, OtherServers, OwnServer
from variorum.languagetool.grammar import Conversation, bundled
from variorum.languagetool.install import engine_in

EVERY = 40
"""Of the examples, one in so many is asked about: some hundred."""
SENTENCES = 5
"""In a text."""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folders]:
    folders = own_folders(installed_folders(), tmp_path_factory.mktemp("together"))
    yield folders
    stop_engine(folders)


def example_texts(engine: Engine, every: int = EVERY) -> list[str]:
    """Sentences, right and wrong ones, from LanguageTool's own English rules, some to a text."""
    [jar] = engine.jars.glob("language-en-*.jar")
    with zipfile.ZipFile(jar) as archive:
        root = ElementTree.fromstring(archive.read("org/languagetool/rules/en/grammar.xml"))
    examples = islice(root.iter("example"), 0, None, every)
    sentences = iter([" ".join("".join(example.itertext()).split()) for example in examples])
    return [" ".join(some) for some in iter(lambda: list(islice(sentences, SENTENCES)), [])]


@pytest.mark.languagetool
@pytest.mark.parametrize("language", ["en-US", "en-GB"])
def test_each_text_gets_what_languagetool_itself_says(
    folders: Folders, tmp_path: Path, language: str
) -> None:
    engine = engine_in(folders)
    texts = example_texts(engine)
    ours = Grammar(folders=folders).check(texts, language, picky=True)
    with open_server(engine, tmp_path) as url:
        client = Client(url, language, picky=True)
        for text, found in zip(texts, ours, strict=True):
            assert client.matches([text]) == [found], text
    assert sum(map(len, ours)) > len(texts)


@pytest.mark.languagetool
def test_one_bad_text_spoils_only_its_request(folders: Folders) -> None:
    server = start_engine(folders, Silent())
    client = Client(server.url, "en-US", key=server.key)
    good = client.matches([ERROR, "She read it.", ERROR])
    assert [len(found) for found in good] == [1, 0, 1]
    client._language = "nobody's"  # type: ignore[assignment]
    with pytest.raises(EngineError, match="language"):
        client.matches([ERROR, ERROR])
    assert Client(server.url, "en-US", key=server.key).matches([ERROR]) == good[:1]


@dataclass
class One:
    """A fleet of one server that is lost when a single text fails."""

    url: str
    at_once: int = 2
    together: int = 1000

    def identity(self, language: str) -> str:
        return language

    def take(self) -> Address:
        return Address(self.url)

    def lost(self, url: str, error: EngineError) -> None:
        raise error


def test_texts_that_fail_together_are_asked_about_one_by_one() -> None:
    asked: list[str] = []
    answered: Counter[str] = Counter()
    with stub(lambda n: (200, '{"matches": []}') if n else (500, '"no"'), asked=asked) as url:
        conversation = Conversation(One(url), "en-US", picky=False, answered=answered)
        assert conversation.ask(["One.", "Two.", "Three."]) == [(), (), ()]
    assert asked == ["languages", "each", "check", "check", "check"]
    assert answered == {url: 3}


@pytest.mark.parametrize(
    ("lengths", "together", "bundles"),
    [
        ([5], 1000, [1]),
        ([5, 5, 5], 0, [1, 1, 1]),
        ([900] * 5, 4000, [1, 1, 1, 1, 1]),
        ([100] * 81, 4000, [1, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5]),
        ([100] * 900, 300, [1] + [3] * 299 + [2]),
        ([10, 5000, 10, 10] + [90] * 100, 1000, [1, 1, 11] + [9] * 10 + [1]),
    ],
)
def test_bundles(lengths: Sequence[int], together: int, bundles: list[int]) -> None:
    texts = {bytes([number // 256, number % 256]): "x" * n for number, n in enumerate(lengths)}
    made = list(bundled(texts, One("", together=together)))
    assert [len(keys) for keys in made] == bundles
    assert [key for keys in made for key in keys] == list(texts)


def test_only_our_own_server_takes_texts_together(tmp_path: Path) -> None:
    assert OwnServer(folders_in(tmp_path), Silent()).together > 0
    assert OtherServers(["http://localhost:1"]).together == 0
