"""Servers of other people's: spread over, retried elsewhere, and never believed too much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from languagetool_engine import ERROR, installed_folders, open_server, own_folders, stub

from variorum.errors import EngineError, SettingsError
from variorum.languagetool import Folders, Grammar, folders_in, stop_engine
from variorum.languagetool.client import Client
from variorum.languagetool.install import engine_in

SOFTWARE = {"name": "LanguageTool", "version": "6.8", "buildDate": "then", "apiVersion": 1}
GOOD: dict[str, Any] = {"software": SOFTWARE, "matches": []}


def good(number: int) -> tuple[int, str]:
    return 200, json.dumps(GOOD)


def match(**changes: object) -> dict[str, Any]:
    rule = {"id": "R", "issueType": "grammar", "category": {"id": "C"}}
    return {"offset": 0, "length": 3, "message": "m", "replacements": [], "rule": rule} | changes


def hang(number: int) -> tuple[int, str]:
    if number:
        time.sleep(3)
    return good(number)


@pytest.mark.parametrize(
    "later",
    [
        (500, "Error: Internal Error: java.lang.OutOfMemoryError"),
        (200, "<html>A page</html>"),
        (200, ""),
        (200, "[]"),
        (200, json.dumps({"software": SOFTWARE})),
        (200, json.dumps(GOOD | {"warnings": {"incompleteResults": True}})),
        (200, json.dumps(GOOD | {"matches": [match(offset=2, length=999)]})),
        (200, json.dumps(GOOD | {"matches": [match(offset=-1)]})),
        (200, json.dumps(GOOD | {"matches": [match(rule={})]})),
        (200, json.dumps(GOOD | {"matches": [match(replacements=[{}])]})),
        (200, json.dumps(GOOD | {"matches": ["one"]})),
        (200, json.dumps(GOOD | {"matches": [match(offset="0")]})),
    ],
)
def test_answer_that_is_none_is_never_clean(later: tuple[int, str], tmp_path: Path) -> None:
    with stub(lambda number: later if number else good(0)) as url:
        grammar = Grammar([url], folders_in(tmp_path))
        with pytest.raises(EngineError) as raised:
            grammar.check(["The text."], "en-US")
        assert url in str(raised.value)
        with pytest.raises(EngineError):  # nor does the cache know it afterwards
            Grammar([url], folders_in(tmp_path)).check(["The text."], "en-US")


@pytest.mark.parametrize(
    "software", [None, {}, {"apiVersion": 2}, {"name": "Other", "apiVersion": "1"}]
)
def test_wrong_server_is_refused(software: object, tmp_path: Path) -> None:
    answer = json.dumps({"software": software, "matches": []})
    with (
        stub(lambda number: (200, answer)) as url,
        pytest.raises(EngineError, match="not a LanguageTool"),
    ):
        Grammar([url], folders_in(tmp_path)).check(["Text."], "en-US")


def test_servers_of_two_versions_are_refused(tmp_path: Path) -> None:
    old = json.dumps(GOOD | {"software": SOFTWARE | {"version": "6.3"}})
    with stub(good) as one, stub(lambda number: (200, old)) as two:
        with pytest.raises(EngineError, match="differ") as raised:
            Grammar([one, two], folders_in(tmp_path)).check(["Text."], "en-US")
        assert "6.3" in raised.value.hint


@pytest.mark.parametrize("languages", [[], {}, [1], None, "text"])
def test_senseless_list_of_languages(languages: object, tmp_path: Path) -> None:
    with stub(good, languages) as url, pytest.raises((EngineError, SettingsError)):
        Grammar([url], folders_in(tmp_path)).check(["Text."], "en-US")


def test_language_that_a_server_lacks(tmp_path: Path) -> None:
    with stub(good) as url, pytest.raises(SettingsError, match="xx-XX"):
        Grammar([url], folders_in(tmp_path)).check(["Text."], "xx-XX")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9", "http://localhost:9", "nonsense", "ftp://x"])
def test_nobody_there(url: str, tmp_path: Path) -> None:
    with pytest.raises(EngineError):
        Grammar([url], folders_in(tmp_path)).check(["Text."], "en-US")


def test_texts_are_spread_and_the_rest_takes_over(tmp_path: Path) -> None:
    def dies(number: int) -> tuple[int, str]:
        return (500, "gone") if number > 10 else good(number)

    texts = [f"Text {number}." for number in range(60)]
    with stub(good) as one, stub(dies) as two:
        grammar = Grammar([one, two, "http://127.0.0.1:9"], folders_in(tmp_path))
        assert grammar.check(texts, "en-US") == [()] * 60
        assert grammar.answered[one] + grammar.answered[two] == 60
        assert grammar.answered[two] == 10


def test_the_command_says_which_server_answered(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("\n\n".join(f"Text {n}." for n in range(20)), "utf-8")
    command = [sys.executable, "-m", "variorum", "check", "page.md"]
    with stub(good) as one, stub(lambda number: (500, "gone") if number else good(0)) as two:
        run = subprocess.run(
            [*command, "--server", one, "--server", two], cwd=tmp_path, check=False,
            env=os.environ | {"VARIORUM_CACHE": str(tmp_path)}, capture_output=True, text=True,
        )
    assert run.returncode == 0, run.stderr
    assert run.stderr.splitlines() == [f"{one} answered 20 texts", f"{two} answered 0 texts"]


def test_server_that_hangs_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Client, "_TIMEOUT", 0.5)
    with stub(good) as one, stub(hang) as two:
        grammar = Grammar([two, one], folders_in(tmp_path))
        assert grammar.check([f"Text {n}." for n in range(9)], "en-US") == [()] * 9
        assert grammar.answered[one] == 9


@pytest.fixture
def real(tmp_path: Path) -> Iterator[Folders]:
    folders = own_folders(installed_folders(), tmp_path)
    yield folders
    stop_engine(folders)


@pytest.mark.languagetool
def test_real_server_by_address_says_the_same(real: Folders, tmp_path: Path) -> None:
    own = Grammar(folders=real).check([ERROR], "en-US")
    with open_server(engine_in(real), tmp_path) as url:
        other = Grammar([url], replace(real, results=tmp_path / "other.sqlite3"))
        assert other.check([ERROR], "en-US") == own != [()]
        assert other.answered[url] == 1
