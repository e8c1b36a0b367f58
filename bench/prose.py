"""How long the prose map of Markdown takes, against ``markdown-it-py`` parsing the same.

    python bench/prose.py              a megabyte of invented essays
    python bench/prose.py --times 9    more measurements

The essays hold a fair share of every construct of the dialect, and prose for the rest. Both parse
each essay by itself, in turn, in one process; ``markdown-it-py`` with its CommonMark rules and
tables, which is less than this dialect has.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from markdown_it import MarkdownIt

from variorum.prose import make_markdown, read_prose

VOCABULARY = """
    a the of and to in that it was is for as with his her their on be at by this had not but
    from or have an they which one you were all she there would who him been has when more no if
    out so said what up its about into than them can only other new some could time these two
    may then do first any my now such like our over man me even most made after also did many
    before must through back years where much your way well down should because each just those
    people mister how too little state good very make world still own see men work long get here
    between both life being under never day same another know while last might us great old
    harbour ledger letter printer margin essay reader scholar commentary manuscript edition
    friendship obligation quarrel neighbour courtesy remembered discovered translated
"""
WORDS = VOCABULARY.split()
GOAL = 1.5
"""Times as long as ``markdown-it-py`` parses; past it this exits with 1."""
PARAGRAPHS = 45
"""Of one essay, of about 60 words each."""


class Writer:
    """Invents one essay."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.notes: list[str] = []

    def words(self, count: int) -> str:
        """So many words in a row."""
        return " ".join(self.dice.choices(WORDS, k=count))

    def sentence(self) -> str:
        """A sentence of prose, with markup as often as essays have it."""
        text = f"{self.words(self.dice.randint(6, 22)).capitalize()}."
        choice = self.dice.random()
        if choice < 0.7:
            return text
        marked = self.dice.choice([
            "*@*", "**@**", "[@](http://example.org/page)", "`@`", "“@”", "@ &mdash; so",
            "<b>@</b>", "$x_1$ @", "[@][ref]", "@\\*", "***@***", "*@*{ .x }", "@[^¤]",
        ]).replace("@", self.words(2))
        if "¤" in marked:
            self.notes.append(f"n{len(self.notes)}")
            marked = marked.replace("¤", self.notes[-1])
        return f"{self.words(4).capitalize()} {marked} {self.words(8)}."

    def paragraph(self, sentences: int = 4) -> str:
        """A paragraph of prose, broken into lines."""
        words = " ".join(self.sentence() for _ in range(sentences)).split(" ")
        lines = [" ".join(words[i : i + 14]) for i in range(0, len(words), 14)]
        return "\n".join(lines)

    def block(self, number: int) -> str:
        """A paragraph, or one of the other constructs."""
        one = self.words(9).capitalize()
        others = [
            f"## {self.words(4).capitalize()}", f"- {one}\n- {one}\n    - {one}\n- {one}",
            f"1. {one}\n2. {one}", f"> {self.paragraph(2)}", f"!!! note\n    {one}.\n\n    {one}.",
            f"| a | b |\n|---|---|\n| {one} | {one} |\n| {one} | `x` |", f"Term\n:   {one}",
            f"```python\n{one}\n```", f'??? info "{one}"\n    {one}.', f"$$\n{one}\n$$",
            f'=== "One"\n    {one}\n\n=== "Two"\n    {one}', f"<div>\n{one}\n</div>",
        ]
        if number % 4 == 3:
            return self.dice.choice(others)
        return f'{self.paragraph()}\n{{ #p{number} from="s{number}" }}'

    def essay(self) -> str:
        """Front matter, blocks and footnotes."""
        blocks = [self.block(number) for number in range(PARAGRAPHS)]
        blocks.append("[ref]: http://example.org/ref\n\n*[HTML]: A kind of markup")
        blocks += [f"[^{name}]: {self.words(12)}." for name in self.notes]
        return "\n\n".join(["---\ntitle: An essay\n---", *blocks]) + "\n"


def seconds(work: Callable[[str], object], essays: Sequence[str]) -> float:
    """Processor seconds that ``work`` takes for all of ``essays``."""
    gc.collect()
    begun = time.process_time()
    for essay in essays:
        work(essay)
    return time.process_time() - begun


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=5, help="of which to take the median")
    parser.add_argument("--megabytes", type=float, default=1)
    asked = parser.parse_args()
    essays: list[str] = []
    while sum(map(len, essays)) < asked.megabytes * 1e6:
        essays.append(Writer(len(essays)).essay())
    parse = MarkdownIt("commonmark").enable("table").parse
    works = (parse, lambda essay: make_markdown().convert(essay), read_prose)
    rounds = [[seconds(work, essays) for work in works] for _ in range(asked.times)]
    theirs, renderer, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    print(f"{len(essays)} essays, {sum(map(len, essays)) / 1e6:.2f} million characters\n")
    print("| | seconds | ratio |\n|---|---|---|")
    print(f"| markdown-it-py parses | {theirs:.2f} | 1 |")
    print(f"| Python-Markdown renders | {renderer:.2f} | {renderer / theirs:.2f} |")
    print(f"| prose map, at most {GOAL} | {ours:.2f} | {ours / theirs:.2f} |")
    return 1 if ours / theirs > GOAL else 0


if __name__ == "__main__":
    sys.exit(main())
