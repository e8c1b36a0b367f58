"""References as a reader looks them up: one style, by citeproc-py (Citation Style Language)."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from variorum.essay import Reference

_QUOTED = frozenset({
    "article-journal", "article-magazine", "article-newspaper", "chapter", "entry-dictionary",
    "entry-encyclopedia", "paper-conference", "patent", "standard",
})
"""Types whose titles the style puts in quotation marks, so that theirs must be the inner ones."""
STYLE = "harvard-cite-them-right"
"""Of those that come with citeproc-py, the one that gives authors, date and all that follows."""

_NOBODY = "\ue000"
"""A name that is none: a letter for private use."""


def cite(reference: Reference) -> str:
    """``reference`` in full, as HTML that is safe to put on a page."""
    from citeproc import (  # imported late: a check prints no references
        Citation,
        CitationItem,
        CitationStylesBibliography,
        CitationStylesStyle,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    style = CitationStylesStyle(STYLE, validate=False)
    csl = as_csl(reference)
    source = CiteProcJSON([{**csl, "id": "it"}])
    bibliography = CitationStylesBibliography(style, source, formatter.html)
    bibliography.register(Citation([CitationItem("it")]))
    return _link(_begin_with_title(str(bibliography.bibliography()[0]), csl["title"]))


def as_csl(reference: Reference) -> dict[str, Any]:
    """``reference`` as CSL-JSON, its texts escaped for HTML."""
    fields = reference.model_dump(by_alias=True, exclude_none=True, mode="json")
    csl = {key: _escape(value) for key, value in fields.items() if value}
    for key in ("issued", "accessed"):
        if key in csl:
            csl[key] = {"date-parts": [[int(part) for part in str(csl[key]).split("-")]]}
    if reference.type in _QUOTED:
        csl["title"] = csl["title"].replace("“", "‘").replace("”", "’")
    if not (reference.author or reference.editor):
        csl["author"] = [{"literal": csl.get("container-title") or csl.pop("publisher", _NOBODY)}]
    return csl


def _begin_with_title(cited: str, title: str) -> str:
    """The citation of a work for which nobody can be named: its title stands in for a name.

    citeproc-py would put it there, but leave it where it was, too, against CSL 1.0.2.
    """
    nameless = re.match(rf"{_NOBODY} (?P<date>\(.*?\)) (?P<title>.*?{re.escape(title)}(?:</i>|”)?)",
                        cited, re.DOTALL)
    if not nameless:
        return cited.removeprefix(_NOBODY).lstrip()
    return f"{nameless['title']} {nameless['date']}{cited[nameless.end():]}"


def _escape(value: Any) -> Any:
    if isinstance(value, list):
        return [_escape(item) for item in value]
    if isinstance(value, dict):
        return {key: _escape(item) for key, item in value.items()}
    return escape(value, quote=False) if isinstance(value, str) else value


def _link(cited: str) -> str:
    """The address at the end of a citation as a link."""
    head, marker, tail = cited.partition("https://")
    if not marker:
        head, marker, tail = cited.partition("http://")
    if not marker:
        return cited
    address, space, rest = tail.partition(" ")
    stop = "." if address.endswith(".") else ""
    address = address.removesuffix(".")
    quoted = escape(f"{marker}{address}".replace("&amp;", "&"))
    return f'{head}<a href="{quoted}">{quoted}</a>{stop}{space}{rest}'
