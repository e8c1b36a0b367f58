"""Looks for damage to the whole: characters, quotations, paragraphs cut short, doubled or lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from variorum.cleaning import folded, share_of_runs
from variorum.diagnosis.suspicion import Confidence, Damage, Detector, Suspicion
from variorum.text import Severity, Span

_PARAGRAPH = re.compile(r"[^\s](?:.|\n(?!\s*\n))*")
_ODD = re.compile(r"[^\x00-\x7f“”‘’—–…]")
_BLANKS = re.compile(r"\s*")
_ENDS = re.compile(r"""[-.!?:;…—*_)\]|"'”’]\s*$""")
_SENTENCE = 12
"""In words; what is shorter and has no stop may be a heading or a line of verse."""
_ALIKE = 0.8
"""The share of three-word runs from which two paragraphs are the same."""


def find_mojibake(text: str) -> Iterator[Suspicion]:
    """Characters that come of a wrong encoding, as ftfy sees them; and lost ones."""
    from ftfy import fix_text
    from ftfy.badness import is_bad

    for match in re.finditer(r"\S+", text):
        word = match.group()
        if word.isascii() or not _ODD.search(word):
            continue
        if "\ufffd" in word:
            yield _suspect(match.span(), Damage.ENCODING, "A character was lost here.")
        elif is_bad(word) and (better := fix_text(word, uncurl_quotes=False)) != word:
            yield Suspicion(Span(*match.span()), Damage.ENCODING,
                            "This was read in the wrong encoding.", Confidence.HIGH, (better,),
                            Severity.ERROR)


def find_truncation(text: str) -> Iterator[Suspicion]:
    """The last paragraph does not end, or the one after begins in the middle of a sentence."""
    yield from (found for found, goes_on in _breaks(text) if goes_on)


def find_lost_stops(text: str) -> Iterator[Suspicion]:
    """Any other paragraph without a stop: heading, list and verse have none either."""
    yield from (found for found, goes_on in _breaks(text) if not goes_on)


def _breaks(text: str) -> Iterator[tuple[Suspicion, bool]]:
    """Paragraphs that do not end; and whether what follows is no beginning."""
    for match in _paragraphs(text):
        paragraph = match.group().rstrip()
        if len(paragraph.split()) < _SENTENCE or re.match(r"[#|>*+-]|\d+[.)]|\s", paragraph):
            continue
        end = match.start() + len(paragraph)
        if not _ENDS.search(paragraph) and not _looks_like_heading(paragraph):
            last = end - len(paragraph.split()[-1])
            blanks = _BLANKS.match(text, end)
            rest = text[blanks.end() : blanks.end() + 1] if blanks else ""
            yield (_suspect((last, end), Damage.TRUNCATION, "The paragraph breaks off here."),
                   not rest or rest.islower())


def find_quotations(text: str) -> Iterator[Suspicion]:
    """Quotation marks that face the wrong way."""
    for match in re.finditer(r"(?<=\s)”(?=\w)|(?<=[\w,.!?])“(?=[\s.,;:]|$)", text):
        other = "“" if match.group() == "”" else "”"
        yield Suspicion(Span(*match.span()), Damage.QUOTATION, "This quotation mark is turned the "
                        "wrong way.", Confidence.HIGH, (other,))
    for match in re.finditer(r"‘(?=s\b)", text):
        yield Suspicion(Span(match.start(), match.end() + 1), Damage.QUOTATION,
                        "An apostrophe turned into an opening quotation mark.", Confidence.HIGH,
                        ("’s",))


def find_duplicates(text: str) -> Iterator[Suspicion]:
    """Paragraphs of a dozen words or more that stand there twice, if only nearly."""
    seen: list[list[str]] = []
    by_run: dict[tuple[str, ...], list[int]] = {}
    for match in _paragraphs(text):
        words = list(folded(match.group()))
        if len(words) < _SENTENCE:
            continue
        runs = {tuple(words[i : i + 3]) for i in range(len(words) - 2)}
        # Of so many runs at least one is in any paragraph that is alike; rare ones are in few.
        enough = int((1 - _ALIKE) * len(words)) + 2
        rare = sorted(runs, key=lambda run: (len(by_run.get(run, ())), run))[:enough]
        near = dict.fromkeys(n for run in rare for n in by_run.get(run, ()))
        if any(share_of_runs(words, seen[n], 3) > _ALIKE for n in near):
            yield _suspect(match.span(), Damage.DUPLICATE, "This paragraph stands above already.")
        for run in runs:
            by_run.setdefault(run, []).append(len(seen))
        seen.append(words)


def find_gaps(text: str) -> Iterator[Suspicion]:
    """Numbers at the beginnings of paragraphs that go up by one, and once by more."""
    starts = list(re.finditer(r"^(\d{1,3})[.)]\s", text, re.M))
    numbers = [int(match[1]) for match in starts]
    steps = [b - a for a, b in pairwise(numbers)]
    if len(steps) > 2 and sum(step == 1 for step in steps) >= len(steps) - 1:
        for match, step in zip(starts[1:], steps, strict=True):
            if 1 < step < 5:
                yield _suspect(match.span(1), Damage.GAP, f"{step - 1} before this is missing.")


def _suspect(span: tuple[int, int], damage: Damage, message: str) -> Suspicion:
    return Suspicion(Span(*span), damage, message, Confidence.MEDIUM)


def _looks_like_heading(paragraph: str) -> bool:
    words: list[str] = re.findall(r"[^\W\d_]{4,}", paragraph)
    return sum(word[0].isupper() for word in words) > len(words) / 2


def _paragraphs(text: str) -> Iterator[re.Match[str]]:
    """Blocks between blank lines; in a text without any, lines, if half of them end as such."""
    lines = [line.rstrip() for line in text.splitlines()]
    wrapped = 2 * sum(bool(_ENDS.search(line)) for line in lines) < len(lines)
    blank = re.search(r"\n\s*\n", text.strip())
    return (_PARAGRAPH if blank or wrapped else re.compile(r"\S.*")).finditer(text)


STRUCTURE: tuple[Detector, ...] = (
    Detector("encoding", find_mojibake),
    Detector("truncation", find_truncation),
    Detector("lost-stops", find_lost_stops, strong=False),
    Detector("quotations", find_quotations),
    Detector("duplicates", find_duplicates),
    Detector("gaps", find_gaps),
)
