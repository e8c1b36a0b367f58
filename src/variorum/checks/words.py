"""Words that a publication or an edition knows though no dictionary has them."""

from __future__ import annotations


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
