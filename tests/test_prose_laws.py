"""The laws of the prose map, on hand-made constructs and on generated Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.prose import make_markdown, read_prose
from variorum.prose.source import FRONT_MATTER
from variorum.text import Span

UNSEEN = {"script", "style", "template", "title", "head"}
NOT_SOURCE = {"footnote-ref", "footnote-backref", "headerlink"}
VOID = {"br", "img", "hr", "input", "col", "wbr", "meta", "link", "embed", "area", "base"}


class Shown(HTMLParser):
    """The texts of a page, one for each stretch between block-level tags."""

    def __init__(self, is_block_level: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.is_block_level = is_block_level
        self.texts = [""]
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") == "footnote-backref":
            self.texts[-1] = self.texts[-1].removesuffix("\xa0")
        if self.unseen or tag in UNSEEN or dict(attrs).get("class") in NOT_SOURCE:
            if tag not in VOID:
                self.unseen.append(tag)
        elif tag == "br":
            self.texts[-1] += " "
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            while self.unseen.pop() != tag:
                pass
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.texts[-1] += data

    def _break(self, tag: str) -> None:
        if self.is_block_level(tag) or tag == "label":
            self.texts.append("")


def shown(source: str) -> list[str]:
    md = make_markdown()
    front = FRONT_MATTER.match(source)
    page = md.convert(source[front.end() :] if front else source)
    reader = Shown(md.is_block_level)
    reader.feed(page)
    reader.close()
    return [text for text in map(collapse, reader.texts) if text.strip()]


def collapse(text: str) -> str:
    return re.sub(r"[ \n\t\r\f]+", " ", text).strip(" ")


def visible(source: str) -> list[str]:
    texts = (collapse(block.text) for block in read_prose(source).blocks)
    return [text for text in texts if text.strip()]


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

# One construct each; all must be read exactly.
CONSTRUCTS = {
    "heading": "# One *two* three #\n\nSetext\n======\n",
    "attribute list": 'Text here.\n{ #p4 from="s3" }\n\n## Head { #h .c }\n\nA *b*{: .x } c.\n',
    "lists": "- one\n- two\n    - three\n\n        four\n\n1. five\n2. six\n\n   seven\n",
    "quotes": "> one\n> > two\nlazy\n\n> - item\n",
    "emphasis": "in*ter*nal **bo**ld snake_case_word *a **b** c* ***d***\n",
    "links": '[ one](a "t") [two][r] [r] <http://x.y/z> <a@b.c> ![alt *x*](i.png)\n\n[r]: /u "t"\n',
    "footnotes": "A[^1] b[^long].\n\n[^1]: First *note*.\n[^long]:\n    Second\n\n    para.\n",
    "definitions": "Term\n:   One *two*\n\n    more\n\nOther\n:   Three\n",
    "table": "| a *b* | c |\n|---|---|\n| d `|` e | — |\n| [f](g) | 1 |\n",
    "admonition": '!!! note\n    Body *one*.\n\n!!! tip "Title *x*"\n    - two\n\n??? info "T"\n    b\n',
    "tabs": '=== "A"\n    one\n\n=== "B *c*"\n    two\n',
    "abbreviations": "The HTML and the *HTML*.\n\n*[HTML]: Hyper Text\n",
    "code": "A `b <c> &amp; *d*` e ``f`g``.\n\n```python\nx = \"<1>\" # &amp;\n```\n\n    y = 2\n",
    "mathematics": "A $x_1 * y$ b \\(z\\).\n\n$$\na * b\n$$\n",
    "entities": "a &amp; b &copy; &#8212; &#x22; AT&T &unknown; \\* \\& \\\\ c\n",
    "html": '<div>raw <b>x</b> &lt;</div>\n\nA <kbd>K</kbd> <!-- no --> b<br>c\n\n<!-- none -->\n',
    "markdown in html": '<div markdown="1">\nOne *two*\n\n- three\n</div>\n',
    "breaks": "one  \ntwo\nthree<br>four\\\nfive\n",
    "windows": "One *two*\r\nthree\r\n\r\n- four\r\n- five\r\n",
    "front matter": "---\ntitle: x\n---\n\nOne *two*.\n",
    "unicode": "👩\u200d🚀 e\u0301 *مرحبا* a\u00a0b \u2028 \U000f0000 \U0001d538*x*\n",
    "tabs and blanks": "-\tone\n-\ttwo\n\n\tcode\n\na\tb\n",
    "details": "<details>\n<summary>Sum *x*</summary>\nBody\n</details>\n",
}


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


@pytest.mark.parametrize("source", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_each_word_of_each_construct_leads_back_to_itself(source: str) -> None:
    misplaced = list(find_misplaced(source))
    assert not misplaced


@settings(max_examples=600, derandomize=True, deadline=None)
@given(MARKDOWN)
def test_visible_text_leads_back_to_itself(source: str) -> None:
    misplaced = list(find_misplaced(source))
    assert len(misplaced) <= len(source) // 20


def find_misplaced(source: str) -> Iterator[tuple[str, int]]:
    """Code points of prose that their offset does not lead to; generated ones have none."""
    prose = read_prose(source)
    for block in prose.blocks:
        masked = {
            i for mask in block.masks if mask.kind == "math"
            for i in range(mask.span.start, mask.span.end)
        }
        for index, (character, offset) in enumerate(zip(block.text, block.at, strict=True)):
            if offset < 0 or index in masked or block.kind == "math" or offset in prose.wide:
                continue
            there = source[offset]
            blank = character in " \n" and there in " \r\n\t"
            if there != character and not blank and character != "\ufffd":
                yield character, offset


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
