"""Reads a copy of a source from bytes of any format; runs, opens and fetches nothing they name."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from variorum.errors import InputError, Place
from variorum.sources.encodings import decode
from variorum.sources.hypertext import read_hypertext
from variorum.sources.marked import read_markdown
from variorum.sources.received import Received
from variorum.sources.word import read_word

MOST_BYTES = 10_000_000
"""A longer file is no essay: a novel of 500,000 words has 3 MB."""
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_FORMS = {".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
          ".htm": "html", ".html": "html", ".xhtml": "html", ".docx": "docx"}
_REFUSED = (
    (b"%PDF", "is a PDF", "take its text out first, for example with `pdftotext`"),
    (b"{\\rtf", "is an RTF file", "save it as docx or as plain text"),
    (b"\xd0\xcf\x11\xe0", "is an encrypted docx or an old doc file",
     "open it in a word processor, take the password off, and save it as docx"),
    (b"\x1f\x8b", "is compressed", "unpack it first"),
)


def read_file(path: Path, encoding: str | None = None) -> Received:
    """The copy in a file; raises ``InputError`` when there is none to be had."""
    return read_bytes(read_data(path), path.as_posix(), encoding)


def read_data(path: Path) -> bytes:
    """The bytes of a file; raises ``InputError`` when it cannot be read or is too long."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)  # and no more, whatever it is: a device has no end
    except FileNotFoundError:
        raise InputError("there is no such file", place=Place(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", place=Place(path)) from None
    if len(data) > MOST_BYTES:
        raise _too_long(path.as_posix())
    return data


def read_bytes(data: bytes, name: str, encoding: str | None = None) -> Received:
    """The copy in ``data``, its format told by its beginning or else by the end of its name.

    Raises ``InputError`` when it is empty, too long, no text, or dangerous to unpack.
    """
    if len(data) > MOST_BYTES:
        raise _too_long(name)
    for magic, cause, hint in _REFUSED:
        if data.startswith(magic):
            raise InputError(cause, place=Place(name), hint=hint)
    form = _form(data, name)
    short, digest = Path(name).name, hashlib.sha256(data).hexdigest()
    if form == "docx":
        blocks, dropped = read_word(data, name)
        received = Received(short, form, "", digest, blocks=blocks, dropped=dropped)
    else:
        text, found = decode(data, name, encoding)
        received = _received(short, form, text, found, digest)
    if not any(re.search(r"\w", block.text) for block in received.repaired().blocks):
        raise InputError("there is no text in it", place=Place(name))
    return received


def _received(name: str, form: str, text: str, encoding: str, digest: str) -> Received:
    if form == "text":
        return Received(name, form, encoding, digest, text=text)
    blocks, dropped = read_hypertext(text) if form == "html" else read_markdown(text)
    return Received(name, form, encoding, digest, blocks=blocks, dropped=dropped)


def _form(data: bytes, name: str) -> str:
    if data.startswith(b"PK\x03\x04"):
        return "docx"
    if _HTML.match(data[:4000].removeprefix(b"\xef\xbb\xbf")):
        return "html"
    form = _FORMS.get(Path(name).suffix.casefold(), "text")
    if form == "docx":
        raise InputError("is not a docx file, though its name says so", place=Place(name))
    return form


def _too_long(name: str) -> InputError:
    return InputError(f"is longer than {MOST_BYTES // 1_000_000} MB", place=Place(name),
                      hint="give the essay alone")
