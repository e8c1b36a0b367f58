"""Words that a publication or an edition knows though no dictionary has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from variorum.checks.examples import essay
from variorum.checks.rule import Rule, Subject, WordsFile
from variorum.text import Finding, Severity, Span

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*[’']?")
_ENTRY = re.compile(r"^[ \t]*(?P<word>[^#\s][^#\r\n]*?)[ \t]*(?:#.*)?\r?$", re.M)



def plain(word: str) -> str:
    """A word as it is compared: blanks round it gone, apostrophes straight."""
    return word.strip().replace("’", "'")


def is_known(words: str, known: frozenset[str]) -> bool:
    """Whether a list has ``words``, their singular or what possesses them.

    An entry in small letters stands for the word in any case; one with capitals stands for
    itself, and for itself in capitals throughout.
    """
    stems = _stems(words)
    if words.isupper():
        return not {stem.casefold() for stem in stems}.isdisjoint(map(str.casefold, known))
    return any(stem in known or stem.casefold() in known for stem in stems)


def _stems(words: str) -> set[str]:
    bare = plain(words)
    stems = {bare, *(bare.removesuffix(end) for end in ("'s", "'S", "s'", "S'", "'", "s", "S"))}
    if bare.casefold().endswith(("shes", "ches", "xes", "ses", "zes")):
        stems.add(bare[:-2])
    return stems - {""}


def find_unused(words: WordsFile, subjects: Iterable[Subject]) -> Iterator[Finding]:
    """The entries of a list that nothing a reader sees of ``subjects`` has any use for."""
    there = {word for subject in subjects for word in _shown(subject)}
    forms = frozenset(form for word in there for form in _stems(word))
    caseless = frozenset(form.casefold() for form in forms)
    shouted = frozenset(form.casefold() for form in forms if form.isupper())
    for match in _ENTRY.finditer(words.text):
        entry = plain(match["word"])
        small = entry == entry.casefold()
        if entry in forms or entry.casefold() in (caseless if small else shouted):
            continue
        yield Finding(
            "words.unused", words.path, Span(*match.span("word")),
            f"Nothing here has the word “{match['word']}”.", "Take it off the list.",
            Severity.WARNING,
        )


def _shown(subject: Subject) -> Iterator[str]:
    bodies = subject.notes.bodies if subject.notes else ()
    for prose in (subject.page.prose, *bodies):
        for word in _WORD.findall(prose.visible):
            yield word
            if "-" in word:
                yield from word.split("-")


def _check_unused(subject: Subject) -> Iterator[Finding]:
    if subject.words:
        yield from find_unused(subject.words, [subject])


def _list(text: str) -> dict[str, str]:
    return {**essay('Baym’s o’clocker, a BIT-like one.\n{ #p1 from="s1" }'), "words.txt": text}


RULES: tuple[Rule, ...] = (
    Rule(
        "words.unused", "A word list has no words that nobody uses",
        "design: a word list belongs to the publication or the edition", _check_unused,
        failing=(_list("Cain\n"), _list("# Names\nBaym # here\nbaymes\n"), _list("two words\n")),
        passing=(_list("# Cain\nBaym # is here\n\no'clocker\nbit\n"), _list("Bit\r\nlike\r\n")),
    ),
)
