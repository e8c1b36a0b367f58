"""Which of LanguageTool's rules have one replacement, and how often that is the right one.

    python bench/fixes.py                  rules with six examples or more
    python bench/fixes.py --examples 3     with three or more
    python bench/fixes.py --safe           only the rules in SAFE; fails unless all are always right

Asked are the examples in LanguageTool's own English rules. Right is a fix that gives just the
correction that the example's author gave, where the author gave one only, and that leaves nothing
more to find in the sentence than was there besides. ``SAFE`` in ``variorum.checks.grammar`` is
chosen from the rules that are always right here and need no judgement by their nature.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corrections import english_jar, read_corrections

from variorum.checks.grammar import SAFE
from variorum.languagetool import Grammar, Match
from variorum.text import Span


@dataclass(frozen=True)
class Example:
    """A wrong sentence, where the fault is, and what its author wrote instead."""

    rule: str
    sentence: str
    span: Span
    correction: str


def read_examples(jar: Path) -> list[Example]:
    """The examples of the English rules in ``jar``."""
    every = (
        Example(c.rule, f"{c.before}{c.words}{c.after}",
                Span(len(c.before), len(c.before) + len(c.words)), c.correction)
        for c in read_corrections(jar)
    )
    return list(dict.fromkeys(every))


def fixed(example: Example, matches: Sequence[Match]) -> str | None:
    """The sentence with the only replacement of the rule's match; ``None`` when there is none."""
    own = [m for m in matches if m.rule == example.rule and len(m.replacements) == 1]
    if len(own) != 1:
        return None
    start, end = own[0].span.start, own[0].span.end
    return f"{example.sentence[:start]}{own[0].replacements[0]}{example.sentence[end:]}"


def right(example: Example) -> str:
    """The sentence as the example's author corrects it."""
    start, end = example.span.start, example.span.end
    return f"{example.sentence[:start]}{example.correction}{example.sentence[end:]}"


def measure(examples: Sequence[Example], grammar: Grammar) -> dict[str, Counter[str]]:
    """For each rule: how many examples have one fix, and how many of these fixes are right."""
    found = grammar.check([example.sentence for example in examples], "en-US")
    fixes = [fixed(example, matches) for example, matches in zip(examples, found, strict=True)]
    after = grammar.check([fix or "" for fix in fixes], "en-US")
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for example, fix, before, now in zip(examples, fixes, found, after, strict=True):
        if fix is not None:
            new = Counter(m.rule for m in now) - Counter(m.rule for m in before)
            good = fix == right(example) and not new
            tally[example.rule].update({"fixed": 1, "right": good})
    return tally


def main() -> None:
    """Print the rules, those that are always right first, the best proved on top."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--examples", type=int, default=6, metavar="N", help="show rules with N")
    parser.add_argument("--safe", action="store_true", help="ask only about the rules in SAFE")
    options = parser.parse_args()
    examples = read_examples(english_jar())
    if options.safe:
        examples = [example for example in examples if example.rule in SAFE]
    tally = measure(examples, Grammar())
    rows = [(c["right"] / c["fixed"], c["fixed"], rule) for rule, c in tally.items()]
    for share, count, rule in sorted(rows, reverse=True):
        if count >= options.examples:
            print(f"{share:5.0%} of {count:3}  {rule}")
    fixes, good = (sum(c[key] for c in tally.values()) for key in ("fixed", "right"))
    print(f"{good} of {fixes} fixes are right; {sum(s == 1 for s, _, _ in rows)} of "
          f"{len(rows)} rules are always right.")
    if options.safe and good < fixes:
        sys.exit(1)


if __name__ == "__main__":
    main()
