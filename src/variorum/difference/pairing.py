"""Which blocks of a page became which: told by their names, by their words, by their order."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from variorum.difference.blocks import Block, likeness

_ALIKE = 0.4
"""Likeness from which a block without a name is the same one, revised."""
_SAME_NAME = 0.2
"""Likeness from which a name is believed at once; a name alone is believed in the end."""
_PART = 0.6
"""Share of a paragraph's words and pairs that came from another, to have been part of it."""
_ONLY = frozenset({"summary", "caption", "figcaption", "legend", "thead", "tbody", "tfoot"})
"""Elements of which there is one among its neighbours."""
_COMMON = 30
"""Blocks that share a word, from which on it tells nothing."""
_TRIED = 4
"""Candidates that are compared with a block in full."""


@dataclass
class Group:
    """Blocks of the earlier page and the blocks that they became.

    One became one; one was divided, or several were joined; none, or nothing is left of them.
    """

    old: list[Block] = field(default_factory=list)
    new: list[Block] = field(default_factory=list)
    moved: bool = False

    @property
    def weight(self) -> int:
        """Its size in words and pairs of words."""
        return 1 + sum(block.features.total() for block in self.new)


def pair(
    old: Sequence[Block], new: Sequence[Block], *, in_place: bool = False
) -> list[Group]:
    """Groups in the order of the new page; what is gone stands behind what it stood behind.

    Each block is in one group, but a moved group is in the list twice: where it was, with no
    ``new``, and where it is. With ``in_place`` the first became the first, and so on.
    """
    if in_place and len(old) == len(new):
        return [Group([was], [now]) for was, now in zip(old, new, strict=True)]
    image = _match(old, new)
    groups = _group(old, new, image)
    return list(_order(old, new, groups))


# ── one by one ───────────────────────────────────────────────────────────────


def _match(old: Sequence[Block], new: Sequence[Block]) -> dict[Block, Block]:
    """For each block of the new page that has one, the earlier block that it was."""
    found: dict[Block, Block] = {}
    free = dict.fromkeys(old)
    names, twice = _names(old), _names(new)

    def take(now: Block, was: Block | None, least: float) -> None:
        if now in found or was is None or was not in free or not was.resembles(now):
            return
        if least == 0 or likeness(was.features, now.features) >= least:
            found[now] = was
            del free[was]

    def by_name(least: float) -> None:
        for now in new:
            if twice.get(now.name) is now:
                take(now, names.get(now.name), least)

    by_name(_SAME_NAME)
    _by_text(free, new, take)
    for now, was in _by_likeness([*free], [block for block in new if block not in found]):
        take(now, was, _ALIKE)
    by_name(0)
    _by_place(old, new, found, take)
    only = {block.tag: block for block in free if block.tag in _ONLY}
    for now in new:
        take(now, only.get(now.tag), 0)
    return found


def _names(blocks: Sequence[Block]) -> dict[str, Block]:
    """Blocks by names that only one of them has."""
    counts = Counter(block.name for block in blocks)
    return {block.name: block for block in blocks if block.name and counts[block.name] == 1}


def _by_text(
    free: dict[Block, None], new: Sequence[Block],
    take: Callable[[Block, Block | None, float], None],
) -> None:
    """Blocks with the same words, in order."""
    same: dict[tuple[str, str], list[Block]] = defaultdict(list)
    for block in reversed([*free]):
        same[block.tag, block.text].append(block)
    for now in new:
        if found := same.get((now.tag, now.text)):
            was = found[-1]
            take(now, was, 0)
            if was not in free:
                found.pop()


def _by_place(
    old: Sequence[Block], new: Sequence[Block], found: dict[Block, Block],
    take: Callable[[Block, Block | None, float], None],
) -> None:
    """What stands behind the same block as before, unless both have names, which differ.

    A heading's name differs with its words: that says nothing.
    """
    following = dict(zip([None, *old], old, strict=False))
    for last, now in zip([None, *new], new, strict=False):
        was = following.get(found.get(last) if last else None)
        free = was and (not (was.name and now.name) or (was.is_heading and now.is_heading))
        if free and (last is None or last in found):
            take(now, was, 0)


def _by_likeness(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[Block, Block]]:
    """Pairs that share words, the likest first."""
    places: dict[str, list[Block]] = defaultdict(list)
    for block in old:
        for feature in block.features:
            places[feature].append(block)
    scored = []
    for index, now in enumerate(new):
        votes = Counter(was for feature in now.features
                        if len(places.get(feature, ())) <= _COMMON for was in places[feature])
        scored += [(-likeness(was.features, now.features), index, now, was)
                   for was, _ in votes.most_common(_TRIED)]
    for _, _, now, was in sorted(scored, key=lambda item: item[:2]):
        yield now, was


