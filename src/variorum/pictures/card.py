"""What such a picture says, and its name, which follows from that alone."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

WIDTH, HEIGHT = 1200, 630
"""In pixels: what Open Graph's readers show without cutting anything off."""
FOLDER = "cards"
"""Where the pictures are, from the site's root."""
_DRAWING = 1
"""Another number whenever ``drawing`` draws the same card in another way."""


@dataclass(frozen=True)
class Card:
    """The words of a picture."""

    title: str
    byline: str
    publication: str


def path_of(card: Card, font: bytes) -> str:
    """Where the picture of ``card`` in ``font`` is, from the site's root: by its content, so that
    nobody who kept an earlier picture shows that one."""
    words = json.dumps([_DRAWING, card.title, card.byline, card.publication])
    digest = hashlib.sha256(words.encode() + font).hexdigest()[:16]
    return f"{FOLDER}/{digest}.png"
