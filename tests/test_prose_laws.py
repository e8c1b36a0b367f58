"""The laws of the prose map, on hand-made constructs and on generated Markdown."""

from __future__ import annotations

import re

import pytest
from constructs import CONSTRUCTS
from hypothesis import given, settings
from hypothesis import strategies as st
from rendered import find_misplaced, shown, visible

from variorum.prose import make_markdown, read_prose
from variorum.prose.paragraphs import hasten
from variorum.text import Span

ATOMS = [
    "word", "other words here", "*", "**", "_", "`", "``", "[", "]", "(", ")", "[a](b)", "[ref]",
    "[^1]", "\n", "\n\n", "    ", "- ", "1. ", "> ", "# ", "## H", "```\n", "~~~\n", "|", " | ",
    "|---|---|\n", "a | b\n", "<b>", "</b>", "<div>", "</div>", '<div markdown="1">', "<!-- c -->",
    "&amp;", "&lt;", "\\*", "\\", "!", "!!! note\n", '!!! tip "T"\n', "??? x\n", '=== "Tab"\n',
    ":   def\n", "Term\n", "{: .c }", "{ #id }", '\n{ #p1 from="s1" }\n', "$x$", "$$\ny\n$$\n",
    "  \n", "\t", "\r\n", "😀", "é", "e\u0301", "“q”", "—", "*[HTML]: Hyper\n", "HTML", " ",
    '[ref]: http://x "t"\n', "[^1]: note text\n", "<http://a.b/c>", "<a@b.c>", "<br>", "42",
    "![alt](i.png)", "---\n", "===\n", "***\n", "1984. ", "…", "\u00a0w", "\U000f0000", "مرحبا",
]
MARKDOWN = st.lists(st.sampled_from(ATOMS), max_size=14).map("".join)


@pytest.mark.parametrize("source", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_the_visible_text_of_each_construct_is_the_rendered_text(source: str) -> None:
    assert visible(source) == shown(source)
    assert visible(source)


@settings(max_examples=1500, derandomize=True, deadline=None)
@given(MARKDOWN)
def test_the_visible_text_is_the_rendered_text(source: str) -> None:
    assert words(visible(source)) == words(shown(source))


def words(texts: list[str]) -> str:
    """Python-Markdown strips a page of no-break spaces at its ends, which nobody sees."""
    return re.sub(r"\s", "", "".join(texts))


@settings(max_examples=400, derandomize=True, deadline=None)
@given(MARKDOWN)
def test_folding_lines_changes_nothing(source: str) -> None:
    folded = read_prose(source).blocks
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("variorum.prose.source._FOLDABLE", re.compile("(?!)"))
        unfolded = read_prose(source).blocks
    assert folded == unfolded


@pytest.mark.parametrize("source", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_each_word_of_each_construct_leads_back_to_itself(source: str) -> None:
    misplaced = list(find_misplaced(source))
    assert not misplaced


@settings(max_examples=600, derandomize=True, deadline=None)
@given(MARKDOWN)
def test_visible_text_leads_back_to_itself(source: str) -> None:
    misplaced = list(find_misplaced(source))
    assert len(misplaced) <= len(source) // 20


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.text(max_size=80))
def test_any_text_at_all_is_read(source: str) -> None:
    prose = read_prose(source)
    assert all(len(block.text) == len(block.at) for block in prose.blocks)
    assert all(-1 <= offset < len(source) for block in prose.blocks for offset in block.at)


@given(MARKDOWN, st.data())
@settings(max_examples=200, derandomize=True, deadline=None)
def test_each_span_of_the_visible_text_has_a_place(source: str, data: st.DataObject) -> None:
    prose = read_prose(source)
    start = data.draw(st.integers(0, len(prose.visible)))
    end = data.draw(st.integers(start, len(prose.visible)))
    place = prose.to_source(Span(start, end))
    assert 0 <= place.start <= place.end <= len(source)


def test_what_is_not_prose_is_masked() -> None:
    (block,) = read_prose("Run `x = 1` or $y$ at <http://a.b/c> now.\n").blocks
    assert [(m.kind, m.span.of(block.text)) for m in block.masks] == [
        ("code", "x = 1"), ("math", "\\(y\\)"), ("address", "http://a.b/c"),
    ]


def test_a_block_knows_its_attributes_and_language() -> None:
    first, second = read_prose('One.\n{ #p1 from="s1 s2" }\n\nZwei.\n{ lang=de }\n').blocks
    assert (first.attributes["id"], first.attributes["from"]) == ("p1", "s1 s2")
    assert (first.language, second.language) == (None, "de")


def test_an_escape_or_an_entity_is_replaced_whole() -> None:
    source = "A \\* b &copy; c.\n"
    prose = read_prose(source)
    star, sign = prose.visible.index("*"), prose.visible.index("©")
    assert prose.to_source(Span(star, star + 1)).of(source) == "\\*"
    assert prose.to_source(Span(sign, sign + 1)).of(source) == "&copy;"


def test_what_another_file_holds_is_read_there() -> None:
    source = (
        'One.\n\n--8<-- "a/b.md"\n\n- two\n\n    --8<-- "c.md:3:4"\n\n'
        "--8<--\nd.md\n--8<--\n\n*Three*.\n"
    )
    assert visible(source) == ["One.", "two", "Three."]
    assert not list(find_misplaced(source))


@pytest.mark.parametrize("source", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_each_construct_is_rendered_the_same_in_less_time(source: str) -> None:
    assert hasten(make_markdown()).convert(source) == make_markdown().convert(source)


@settings(max_examples=1000, derandomize=True, deadline=None)
@given(MARKDOWN)
def test_what_is_rendered_in_less_time_is_the_same(source: str) -> None:
    assert hasten(make_markdown()).convert(source) == make_markdown().convert(source)
