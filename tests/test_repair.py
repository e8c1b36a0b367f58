"""What mechanical mends do, each by examples, and that each can be refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.repair import RULES, Kind, repair_lines

LONG = "A line that is long enough to be the inner line of a paragraph, as one sees,"
EXAMPLES: dict[str, tuple[str, str]] = {
    "encoding": ("Thatâ€™s a cafÃ©.", "That’s a café."),
    "ligatures": ("An eﬃcient oﬃce ﬁle.", "An efficient office file."),
    "invisible": ("A soft\u00ad hy\u00adphen and a\u200b blank.", "A soft hyphen and a blank."),
    "hyphens": ("It is surpris-\ning to him.", "It is surprising to him."),
    "quotes": ("He said \"no\" and 'yes', it's so.", "He said “no” and ‘yes’, it’s so."),
    "dashes": ("One thing--or two - or pages 4-5.", "One thing—or two—or pages 4–5."),
    "ellipses": ("And so on... and on.", "And so on… and on."),
    "blanks": ("Well , yes .", "Well, yes."),
}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_mends_and_says_so(rule: str) -> None:
    before, after = EXAMPLES[rule]
    repaired = repair_lines(before)
    assert [block.text for block in repaired.blocks] == [after]
    assert {mend.rule for mend in repaired.mends} == {rule}


@pytest.mark.parametrize("rule", EXAMPLES)
def test_each_rule_can_be_refused(rule: str) -> None:
    before, after = EXAMPLES[rule]
    repaired = repair_lines(before, frozenset({rule}))
    assert [block.text for block in repaired.blocks] != [after]
    assert rule not in {mend.rule for mend in repaired.mends}


def test_a_hyphen_stays_where_the_text_has_it_elsewhere() -> None:
    repaired = repair_lines("A well-\nknown man, who is well-known.")
    assert repaired.blocks[0].text == "A well-known man, who is well-known."


PAGES = f"""A SMALL BOOK

{LONG}
which goes on after the page with the word mis-

7

A SMALL BOOK

understood, and ends. It was 1790.

8

A SMALL BOOK

Another Paragraph Title

{LONG} which
The page cuts in two.[1]

[1] A note of it.

9
"""


def test_pages_are_taken_away_and_their_text_is_joined() -> None:
    repaired = repair_lines(PAGES)
    kinds = [(block.kind, block.text[:14]) for block in repaired.blocks]
    assert kinds == [
        (Kind.PARAGRAPH, "A line that is"), (Kind.HEADING, "Another Paragr"),
        (Kind.PARAGRAPH, "A line that is"), (Kind.FOOTNOTE, "A note of it."),
    ]
    assert "the word misunderstood, and ends. It was 1790." in repaired.blocks[0].text
    assert repaired.blocks[2].text.endswith("cuts in two.[^1]")
    assert [thing.text for thing in repaired.dropped] == ["7", "8", "9", *["A SMALL BOOK"] * 3]


@pytest.mark.parametrize("rule", ["page-numbers", "running-heads"])
def test_dropping_can_be_refused(rule: str) -> None:
    repaired = repair_lines(PAGES, frozenset({rule}))
    assert rule not in {thing.reason for thing in repaired.dropped}


def test_a_single_number_is_no_page_number() -> None:
    assert repair_lines("In\n\n1984\n\nit was.").dropped == ()


def test_a_text_without_blank_lines_has_a_paragraph_a_line() -> None:
    blocks = repair_lines("The first one ends.\nThe second one ends.\nThe third.").blocks
    assert len(blocks) == 3


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_nothing_is_mended_when_everything_is_refused(text: str) -> None:
    repaired = repair_lines(text, frozenset(RULES))
    assert (repaired.mends, repaired.dropped) == ((), ())
    told = " ".join(block.text for block in repaired.blocks)
    assert "".join(told.split()) == "".join(text.split())
