"""What a page shows of Markdown, and what the prose map makes of the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from variorum.prose import make_markdown, read_prose
from variorum.prose.source import FRONT_MATTER

UNSEEN = {"script", "style", "template", "title", "head"}
NOT_SOURCE = {"footnote-ref", "footnote-backref", "headerlink"}
VOID = {"br", "img", "hr", "input", "col", "wbr", "meta", "link", "embed", "area", "base"}


class Shown(HTMLParser):
    """The texts of a page, one for each stretch between block-level tags."""

    def __init__(self, is_block_level: Callable[[str], bool]) -> None:
        super().__init__(convert_charrefs=True)
        self.is_block_level = is_block_level
        self.texts = [""]
        self.unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("class") == "footnote-backref":
            self.texts[-1] = self.texts[-1].removesuffix("\xa0")
        if self.unseen or tag in UNSEEN or dict(attrs).get("class") in NOT_SOURCE:
            if tag not in VOID:
                self.unseen.append(tag)
        elif tag == "br":
            self.texts[-1] += " "
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.unseen:
            while self.unseen.pop() != tag:
                pass
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.texts[-1] += data

    def _break(self, tag: str) -> None:
        if self.is_block_level(tag) or tag == "label":
            self.texts.append("")


def shown(source: str) -> list[str]:
    md = make_markdown()
    front = FRONT_MATTER.match(source)
    page = md.convert(source[front.end() :] if front else source)
    reader = Shown(md.is_block_level)
    reader.feed(page)
    reader.close()
    return [text for text in map(collapse, reader.texts) if text.strip()]


def collapse(text: str) -> str:
    return re.sub(r"[ \n\t\r\f]+", " ", text).strip(" ")


def visible(source: str) -> list[str]:
    texts = (collapse(block.text) for block in read_prose(source).blocks)
    return [text for text in texts if text.strip()]


def find_misplaced(source: str) -> Iterator[tuple[str, int]]:
    """Code points of prose that their offset does not lead to; generated ones have none."""
    prose = read_prose(source)
    for block in prose.blocks:
        masked = {
            i for mask in block.masks if mask.kind == "math"
            for i in range(mask.span.start, mask.span.end)
        }
        for index, (character, offset) in enumerate(zip(block.text, block.at, strict=True)):
            if offset < 0 or index in masked or block.kind == "math" or offset in prose.wide:
                continue
            there = source[offset]
            blank = character in " \n" and there in " \r\n\t"
            if there != character and not blank and character != "\ufffd":
                yield character, offset
