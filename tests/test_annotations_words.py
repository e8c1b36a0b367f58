"""What anchoring works on: words found all at once are those found one by one."""

from __future__ import annotations

import re

from hypothesis import example, given
from hypothesis import strategies as st

from variorum.annotations import fold
from variorum.annotations.revision import compare
from variorum.annotations.words import split_words
from variorum.text import Span

texts = st.text(st.one_of(st.sampled_from("ab ''.,\n—_é"), st.characters()), max_size=80)
rows = st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), max_size=60)


@given(texts)
@example("İt is")
@example("it''s 'tis' an o'clock'")
@example("".join(map(chr, range(0x2190, 0x2400))) + "last")
def test_words_and_their_places_are_those_of_the_pattern(text: str) -> None:
    words = split_words(text)
    found = list(re.finditer(r"\w+(?:'\w+)*", text.replace("İ", "I")))
    assert [words.span(Span(n, n + 1)) for n in range(len(words.words))] == [
        Span(*match.span()) for match in found
    ]
    assert len(words.words) == len(found)
    for match, word in zip(found, words.words, strict=True):
        assert len(word) == len(match[0])


@given(texts, st.integers(0, 80), st.integers(0, 80))
def test_words_within_a_place_are_those_that_begin_there(text: str, one: int, other: int) -> None:
    words = split_words(text)
    place = Span(*sorted((min(one, len(text)), min(other, len(text)))))
    spans = [words.span(Span(n, n + 1)) for n in range(len(words.words))]
    found = words.within(place)
    assert [*range(found.start, found.end)] == [
        n for n, span in enumerate(spans) if span.end > place.start and span.start < place.end
    ]


@given(texts)
@example("a \n b")
@example("a \u00a0 b")
def test_blanks_fold_to_one(text: str) -> None:
    folded = fold(text)
    assert not re.search(r"\s\s|[^\S ]", folded.text)
    assert folded.text.split() == fold(" \n".join(text.split())).text.split()


@given(rows, rows)
def test_a_revision_matches_equal_words_one_to_one(old: list[str], new: list[str]) -> None:
    way = compare(split_words(" ".join(old)), split_words(" ".join(new)))
    for index, there in enumerate(way.image):
        if there >= 0:
            assert old[index] == new[there]
            assert way.origin[there] == index
    assert sum(n >= 0 for n in way.image) == sum(n >= 0 for n in way.origin)
