"""What makes two texts the same, and what they share."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from variorum.cleaning import (
    Runs,
    digest,
    digest_of_all,
    folded,
    normalise,
    paragraphs,
    share_of_runs,
    words,
)

LETTERS = st.lists(st.sampled_from("abc"), max_size=40)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  two\t words\u00a0here \r\n", "two words here"),
        ("cafe\u0301", "café"),
        ("“Quotes” — and dashes…", "“Quotes” — and dashes…"),
        ("", ""),
    ],
)
def test_normalise(text: str, expected: str) -> None:
    assert normalise(text) == expected


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo\nthree\n", ("one", "two", "three")),
        ("one\r\ntwo\r\n", ("one", "two")),
        ("one\nstill one\n\n  \ntwo\n", ("one still one", "two")),
        ("\n\none\n\ntwo\n\n", ("one", "two")),
        (" \n \n", ()),
    ],
)
def test_paragraphs(text: str, expected: tuple[str, ...]) -> None:
    assert paragraphs(text) == expected


def test_a_digest_is_of_the_normalised_text() -> None:
    assert digest(" a\n b ") == digest("a b")
    # printf 'a b' | sha256sum
    assert digest("a b") == "c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65"
    assert digest_of_all(["a", " b "]) == digest_of_all(["a", "b"]) != digest("a b")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don’t stop—won't!", ["dont", "stop", "wont"]),
        ("well-being, 800-number", ["well", "being", "800", "number"]),
        ("‘Twas the dogs’ day", ["twas", "the", "dogs", "day"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("cafe\u0301 CAFÉ", ["café", "café"]),
        ("snake_case 👩\u200d🚀", ["snake", "case"]),
    ],
)
def test_words_as_they_are_compared(text: str, expected: list[str]) -> None:
    assert list(folded(text)) == expected


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    found = words(text)
    assert all(word.folded in folded(word.span.of(text)) for word in found)
    assert all(one.span.end <= other.span.start for one, other in pairwise(found))


def test_share_of_runs() -> None:
    assert share_of_runs(["a", "b", "c", "d", "e", "f"], ["x", "a", "b", "c", "d", "e", "y"]) == 0.5
    assert share_of_runs(["a", "b", "c"], ["a", "b", "c"]) == 0.0
    assert share_of_runs([], []) == 0.0


@given(LETTERS, LETTERS, st.integers(0, 5))
def test_shared_runs_are_all_the_longest_ones(
    text: list[str], source: list[str], longer_than: int
) -> None:
    """The automaton agrees with trying everything."""
    found = Runs(source).shared(text, longer_than)
    assert found == _tried_runs(text, source, longer_than)


def _tried_runs(text: list[str], source: list[str], longer_than: int) -> list[range]:
    known = {
        tuple(source[start:end])
        for start in range(len(source))
        for end in range(start + 1, len(source) + 1)
    }
    shared = [
        range(start, end)
        for start in range(len(text))
        for end in range(start + 1, len(text) + 1)
        if tuple(text[start:end]) in known
    ]
    return [
        run
        for run in shared
        if len(run) > longer_than and not any(set(run) < set(other) for other in shared)
    ]


def test_a_text_of_one_word_repeated_takes_no_longer() -> None:
    same = ["a"] * 50_000
    assert Runs(same).shared(same, 6) == [range(50_000)]
