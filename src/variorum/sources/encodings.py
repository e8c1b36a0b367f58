"""Finds out how a text is encoded."""

from __future__ import annotations

import codecs
import re

from variorum.errors import InputError, Place

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WESTERN = ("cp1252", "mac_roman", "cp850")
"""What Windows, the old Mac and DOS used for English, the likeliest first."""
_TYPOGRAPHIC = frozenset("“”‘’—–…•§£°½¼©®†‡«» ")
_MOSTLY_ASCII = 0.7


def decode(data: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text in ``data``, and its encoding as Python calls it.

    Raises ``InputError`` when the bytes are no text, or not in the ``encoding`` asked for.
    """
    if encoding:
        return _decode_as(data, name, encoding), codecs.lookup(encoding).name
    for mark, marked in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, name, marked), marked
    if b"\0" in data:
        raise InputError("is not a text: it has zero bytes", place=Place(name),
                         hint="give a plain text, Markdown, HTML or docx file")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _guess(data, name)


def _decode_as(data: bytes, name: str, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise InputError(f"nobody knows an encoding `{encoding}`", place=Place(name)) from None
    except UnicodeDecodeError as error:
        raise InputError(
            f"is not in {encoding}: byte {error.start} is 0x{data[error.start]:02X}",
            place=Place(name), hint="leave `--encoding` out, or name another",
        ) from None


def _guess(data: bytes, name: str) -> tuple[str, str]:
    """For a text mostly in ASCII the encoding that makes sense of the rest; else any at all."""
    if sum(byte < 128 for byte in data) > _MOSTLY_ASCII * len(data):
        readable = [(encoding, text) for encoding in _WESTERN
                    if (text := _try(data, encoding)) is not None]
        encoding, text = max(readable, key=lambda pair: _sense(pair[1]))
        return text, encoding
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    if best is None:
        raise InputError("is not a text in any known encoding", place=Place(name),
                         hint="name its encoding with `--encoding`, if it is a text")
    return str(best), best.encoding


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sense(text: str) -> int:
    """How many characters beyond ASCII stand where a typesetter would put them, less the others."""
    foreign = list(re.finditer(r"(.?)([^\x00-\x7f])(.?)", text, re.S))
    good = [
        match for match in foreign
        if match[2] in _TYPOGRAPHIC or (match[2].islower() and (match[1] + match[3]).isalpha())
    ]
    return 2 * len(good) - len(foreign)
