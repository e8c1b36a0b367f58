"""What a reader sees of raw HTML, with its places."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser

from variorum.prose.restore import Restorer
from variorum.prose.source import MARK
from variorum.prose.tracked import Tracked

UNSEEN = frozenset({"script", "style", "template", "title", "head"})


_BARE_TAG = re.compile(r"<(/?)([a-z]+)>")


@dataclass(frozen=True, slots=True)
class RawText:
    """Either visible text or a tag."""

    text: Tracked | None = None
    width: int = 1
    """Source code points per visible one: more than one for a character reference."""
    tag: str = ""
    closes: bool = False
    block: bool = False
    holder: str = ""
    """The innermost block-level tag that was open before this tag."""
    language: str | None = None
    """The ``lang`` of an inline tag; of a block-level one, that of the text before it."""


def read_raw(
    raw: str, restorer: Restorer, is_block_level: Callable[[str], bool]
) -> list[RawText]:
    """The text and the tags of ``raw``, in order; comments, scripts and styles are left out."""
    if raw.endswith(";"):
        raw += "\n"  # the parser waits for more after a reference at the end
    bare = _BARE_TAG.fullmatch(raw)
    if bare and bare[2] != "label" and not is_block_level(bare[2]):  # most are
        return [RawText(None, 0, bare[2], bool(bare[1]))]
    raw = restorer.unfold(raw)
    plain = MARK.sub("", raw)
    written = restorer.restore_verbatim(raw)
    reader = _Reader(plain, written, is_block_level)
    reader.feed(plain)
    reader.close()
    if written is not None:
        return reader.found
    marked = _Reader(raw, None, is_block_level)
    marked.feed(raw)
    marked.close()
    return _restore_apart(marked.found, restorer)


def _restore_apart(found: list[RawText], restorer: Restorer) -> list[RawText]:
    """Places for generated HTML, such as highlighted code: its whole text is looked for."""
    whole = restorer.restore("".join(str(item.text) for item in found if item.text))
    placed: list[RawText] = []
    done = 0
    for item in found:
        if item.text is None:
            placed.append(item)
            continue
        end = done + len(MARK.sub("", item.text))
        placed.append(RawText(whole[done:end]))
        done = end
    return placed


class _Reader(HTMLParser):
    def __init__(
        self, raw: str, written: Tracked | None, is_block_level: Callable[[str], bool]
    ) -> None:
        super().__init__(convert_charrefs=False)
        self.written = written
        self.is_block_level = is_block_level
        self.found: list[RawText] = []
        self.stack: list[tuple[str, str | None]] = []  # open block-level tags and their language
        self.unseen = 0
        self.line_starts = [0]
        for line in raw.split("\n"):
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        language = dict(attrs).get("lang")
        self._add_tag(tag, closes=False, language=language)
        self.unseen += tag in UNSEEN
        if self.is_block_level(tag):
            self.stack.append((tag, language or (self.stack[-1][1] if self.stack else None)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._add_tag(tag, closes=True)

    def handle_endtag(self, tag: str) -> None:
        self._add_tag(tag, closes=True)
        self.unseen -= tag in UNSEEN and self.unseen > 0
        if any(tag == opened for opened, _ in self.stack):
            while self.stack.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.found.append(RawText(self._place(data)))

    def handle_entityref(self, name: str) -> None:
        self._add_reference(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._add_reference(f"&#{name};")

    def _add_reference(self, written: str) -> None:
        if not self.unseen:
            shown = html.unescape(written)
            offset = self._place(written).at[0]
            self.found.append(RawText(Tracked.all_at(shown, offset), len(written)))

    def _place(self, data: str) -> Tracked:
        if self.written is None:
            return Tracked.all_at(data, -1)
        line, column = self.getpos()
        start = self.line_starts[line - 1] + column
        return self.written[start : start + len(data)]

    def _add_tag(self, tag: str, *, closes: bool, language: str | None = None) -> None:
        block = self.is_block_level(tag) or tag == "label"
        holder, around = self.stack[-1] if self.stack else ("", None)
        spoken = around if block else language
        self.found.append(RawText(None, 0, tag, closes, block, holder, spoken))
