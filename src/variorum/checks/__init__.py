"""Everything that a check asks, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from variorum.checks import (
    anchors,
    counterparts,
    fidelity,
    frontmatter,
    grammar,
    ledger,
    links,
    notes_form,
    provenance,
    rights,
    suppressions,
    typography,
    words,
)
from variorum.checks.rule import Review, Rule, Subject
from variorum.text import Finding

RULES: tuple[Rule, ...] = (
    *frontmatter.RULES,
    *provenance.RULES,
    *ledger.RULES,
    *rights.RULES,
    *notes_form.RULES,
    *anchors.RULES,
    *links.RULES,
    *typography.RULES,
    *fidelity.RULES,
    *counterparts.RULES,
    *grammar.RULES,
    *words.RULES,
    *suppressions.RULES,
)


def run_rules(subject: Subject, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """All that ``rules`` find in ``subject``, in the order of the files and of the text."""
    return list(review_rules(subject, rules).kept)


def review_rules(subject: Subject, rules: Sequence[Rule] = RULES) -> Review:
    """All that ``rules`` find in ``subject``, and what was let pass."""
    found = [finding for rule in rules for finding in rule.check(subject)]
    review = suppressions.review(subject, found, frozenset(rule.id for rule in rules))
    last = (finding for rule in rules for finding in rule.review(review))
    kept = sorted([*review.kept, *last], key=lambda f: (f.path, f.span, f.rule))
    return replace(review, kept=tuple(kept))


def bars_to_publishing(subject: Subject) -> list[Finding]:
    """What rules find without whose consent nothing may be published.

    A ledger that cannot be read is a bar too: nobody knows then what the rights allow.
    """
    unread = [finding for finding in subject.malformed if finding.rule == "ledger.form"]
    return unread + run_rules(subject, [rule for rule in RULES if rule.bars])
