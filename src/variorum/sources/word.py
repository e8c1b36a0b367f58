"""Reads a docx file, which is a zip archive and may be a hostile one."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from variorum.errors import InputError, Place
from variorum.repair import Block, Dropped
from variorum.sources.hypertext import blocks_of, number

MOST_UNPACKED = 100_000_000
"""Bytes; a docx that unpacks to more is a bomb."""
_SUFFIXES = (".xml", ".rels")
_BESIDE = re.compile(r"word/(header|footer|comments)\d*\.xml")


def read_word(data: bytes, name: str) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Its blocks in Markdown; images, headers, footers, comments and what was deleted are dropped.

    Raises ``InputError`` for an archive that is damaged, encrypted, too large once unpacked, no
    docx, or whose XML declares entities.
    """
    _inspect(data, name)
    import mammoth  # type: ignore[import-untyped]

    dropped: list[Dropped] = []

    def drop_image(image: Any) -> list[Any]:
        dropped.append(Dropped("image", 0, image.alt_text or image.content_type or ""))
        return []

    try:
        made = mammoth.convert_to_html(io.BytesIO(data), convert_image=drop_image)
    except Exception as error:  # mammoth lets through whatever zip, XML or its own code raises
        raise InputError(f"is damaged: {error}", place=Place(name),
                         hint="open it in a word processor and save it again") from None
    return number(blocks_of(made.value)), (*_beside(data), *dropped)


def _beside(data: bytes) -> Iterator[Dropped]:
    """What stands in a docx beside its text: headers, footers, comments, deletions still shown."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for part in archive.namelist():
            if found := _BESIDE.fullmatch(part):
                reason, tag = found[1].removesuffix("s"), "t"
            elif part == "word/document.xml":
                reason, tag = "deletion", "delText"
            else:
                continue
            texts = re.findall(rf"<w:{tag}(?: [^>]*)?>([^<]*)<", archive.read(part).decode("utf-8"))
            if text := html.unescape("".join(texts)).strip():
                yield Dropped(reason, 0, text)


def _inspect(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise InputError("would unpack to more than 100 MB, so it was left packed",
                                 place=Place(name))
            if any(part.flag_bits & 1 for part in parts):
                raise InputError("is encrypted", place=Place(name),
                                 hint="take the password off first")
            if "word/document.xml" not in archive.namelist():
                raise InputError("is a zip archive but no docx file", place=Place(name))
            for part in parts:
                if part.filename.endswith(_SUFFIXES) and b"<!" in _read(archive, part, name):
                    raise InputError(f"`{part.filename}` declares a document type or entities",
                                     place=Place(name), hint="no word processor writes that")
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise InputError(f"is damaged: {error}", place=Place(name)) from None


def _read(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """A part's bytes; its header may lie about their number, so no more than it says are read."""
    with archive.open(part) as stream:
        data = stream.read(part.file_size + 1)
    if len(data) > part.file_size:
        raise InputError("is not as long as it says", place=Place(name))
    return data.replace(b"<!--", b"")
