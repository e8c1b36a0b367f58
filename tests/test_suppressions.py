"""A finding is let pass where somebody said so, with a reason, and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from examples import BASE, lay
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.checks import RULES, review_rules, run_rules
from variorum.checks.allowing import allow_edits
from variorum.checks.rule import Example, Page, Settings, Subject
from variorum.checks.suppressions import read_suppressions
from variorum.editions import read_edition, read_page
from variorum.prose import make_markdown
from variorum.text import Finding, apply_edits

OFFLINE = [rule for rule in RULES if rule.id != "grammar"]
QUOTES = "typography.quotes"
COMMENT = f"<!-- variorum: allow {QUOTES}: the printer had no others -->"


def found_in(text: str) -> list[Finding]:
    return run_rules(Subject(Page("page.md", text)), OFFLINE)


def straight(text: str) -> list[str]:
    """The words from each straight quotation mark on that is still found."""
    return [
        re.split(r"\W", text[f.span.end :])[0] for f in found_in(text) if f.rule == QUOTES
    ]


# The Markdown, and the words behind the marks that are still found.
SCOPES: dict[str, tuple[str, list[str]]] = {
    "before a paragraph": (f'{COMMENT}\n\nOne "a.\n\nTwo "b.', ["b"]),
    "on the line above": (f'{COMMENT}\nOne "a.\n\nTwo "b.', ["b"]),
    "inside a paragraph": (f'One {COMMENT} "a.\n\nTwo "b.', ["b"]),
    "at a paragraph’s end": (f'One "a. {COMMENT}\n\nTwo "b.', ["b"]),
    "at a line’s end, with an attribute list": (
        f'One "a. {COMMENT}\n{{ #p1 }}\n\nTwo "b.\n{{ #p2 }}', ["b"]),
    "before a heading": (f'{COMMENT}\n\n## One "a\n\nTwo "b.', ["b"]),
    "in a heading": (f'## One "a {COMMENT}\n\nTwo "b.', ["b"]),
    "in an item": (f'- One "a. {COMMENT}\n- Two "b.', ["b"]),
    "at an item’s beginning": (f'- One "a.\n- {COMMENT} Two "b.', ["a"]),
    "in a cell": (f'| one "a {COMMENT} | two "b |\n|---|---|\n| "c | d |', ["b", "c"]),
    "in the second cell": (f'| one "a | {COMMENT} two "b |\n|---|---|\n| "c | d |', ["a", "c"]),
    "in a quotation": (f'> One "a. {COMMENT}\n\nTwo "b.', ["b"]),
    "in emphasis": (f'*One "a {COMMENT}*.\n\nTwo "b.', ["b"]),
    "in an admonition": (f'!!! note\n    One "a. {COMMENT}\n\n    Two "b.', ["b"]),
    "at the end, after everything": (f'One "a.\n\n{COMMENT}', ["a"]),
    "another rule": ('One "a. <!-- variorum: allow typography.dash: why -->', ["a"]),
    "these words only": (
        'One "a" b. <!-- variorum: allow typography.quotes “x”: why -->', ["a", ""]),
    "in code": (f'One `{COMMENT}` "a.', ["a"]),
    "in a code block": (f'```\n{COMMENT}\n```\n\nOne "a.', ["a"]),
    "over several lines": (
        f'<!-- variorum:\n  allow {QUOTES}: a reason\n  of two lines -->\n\nOne "a.', []),
    "Windows line ends": (f'{COMMENT}\r\n\r\nOne "a.\r\n\r\nTwo "b.\r\n', ["b"]),
}


@pytest.mark.parametrize(("text", "left"), SCOPES.values(), ids=SCOPES)
def test_a_comment_is_about_its_block(text: str, left: list[str]) -> None:
    assert straight(text) == left


@pytest.mark.parametrize("text", [text for text, _ in SCOPES.values() if "`" not in text])
def test_a_reader_sees_nothing_of_it(text: str) -> None:
    shown = re.sub(r"<!--.*?-->", "", make_markdown().convert(text), flags=re.S)
    assert "variorum" not in shown
    assert "allow" not in Page("page.md", text).prose.visible


def test_words_are_matched_to_the_letter() -> None:
    text = "One -- a - b. <!-- variorum: allow typography.dash “ - ”: the author’s -->"
    assert [f.span.of(text) for f in found_in(text)] == [" -- "]


def test_the_narrowest_suppression_is_the_one_that_is_used(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(f'---\nallow: {{{QUOTES}: why}}\n---\n\n{COMMENT}\n\nOne "a.\n', "utf-8")
    (finding,) = run_rules(read_page(path), OFFLINE)
    assert finding.rule == "allow.unused"
    assert finding.span.of(path.read_text("utf-8")) == QUOTES


def test_the_nearest_rule_is_named() -> None:
    (finding,) = found_in("One. <!-- variorum: allow typography.quote: why -->")
    assert finding.rule == "allow.unknown"
    assert finding.replacements == (QUOTES,)


def test_a_rule_that_was_not_asked_is_not_called_unused() -> None:
    text = "One. <!-- variorum: allow A_NNS: why -->"
    assert found_in(text) == []
    assert [f.rule for f in run_rules(Subject(Page("page.md", text)), RULES)] == []


def test_a_page_of_no_edition_has_front_matter_too(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text(f'---\ntemplate: home.html\nallow:\n  {QUOTES}: why\n---\n\nA "b.\n', "utf-8")
    assert run_rules(read_page(path), OFFLINE) == []
    path.write_text(f'---\nallow:\n  {QUOTES}:\n---\n\nA "b.\n', "utf-8")
    assert {f.rule for f in run_rules(read_page(path), OFFLINE)} == {"essay.form", QUOTES}


def test_what_the_publication_switched_off_is_told() -> None:
    off = Settings(disabled={QUOTES: "why", "typography.dash": "why"})
    review = review_rules(Subject(Page("page.md", 'One "a.'), settings=off), OFFLINE)
    assert review.kept == ()
    assert review.disabled == {QUOTES}


# Where a person lets something pass, by the edition; the finding's rule, and words of the edit.
PLACES: dict[str, tuple[Example, str, str]] = {
    "a paragraph": ('One "a.', QUOTES, "<!-- variorum: allow typography.quotes: because -->"),
    "a heading": ('## One -- a\n\nTwo.', "typography.dash", '-->\n\n## One'),
    "an item": ('- One "a.\n- Two.', QUOTES, '- One "a. <!--'),
    "a cell": ('| a "b | c |\n|---|---|\n| d | e |', QUOTES, 'a "b <!--'),
    "a note": ({"notes.yml": (
        "notes:\n  - id: fox\n    kind: gloss\n    selector: {exact: fox}\n"
        "    body: An 'old' fox.\n    author: A\n    date: 2026-01-02\n")},
        "typography.apostrophe", '    allow:\n      typography.apostrophe: "because"\n'),
    "the front matter": ({"index.md": "---\ntitle: A\ndescription: B\nauthors: [C]\n"
                          "date: 2026-01-02\n---\n"}, "essay.empty",
                         'allow:\n  essay.empty: "because"\n'),
}


@pytest.mark.parametrize(("example", "rule", "words"), PLACES.values(), ids=PLACES)
def test_one_of_the_edits_lets_just_this_pass(
    example: Example, rule: str, words: str, tmp_path: Path
) -> None:
    subject = lay(example, tmp_path)
    before = run_rules(subject, OFFLINE)
    finding = next(f for f in before if f.rule == rule)
    edits = list(allow_edits(subject, finding, "because"))
    assert edits
    path = Path(finding.path)
    text = path.read_text(encoding="utf-8")
    path.write_text(apply_edits(text, edits[:1]), encoding="utf-8")
    assert words in path.read_text(encoding="utf-8")
    after = run_rules(read_edition(path.parent), OFFLINE)
    assert len(after) < len(before)
    assert {f.rule for f in after} <= {f.rule for f in before}


PIECES = st.lists(st.sampled_from([
    COMMENT, '"a"', "\n\n", "\n", "- ", "> ", "word", "`", "*", "| ", "<!-- variorum: allow", "-->",
    "```\n", "    ", "# ", "<b>", "[x](y)", "!!! note\n",
]), max_size=12)


@settings(deadline=None)
@given(PIECES)
def test_whatever_stands_there_every_finding_is_ours_or_let_pass(pieces: Sequence[str]) -> None:
    text = " ".join(pieces)
    review = review_rules(Subject(Page("page.md", text)), OFFLINE)
    every = [f for r in OFFLINE for f in r.check(review.subject)]
    assert review.used <= set(review.suppressions)
    left = [f for f in every if f not in review.kept]
    assert bool(left) == bool(review.used)
    assert {f.rule for f in left} <= {s.rule for s in review.used}


def test_the_base_edition_needs_none() -> None:
    assert read_suppressions(read_edition(BASE)) == ()
