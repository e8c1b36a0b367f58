"""Which words of a paragraph stayed, and which were put in the place of which, so that it reads.

The longest common row of words (rapidfuzz's, by Hyyrö's bit-parallel algorithm) is what is kept
at first. It is the least change and not the most readable one: common words meet by chance. So an
island of kept words that is smaller than the changes around it is given up, as in the semantic
clean-up of Fraser's diff-match-patch, and so are all islands of a stretch in which little is left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from variorum.difference.tokens import BREAK, Token
from variorum.text import Span

_MOST = 400_000_000
"""Words of one side times words of the other, up to which they are aligned: a second or so."""
_SOLID = 6
"""Words kept in a row that part two changes for good."""
_LITTLE = 0.5
"""Share of kept letters, as measured by the changed ones, below which a stretch is rewritten."""
_STOPS = frozenset(".?!…")
_CLOSERS = frozenset("”’\"')]")
_PAUSES = frozenset(",;:—–")


@dataclass(frozen=True)
class Step:
    """Tokens of the earlier text, and the tokens of the new one that stand in their place."""

    kept: bool
    old: Span
    new: Span

    @property
    def empty(self) -> bool:
        """Whether nothing is in it."""
        return self.old.start == self.old.end and self.new.start == self.new.end


Steps = list[Step]


def align(old: Sequence[Token], new: Sequence[Token]) -> Steps:
    """The way from ``old`` to ``new``; kept tokens and changes take turns."""
    steps = merge(common(old, new))
    steps = merge(_drown(steps, old, new))
    steps = merge(_rewrite(steps, old, new))
    return merge(_slide(steps, old, new))


def common(old: Sequence[Token], new: Sequence[Token]) -> Steps:
    """The longest row of tokens that both have; neither merged nor smoothed."""
    numbers: dict[str, int] = {}
    here, there = ([numbers.setdefault(token.key, len(numbers)) for token in side]
                   for side in (old, new))
    head = _shared(here, there)
    tail = _shared(here[head:][::-1], there[head:][::-1])
    here, there = here[head : len(here) - tail], there[head : len(there) - tail]
    found = [Step(True, Span(0, head), Span(0, head))]
    if len(here) * len(there) > _MOST:
        found.append(_step(False, head, len(here), head, len(there)))
    else:
        found += [_step(op.tag == "equal", head + op.src_start, op.src_end - op.src_start,
                        head + op.dest_start, op.dest_end - op.dest_start)
                  for op in Indel.opcodes(here, there)]
    found.append(_step(True, len(old) - tail, tail, len(new) - tail, tail))
    return found


def _step(kept: bool, old: int, olds: int, new: int, news: int) -> Step:
    return Step(kept, Span(old, old + olds), Span(new, new + news))


def _shared(one: Sequence[int], other: Sequence[int]) -> int:
    """How many items the two begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
                min(len(one), len(other)))


def merge(steps: Steps) -> Steps:
    """Neighbours of one kind as one; what is empty is left out."""
    merged: Steps = []
    for step in steps:
        if step.empty:
            continue
        if merged and merged[-1].kept == step.kept:
            last = merged.pop()
            step = Step(step.kept, Span(last.old.start, step.old.end),
                        Span(last.new.start, step.new.end))
        merged.append(step)
    return merged


def letters(tokens: Sequence[Token]) -> int:
    """How much ``tokens`` say: letters of words, and a little for what else can be seen."""
    return sum(len(token.text) if token.is_word else 4 * (token.whole is not None)
               for token in tokens)


def _size(step: Step, old: Sequence[Token], new: Sequence[Token]) -> int:
    return max(letters(old[step.old.start : step.old.end]),
               letters(new[step.new.start : step.new.end]))


def _give_up(step: Step) -> Step:
    return replace(step, kept=False)