# ── divided and joined ───────────────────────────────────────────────────────


def _group(
    old: Sequence[Block], new: Sequence[Block], image: dict[Block, Block]
) -> list[Group]:
    groups = {now: Group([image[now]], [now]) if now in image else Group([], [now]) for now in new}
    _mark_moved(old, [*groups.values()])
    _gather(new, groups, lambda group: group.new, lambda group: group.old)
    found = {id(group): group for group in groups.values()}
    homes = {was: group for group in found.values() for was in group.old}
    for was in old:
        homes.setdefault(was, Group([was], []))
    _gather(old, homes, lambda group: group.old, lambda group: group.new)
    return [*{id(group): group for group in (*groups.values(), *homes.values())
              if group.old or group.new}.values()]


def _gather(
    blocks: Sequence[Block], groups: dict[Block, Group],
    own: Callable[[Group], list[Block]], other: Callable[[Group], list[Block]],
) -> None:
    """Let a paragraph that answers to nothing join a neighbour, when it was part of the same one.

    ``own`` are a group's blocks on the side of ``blocks``, ``other`` those on the other side.
    """
    ranges = (range(1, len(blocks)), -1), (range(len(blocks) - 2, -1, -1), 1)
    for order, step in ranges:
        for index in order:
            block, beside = blocks[index], groups[blocks[index + step]]
            lone = groups[block]
            if other(lone) or len(own(lone)) != 1 or len(other(beside)) != 1 or beside.moved:
                continue
            if not _was_part(block, own(beside), other(beside)[0]):
                continue
            own(beside).insert(len(own(beside)) if step < 0 else 0, block)
            own(lone).clear()
            groups[block] = beside


def _was_part(block: Block, others: list[Block], whole: Block) -> bool:
    """Whether ``whole`` holds the words of ``block``, besides those of ``others``."""
    if not (block.is_prose and whole.is_prose and block.features):
        return False
    if not all(other.is_prose for other in others):
        return False
    rest = whole.features.copy()
    for other in others:
        rest -= other.features
    return (rest & block.features).total() >= _PART * block.features.total()


# ── order ────────────────────────────────────────────────────────────────────


def _mark_moved(old: Sequence[Block], groups: Sequence[Group]) -> None:
    """Those stay that make the heaviest row in the order of both pages; the others moved."""
    place = {block: index for index, block in enumerate(old)}
    both = [group for group in groups if group.old and group.new]
    row = [place[group.old[0]] for group in both]
    stay = set(heaviest_row(row, [group.weight for group in both]))
    for index, group in enumerate(both):
        group.moved = index not in stay


def heaviest_row(values: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Indices of an increasing subsequence of ``values``, all different, of the greatest weight.

    The best row that ends with each value is kept only where it is heavier than all that end
    lower, so that a bisection finds what to go on from (after Fredman, Discrete Mathematics 11).
    """
    ends: list[int] = []  # values, increasing; the rows that end with them grow heavier
    best: list[tuple[int, int]] = []  # weight of that row, and the index of its last value
    before: list[int] = []
    for index, (value, weight) in enumerate(zip(values, weights, strict=True)):
        at = bisect_left(ends, value)
        total, last = best[at - 1] if at else (0, -1)
        before.append(last)
        total += weight
        end = at
        while end < len(ends) and best[end][0] <= total:
            end += 1
        ends[at:end] = [value]
        best[at:end] = [(total, index)]
    row: list[int] = []
    last = best[-1][1] if best else -1
    while last >= 0:
        row.append(last)
        last = before[last]
    return row[::-1]


def _order(
    old: Sequence[Block], new: Sequence[Block], groups: Sequence[Group]
) -> Iterator[Group]:
    """The groups of the new page; behind each that stayed, what stood there and does no longer."""
    of_old = {block: group for group in groups for block in group.old}
    of_new = {block: group for group in groups for block in group.new}
    done: set[int] = set()
    at = 0

    def gone() -> Iterator[Group]:
        nonlocal at
        while at < len(old) and ((group := of_old[old[at]]).moved or not group.new):
            at += 1
            if id(group) not in done:
                done.add(id(group))
                yield Group(group.old, [], group.moved)

    yield from gone()
    for block in new:
        group = of_new[block]
        if block is not group.new[0]:
            continue
        yield group
        if group.old and not group.moved:
            while at < len(old) and of_old[old[at]] is group:
                at += 1
            yield from gone()
