"""Reads the blocks of a Markdown text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from variorum.repair import Block, Dropped, Kind

_FRONT = re.compile(r"\A---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.S)
_HTML = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.S | re.I)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]:\s*(.*)", re.S)
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+(.*)")
_STARTS = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+|#{1,6}\s|>|\[\^[^\]\s]+\]:")
_ATTRIBUTES = re.compile(r"\s*\{:?[^{}\n]*\}\s*$")


def read_markdown(text: str) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """Its blocks; front matter, comments and scripts are dropped."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    dropped: list[Dropped] = []
    if front := _FRONT.match(text):
        dropped.append(Dropped("front matter", 1, front.group()))
        text = "\n" * front.group().count("\n") + text[front.end():]

    def blank(match: re.Match[str]) -> str:
        dropped.append(Dropped("script" if match[1] else "comment",
                               text.count("\n", 0, match.start()) + 1, match.group()))
        return "\n" * match.group().count("\n")

    clean = _HTML.sub(blank, text)
    return tuple(_block(lines, number) for lines, number in _groups(clean)), tuple(dropped)


def _groups(text: str) -> Iterator[tuple[list[str], int]]:
    """Runs of lines that make a block, with the 1-based number of the first."""
    lines: list[str] = []
    start = 0
    for number, line in enumerate([*text.split("\n"), ""], 1):
        quoted = lines and lines[0].startswith(">") and line.startswith(">")
        if lines and not quoted and (not line.strip() or _STARTS.match(line)):
            yield lines, start
            lines = []
        if line.strip():
            if not lines:
                start = number
            lines.append(line)
        if lines and re.match(r"#{1,6}\s", lines[0]):
            yield lines, start
            lines = []


def _block(lines: list[str], number: int) -> Block:
    if match := _HEADING.match(lines[0]):
        return Block(Kind.HEADING, _ATTRIBUTES.sub("", match[2]), number, level=len(match[1]))
    if len(lines) > 1 and re.fullmatch(r"(=+|-+)\s*", lines[-1]):
        level = 1 if lines[-1].startswith("=") else 2
        return Block(Kind.HEADING, _flat(lines[:-1]), number, level=level)
    if lines[0].startswith(">"):
        return Block(Kind.QUOTE, _flat([line.lstrip("> ") for line in lines]), number)
    text = _ATTRIBUTES.sub("", _flat(lines))
    if match := _FOOTNOTE.match(text):
        return Block(Kind.FOOTNOTE, match[2], number, label=match[1])
    if match := _ITEM.match(text):
        return Block(Kind.ITEM, match[1], number)
    return Block(Kind.PARAGRAPH, text, number)


def _flat(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
