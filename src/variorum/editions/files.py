"""Reading and writing text files so that nothing is lost and nothing half-written stays."""

from __future__ import annotations

import codecs
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from variorum.errors import InputError, Place


@dataclass(frozen=True)
class Decoded:
    """A text file as read; encoding it again gives the same bytes."""

    text: str = field(repr=False)
    """Without its byte-order mark; line ends as they are."""
    mark: bool = False
    """Whether the file begins with a byte-order mark."""

    def encode(self) -> bytes:
        """The file's bytes."""
        return (codecs.BOM_UTF8 if self.mark else b"") + self.text.encode()


def read_text(path: Path) -> Decoded:
    """The text of a UTF-8 file; raises ``InputError`` when there is none to be had."""
    data = _read_bytes(path)
    mark = data.startswith(codecs.BOM_UTF8)
    body = data[len(codecs.BOM_UTF8) :] if mark else data
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise _not_utf8(path, data, error.start + len(data) - len(body)) from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InputError(
            "holds a NUL byte, so it is not a text file",
            place=Place(path, line),
            hint="put the text itself here, saved as UTF-8",
        )
    return Decoded(text, mark)


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError("there is no such file", place=Place(path)) from None
    except IsADirectoryError:
        raise InputError("is a folder, not a file", place=Place(path)) from None
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror or error}", place=Place(path)) from None


def _not_utf8(path: Path, data: bytes, offset: int) -> InputError:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        cause = "is encoded in UTF-16, not in UTF-8"
    else:
        cause = f"is not UTF-8: byte {offset} is 0x{data[offset]:02X}"
    return InputError(
        cause,
        place=Place(path, data.count(b"\n", 0, offset) + 1),
        hint="save the file with the encoding UTF-8",
    )


def replace_text(path: Path, old: Decoded, text: str) -> None:
    """Put ``text`` in the place of ``old`` in one step, keeping byte-order mark and mode.

    Raises ``InputError`` and leaves the file alone when it no longer holds ``old``, or when the
    new text cannot be written.
    """
    if _read_bytes(path) != old.encode():
        raise InputError(
            "was changed while it was being worked on, so nothing was written",
            place=Place(path),
            hint="run the command again",
        )
    write_whole(path, Decoded(text, old.mark).encode())


def create_text(path: Path, text: str) -> None:
    """Write a new file; raises ``InputError`` when there is one already, or no room for it."""
    write_whole(path, text.encode(), exclusive=True)


def write_whole(path: Path, data: bytes, *, exclusive: bool = False) -> None:
    """Write a file in one step; raises ``InputError`` when it cannot be written, or when it is to
    be a new one (``exclusive``) and is there."""
    try:
        temporary = _write_beside(path.resolve(), data)
        try:
            _move(temporary, path.resolve(), exclusive=exclusive)
        finally:
            with suppress(OSError):
                temporary.unlink()
    except FileExistsError:
        raise InputError("is there already and was left as it is", place=Place(path)) from None
    except OSError as error:
        raise InputError(
            f"cannot be written: {error.strerror or error}; it was left as it was",
            place=Place(path),
            hint="see that the disk has room and that you may write in this folder",
        ) from None


def _write_beside(target: Path, data: bytes) -> Path:
    """A synced temporary file with ``data``, in the folder of ``target`` and with its mode."""
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, name)
        else:
            Path(name).chmod(0o666 & ~_umask())
    except BaseException:
        Path(name).unlink()
        raise
    return Path(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _move(temporary: Path, target: Path, *, exclusive: bool) -> None:
    """Give ``temporary`` the name ``target``; a link, unlike a move, refuses a taken name."""
    if exclusive:
        target.hardlink_to(temporary)
    else:
        temporary.replace(target)
