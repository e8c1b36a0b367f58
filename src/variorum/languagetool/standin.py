"""Makes LanguageTool's offsets code points.

LanguageTool counts UTF-16 units, in which a character beyond the Basic Multilingual Plane is
two, and miscounts some emoji. Each such character is therefore replaced by one character of the
plane before the text is sent: of the same kind, so that the sentence keeps its grammar. Then
both counts are the same, and no offset needs correction.
"""

from __future__ import annotations

import re
import unicodedata

BEYOND = re.compile("[\U00010000-\U0010ffff]")
UNSENDABLE = re.compile("[\ud800-\udfff\x00]")
SYMBOL = "\N{BLACK STAR}"
LETTER = "\N{CJK UNIFIED IDEOGRAPH-4E00}"


def standin(character: str) -> str:
    """One character of the Basic Multilingual Plane that LanguageTool treats alike."""
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) == 1 and plain <= "\uffff":
        return plain  # mathematical letters and digits are read as the letters that they show
    return LETTER if unicodedata.category(character)[0] in "LMN" else SYMBOL


def with_standins(text: str) -> str:
    """``text`` as LanguageTool is to see it, code point for code point.

    Lone surrogates and NUL, which cannot be sent, become U+FFFD.
    """
    text = UNSENDABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return BEYOND.sub(lambda match: standin(match.group()), text)


def restored(suggestion: str, sent: str, original: str) -> str | None:
    """A replacement for ``original``, given the one that LanguageTool proposed for ``sent``.

    Both are the matched words, of equal length. None when the suggestion kept some of the
    stand-ins and not others, so that nobody can tell which is which.
    """
    swapped = [(s, o) for s, o in zip(sent, original, strict=True) if s != o]
    if not swapped:
        return suggestion
    stand_ins = {s for s, _ in swapped}
    kept = [s for s in suggestion if s in stand_ins]
    if kept != [s for s in sent if s in stand_ins] or len(kept) != len(swapped):
        return None if kept else suggestion
    originals = iter([o for _, o in swapped])
    return "".join(next(originals) if s in stand_ins else s for s in suggestion)
