"""Links and images lead somewhere, and nowhere that runs."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from variorum.checks.rule import Rule, Subject
from variorum.checks.texts import Text, read_texts
from variorum.prose import Link
from variorum.text import Finding

SAFE_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_URL = "WHATWG URL Standard"
_WCAG = "WCAG 2.2, success criterion 1.1.1"


def _links(subject: Subject) -> Iterator[tuple[Text, Link]]:
    for text in read_texts(subject):
        for link in text.prose.links:
            yield text, link


def _find(rule: str, text: Text, link: Link, message: str, hint: str) -> Finding:
    return Finding(rule, text.path, text.source_to_file(link.span), message, hint)


def _check_unsafe(subject: Subject) -> Iterator[Finding]:
    for text, link in _links(subject):
        scheme = _scheme(link.target)
        if scheme not in SAFE_SCHEMES:
            yield _find("links.unsafe", text, link, f"A link must not begin with `{scheme}:`.",
                        "Link to a page by https:, or to a file of the site by its path.")


def _scheme(target: str) -> str:
    """The scheme as a browser sees it, which skips white space and control characters."""
    bare = "".join(c for c in target if c > " " and c != "\x7f")
    head, colon, _ = bare.partition(":")
    return head.lower() if colon and not set(head) & set("/?#") else ""


def _check_empty(subject: Subject) -> Iterator[Finding]:
    for text, link in _links(subject):
        if not link.target.strip() or link.target.strip() == "#":
            yield _find("links.empty", text, link, "This link leads nowhere.",
                        "Write its address between the round brackets, or take the link out.")


def _check_missing(subject: Subject) -> Iterator[Finding]:
    if subject.targets is None:
        return
    for text, link in _links(subject):
        path = _local_path(link.target)
        if path and _resolve(subject.location, path) not in subject.targets:
            yield _find("links.missing", text, link, f"There is no file `{path}` to link to.",
                        "Mend the path; it counts from the folder of this file.")


def _local_path(target: str) -> str:
    """The path of a link into the site itself; empty for all others."""
    if _scheme(target) or target.startswith(("//", "/")):
        return ""
    return unquote(urlsplit(target).path)


def _resolve(location: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(location), path))


def _check_fragment(subject: Subject) -> Iterator[Finding]:
    for text, link in _links(subject):
        if not link.target.startswith("#") or len(link.target) < 2:
            continue
        if (name := unquote(link.target[1:])) not in _ids(subject):
            yield _find("links.fragment", text, link, f"Nothing on this page is called `{name}`.",
                        "Link to a heading, a paragraph's id (#p4) or a note's (#its-id).")


def _ids(subject: Subject) -> set[str]:
    from markdown.extensions.toc import slugify

    blocks = subject.page.prose.blocks
    named = {block.attributes["id"] for block in blocks if block.attributes.get("id")}
    headings = {slugify(block.text, "-") for block in blocks if block.kind == "heading"}
    notes = {note.id for note in subject.notes.value.notes} if subject.notes else set()
    return named | headings | notes


def _check_alt(subject: Subject) -> Iterator[Finding]:
    for text, link in _links(subject):
        if link.image and not (link.alt or "").strip():
            yield _find("images.alt", text, link, "This image has no text for who cannot see it.",
                        "Say between the square brackets what the image shows.")


RULES: tuple[Rule, ...] = (
    Rule(
        "links.unsafe", "Links run nothing", _URL, _check_unsafe,
        failing=("[Go](javascript:alert%281%29) there.", "[Go](data:text/html,x) there."),
        passing=("[Go](https://example.org/a:b) there.", "[Write](mailto:a@example.org) to us."),
    ),
    Rule(
        "links.empty", "Links have an address", _URL, _check_empty,
        failing=("[Go]() there.", "[Go](#) there."), passing=("[Go](https://example.org/) there.",),
    ),
    Rule(
        "links.missing", "Links within the site lead to files that exist", _URL, _check_missing,
        failing=("[Go](nowhere.md) there.", "![A map](map.png)"),
        passing=("[Go](index.md) there.", "[Go](https://example.org/nowhere.md) there."),
    ),
    Rule(
        "links.fragment", "Links within the page lead to something on it", _URL, _check_fragment,
        failing=("[Go](#nowhere) there.",),
        passing=("## A Heading\n\n[Go](#a-heading) there.\n{ #p1 from=\"s1\" }",),
    ),
    Rule(
        "images.alt", "Images have a text for who cannot see them", _WCAG, _check_alt,
        failing=("![](https://example.org/a.png)",),
        passing=("![A map](https://example.org/a.png)",),
    ),
)
