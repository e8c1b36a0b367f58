"""A copy of a source as it was handed in, decoded and taken out of its file format."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.repair import Block, Dropped, Repaired, repair_blocks, repair_lines


@dataclass(frozen=True)
class Received:
    """A copy of a source: plain lines, or blocks where its format tells what is what."""

    name: str
    """The file's name, without its folder."""
    form: str
    """``text``, ``markdown``, ``html`` or ``docx``."""
    encoding: str
    """As Python calls it; empty for docx."""
    sha256: str
    """Of the file's bytes."""
    text: str = field(default="", repr=False)
    """Of a plain text, as decoded."""
    blocks: tuple[Block, ...] = field(default=(), repr=False)
    """Of the other formats."""
    dropped: tuple[Dropped, ...] = ()
    """What the format says is no part of the text."""

    def repaired(self, refused: frozenset[str] = frozenset()) -> Repaired:
        """Its blocks, mended by every rule that is not refused."""
        if self.form == "text":
            return repair_lines(self.text, refused)
        done = repair_blocks(self.blocks, refused)
        return Repaired(done.blocks, done.mends, self.dropped)
