"""Random edits of real essays, and what a page of differences says of either version."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from constructs import CONSTRUCTS

from variorum.difference.tree import BLOCKS, Element, Node, parse, walk
from variorum.essay import Selector
from variorum.extension import PageNote, annotate, makeExtension
from variorum.prose.source import FRONT_MATTER

ESSAYS = Path(__file__).parents[1] / "docs/essays"
OURS = {"vr-said", "vr-away", "footnote-ref", "footnote-backref"}
"""What is in neither version, and numbers of notes, which change with any other note."""


def read_blocks() -> list[str]:
    """The blocks of the essays here and of every construct of the dialect, as Markdown."""
    texts = [path.read_text("utf-8") for path in sorted(ESSAYS.glob("*/index.md"))]
    texts = [FRONT_MATTER.sub("", text, count=1) for text in texts]
    found = [block for text in texts for block in re.split(r"\n{2,}", text) if block.strip()]
    return found + [text for name, text in CONSTRUCTS.items() if "broken" not in name]


# ── a page and an edit of it ─────────────────────────────────────────────────


@dataclass(frozen=True)
class Text:
    """Blocks of Markdown, and words that notes quote."""

    blocks: tuple[str, ...]
    quoted: tuple[str, ...] = ()

    def page(self) -> str:
        """The essay as the site shows it."""
        from markdown import Markdown

        body = Markdown(extensions=[makeExtension()]).convert("\n\n".join(self.blocks))
        notes = [PageNote(f"note-{n}", "gloss", Selector(exact=words), f"<p>About {words}.</p>")
                 for n, words in enumerate(self.quoted) if words]
        return annotate(body, notes).html


def choose_text(random: Random, pool: Sequence[str]) -> Text:
    """A few blocks that stand in a row, and two from elsewhere."""
    start = random.randrange(len(pool))
    blocks = [*pool[start : start + 4], *random.sample(pool, 2)]
    return Text(tuple(blocks), tuple(_quote(random, blocks) for _ in range(4)))


def edit(random: Random, text: Text, pool: Sequence[str]) -> Text:
    """``text`` after a few edits of the kind that people make, and some that they do not."""
    blocks, quoted = [*text.blocks], [*text.quoted]
    for _ in range(random.randint(1, 6)):
        if random.random() < 0.2:
            quoted[random.randrange(len(quoted))] = _quote(random, blocks)
        else:
            random.choice(_EDITS)(random, blocks, pool)
        blocks = blocks or ["Nothing."]
    return Text(tuple(blocks), tuple(quoted))


def _quote(random: Random, blocks: Sequence[str]) -> str:
    words = re.findall(r"[\w ]{12,}", random.choice(blocks))
    return " ".join(random.choice(words).split()[:5]) if words else ""


def _words(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    """Other words for some, in a block."""
    at = random.randrange(len(blocks))
    words = blocks[at].split(" ")
    for _ in range(random.randint(1, 5)):
        place = random.randrange(len(words))
        words[place : place + random.randrange(3)] = random.choice([
            [], ["anew"], ["*so*", "then,"], ["[see](x.md)"], ["**" + words[place] + "**"],
            ["`code`", "-"], [random.choice(random.choice(pool).split() or ["x"])],
        ])
        words = words or ["x"]
    blocks[at] = " ".join(words)


def _move(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    block = blocks.pop(random.randrange(len(blocks)))
    blocks.insert(random.randint(0, len(blocks)), block)


def _remove(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    del blocks[random.randrange(len(blocks))]


def _add(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    blocks.insert(random.randint(0, len(blocks)), random.choice(pool))


def _divide(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    at = random.randrange(len(blocks))
    words = blocks[at].split(" ")
    place = random.randint(0, len(words))
    blocks[at : at + 1] = [" ".join(words[:place]), " ".join(words[place:])]


def _join(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    at = random.randrange(len(blocks))
    blocks[at : at + 2] = [" ".join(re.sub(r"\n\{.*\}", "", b) for b in blocks[at : at + 2])]


def _quote_block(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    at = random.randrange(len(blocks))
    prefix = random.choice(["> ", "- ", "## ", "    ", '!!! note "T"\n    '])
    blocks[at] = prefix + blocks[at]


def _reverse_lines(random: Random, blocks: list[str], pool: Sequence[str]) -> None:
    at = random.randrange(len(blocks))
    lines = blocks[at].splitlines()
    random.shuffle(lines)
    blocks[at] = "\n".join(lines)


_EDITS: list[Callable[[Random, list[str], Sequence[str]], None]] = [
    _words, _words, _words, _move, _remove, _add, _divide, _join, _quote_block, _reverse_lines,
]


# ── what a page says ─────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Said:
    """The words of a page."""

    text: str
    notes: dict[str, str]


def read(page: str) -> Said:
    """The words of an essay's page, or of a version of it."""
    nodes = parse(page)
    notes = {e.get("id"): _even(_text([*e.children])) for e in walk(nodes) if _is_note(e)}
    return Said(_even(_text([*nodes])), notes)


def as_it_will_be(page: str) -> Said:
    """The new version, from a page of differences."""
    return read(_write(_without(parse(page), "del")))


def as_it_was(page: str) -> Said:
    """The earlier version, from a page of differences."""
    return read(_write(_without(_put_back(parse(page)), "ins")))


def _is_note(element: Element) -> bool:
    return element.get("role") == "doc-footnote" and bool(element.get("id"))


def _even(text: str) -> str:
    return " ".join(text.split())


def _text(nodes: Sequence[Node]) -> str:
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node.classes & {"vr-gone-note", *OURS} or node.get("role").startswith("doc-"):
            parts.append(" " if node.tag in BLOCKS else "")
        else:
            inside = _text(node.children)
            parts.append(f" {inside} " if node.tag in BLOCKS or node.tag == "br" else inside)
    return "".join(parts)


def _without(nodes: Sequence[Node], tag: str) -> tuple[Node, ...]:
    """An author's own ``<ins>`` and ``<del>`` are of no change."""
    return tuple(
        node if isinstance(node, str) else
        Element(node.tag, node.attributes, _without(node.children, tag))
        for node in nodes
        if isinstance(node, str) or node.tag != tag or not (
            node.get("data-change") or not node.attributes)
    )


def _put_back(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """What moved, where it was."""
    children = [node if isinstance(node, str) else
                Element(node.tag, node.attributes, _put_back(node.children)) for node in nodes]
    for sign in [c for c in children if isinstance(c, Element) and "vr-away" in c.classes]:
        name = sign.get("id").removesuffix("-from")
        block = next(c for c in children if isinstance(c, Element)
                     and any(e.get("id") == name for e in walk([c])))
        children.remove(block)
        children[children.index(sign)] = block
    return tuple(children)


def _write(nodes: Sequence[Node]) -> str:
    from variorum.difference.tree import write

    return write([*nodes])
