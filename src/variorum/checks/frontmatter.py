"""An edition's files have the shape that their schemas ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from variorum.checks.examples import essay, ledger, notes
from variorum.checks.rule import Rule, Subject
from variorum.text import Finding, Span

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_SCHEMA = "docs/schemas/{}.schema.json"


def _malformed(rule: str) -> Callable[[Subject], Iterator[Finding]]:
    """What reading the files found under the name of ``rule``."""

    def check(subject: Subject) -> Iterator[Finding]:
        return (finding for finding in subject.malformed if finding.rule == rule)

    return check


def _check_slug(subject: Subject) -> Iterator[Finding]:
    slug = subject.slug
    if slug is None or (SLUG.fullmatch(slug) and len(slug) <= 80):
        return
    plain = "-".join(re.findall("[a-z0-9]+", slug.lower()))
    yield Finding(
        "essay.slug",
        subject.page.path,
        Span(0, 0),
        f"The folder’s name `{slug}` does not make a good address.",
        hint=f"Rename it to `{plain or 'a-short-name'}`: a-z, 0-9 and single hyphens, at most 80.",
    )


def _check_empty(subject: Subject) -> Iterator[Finding]:
    page = subject.page
    shows = any(re.search(r"\w", block.text) for block in page.prose.blocks) or page.prose.links
    if subject.slug is None or shows:
        return
    yield Finding(
        "essay.empty",
        page.path,
        Span(len(page.text), len(page.text)),
        "The essay is empty.",
        hint="Write the rewrite below the front matter.",
    )


def _essay(old: str, new: str) -> dict[str, str]:
    front = "title: A title\ndescription: What it is.\nauthors: [Someone]\ndate: 2026-01-02\n"
    return essay(f"---\n{front.replace(old, new)}---", 'A fox.\n{ #p1 from="s1" }')


def _called(folder: str) -> dict[str, str]:
    return {f"{folder}/index.md": "A fox."}


def _notes(**note: str) -> dict[str, str]:
    return essay('The quick brown fox jumps.\n{ #p1 from="s1" }', notes=notes(note))


RULES: tuple[Rule, ...] = (
    Rule(
        "essay.form",
        "The front matter has all the keys it needs, and no others",
        _SCHEMA.format("essay"),
        _malformed("essay.form"),
        failing=(
            _essay("title", "titel"),
            _essay("date", "language: English\ndate"),
            _essay("date", "Date: 2026-01-02\ndate"),
            _essay("[Someone]", "[]"),
            _essay("[Someone]", "Someone"),
            _essay("2026-01-02", "tomorrow"),
            _essay("A title", "1984"),
        ),
        passing=(_essay("date", "hide: [toc]\ntags: [one]\ndate"),),
    ),
    Rule(
        "essay.slug",
        "The folder’s name makes a good address",
        "RFC 3986, unreserved characters",
        _check_slug,
        failing=(_called("An Essay!"), _called("two--hyphens"), _called("straße")),
        passing=(_called("an-essay-2"), _called("1984")),
    ),
    Rule(
        "essay.empty",
        "An essay is not empty",
        "design: an edition is a rewrite with notes and a ledger",
        _check_empty,
        failing=("", "<!-- Nothing yet. -->\n"),
        passing=("A word.", "![A map](https://example.org/a.png)"),
    ),
    Rule(
        "notes.form",
        "Notes have all the keys they need, and no others",
        _SCHEMA.format("notes"),
        _malformed("notes.form"),
        failing=(
            _notes(kind="glos"),
            _notes(body=""),
            _notes(selector="{prefix: The quick}"),
            _notes(id="The Fox"),
            _notes(refs="[a]"),
        ),
        passing=(_notes(), {"notes.yml": ""}),
    ),
    Rule(
        "ledger.form",
        "The ledger has all the keys it needs, and no others",
        _SCHEMA.format("source"),
        _malformed("ledger.form"),
        failing=(
            {"source.yml": ""},
            {"source.yml": ledger().replace("words: 17", "words: many")},
            {"source.yml": ledger().replace("public-domain", "public domain")},
        ),
        passing=({"source.yml": ledger()},),
    ),
)
