"""Two versions of a page in one: what it says, that it loses no word, and that it is no salad."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from markdown import Markdown
from playwright.sync_api import Browser
from versions import as_it_was, as_it_will_be, choose_text, edit, read, read_blocks

from variorum.difference import Part, Sort, compare
from variorum.difference.tree import parse, walk, write
from variorum.essay import Selector
from variorum.extension import PageNote, annotate, makeExtension

CASES = sorted(path.parent for path in Path(__file__).with_name("difference").glob("*/before.md"))
EDITS = 500


def render(folder: Path, version: str) -> str:
    body = Markdown(extensions=[makeExtension()]).convert((folder / f"{version}.md").read_text())
    listed = folder / f"{version}.notes"
    lines = listed.read_text().splitlines() if listed.exists() else []
    notes = [PageNote(words.replace(" ", "-"), "gloss", Selector(exact=words), f"<p>{said}</p>")
             for words, _, said in (line.partition(": ") for line in lines)]
    return annotate(body, notes).html


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_a_page_of_differences_is_as_it_was_judged_good(folder: Path) -> None:
    """``GOLDEN=write`` writes what is said now, to be judged by eye."""
    difference = compare(render(folder, "before"), render(folder, "after"))
    said = difference.html.replace("><", ">\n<") + "\n" + "".join(
        f"{change.sort} {change.part} {change.block} | {change.before} | {change.after} | "
        f"{change.said}\n" for change in difference.changes)
    golden = folder / "golden.html"
    if os.environ.get("GOLDEN") == "write":
        golden.write_text(said)
    assert said == golden.read_text()


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_without_an_edit_nothing_differs(folder: Path) -> None:
    page = render(folder, "after")
    difference = compare(page, page)
    assert difference.changes == () and read(difference.html) == read(page)


def test_no_word_is_lost_and_no_page_broken_by_any_edit(browser: Browser) -> None:
    """500 random edits of real essays, with notes; then a browser builds the very same elements."""
    pool = read_blocks()
    pages = []
    for seed in range(EDITS):
        random = Random(seed)
        text = choose_text(random, pool)
        before, after = text.page(), edit(random, text, pool).page()
        page = compare(before, after).html
        assert as_it_will_be(page) == read(after), seed
        assert squeeze(as_it_was(page).text) == squeeze(read(before).text), seed
        ids, there = names(page), names(after)
        assert max(ids.values()) == 1 or max(there.values()) > 1, seed
        pages.append(page)
    built = browser.new_page()
    for page in pages[:: max(1, EDITS // 100)]:
        built.set_content(f"<!doctype html><body>{page}")
        assert built.evaluate("[...document.body.querySelectorAll('*')].map(e => e.localName)") \
            == [element.tag for element in walk(parse(page))]
    built.close()


def squeeze(text: str) -> str:
    """Without blanks: where a paragraph was divided, its halves are paragraphs now."""
    return "".join(text.split())


def names(page: str) -> Counter[str]:
    return Counter([e.get("id") for e in walk(parse(page)) if e.get("id")] or [""])


@pytest.mark.parametrize(("before", "after", "gone", "come"), [
    ("The big dog ran.", "A big dog ran.", ["The"], ["A"]),
    ("One. Two. Three.", "One. Three.", ["Two."], []),
    ("One, two.", "One, and so on, two.", [], ["and so on,"]),
    ("It was a day in May, and they sang.", "Nobody knew in what year he had gone, or why.",
     ["It was a day in May, and they sang"], ["Nobody knew in what year he had gone, or why"]),
    ("the state-of-the-art thing", "the state’s thing", ["state-of-the-art"], ["state’s"]),
    ("caf\u00e9 d\u2019or", "caf\u00e9 d\u2019argent", ["d’or"], ["d’argent"]),
])
def test_words_change_in_readable_pieces(
    before: str, after: str, gone: list[str], come: list[str]
) -> None:
    changes = compare(f"<p id=p1>{before}</p>", f"<p id=p1>{after}</p>").changes
    assert [c.before for c in changes if c.before] == gone
    assert [c.after for c in changes if c.after] == come


@pytest.mark.parametrize(("before", "after", "said"), [
    ("<p>a b</p>", "<p>a <em>b</em></p>", "now italic"),
    ("<p>a <b>b</b></p>", "<p>a b</p>", "no longer bold"),
    ("<p><a href='x'>a</a> b</p>", "<p><a href='y'>a</a> b</p>", "link to y, was x"),
    ("<p><a href='x'>a</a> b</p>", "<p>a b</p>", "no longer a link to x"),
    ("<h2>a b</h2>", "<h3>a b</h3>",
     "now a heading of level 3, was a heading of level 2"),
    ("<p>a b</p>", "<h2>a b</h2>", "now a heading of level 2, was a paragraph"),
    ("<p data-from='s1'>a</p>", "<p data-from='s1 s2'>a</p>",
     "now based on s1 and s2 of the source, before on s1 of the source"),
])
def test_what_is_no_word_is_a_difference_too(before: str, after: str, said: str) -> None:
    difference = compare(before, after)
    assert [(c.sort, c.said) for c in difference.changes] == [(Sort.RESTYLED, said)]
    assert (difference.words_added, difference.words_removed) == (0, 0)


def test_what_is_gone_leads_nowhere_and_has_no_name() -> None:
    before = '<p id="p1">a <a href="x" id="i" name="n">b</a></p><p id="p2">c</p>'
    page = compare(before, '<p id="p2">c</p>').html
    gone = [e for e in walk(parse(page)) if "vr-gone" in e.classes]
    left = [e.attributes for e in walk(gone) if e.tag in ("a", "p")]
    assert left == [(("class", "vr-gone"),), ()]


def test_ids_of_changes_are_nobodys_else() -> None:
    page = compare('<p id="change-1">a</p>', '<p id="change-1">b</p>').html
    assert max(names(page).values()) == 1


def test_words_are_counted_in_the_essay_only() -> None:
    before = '<h1>A title</h1><div class="vr-essay"><p>one two</p><hr></div>'
    after = '<h1>A new title</h1><div class="vr-essay"><p>one two three four</p><hr></div>'
    found = compare(before, after)
    assert (found.words_added, found.words_removed) == (2, 0)
    assert [c.part for c in found.changes] == [Part.FRAME, Part.TEXT]


def test_a_moved_paragraph_is_neither_put_in_nor_taken_out() -> None:
    paragraphs = [f"<p>{word} stands here, and says so.</p>" for word in ("One", "Two", "Three")]
    found = compare("".join(paragraphs), "".join(paragraphs[1:] + paragraphs[:1]))
    assert [c.sort for c in found.changes] == [Sort.MOVED]


def test_depths_that_no_essay_has_are_refused() -> None:
    with pytest.raises(ValueError, match="deep"):
        compare("<div>" * 5000, "<p>a</p>")


def test_a_tree_is_written_as_it_was_read() -> None:
    page = '<p class="a&quot;b" hidden>1 &lt; 2 &amp; 3<br>x</p>'
    assert write([*parse(page)]) == page


def test_what_the_site_itself_tells_of_past_changes_is_no_change() -> None:
    page = "<footer><p>a</p>{}</footer>"
    history = '<details class="vr-history"><summary>Last changed</summary><p>b</p></details>'
    found = compare(page.format(""), page.format(history))
    assert found.changes == () and history in found.html


def test_other_essays_and_what_is_counted_are_no_change() -> None:
    page = ('<p><span class="vr-count">{} notes</span></p><p id="p1">a</p>{}')
    nav = '<nav class="vr-neighbours"><a href="../x/"><span>Later</span> X</a></nav>'
    there = compare(page.format(3, ""), page.format(4, nav))
    assert there.changes == () and nav in there.html and "4 notes" in there.html
    gone = compare(page.format(4, nav), page.format(3, ""))
    assert gone.changes == () and "vr-neighbours" not in gone.html


def test_a_heading_with_other_words_is_one_change() -> None:
    page = '<h2 id="{0}">{0}</h2><p id="p1">a b c d</p>'
    (change,) = compare(page.format("drifting"), page.format("parted")).changes
    assert (change.sort, change.before, change.after) == (Sort.REWORDED, "drifting", "parted")
