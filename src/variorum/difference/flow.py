"""The blocks in an element, and the notes that hang between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from variorum.difference.blocks import Block, blocks_of
from variorum.difference.tokens import BREAK, Token
from variorum.difference.tree import Node


class Flow:
    """Blocks in their order, and for each the notes behind it."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.blocks: list[Block] = []
        self.notes: dict[Block | None, list[Block]] = defaultdict(list)
        """By the block before them; ``None`` where there is none."""
        last = None
        for block in blocks_of(nodes):
            if block.is_note:
                self.notes[last].append(block)
            else:
                self.blocks.append(block)
                last = block


def tokens_of(blocks: Sequence[Block]) -> list[Token]:
    """The tokens of several paragraphs in a row, a break between two."""
    found: list[Token] = []
    for index, block in enumerate(blocks):
        tokens = block.tokens
        if index:
            found.append(Token(BREAK, "", False))
            first, *rest = tokens or [Token("", "", True)]
            tokens = [Token(first.key, first.text, True, first.chain, first.whole), *rest]
        found += tokens
    return found


def opening(block: Block, size: int = 6) -> str:
    """The first words of ``block``."""
    found = block.text.split()
    return " ".join(found[:size]) + ("…" if len(found) > size else "")
