"""Takes the article out of a saved web page; nothing is run and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from variorum.repair import Block, Dropped, Kind

_INLINE = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_BLOCKS = {"p": Kind.PARAGRAPH, "li": Kind.ITEM, "blockquote": Kind.QUOTE}
_LEFT_OUT = {"nav": "menu", "header": "banner", "footer": "footer", "aside": "aside",
             "script": "script", "style": "style", "form": "form", "iframe": "frame",
             "img": "image", "svg": "image", "video": "video", "audio": "sound",
             "object": "object", "embed": "object", "noscript": "notice", "button": "button"}
_SHOWN = 120
"""How much of something dropped the report quotes, in characters."""
_SPECIAL = re.compile(r"([\\`*_\[\]<>])")


def read_hypertext(text: str) -> tuple[tuple[Block, ...], tuple[Dropped, ...]]:
    """The article's blocks in Markdown, and what of the page is no part of it."""
    import trafilatura

    root = _parse(text)
    notes = list(_take_notes(root))
    article = trafilatura.extract(
        _serialise(root), output_format="html", include_formatting=True, include_comments=False,
        deduplicate=False, favor_recall=True,
    )
    blocks = number([*blocks_of(article or ""), *notes])
    return blocks, tuple(_left_out(root, blocks))


def blocks_of(text: str) -> list[Block]:
    """The blocks of simple HTML: headings, paragraphs, items, quotations."""
    root = _parse(text)
    notes = list(_take_notes(root))
    return [*_blocks(root), *notes]


def number(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks that are told by their number: their format's lines mean nothing to a reader."""
    return tuple(replace(block, line=count) for count, block in enumerate(blocks, 1))


def _parse(text: str) -> Any:
    """lxml's HTML parser knows no external entities; it is told to use no network besides."""
    from lxml import html  # type: ignore[import-untyped]

    parser = html.HTMLParser(no_network=True, encoding="utf-8", huge_tree=False)
    data = re.sub(r"^\s*<\?xml[^>]*\?>|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>", "", text, flags=re.S)
    return html.document_fromstring(data.encode() or b"<p></p>", parser=parser)


def _serialise(root: Any) -> str:
    from lxml import html

    return str(html.tostring(root, encoding="unicode"))


def _take_notes(root: Any) -> Iterator[Block]:
    """Take footnotes out: a raised or bracketed number that links to an element of this page."""
    for link in list(root.iter("a")):
        number = re.sub(r"[\[\]\s]", "", link.text_content())
        target = link.get("href", "")
        if not (re.fullmatch(r"\d{1,3}|[*†‡]", number) and target.startswith("#")):
            continue
        found = [element for element in root.iter("li", "p", "div", "aside")
                 if element.get("id") == target[1:]]
        if not found or link in found[0].iter("a"):
            continue
        text = re.sub(r"^\W*\d{0,3}[.\s]*|\s*[↩↑^]\ufe0e?\s*", " ", _flat(_inline(found[0])))
        if not text.strip():
            continue
        label = number if number.isdigit() else "n1"
        _replace(link, f"[^{label}]")
        _replace(found[0], "")
        yield Block(Kind.FOOTNOTE, text.strip(), 0, label=label)


def _replace(element: Any, text: str) -> None:
    """Put ``text`` in the place of ``element``, and of a ``sup`` that holds nothing else."""
    parent = element.getparent()
    if parent is not None and parent.tag == "sup" and len(parent) == 1:
        element, parent = parent, parent.getparent()
    words = text + (element.tail or "")
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + words
    elif parent is not None:
        parent.text = (parent.text or "") + words
    if parent is not None:
        parent.remove(element)


def _blocks(element: Any, inside: Kind | None = None) -> Iterator[Block]:
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        line = int(child.sourceline or 0)
        if re.fullmatch("h[1-6]", tag):
            yield Block(Kind.HEADING, _flat(_inline(child)), line, level=int(tag[1]))
        elif tag == "li" or (tag == "blockquote" and not child.xpath(".//p|.//li")):
            yield Block(_BLOCKS[tag], _flat(_inline(child)), line)
        elif tag in ("p", "pre"):
            yield Block(inside or Kind.PARAGRAPH, _flat(_inline(child)), line)
        elif tag:
            yield from _blocks(child, Kind.QUOTE if tag == "blockquote" else inside)


def _inline(element: Any) -> str:
    parts = [_escape(element.text or "")]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        mark = _INLINE.get(tag, "")
        inner = _inline(child) if tag and tag not in _LEFT_OUT else ""
        if tag == "br":
            inner = " "
        core = inner.strip()
        parts.append(inner.replace(core, f"{mark}{core}{mark}", 1) if core and mark else inner)
        parts.append(_escape(child.tail or ""))
    return "".join(parts)


def _escape(text: str) -> str:
    """Markdown's own characters, but for the footnote marks that were put in here."""
    return re.sub(r"\\\[(\^[\w]+)\\\]", r"[\1]", _SPECIAL.sub(r"\\\1", text))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _left_out(root: Any, blocks: Sequence[Block]) -> Iterator[Dropped]:
    """What the page has beside the article: each menu, banner, script, image once."""
    kept = " ".join(re.sub(r"[\\*]", "", block.text) for block in blocks)
    seen: set[Any] = set()
    for element in root.iter():
        if not isinstance(element.tag, str) or element.getparent() in seen:
            seen.add(element)
            continue
        reason = _LEFT_OUT.get(element.tag)
        words = _flat(element.text_content())
        if reason is None and len(element) == 0 and words and words not in kept:
            reason = "aside"
        if reason and not (reason == "banner" and words in kept):
            seen.add(element)
            shown = words or element.get("src", "") or element.get("alt", "")
            yield Dropped(reason, int(element.sourceline or 0), shown[:_SHOWN])
