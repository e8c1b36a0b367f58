"""Kept answers: found again, never wrong, and never in the way."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.languagetool import results as module
from variorum.languagetool.match import Match
from variorum.languagetool.results import Results, UnusableCache, answer_key
from variorum.languagetool.standin import restored, with_standins
from variorum.text import Span

MATCH = Match("RULE", "TYPOS", "misspelling", Span(3, 8), "Is “this” so?", ("a", "é😀"), "")
ANSWERS = {answer_key("6.8", "en-US", False, f"Text {n}"): (MATCH,) * n for n in range(40)}


@pytest.fixture
def results(tmp_path: Path) -> Results:
    return Results(tmp_path / "deep" / "results.sqlite3")


def test_what_was_kept_is_found(results: Results) -> None:
    assert results.find(ANSWERS) == {}
    results.keep(ANSWERS)
    assert Results(results.path).find([*ANSWERS, b"another"]) == ANSWERS


def test_everything_that_an_answer_depends_on_is_in_the_key() -> None:
    one = ("lock", "en-US", False, "Text")
    others = [("kcol", *one[1:]), (one[0], "en-GB", *one[2:]), (*one[:2], True, "Text"),
              (*one[:3], "Texts"), ("lock", "en-US", False, "Text\ud800")]  # fmt: skip
    assert len({answer_key(*each) for each in [one, *others]}) == 6


@pytest.mark.parametrize(
    "noise", [b"noise" * 999, os.urandom(4096), b"", b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_noise_is_replaced(results: Results, noise: bytes) -> None:
    results.keep(ANSWERS)
    results.path.write_bytes(noise)
    assert results.find(ANSWERS) == {}
    results.keep(ANSWERS)
    assert results.find(ANSWERS) == ANSWERS


@pytest.mark.parametrize("step", [611, 997, 1499])
def test_changed_bytes_never_change_an_answer(results: Results, step: int) -> None:
    results.keep(ANSWERS)
    content = bytearray(results.path.read_bytes())
    for place in range(step, len(content), step):
        content[place] ^= 0x15
    results.path.write_bytes(content)
    found = results.find(ANSWERS)
    assert all(ANSWERS[key] == answer for key, answer in found.items())


def test_row_of_another_text_is_no_answer(results: Results) -> None:
    results.keep(ANSWERS)
    keys = list(ANSWERS)
    with sqlite3.connect(results.path) as database:
        database.execute("delete from answers where key = ?", (keys[0],))
        database.execute("update answers set key = ? where key = ?", (keys[0], keys[9]))
    database.close()
    assert keys[0] not in results.find(keys)


def test_place_that_cannot_be_written_costs_one_warning(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    results = Results(tmp_path / "file" / "results.sqlite3")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        for _ in range(3):
            results.keep(ANSWERS)
            assert results.find(ANSWERS) == {}
    assert [each.category for each in told] == [UnusableCache]


def test_oldest_answers_go_when_there_is_too_much(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = list(ANSWERS)
    results.keep({key: ANSWERS[key] for key in keys[:20]})
    monkeypatch.setattr(time, "time", lambda: 4e9)
    assert len(results.find(keys[:5])) == 5  # used now, so they are not the oldest
    monkeypatch.setattr(module, "MAX_BYTES", 1000)
    results.keep({key: ANSWERS[key] for key in keys[20:30]})
    left = Results(results.path).find(keys)
    assert set(keys[:5]) | set(keys[20:30]) == set(left)


def keep_some(path: Path, start: int) -> None:
    results = Results(path)
    for number in range(start, start + 50):
        key = answer_key("6.8", "en-US", False, str(number))
        results.keep({key: (MATCH,)})
        assert results.find([key])


def test_several_processes_at_once(results: Results) -> None:
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=keep_some, args=(results.path, start)) for start in (0, 30, 60)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    keys = [answer_key("6.8", "en-US", False, str(number)) for number in range(110)]
    assert len(results.find(keys)) == 110


@given(st.text())
def test_standins_keep_every_place_and_can_be_sent(text: str) -> None:
    sent = with_standins(text)
    assert len(sent) == len(text) == len(sent.encode("utf-16-le")) // 2
    sent.encode()
    assert all(a == b for a, b in zip(sent, text, strict=True) if b < "\ud800" and b != "\x00")


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("A 😀 b", "A ★ b"),
        ("𝐁𝐚𝐝 𝟏", "Bad 1"),
        ("𠀀 word", "一 word"),
        ("👩‍👩", "★‍★"),
        ("a\x00b\ud800", "a\ufffdb\ufffd"),
        ("plain é ☃", "plain é ☃"),
    ],
)
def test_standin_is_of_the_same_kind(text: str, sent: str) -> None:
    assert with_standins(text) == sent


@pytest.mark.parametrize(
    ("suggestion", "sent", "original", "expected"),
    [
        ("an error", "a error", "a error", "an error"),
        ("★, ★", "★ , ★", "😀 , 🎉", "😀, 🎉"),
        ("word", "★wrod", "😀wrod", "word"),
        ("★ word ★", "★wrod", "😀wrod", None),
        ("a ★ b", "a ☆", "a ☆", "a ★ b"),
    ],
)
def test_suggestion_gets_its_own_characters_back(
    suggestion: str, sent: str, original: str, expected: str | None
) -> None:
    assert restored(suggestion, sent, original) == expected
