"""Mends single characters: bytes read in the wrong encoding, ligatures, invisible characters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\u0000-\u0008\u000e-\u001f\u0080-\u009f]")
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}


def mend_encoding(text: str) -> str:
    """Undo a wrong decoding (mojibake), as ftfy does (Speer, ftfy, Zenodo, 2019)."""
    from ftfy import TextFixerConfig, fix_text

    only = TextFixerConfig(
        unescape_html=False, remove_terminal_escapes=False, fix_latin_ligatures=False,
        fix_character_width=False, uncurl_quotes=False, fix_line_breaks=False,
        remove_control_chars=False, normalization=None,
    )
    return fix_text(text, only)


def mend_ligatures(text: str) -> str:
    """Write out the ligatures of Unicode's compatibility block."""
    return "".join(_LIGATURES.get(character, character) for character in text)


def mend_invisible(text: str) -> str:
    """Delete soft hyphens, zero-width blanks and control characters; compose letters (NFC)."""
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


CHARACTERS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("encoding", mend_encoding),
    ("ligatures", mend_ligatures),
    ("invisible", mend_invisible),
)
"""Names beside functions, in the order in which lines are mended."""
