"""Pictures kept between builds: one whose words are the same is not drawn again."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from variorum.editions import write_whole
from variorum.errors import InputError
from variorum.pictures.card import Card, path_of

_BEGIN, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def pictures_of(cards: Iterable[Card], font: bytes, folder: Path) -> dict[str, bytes]:
    """The PNG of each card by its path, from below ``folder``, or drawn and kept there.

    A folder that cannot be written costs time and nothing else; a file that is not a whole PNG
    counts as absent.
    """
    paths = {path_of(card, font): card for card in cards}
    found = {path: picture for path in paths if (picture := _read(folder / path))}
    if missing := [path for path in paths if path not in found]:
        from variorum.pictures.drawing import draw  # late: most builds draw nothing

        for path, drawn in zip(missing, draw((paths[path] for path in missing), font), strict=True):
            found[path] = drawn
            with suppress(OSError, InputError):
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                write_whole(folder / path, drawn)
    return found


def _read(path: Path) -> bytes:
    with suppress(OSError):
        kept = path.read_bytes()
        if kept.startswith(_BEGIN) and kept.endswith(_END):
            return kept
    return b""