def _drown(steps: Steps, old: Sequence[Token], new: Sequence[Token]) -> Steps:
    """Give up islands that are smaller than the changes on both sides of them."""
    done: Steps = []
    for index, step in enumerate(steps):
        between = 0 < index < len(steps) - 1
        if step.kept and between:
            size = _size(step, old, new)
            around = _size(done[-1], old, new), _size(steps[index + 1], old, new)
            if size < min(around) or size == 0:
                step = _give_up(step)
        if done and not step.kept and not done[-1].kept:
            step = merge([done.pop(), step])[0]
        done.append(step)
    return done


def _rewrite(steps: Steps, old: Sequence[Token], new: Sequence[Token]) -> Steps:
    """Give up every island of a stretch in which less is kept than changed."""
    done: Steps = []
    stretch: Steps = []
    for step in [*steps, Step(True, Span(0, 0), Span(0, 0))]:
        if not step.kept or (stretch and not _parts(step, new)):
            stretch.append(step)
            continue
        done += _settle(stretch, old, new)
        done.append(step)
        stretch = []
    return done


def _parts(step: Step, new: Sequence[Token]) -> bool:
    """Whether changes on both sides of ``step`` have nothing to do with each other."""
    kept = new[step.new.start : step.new.end]
    return (not kept or sum(token.is_word for token in kept) >= _SOLID
            or any(token.key in _STOPS for token in kept))


def _settle(stretch: Steps, old: Sequence[Token], new: Sequence[Token]) -> Steps:
    """One change for the whole ``stretch``, or the stretch as it is."""
    changed = sum(_size(step, old, new) for step in stretch if not step.kept)
    kept = sum(_size(step, old, new) for step in stretch if step.kept)
    if sum(not step.kept for step in stretch) < 3 or kept >= _LITTLE * changed:
        return stretch
    return [_give_up(step) for step in stretch]


def _slide(steps: Steps, old: Sequence[Token], new: Sequence[Token]) -> Steps:
    """Let what was put in or taken out begin with a sentence, or a clause, where it can."""
    done = list(steps)
    for index, step in enumerate(steps):
        before = done[index - 1] if index else None
        after = done[index + 1] if index + 1 < len(done) else None
        if step.kept or (step.old.start < step.old.end and step.new.start < step.new.end):
            continue
        side, span = (new, step.new) if step.new.start < step.new.end else (old, step.old)
        shift = _best_shift(
            side, span, before.old.end - before.old.start if before else 0,
            after.old.end - after.old.start if after else 0)
        if shift and before and after:
            done[index - 1 : index + 2] = _shifted(before, step, after, shift)
    return done


def _best_shift(side: Sequence[Token], span: Span, back: int, ahead: int) -> int:
    """How far the change at ``span`` moves, at most ``back`` or ``ahead`` kept tokens."""
    least = _reach(lambda n: side[span.start - n].key == side[span.end - n].key, back)
    most = _reach(lambda n: side[span.start + n - 1].key == side[span.end + n - 1].key, ahead)
    # Where a neighbour would be used up, the change stays: it would stand beside another.
    shifts = range(-min(least, max(back - 1, 0)), min(most, max(ahead - 1, 0)) + 1)
    return max(shifts, key=lambda n: (_rank(side, span.start + n), -abs(n)), default=0)


def _reach(same: Callable[[int], bool], limit: int) -> int:
    reach = 0
    while reach < limit and same(reach + 1):
        reach += 1
    return reach


def _rank(side: Sequence[Token], start: int) -> int:
    """How well something can begin at ``start``."""
    if start == 0 or side[start - 1].key == BREAK:
        return 3
    before = start - 1
    while before > 0 and side[before].key in _CLOSERS:
        before -= 1
    return 2 * (side[before].key in _STOPS) or int(side[before].key in _PAUSES)


def _shifted(before: Step, step: Step, after: Step, shift: int) -> Steps:
    def moved(span: Span, start: int, end: int) -> Span:
        return Span(span.start + start, span.end + end)

    return [
        Step(True, moved(before.old, 0, shift), moved(before.new, 0, shift)),
        Step(False, moved(step.old, shift, shift), moved(step.new, shift, shift)),
        Step(True, moved(after.old, shift, 0), moved(after.new, shift, 0)),
    ]
