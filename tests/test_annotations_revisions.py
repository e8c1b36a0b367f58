"""Anchoring over an edit: the way of the words first, nothing guessed, and never slow."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.annotations import (
    Anchor,
    Description,
    Status,
    Version,
    anchor_all,
    anchor_through,
    describe,
    sentence_around,
)
from variorum.text import Span

OLD = (
    "The harbor was quiet that morning, and nobody had yet opened a window. A lamp burned in the "
    "office of the harbor master. He wrote down what the ships had brought.\n\n"
    "On the hill stood a house with nine doors. Each of the doors had a name, and the children "
    "knew them all. Nobody knew who had given the names.\n\n"
    "In winter the road was closed. The letters lay in a box by the gate until somebody walked "
    "down for them, once a week, whatever the weather was."
)


def follow(exact: str, new: str, **more: str) -> Anchor:
    (anchor,) = anchor_all(new, [Description(exact, **more)], earlier=Version(OLD))
    return anchor


# The quotation, the edit, and what becomes of it: certain or proposed words.
CASES: dict[str, tuple[str, tuple[str, str], Status, str | None]] = {
    "untouched": ("a house with nine doors", ("quiet", "silent"), Status.KEPT,
                  "a house with nine doors"),
    "a word changed": ("a house with nine doors", ("nine doors", "ten doors"), Status.ORPHANED,
                       "a house with ten doors"),
    "its first word changed": ("nobody had yet opened", ("nobody had", "no one had"),
                               Status.ORPHANED, "no one had yet opened"),
    "only a comma": ("quiet that morning, and nobody had yet opened a window",
                     ("morning, and", "morning and"), Status.MOVED,
                     "quiet that morning and nobody had yet opened a window"),
    "a sentence joined": ("the harbor master. He wrote down what the ships",
                          ("master. He", "master, he"), Status.MOVED,
                          "the harbor master, he wrote down what the ships"),
    "words put in": ("In winter the road was closed", ("the road was", "the only road was"),
                     Status.ORPHANED, "In winter the only road was closed"),
    "cut short": ("knew them all. Nobody knew who had given the names",
                  (" Nobody knew who had given the names.", ""), Status.ORPHANED, "knew them all"),
    "deleted": ("A lamp burned in the office",
                ("A lamp burned in the office of the harbor master. ", ""), Status.ORPHANED, None),
    "deleted, with a lookalike": (
        "A lamp burned in the office", ("A lamp burned in the office of the harbor master. ",
                                        "A lamp was seen at night. "), Status.ORPHANED, None),
}


@pytest.mark.parametrize(("exact", "edit", "status", "words"), CASES.values(), ids=CASES)
def test_a_passage_is_followed_through_an_edit(
    exact: str, edit: tuple[str, str], status: Status, words: str | None
) -> None:
    assert edit[0] in OLD
    new = OLD.replace(*edit)
    anchor = follow(exact, new)
    assert anchor.status is status
    place = anchor.span or (anchor.candidates[0].span if anchor.candidates else None)
    if words is not None:
        assert place and place.of(new) == words
    else:
        assert anchor.span is None
    assert anchor.reason


def test_a_paragraph_carried_elsewhere_keeps_its_notes() -> None:
    first, second, third = OLD.split("\n\n")
    new = "\n\n".join([second, third, first])
    for exact in ("A lamp burned in the office", "opened a window. A lamp", "nine doors. Each of"):
        assert follow(exact, new).status is Status.KEPT


def test_a_copy_elsewhere_is_not_the_passage() -> None:
    """What was deleted is not found again in words that stood elsewhere all along."""
    saying = "whatever the weather was and whoever had come down to the sea that day"
    old = f"One: {saying}, they said first.\n\nTwo more came. {saying}, they said later."
    new = f"Two more came. {saying}, they said later."
    (without,) = anchor_all(new, [Description(saying, "One: ", ", they said first")])
    (followed,) = anchor_all(new, [Description(saying, "One: ", ", they said first")],
                             earlier=Version(old))
    assert without.span is None
    assert followed.span is None


def test_the_newest_version_that_fitted_is_taken() -> None:
    older = OLD.replace("nine doors", "eight doors")
    new = OLD.replace("a house with nine", "one house with nine")
    wanted = [Description("a house with nine doors"), Description("a house with eight doors")]
    asked: list[str] = []

    def versions() -> list[Version]:
        asked.append("asked")
        return [Version(OLD), Version(older)]

    found = anchor_through(new, wanted, {}, versions())
    assert [a.candidates[0].span.of(new) for a in found] == ["one house with nine doors"] * 2


words = st.sampled_from(["the", "fox", "ran", "over", "a", "hill", "and", "slept", "well", "today"])


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(words, min_size=8, max_size=60), st.lists(words, min_size=8, max_size=60),
       st.data())
def test_certain_is_always_the_quotation_itself(
    old: list[str], new: list[str], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(old) - 2))
    end = data.draw(st.integers(start + 1, len(old)))
    exact, text = " ".join(old[start:end]), " ".join(new)
    selector = Description(exact, " ".join(old[:start])[-32:], " ".join(old[end:])[:32])
    for earlier in (None, Version(" ".join(old))):
        (anchor,) = anchor_all(text, [selector], earlier=earlier)
        if anchor.span is not None:
            assert anchor.span.of(text) == exact
        for candidate in anchor.candidates:
            assert 0 < candidate.score <= 1
            assert candidate.span.of(text).strip()


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.lists(words, min_size=8, max_size=60), st.data())
def test_a_description_leads_back(text_words: list[str], data: st.DataObject) -> None:
    text = " ".join(text_words)
    start = data.draw(st.integers(0, len(text_words) - 1))
    end = data.draw(st.integers(start + 1, len(text_words)))
    place = Span(len(" ".join([*text_words[:start], ""])), len(" ".join(text_words[:end])))
    found = describe(Version(text), place)
    (anchor,) = anchor_all(text, [found])
    assert found.exact == place.of(text)
    if anchor.span is not None:
        assert anchor.span == place


def test_a_sentence_is_found_around_its_words() -> None:
    place = Span(OLD.index("Each"), OLD.index("Each") + 4)
    assert sentence_around(OLD, place).of(OLD) == (
        "Each of the doors had a name, and the children knew them all.")
    whole = Span(OLD.index("wrote"), OLD.index("house"))
    assert sentence_around(OLD, whole).of(OLD).startswith("He wrote")


SENTENCE = "the quick brown fox jumps over the lazy dog and minds nobody at all today"
HOSTILE: dict[str, tuple[str, list[Description]]] = {
    "one letter": ("a" * 100_000, [Description("a" * n, "b") for n in range(1, 60)]),
    "one word": ("word " * 100_000, [Description("word word word other", "x")] * 20),
    "near-copies": ("\n\n".join(SENTENCE.replace("fox", f"fox{n}") for n in range(20_000)),
                    [Description(SENTENCE, "today")] * 20),
    "a long quotation": ("much ado about nothing " * 5_000, [Description("nothing much " * 5_000)]),
}


@pytest.mark.parametrize(("text", "selectors"), HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("edited", [False, True])
def test_hostile_input_is_no_worse_than_words_times_notes(
    text: str, selectors: list[Description], edited: bool
) -> None:
    start = time.process_time()
    anchors = anchor_all(text, selectors, earlier=Version(text + " More.") if edited else None)
    assert time.process_time() - start < 20
    assert len(anchors) == len(selectors)


def test_the_bench_finds_what_it_promises(tmp_path: Path) -> None:
    """A small run of the bench: its figures are those of the goal."""
    sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
    try:
        from anchoring import count_fates, ours
    finally:
        sys.path.pop(0)
    counts, seen = count_fates(11, 150, {"ours": ours(True)})
    fates = counts["ours"]
    found = sum(fates[f"living, {sure}, {how}"] for sure in ("certain", "proposed")
                for how in ("right", "roughly right"))
    assert found / seen["living"] > 0.97
    assert fates["deleted, certain, wrong"] == 0
