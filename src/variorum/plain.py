"""Words of anybody, as a person, a terminal, an XML parser and GitHub can take them."""

from __future__ import annotations

import re

STOP = "\u2060"
"""A word joiner: seen by no reader, and enough for GitHub to see no name, number or address."""
_MARKUP = frozenset("\\`*_{}[]<>()#+-!|~&@:")
_CALL = re.compile(r"&#(?:64|35);(?=[\w&])|GH&#45;(?=\d)|&#58;(?=//)|\bwww(?=\.)", re.IGNORECASE)
"""What GitHub takes for a name, a number or an address even so; it reads references first."""


def visible(text: str) -> str:
    """``text`` in one line with its invisible signs by their numbers: ``[U+200B]``.

    Nothing that is left can move a terminal's cursor, is forbidden in XML (1.0, section 2.2), or
    cannot be encoded.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"[U+{ord(c):04X}]" for c in text)


def quoted(words: str) -> str:
    """Words to be written, as an editor should see them."""
    return f"“{visible(words)}”" if words else "(take it out)"


def plain(text: str) -> str:
    """``text`` on one line that means nothing in Markdown: no markup, name, number or address."""
    said = "".join(f"&#{ord(c)};" if c in _MARKUP else c for c in visible(text))
    return _CALL.sub(rf"\g<0>{STOP}", said)
