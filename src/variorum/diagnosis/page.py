"""A page to work from: the text with each suspicious place marked, and a list of them beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape

from variorum.diagnosis.suspicion import Suspicion
from variorum.text import Lines

_STYLE = """
body { font: 1.05rem/1.6 Georgia, serif; margin: 2rem auto; max-width: 75rem; padding: 0 1rem;
  display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 24rem); gap: 0 2.5rem }
h1, header { grid-column: 1 / -1 }
article { white-space: pre-wrap; overflow-wrap: anywhere }
ol { font-size: .85rem; line-height: 1.4; padding-left: 2rem }
li { margin-bottom: .6rem }
mark { background: #fdeeb5; color: inherit; border-bottom: 1px solid #a67c00 }
mark.high { background: #fbd3c8; border-bottom: 2px solid #b3261e }
mark.low { background: none; border-bottom: 1px dotted #777 }
:target { outline: 2px solid #1a5fb4 }
sup a, li a { color: #1a5fb4 }
@media (max-width: 60rem) { body { display: block } }
@media (prefers-color-scheme: dark) {
  body { background: #1b1b1b; color: #e4e4e4 } mark { background: #54470f }
  mark.high { background: #5e2a22 } sup a, li a { color: #8ab4f8 } }
"""


def make_page(name: str, text: str, found: Sequence[Suspicion]) -> str:
    """A whole HTML document that needs nothing else."""
    kinds = Counter(suspicion.damage.value for suspicion in found)
    counts = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common())
    title = f"Diagnosis of {name}"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<header><h1>{escape(title)}</h1>\n<p>{len(found)} suspicious places in "
        f"{len(text.split())} words: {escape(counts) or 'none'}.</p></header>\n"
        f"<article>{_marked(text, found)}</article>\n<aside><ol>\n{_listed(text, found)}"
        "</ol></aside>\n</body>\n</html>\n"
    )


def _marked(text: str, found: Sequence[Suspicion]) -> str:
    parts: list[str] = []
    done = 0
    for number, suspicion in enumerate(found, 1):
        span = suspicion.span
        parts += [
            escape(text[done : span.start]),
            f'<mark id="t{number}" class="{suspicion.confidence}">{escape(span.of(text))}</mark>',
            f'<sup><a href="#n{number}">{number}</a></sup>',
        ]
        done = span.end
    return "".join([*parts, escape(text[done:])])


def _listed(text: str, found: Sequence[Suspicion]) -> str:
    lines = Lines(text)
    rows: list[str] = []
    for number, suspicion in enumerate(found, 1):
        place = lines.position(suspicion.span.start)
        better = " or ".join(f"<em>{escape(words)}</em>" for words in suspicion.suggestions)
        rows.append(
            f'<li id="n{number}"><a href="#t{number}">{place.line}:{place.column}</a> '
            f"<b>{suspicion.damage}</b> ({suspicion.confidence}): {escape(suspicion.message)}"
            f"{f' Perhaps {better}.' if better else ''}</li>\n"
        )
    return "".join(rows)
