"""Everything that a check asks, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from variorum.checks import (
    anchors,
    fidelity,
    frontmatter,
    grammar,
    ledger,
    links,
    notes_form,
    provenance,
    typography,
)
from variorum.checks.rule import Rule, Subject
from variorum.text import Finding

RULES: tuple[Rule, ...] = (
    *frontmatter.RULES,
    *provenance.RULES,
    *ledger.RULES,
    *notes_form.RULES,
    *anchors.RULES,
    *links.RULES,
    *typography.RULES,
    *fidelity.RULES,
    *grammar.RULES,
)


def run_rules(subject: Subject, rules: Sequence[Rule] = RULES) -> list[Finding]:
    """All that ``rules`` find in ``subject``, in the order of the files and of the text."""
    return sorted(_find(subject, rules), key=lambda f: (f.path, f.span, f.rule))


def _find(subject: Subject, rules: Sequence[Rule]) -> Iterator[Finding]:
    for rule in rules:
        for finding in rule.check(subject):
            if finding.rule not in subject.settings.disabled:
                yield finding
