"""Notes on a rendered page: whole without a script, valid, and free of what could run."""

from __future__ import annotations

import re

import markdown
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.essay import Selector
from variorum.extension import PageNote, VariorumExtension, annotate, render_body
from variorum.extension.bodies import render_bodies
from variorum.extension.shown import read_shown
from variorum.prose import read_prose

ESSAY = """\
Some *ordinary* prose with a [link to it](https://example.org/ "t") and **bold words** &amp; more.
{ #p1 from="s1" }

- item one & two
- item two

End of *the* essay.
{ #p2 from="s2" }
"""


def render(source: str) -> str:
    return markdown.markdown(source, extensions=[VariorumExtension()])


def note(name: str, exact: str, kind: str = "gloss") -> PageNote:
    return PageNote(name, kind, Selector(exact=exact), "<p>Body.</p>")


def marked(page: str, name: str) -> str:
    """The words that are marked for a note, as a reader sees them."""
    named = rf'<mark [^>]*data-notes="[^"]*\b{name}\b[^"]*">(.*?)</mark>'
    last = rf'<mark class="\w+">([^<]*)</mark><a role="doc-noteref" id="R\d+" href="#{name}"'
    pieces = (match[1] or match[2] for match in re.finditer(f"{named}|{last}", page, re.S))
    return "".join(re.sub("<[^>]+>", "", piece) for piece in pieces)


def test_provenance_becomes_an_attribute_that_html_knows() -> None:
    page = render(ESSAY)
    assert 'data-from="s1"' in page
    assert ' from="' not in page


@pytest.mark.parametrize("exact", [
    "ordinary prose", "prose with a link to it and bold", "bold words & more", "link to it",
])
def test_a_passage_is_marked_across_markup(exact: str) -> None:
    page = annotate(render(ESSAY), [note("n1", exact)]).html
    assert marked(page, "n1").replace("&amp;", "&") == exact


def test_a_reference_follows_its_passage_and_a_note_its_block() -> None:
    page = annotate(render(ESSAY), [note("n1", "bold words")]).html
    assert '</mark><a role="doc-noteref" id="R1" href="#n1" aria-label="Gloss 1">1</a>' in page
    assert re.search(r'more\.</p>\n<aside class="gloss" role="doc-footnote" id="n1"', page)
    assert 'role="doc-backlink" href="#R1"' in page


def test_a_reference_never_stands_inside_a_link() -> None:
    page = annotate(render(ESSAY), [note("n1", "a link to")]).html
    assert re.search(r"link to</mark> it</a><a role=\"doc-noteref\"", page)


def test_notes_are_numbered_in_the_order_of_their_passages() -> None:
    notes = [note("late", "End of the essay"), note("early", "ordinary prose"),
             note("lost", "nowhere at all")]
    page = annotate(render(ESSAY), notes)
    assert [(p.number, p.note.id) for p in page.placed] == [(1, "early"), (2, "late")]
    assert [n.id for n, _ in page.lost] == ["lost"]
    assert "lost" not in page.html


def test_overlapping_passages_are_both_marked() -> None:
    notes = [note("a", "prose with a link"), note("b", "a link to it and", "source")]
    page = annotate(render(ESSAY), notes).html
    assert marked(page, "a") == "prose with a link"
    assert marked(page, "b") == "a link to it and"
    assert '<mark class="gloss source" data-notes="a b">' in page


def test_a_passage_may_run_over_paragraphs() -> None:
    page = annotate(render(ESSAY), [note("n1", "item two End of the")]).html
    assert marked(page, "n1") == "item twoEnd of the"


def test_a_note_on_a_whole_paragraph_stands_at_its_end_without_a_mark() -> None:
    notes = [PageNote("para", "gloss", Selector(paragraph="p1"), "<p>Body.</p>"),
             PageNote("all", "question", Selector(), "<p>Body.</p>")]
    page = annotate(render(ESSAY), notes)
    assert "<mark" not in page.html
    assert re.search(r'more\.<a role="doc-noteref"[^>]* href="#para".*?</a></p>\n<aside', page.html)
    assert re.search(r'essay\.<a role="doc-noteref"[^>]* href="#all".*?</a></p>\n<aside', page.html)
    assert {page.quote(placed) for placed in page.placed} == {"Some ordinary prose with a link…"}


