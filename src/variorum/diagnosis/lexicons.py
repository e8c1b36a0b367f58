"""Reads the lexicons: lists of phrases, patterns and terms, each with its source and reason."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from typing import Any

from variorum.diagnosis.suspicion import Confidence, Damage

_ENDINGS = ("s", "ed", "ing")
_BLANK = r"[\s ]+"


@dataclass(frozen=True)
class Phrases:
    """Phrases that stand for others."""

    damage: Damage
    strong: bool
    reason: str
    source: str
    entries: Mapping[str, str]
    """Phrase → what may have stood there; empty for nothing."""
    pattern: re.Pattern[str]


@dataclass(frozen=True)
class Pattern:
    """A regular expression for something that people do not write."""

    name: str
    damage: Damage
    strong: bool
    often: bool
    """Whether it is told only of texts that have it again and again."""
    confidence: Confidence
    message: str
    suggestion: str
    source: str
    pattern: re.Pattern[str]
    failing: tuple[str, ...]
    """Damaged, and found by this pattern."""
    passing: tuple[str, ...]
    """Sound, though one might think otherwise."""


def read_phrases() -> tuple[Phrases, ...]:
    """The groups of ``phrases.toml``."""
    return tuple(
        Phrases(Damage(group["damage"]), group["strong"], group["reason"], group["source"],
                group["entries"], _any_of(group["entries"]))
        for group in _read("phrases.toml")["group"]
    )


def read_swaps() -> tuple[Phrases, ...]:
    """The groups of ``swaps.toml``, as weak phrases: common words, and what is put for them."""
    return tuple(
        Phrases(Damage.SYNONYM, False, group["reason"], group["source"], entries, _any_of(entries))
        for group in _read("swaps.toml")["group"]
        for entries in [_swapped(group["swaps"])]
    )


def read_patterns() -> tuple[Pattern, ...]:
    """The patterns of ``patterns.toml``."""
    return tuple(
        Pattern(entry["name"], Damage(entry["damage"]), entry.get("strong", True),
                entry.get("often", False), Confidence(entry.get("confidence", "high")),
                entry["message"], entry.get("suggestion", ""), entry["source"],
                re.compile(entry["pattern"]), tuple(entry["failing"]), tuple(entry["passing"]))
        for entry in _read("patterns.toml")["pattern"]
    )


def read_terms() -> Mapping[str, str]:
    """Each way to garble a term of art by synonyms → the term (``terms.toml``)."""
    data = _read("terms.toml")
    near: Mapping[str, Sequence[str]] = data["near"]
    sound = {word for group in data["group"] for word in group["terms"]} | set(data["sound"])
    garbled = {form: term for group in data["group"] for term in group["terms"]
               for form in _garble(term, near)}
    return {form: term for form, term in garbled.items() if form not in sound}


def read_confusions() -> Sequence[tuple[str, str]]:
    """What character recognition reads, and what stood there (``confusions.toml``)."""
    pairs = (pair.split() for group in _read("confusions.toml")["group"] for pair in group["pairs"])
    return [(read, stood) for read, stood in pairs]


def find_any(words: Sequence[str] | Mapping[str, str]) -> re.Pattern[str]:
    """A pattern for any of ``words``, whole, across line ends, in whatever case."""
    return _any_of(words)


def _garble(term: str, near: Mapping[str, Sequence[str]]) -> Iterator[str]:
    words = term.split()
    for choice in product(*([word, *near.get(word, ())] for word in words)):
        if list(choice) != words:
            yield " ".join(choice)


def _swapped(swaps: Mapping[str, str]) -> Mapping[str, str]:
    """Each form of what was put → the same form of what stood, if it is regular."""
    pairs = [(put, stood) for stood, every in swaps.items() for put in every.split(", ")]
    entries = dict(pairs)
    for ending in _ENDINGS:
        for put, stood in pairs:
            entries.setdefault(_inflect(put, ending), _inflect(stood, ending))
    return entries


def _inflect(word: str, ending: str) -> str:
    """``word`` with -s, -ed or -ing, by the rules of spelling; a final consonant is not doubled."""
    if ending == "s":
        if re.search("(?:s|x|z|ch|sh)$", word):
            return f"{word}es"
        return re.sub("(?<=[^aeiou])y$", "ie", word) + "s"
    if ending == "ed":
        return re.sub("(?<=[^aeiou])y$", "i", word).removesuffix("e") + "ed"
    return re.sub("(?<=[^e])e$", "", word) + "ing"


def _any_of(entries: Sequence[str] | Mapping[str, str]) -> re.Pattern[str]:
    """By first letter, then by first word, so that few are tried where none stands."""
    letters: dict[str, dict[str, list[str]]] = {}
    for entry in sorted(entries, key=len, reverse=True):
        first, *others = entry.split()
        words = letters.setdefault(first[0].casefold(), {})
        words.setdefault(_form(first), []).append("".join(_BLANK + _form(word) for word in others))
    return re.compile(
        rf"(?<![\w’'-]){_either(map(_words, letters.values()))}(?![\w-]|[’'](?=\w))", re.I
    )


def _words(rests: Mapping[str, Sequence[str]]) -> str:
    """A pattern for entries that begin with the same letter, which is looked at first."""
    letter = next(iter(rests))[0]
    look = f"(?={letter})" if letter.isalpha() else ""
    return look + _either(first + _either(others) for first, others in rests.items())


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


def _form(word: str) -> str:
    return re.escape(word).replace("'", "['’‘]")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("variorum.diagnosis") / "lexicons" / name).read_text("utf-8"))
