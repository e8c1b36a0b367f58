"""Both versions of a page in one page, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from variorum.difference.blocks import Block
from variorum.difference.change import Part, Sort, describe_blocks, describe_origin
from variorum.difference.code import merge_code, raw_text, references_in
from variorum.difference.flow import Flow, opening, tokens_of
from variorum.difference.pairing import Group, pair
from variorum.difference.record import Record
from variorum.difference.threads import SAID, lay
from variorum.difference.tree import Node, start_tag, write
from variorum.difference.weaving import weave
from variorum.difference.words import align

ESSAY = "vr-essay"
AWAY, COME, GONE, GONE_NOTE = "vr-away", "vr-come", "vr-gone", "vr-gone-note"
_FIXED = frozenset({
    "table", "thead", "tbody", "tfoot", "tr", "dl", "details", "figure", "fieldset",
})
"""Elements whose parts have their places: one that left its own was taken out and put in."""
_TAKEN_OUT = "this note is taken out"


@dataclass
class Merger:
    """Writes the page, and down what changed."""

    record: Record
    notes: Mapping[str, Block]
    """The notes of the earlier page."""
    known: frozenset[str]
    """Those of them that the new page has, too."""
    lost: Mapping[str, str] = field(default_factory=dict)
    """What to say of notes that the new page has no longer."""
    moves: dict[Block, str] = field(default_factory=dict)
    """Ids of what moved, by the earlier block."""
    arrived: set[str] = field(default_factory=set)
    """Ids of what moved and stands on the page already."""
    label: str = ""
    """What is to be said at the beginning of the next row of words."""

    def merge(self, old: Sequence[Node], new: Sequence[Node], tag: str = "div") -> str:
        """The inside of an element ``tag`` that was ``old`` and is ``new``."""
        before, after = Flow(old), Flow(new)
        groups = pair(before.blocks, after.blocks, in_place=tag == "tr")
        groups = [settled for group in groups for settled in _settle(group, tag)]
        for group in groups:
            if group.moved and group.new:
                self.moves[group.old[0]] = self.record.next_id()
        parts = [*self._notes(before, after, [None], [None])]
        for group in groups:
            parts += self._write(group, tag)
            stays = bool(group.new) or not group.moved
            parts += self._notes(before, after, group.old if stays else [], group.new)
        return "".join(parts)

    def _write(self, group: Group, tag: str) -> Iterator[str]:
        if group.old and group.new:
            yield self._became(group)
        elif group.moved:
            yield self._away(group.old[0], tag)
        else:
            yield from (self._outright(was, Sort.REMOVED) for was in group.old)
            yield from (self._outright(now, Sort.ADDED) for now in group.new)

    # ── what was there and is there ──────────────────────────────────────────

    def _became(self, group: Group) -> str:
        was, now = group.old[0], group.new[0]
        with self.record.inside(now.id, _part(now)):
            self._announce(group)
            if now.is_opaque:
                return self._opaque(was, now)
            if now.is_code:
                return self._code(was, now)
            if was.is_leaf and now.is_leaf:
                return self._row(group)
            inside = self.merge(was.inside, now.inside, now.tag)
            return wrap(now, self._with_label(inside))

    def _announce(self, group: Group) -> None:
        """Say of a block whatever is no matter of its words."""
        was, now = group.old[0], group.new[0]
        kinds = describe_blocks(was.element, now.element) if now.is_prose else ""
        text = "; ".join(filter(None, [kinds, describe_origin(was.origin, now.origin)]))
        name = self.moves.get(was, "") if group.moved else ""
        if not (name or text):
            return
        lead = f'moved here <a href="#{name}-from">from there</a>' if name else ""
        sort = Sort.MOVED if name else Sort.RESTYLED
        name = name or self.record.next_id()
        self.arrived.add(name)
        self.record.keep(name, sort, after=opening(now), said=text)
        self._say("; ".join(filter(None, [lead, escape(text)])), name)

    def _row(self, group: Group) -> str:
        old, new = tokens_of(group.old), tokens_of(group.new)
        row = lay(old, new, align(old, new), self.known)
        ids = [self.record.keep_row(altered) for altered in row.changes]
        if not ids and not self.label and len(group.new) == 1:
            return write(_nodes(group.new[0]))
        pieces = weave(row, ids, self.record.used)
        pieces[0] = self._take_label() + pieces[0]
        return "\n".join(map(wrap, group.new, pieces))

    def _code(self, was: Block, now: Block) -> str:
        if raw_text(was.inside) == raw_text(now.inside):
            return self._with_label(write(_nodes(now)))
        name = self.record.whole or self.record.next_id()
        merged = merge_code(was.inside, now.inside, name)
        self.record.keep(name, Sort.REWORDED, merged.before, merged.after)
        return self._with_label(self._code_block(now, merged.html, name))

    def _code_block(self, block: Block, inside: str, name: str, *, gone: bool = False) -> str:
        """Code with words put in or out; the first such place is the change's."""
        if name not in self.record.used:
            self.record.used.add(name)
            inside = inside.replace("<ins ", f'<ins id="{name}" ', 1) if "<del " not in inside \
                else inside.replace("<del ", f'<del id="{name}" ', 1)
        links = "" if gone else write(references_in(block.inside))
        code = f"<code>{inside}</code>{links}"
        return wrap(block, code if block.tag == "pre" else f"<pre>{code}</pre>", gone=gone)

    def _opaque(self, was: Block, now: Block) -> str:
        if was.text == now.text or not now.is_formula:
            return self._with_label(write(_nodes(now)))
        return self._outright(was, Sort.REMOVED) + self._outright(now, Sort.ADDED)

    # ── what is there, or was ────────────────────────────────────────────────

    def _outright(self, block: Block, sort: Sort) -> str:
        """A whole block that was put in or taken out."""
        with self.record.inside(block.id, _part(block)), \
                self.record.outright(sort, block.text) as name:
            return self._all(block, name, gone=sort == Sort.REMOVED)

    def _all(self, block: Block, name: str, *, gone: bool) -> str:
        mark = GONE if gone else COME
        tag = "del" if gone else "ins"
        if block.is_code:
            text = escape(raw_text(block.inside), quote=False)
            code = f'<{tag} data-change="{name}">{text}</{tag}>'
            return self._code_block(block, code, name, gone=gone)
        if block.is_opaque:
            return self._opaque_all(block, name, tag, gone=gone)
        sides: tuple[tuple[Node, ...], ...]
        sides = (block.inside, ()) if gone else ((), block.inside)
        if not block.is_leaf:
            return wrap(block, self.merge(sides[0], sides[1], block.tag), mark, gone=gone)
        old, new = (block.tokens, []) if gone else ([], block.tokens)
        row = lay(old, new, align(old, new), self.known)
        ids = [self.record.keep_row(altered) for altered in row.changes]
        (inside,) = weave(row, ids, self.record.used)
        return wrap(block, self._take_label() + inside, mark, gone=gone)

    def _opaque_all(self, block: Block, name: str, tag: str, *, gone: bool) -> str:
        if block.is_derived:
            return "" if gone else write(_nodes(block))
        if block.is_formula:
            named = "" if name in self.record.used else f' id="{name}"'
            self.record.used.add(name)
            inside = f'<{tag}{named} data-change="{name}">{write(block.inside)}</{tag}>'
            return wrap(block, inside, GONE if gone else COME, gone=gone)
        if block.element and block.tag == "hr" and name not in self.record.used:
            self.record.used.add(name)
            return start_tag("hr", (("id", name), ("class", GONE if gone else COME)))
        return write(_nodes(block), inert=True) if gone else write(_nodes(block))

    def _away(self, block: Block, tag: str) -> str:
        """A sign where something stood that stands elsewhere now."""
        name = self.moves[block]
        item = "li" if tag in ("ul", "ol") else "p"
        where = "further up" if name in self.arrived else "further down"
        return (f'<{item} class="{SAID} {AWAY}" id="{name}-from">“{escape(opening(block))}” '
                f'moved <a href="#{name}">{where}</a></{item}>')

    # ── notes ────────────────────────────────────────────────────────────────

    def _notes(
        self, before: Flow, after: Flow, old: Sequence[Block | None], new: Sequence[Block | None]
    ) -> Iterator[str]:
        """The notes behind blocks: those that are gone, then those that are there."""
        for note in (note for block in old for note in before.notes.get(block, ())):
            if note.id not in self.known:
                self._say(escape(self.lost.get(note.id, _TAKEN_OUT)))
                yield self._outright(note, Sort.REMOVED)
        for note in (note for block in new for note in after.notes.get(block, ())):
            if was := self.notes.get(note.id):
                yield self._became(Group([was], [note]))
            else:
                yield self._outright(note, Sort.ADDED)

    # ── what we say ourselves ────────────────────────────────────────────────

    def _say(self, html: str, name: str = "") -> None:
        named = f' id="{name}" data-change="{name}"' if name else ""
        self.record.used.add(name)
        self.label += f'<span class="{SAID} vr-label"{named}>{html}</span> '

    def _take_label(self) -> str:
        label, self.label = self.label, ""
        return label

    def _with_label(self, html: str) -> str:
        """``html`` with what no row of words took, where there is something."""
        label = self._take_label()
        return f'<div><p class="{SAID}">{label}</p>{html}</div>' if label else html