def test_what_is_shown_is_what_the_checks_see() -> None:
    assert read_shown(render(ESSAY)).text.split() == read_prose(ESSAY).visible.split()


@settings(max_examples=200, derandomize=True, deadline=None)
@given(st.data())
def test_whatever_is_marked_the_page_stays_the_same_page(data: st.DataObject) -> None:
    words = read_shown(render(ESSAY)).text.split()
    notes = []
    for number in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(words) - 2))
        end = data.draw(st.integers(start + 2, len(words)))
        notes.append(note(f"n{number}", " ".join(words[start:end])))
    page = annotate(render(ESSAY), notes)
    bare = re.sub(r"<aside.*?</aside>|<a role=\"doc-noteref\".*?</a>|</?mark[^>]*>", "", page.html,
                  flags=re.S)
    assert read_shown(bare).text.split() == words
    assert bare.count("<") == render(ESSAY).count("<") + 2  # the wrapper
    assert len(page.placed) + len(page.lost) == len(notes)


HOSTILE = [
    "<script>alert(1)</script>", "[x](javascript:alert%281%29)", "[x](JaVa\tScript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", '<img src=x onerror="alert(1)">',
    "<svg onload=alert(1)>", "*a*{ onclick=alert(1) }", '<a href="vbscript:x">x</a>',
    '<style>*{display:none}</style>', '<iframe src="//x"></iframe>', "<p style='position:fixed'>x",
    '<form action="//x"><input autofocus onfocus=alert(1)>', "![x](javascript:alert(1))",
    '<math><mtext></mtext><mglyph><style><!--</style><img title="--><img src onerror=x>">',
]


@pytest.mark.parametrize("body", HOSTILE)
def test_nothing_in_a_note_runs(body: str) -> None:
    page = render_body(body)
    assert not re.search(
        r"<(script|img|svg|style|iframe|form|input|math)|\son\w+=|style=|(javascript|data|vbscript):",
        page, re.I,
    )


def test_a_body_knows_nothing_of_the_ones_before_it() -> None:
    bodies = ["A[^1] [b] `c`.\n\n[^1]: Foot.\n\n[b]: https://example.org\n\n*[HTML]: Hyper",
              "HTML [b] and[^1] more.", "# Head\n\n=== \"Tab\"\n    Text.",
              "# Head\n\n=== \"Tab\"\n    Text."]
    assert render_bodies(bodies) == [render_body(body) for body in bodies]


@pytest.mark.parametrize("last", [
    "- item", "> quote", "    code", "Term", "| a | b |\n|---|---|", '=== "Tab"\n\n    x',
    "!!! note\n    x", "??? more\n\n    y", "# Head", "text\n: def", "$$", "\\begin{x}", "*[AB]: c",
    "[^1]: note", "[x]: https://y.example", "```", "~~~", "<div>", "`c", "* * * *[AB]: c", "\ue000",
    "", "***", "{ .c }", "\\",
])
@pytest.mark.parametrize("next_", [
    "AB [x] c[^1]", "    y", ": def", ":   def", "- item", "=== \"Tab\"\n\n    z", "</div>", "```",
    "===", "---", "[TOC]", "> more", "c`", "| 1 | 2 |", "{ #id }", "",
])
def test_no_body_reaches_into_the_next(last: str, next_: str) -> None:
    bodies = [f"Words.\n\n{last}", next_, "Words *between*.", f"AB\n{last}", f"{next_}\nmore"]
    assert render_bodies(bodies) == [render_body(body) for body in bodies]


def test_a_note_keeps_its_words_links_and_emphasis() -> None:
    assert render_body("A *b* [c](https://example.org/).") == (
        '<p>A <em>b</em> <a href="https://example.org/">c</a>.</p>'
    )


@pytest.mark.parametrize(("language", "turned"), [
    ("en", False), ("he", True), ("ar-EG", True), ("fa", True), ("az", False), ("az-Arab", True),
    ("ar-Latn", False), ("uz-arab-AF", True), ("de-1996", False),
])
def test_an_essay_runs_as_its_language_is_written(language: str, turned: bool) -> None:
    opening = annotate("<p>Words.</p>", [], language).html.partition(">")[0]
    assert opening == f'<div class="vr-essay" lang="{language}"' + ' dir="rtl"' * turned
