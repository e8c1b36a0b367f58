"""An edition's files have the shape that their schemas ask for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

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
    if subject.slug is None or any(re.search(r"\w", block.text) for block in page.prose.blocks):
        return
    yield Finding(
        "essay.empty",
        page.path,
        Span(len(page.text), len(page.text)),
        "The essay has no words.",
        hint="Write the rewrite below the front matter.",
    )


def _essay(front_matter: str) -> dict[str, str]:
    return {"index.md": f"---\n{front_matter}---\n\nA fox.\n{{ #p1 from=\"s1\" }}\n"}


_FRONT = "title: A title\ndescription: What it is.\nauthors: [Someone]\ndate: 2026-01-02\n"
_NOTE = (
    "notes:\n  - id: fox\n    kind: gloss\n    selector: {exact: The quick brown fox jumps}\n"
    "    body: A body.\n    author: An editor\n    date: 2026-01-02\n"
)

RULES: tuple[Rule, ...] = (
    Rule(
        "essay.form",
        "The front matter has all the keys it needs, and no others",
        _SCHEMA.format("essay"),
        _malformed("essay.form"),
        failing=(
            _essay(_FRONT.replace("title", "titel")),
            _essay(_FRONT + "langauge: en-US\n"),
            _essay(_FRONT.replace("[Someone]", "[]")),
            _essay(_FRONT.replace("2026-01-02", "tomorrow")),
            {"index.md": 'A fox.\n{ #p1 from="s1" }\n'},
        ),
        passing=(_essay(_FRONT + "hide: [toc]\ntags: [one]\n"),),
    ),
    Rule(
        "essay.slug",
        "The folder’s name makes a good address",
        "RFC 3986, unreserved characters",
        _check_slug,
        failing=({"slug": "An Essay!"}, {"slug": "two--hyphens"}, {"slug": "straße"}),
        passing=({"slug": "an-essay-2"}, {"slug": "1984"}),
    ),
    Rule(
        "essay.empty",
        "An essay has words",
        "design: an edition is a rewrite with notes and a ledger",
        _check_empty,
        failing=("", "![](https://example.org/a.png)\n"),
        passing=("A word.",),
    ),
    Rule(
        "notes.form",
        "Notes have all the keys they need, and no others",
        _SCHEMA.format("notes"),
        _malformed("notes.form"),
        failing=(
            {"notes.yml": _NOTE.replace("gloss", "glos")},
            {"notes.yml": _NOTE.replace("    body: A body.\n", "")},
            {"notes.yml": _NOTE.replace("{exact: The quick brown fox jumps}", "{}")},
            {"notes.yml": _NOTE.replace("id: fox", "id: The Fox")},
        ),
        passing=({"notes.yml": _NOTE}, {"notes.yml": ""}),
    ),
    Rule(
        "ledger.form",
        "The ledger has all the keys it needs, and no others",
        _SCHEMA.format("source"),
        _malformed("ledger.form"),
        failing=({"source.yml": ""}, {"source.yml": "witness: []\n"}),
    ),
)
