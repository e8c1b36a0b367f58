"""Anchoring: what is found, what is only proposed, and that nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotations import Anchor, Status, anchor_all
from variorum.annotations.folded import fold
from variorum.text import Span

TEXT = (
    "The quick brown fox jumps over the lazy dog. A dog sleeps.\n\n"
    "Nobody minds the fox, and the cat sleeps all day.\n\n"
    "One more thing: the cat sleeps at night, too.\n\n"
    "It is a cafe\u0301 again in the cat’s night."
)
PARAGRAPHS = {"p1": Span(0, 58), "p2": Span(60, 109), "p3": Span(111, 156)}


@dataclass(frozen=True)
class Quote:
    exact: str
    prefix: str = ""
    suffix: str = ""
    paragraph: str | None = None


def anchor(quote: Quote) -> Anchor:
    return anchor_all(TEXT, [quote], PARAGRAPHS)[0]


# What is quoted → what becomes of it, and the words that it leads to.
CASES = {
    "unique": (Quote("quick brown fox jumps over"), Status.KEPT, "quick brown fox jumps over"),
    "in its paragraph": (Quote("the cat sleeps", paragraph="p3"), Status.KEPT, "the cat sleeps"),
    "by its prefix": (Quote("the cat sleeps", prefix="thing: "), Status.KEPT, "the cat sleeps"),
    "by its suffix": (Quote("sleeps", suffix=" all day"), Status.KEPT, "sleeps"),
    "over blocks": (Quote("dog sleeps. Nobody minds"), Status.KEPT, "dog sleeps.\n\nNobody minds"),
    "folded blanks": (Quote("quick\n brown\u00a0fox"), Status.KEPT, "quick brown fox"),
    "soft hyphens": (Quote("quick bro\u00adwn fox"), Status.KEPT, "quick brown fox"),
    "one letter": (Quote("q", suffix="uick"), Status.KEPT, "q"),
    "another paragraph": (Quote("Nobody minds the fox, and", paragraph="p1"), Status.MOVED,
                          "Nobody minds the fox, and"),
    "few words in another paragraph": (
        Quote("minds the fox", "Nobody ", ", and the cat", "p1"), Status.ORPHANED, None),
    "few words, carried with the paragraph": (
        Quote("minds the fox", "Nobody ", ", and the cat", "p2"), Status.KEPT, "minds the fox"),
    "paragraph gone": (Quote("Nobody minds the fox", paragraph="p9"), Status.MOVED,
                       "Nobody minds the fox"),
    "context changed on one side": (
        Quote("quick brown fox jumps over the lazy dog", "A slow ", ". A dog sleeps.", "p1"),
        Status.MOVED, "quick brown fox jumps over the lazy dog"),
    "context changed, paragraph gone": (
        Quote("fox jumps over the lazy dog", "red ", ". A dog sleeps.", "p9"), Status.ORPHANED,
        None),
    "context changed, long": (
        Quote("A dog sleeps. Nobody minds the fox, and the cat sleeps all day. One more thing",
              "hazy cat. ", ": the cat sleeps at night"), Status.MOVED,
        "A dog sleeps.\n\nNobody minds the fox, and the cat sleeps all day.\n\nOne more thing"),
    "context contradicts": (
        Quote("fox jumps over the lazy dog", "red ", " barks", "p1"), Status.ORPHANED, None),
    "decomposed": (Quote("quick brown fo\u0301x jumps over"), Status.ORPHANED, None),
    "straight quotation mark": (Quote("the cat's night"), Status.KEPT, "the cat’s night"),
    "composed, decomposed in the text": (Quote("a café again"), Status.KEPT, "a cafe\u0301 again"),
    "ends in what is decomposed": (Quote("It is a café"), Status.KEPT, "It is a cafe\u0301"),
    "twice": (Quote("the cat sleeps"), Status.AMBIGUOUS, None),
    "twice, context fits neither": (Quote("sleeps", prefix="bird "), Status.AMBIGUOUS, None),
    "short, context gone": (Quote("lazy dog", prefix="elephant and the "), Status.ORPHANED, None),
    "changed": (Quote("quick red fox jumped over"), Status.ORPHANED, None),
    "nowhere": (Quote("zzz yyy xxx www vvv"), Status.ORPHANED, None),
    "blank": (Quote(" \n"), Status.ORPHANED, None),
    "very long": (Quote("word " * 10_000), Status.ORPHANED, None),
    "a lone surrogate": (Quote("quick \ud800 fox"), Status.ORPHANED, None),
}


@pytest.mark.parametrize(("quote", "status", "words"), CASES.values(), ids=CASES)
def test_what_becomes_of_a_passage(quote: Quote, status: Status, words: str | None) -> None:
    found = anchor(quote)
    assert found.status is status
    assert (found.span.of(TEXT) if found.span else None) == words
    assert found.reason


def test_a_changed_passage_is_proposed_and_not_chosen() -> None:
    found = anchor(Quote("quick red fox jumped over"))
    assert found.span is None
    assert [c.span.of(TEXT) for c in found.candidates] == ["quick brown fox jumps over"]
    assert 0.6 < found.candidates[0].score < 1


def test_words_that_stand_everywhere_are_not_said_to_stand_twice() -> None:
    found = anchor_all("so it goes. " * 80, [Quote("it goes")])[0]
    assert found.status is Status.AMBIGUOUS
    assert found.reason == "the quotation stands more than 49 times and nothing tells which"


def test_the_likeness_falls_as_the_passage_departs() -> None:
    quotes = ["quick brown fox jumps ober", "quick brown fix jumped ober", "quick frown fix dumped"]
    scores = [anchor(Quote(quote)).score for quote in quotes]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(alphabet="ab \n.", min_size=5, max_size=60), st.data())
def test_a_quotation_with_all_of_its_context_is_found_at_its_place(
    text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote(text[start:end], text[:start], text[end:])
    (found,) = anchor_all(text, [quote])
    if quote.exact.strip() and found.span is not None:
        assert found.span.of(text).split() == quote.exact.split()
        assert abs(found.span.start - start) <= len(quote.exact)


@given(st.text(st.sampled_from("ab \n\t\u00a0\u00ad\u200be\u0301\u1100\u1161’"), max_size=40)
       | st.text(max_size=40))
@settings(max_examples=300, derandomize=True, deadline=None)
def test_folding_leads_back(text: str) -> None:
    folded = fold(text)
    for index, character in enumerate(folded.text):
        place = folded.to_original(Span(index, index + 1))
        there = place.of(text)
        assert fold(there).text == character
        assert folded.from_original(place) == Span(index, index + 1)
