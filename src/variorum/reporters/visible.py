"""Text as a person, a terminal and an XML parser can take it."""

from __future__ import annotations


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
