"""Every figure that the page is held to, beside its goal.

    python bench/figures.py            exits with 1 when one is beyond its goal

It takes some ten minutes. What each figure is, and its details, `page.py`, `painting.py` and
`judging.py` tell. On a machine that does other things, too, the times and Lighthouse's score of
speed are worse than the page deserves.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from judging import BEST, judge_pages, judges, scores
from page import (
    MOST_FONTS,
    MOST_SENT,
    MOST_TIMES_AS_LONG,
    ROOT,
    build,
    first_visit,
    note_bytes,
    time_builds,
)
from painting import FEW, SOON, WIDTHS, opened, shift, toggles

TIMES = 3
CLICKS = 20
ESSAYS = 100


@dataclass(frozen=True)
class Figure:
    """What was measured, and what may be measured at most."""

    name: str
    measured: float
    goal: float
    at_least: bool = False
    """Whether the goal is the least, not the most."""
    places: int = 0

    @property
    def reached(self) -> bool:
        """Whether the goal is."""
        return self.measured >= self.goal if self.at_least else self.measured <= self.goal

    def __str__(self) -> str:
        sign = "≥" if self.at_least else "≤"
        measured, goal = (f"{value:,.{self.places}f}" for value in (self.measured, self.goal))
        return f"{'' if self.reached else '!':1} {self.name:58} {measured:>9}  {sign} {goal}"


def main() -> int:
    """Measure, print each as it comes, and tell whether all goals are reached."""
    reached = True
    for measure in (of_bytes, of_notes, of_builds, of_painting, of_judges):
        for figure in measure():
            print(figure, flush=True)
            reached &= figure.reached
    return 0 if reached else 1


def of_bytes() -> Iterator[Figure]:
    """What a first visit to the essay costs."""
    with tempfile.TemporaryDirectory() as folder:
        build(ROOT, Path(folder))
        sent, fonts = first_visit(Path(folder))
    yield Figure("first visit with 25 notes, compressed, bytes", sum(sent.values()), MOST_SENT - 1)
    yield Figure("fonts, bytes", fonts, MOST_FONTS)


def of_notes() -> Iterator[Figure]:
    """What a note costs, against a footnote."""
    found = note_bytes()
    yield Figure("HTML of a note more, bytes", found["note"][0], found["footnote"][0])


def of_builds() -> Iterator[Figure]:
    """How long it takes to build, against footnotes in bare Material."""
    ours, bare = time_builds(ESSAYS, TIMES)
    yield Figure(f"build of {ESSAYS} essays, times bare Material’s", ours / bare,
                 MOST_TIMES_AS_LONG, places=2)


def of_painting() -> Iterator[Figure]:
    """How soon a note is seen, and what moves."""
    with opened() as reader:
        for width in WIDTHS:
            soon = statistics.median(toggles(reader, width, CLICKS))
            yield Figure(f"note clicked to painted, 200 notes, slow, {width} px, ms", soon, SOON)
        for width in WIDTHS:
            moved = shift(reader, FEW, width)
            yield Figure(f"layout shift, 60 notes, {width} px", moved, 0, places=4)


def of_judges() -> Iterator[Figure]:
    """What other programs say."""
    with judges() as folder:
        for judge, faults in judge_pages(folder).items():
            yield Figure(f"faults by {judge}, every page", faults.total(), 0)
        ours, bare = scores(folder, TIMES)
    for category, score in ours.items():
        yield Figure(f"Lighthouse, {category} (bare Material {bare[category]:.0f})", score, BEST,
                     at_least=True)


if __name__ == "__main__":
    sys.exit(main())