def wrap(block: Block, inside: str, mark: str = "", *, gone: bool = False) -> str:
    """``inside`` in the element of ``block``, which is also a ``mark``."""
    element = block.element
    if element is None:
        text = raw_text(block.inside)
        return f"{' ' * text[:1].isspace()}{inside}{' ' * text[-1:].isspace()}"
    attributes = element.also(mark) if mark else element.attributes
    if gone and block.is_note:  # whatever looks for notes shall not find it
        kind = " ".join(sorted(name for name in element.classes if not name.startswith("vr-")))
        attributes = (("class", f"{GONE_NOTE} {kind}"),)
    return f"{start_tag(element.tag, attributes, inert=gone)}{inside}</{element.tag}>"


def _settle(group: Group, tag: str) -> list[Group]:
    """What moved and has a fixed place, or no element, was taken out and put in."""
    loose = any(block.element is None for block in (*group.old, *group.new))
    if not group.moved or not (loose or tag in _FIXED):
        return [group]
    return [Group([], group.new)] if group.new else [Group(group.old, [])]


def _nodes(block: Block) -> tuple[Node, ...]:
    return (block.element,) if block.element else block.inside


def _part(block: Block) -> Part | None:
    if block.is_note:
        return Part.NOTE
    is_essay = block.element is not None and ESSAY in block.element.classes
    return Part.TEXT if is_essay else None
