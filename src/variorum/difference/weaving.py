"""A row of threads as HTML, which is always balanced.

``<ins>`` and ``<del>`` stand innermost, around words and never around an element that words of
the other version stand in too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from variorum.difference.threads import SAID, Op, Row, Thread
from variorum.difference.tree import Element, start_tag

_Wrapper = tuple[str, int, bool]
"""The element of an operation, the change that it belongs to, and whether we say it ourselves."""


def weave(row: Row, ids: Sequence[str], used: set[str]) -> list[str]:
    """The inside of each paragraph of the new page.

    ``ids`` name the row's changes; those that are ``used`` already name no further element.
    """
    cloth = _Cloth(ids, row.old, used)
    for thread in row.threads:
        if thread.is_break:
            cloth.finish()
        else:
            cloth.add(thread)
    cloth.finish()
    return cloth.pieces


@dataclass
class _Cloth:
    ids: Sequence[str]
    gone: frozenset[Element]
    used: set[str]
    pieces: list[str] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    standing: list[Element | _Wrapper] = field(default_factory=list)
    seen: set[Element] = field(default_factory=set)
    """Elements that have been begun: only the first time they carry their names."""

    def add(self, thread: Thread) -> None:
        wanted: list[Element | _Wrapper] = [*thread.chain]
        if thread.said or thread.op != Op.KEPT:
            wanted.append((thread.op or "span", thread.change, thread.said))
        same = 0
        for here, there in zip(self.standing, wanted, strict=False):
            if here is not there and (isinstance(there, Element) or here != there):
                break
            same += 1
        self._close(same)
        for item in wanted[same:]:
            self._begin(item)
        self.parts.append(thread.html)

    def _begin(self, item: Element | _Wrapper) -> None:
        self.standing.append(item)
        if isinstance(item, Element):
            kept = tuple(pair for pair in item.attributes
                         if pair[0] != "id" or item not in self.seen)
            self.parts.append(start_tag(item.tag, kept, inert=item in self.gone))
            self.seen.add(item)
            return
        tag, change, said = item
        kind = SAID if said else "vr-restyled" if tag == Op.RESTYLED else ""
        named = {"class": kind, **self._name(change)}
        self.parts.append(start_tag(tag, tuple((k, v) for k, v in named.items() if v)))

    def _name(self, change: int) -> dict[str, str]:
        if change < 0:
            return {}
        name = self.ids[change]
        first = name not in self.used
        self.used.add(name)
        return {"id": name if first else "", "data-change": name}

    def _close(self, depth: int) -> None:
        while len(self.standing) > depth:
            item = self.standing.pop()
            self.parts.append(f"</{item.tag if isinstance(item, Element) else item[0]}>")

    def finish(self) -> None:
        self._close(0)
        self.pieces.append("".join(self.parts))
        self.parts = []
