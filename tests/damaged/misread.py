"""Misreads a text as a scanner might, by a table of its own and a seed; marks each place.

    python tests/damaged/misread.py 7 < sound.txt > misread.txt

The table was written before the one that `variorum.diagnosis` looks up, though by the same hand.
"""

from __future__ import annotations

import random
import re
import sys

MISREAD = (
    ("in", "m"), ("ni", "m"), ("ri", "n"), ("h", "li"), ("d", "cl"), ("a", "u"), ("e", "o"),
    ("c", "e"), ("y", "v"), ("g", "q"), ("f", "t"), ("s", "8"), ("k", "lc"), ("b", "lo"),
    ("u", "ii"), ("m", "iu"), ("nn", "im"), ("i", "j"), ("l", "i"), ("o", "c"), ("n", "u"),
    ("e", "c"), ("t", "l"), ("w", "vv"), ("r", "i"), ("g", "9"), ("th", "ih"), ("ll", "U"),
)
SHARE = 0.13
"""Of all words, how many are misread."""


def main() -> None:
    """Misread standard input by the seed that is given."""
    chance = random.Random(int(sys.argv[1]))
    print(re.sub(r"[a-z]{3,}(?: [a-z]{2,})?", lambda match: _misread(match.group(), chance),
                 sys.stdin.read()), end="")


def _misread(words: str, chance: random.Random) -> str:
    if chance.random() > SHARE * (1.5 if " " in words else 1):
        return words
    how = chance.random()
    if how < 0.1 and " " in words:
        return f"⟦{words.replace(' ', '')}⟧"
    word, blank, rest = words.partition(" ")
    if how < 0.2 and len(word) > 5:
        cut = chance.randrange(2, len(word) - 2)
        return f"⟦{word[:cut]} {word[cut:]}⟧{blank}{rest}"
    can = [(old, new) for old, new in MISREAD if old in word]
    if not can:
        return words
    old, new = chance.choice(can)
    at = chance.choice([match.start() for match in re.finditer(old, word)])
    return f"⟦{word[:at]}{new}{word[at + len(old):]}⟧{blank}{rest}"


if __name__ == "__main__":
    main()
