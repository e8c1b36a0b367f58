"""Word lists: which words an entry stands for, and how a word is learnt."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.checks.words import is_known
from variorum.editions import learn_word, read_words
from variorum.errors import InputError, SettingsError


@pytest.mark.parametrize(("entry", "words", "known"), [
    ("Baym", "Baym", True),
    ("Baym", "Baym’s", True),
    ("Baym", "Baym's", True),
    ("Baym", "Bayms", True),
    ("Baym", "Bayms’", True),
    ("Baym", "BAYM", True),
    ("Baym", "BAYM’S", True),
    ("Baym", "baym", False),
    ("Baym", "Baymer", False),
    ("eWatch", "eWatch", True),
    ("eWatch", "Ewatch", False),
    ("dogfooding", "Dogfooding", True),
    ("dogfooding", "DOGFOODING", True),
    ("glitch-box", "glitch-boxes", True),
    ("o’clocker", "o'clockers", True),
    ("naïf", "naif", False),
])
def test_what_an_entry_stands_for(entry: str, words: str, known: bool) -> None:
    assert is_known(words, frozenset({entry.replace("’", "'")})) is known


LEARNT: dict[str, tuple[str, str, str]] = {
    "a new list": ("", "Baym", "Baym\n"),
    "between": ("Adam\nCain\n", "Baym", "Adam\nBaym\nCain\n"),
    "whatever the case": ("adam\nCain\n", "Baym", "adam\nBaym\nCain\n"),
    "first, below the heading": ("# Names.\nCain\n", "Baym", "# Names.\nBaym\nCain\n"),
    "last": ("Adam\n", "Baym", "Adam\nBaym\n"),
    "last, no line end": ("Adam", "Baym", "Adam\nBaym\n"),
    "comments stay where they are": (
        "Adam # one\n\n# Others\nCain\n", "Baym", "Adam # one\nBaym\n\n# Others\nCain\n"),
    "Windows line ends": ("Adam\r\nCain\r\n", "Baym", "Adam\r\nBaym\r\nCain\r\n"),
    "a byte-order mark": ("\ufeffCain\n", "Baym", "\ufeffBaym\nCain\n"),
    "only a comment": ("# None yet.\n", "Baym", "# None yet.\nBaym\n"),
}


@pytest.mark.parametrize(("before", "word", "after"), LEARNT.values(), ids=LEARNT)
def test_a_word_goes_where_it_belongs(before: str, word: str, after: str, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(before.encode())
    learn_word(path, word)
    assert path.read_bytes().decode() == after


def test_a_list_is_made_when_there_is_none(tmp_path: Path) -> None:
    learn_word(tmp_path / "words.txt", "Baym")
    assert read_words(tmp_path / "words.txt") == {"Baym"}


@pytest.mark.parametrize(("word", "cause"), [
    ("Baym", "known already, as `Baym`"),
    ("Bayms", "known already, as `Baym`"),
    ("two words", "not one word"),
    (" blank", "not one word"),
    ("", "not one word"),
    ("a#b", "is no word"),
    ("1998", "is no word"),
])
def test_what_cannot_be_learnt_is_refused(word: str, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# Names.\nBaym\n", "utf-8")
    with pytest.raises(SettingsError, match=cause):
        learn_word(path, word)
    assert path.read_text("utf-8") == "# Names.\nBaym\n"


def test_a_list_that_is_not_text_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(b"Baym\n\xff\n")
    with pytest.raises(InputError, match="not UTF-8"):
        learn_word(path, "Cain")
    assert path.read_bytes() == b"Baym\n\xff\n"


@settings(deadline=None)
@given(st.lists(st.text(st.characters(categories=["L"]), min_size=1, max_size=8), max_size=8))
def test_words_learnt_one_by_one_are_sorted_and_known(
    tmp_path_factory: pytest.TempPathFactory, words: list[str]
) -> None:
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_text("", "utf-8")
    for word in words:
        if not is_known(word, read_words(path)):
            learn_word(path, word)
    listed = path.read_text("utf-8").splitlines()
    assert listed == sorted(listed, key=str.casefold)
    assert all(is_known(word, read_words(path)) for word in words)
