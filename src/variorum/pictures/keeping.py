"""Pictures kept between builds: one whose words are the same is not drawn again."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from variorum.editions import write_whole
from variorum.errors import InputError
from variorum.pictures.card import Card, path_of

_BEGIN, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


def picture_of(card: Card, font: bytes, folder: Path) -> bytes:
    """The PNG of ``card``, from below ``folder`` or drawn and kept there.

    A folder that cannot be written costs time and nothing else; a file that is not a whole PNG
    counts as absent.
    """
    path = folder / path_of(card, font)
    with suppress(OSError):
        kept = path.read_bytes()
        if kept.startswith(_BEGIN) and kept.endswith(_END):
            return kept
    from variorum.pictures.drawing import draw  # late: most builds draw nothing

    drawn = draw(card, font)
    with suppress(OSError, InputError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, drawn)
    return drawn
