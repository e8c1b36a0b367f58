"""Each rule finds what its failing examples are made to show, and nothing in the passing ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from examples import BASE, lay

from variorum.checks import RULES, run_rules
from variorum.checks.rule import Example, Rule
from variorum.editions import read_edition

OFFLINE = [rule for rule in RULES if rule.id != "grammar"]


def _examples(kind: str) -> list[ParameterSet]:
    return [
        pytest.param(rule, example, id=f"{rule.id}-{number}")
        for rule in OFFLINE
        for number, example in enumerate(getattr(rule, kind))
    ]


@pytest.mark.parametrize(("rule", "example"), _examples("failing"))
def test_failing_examples_fire_their_rule_alone(
    rule: Rule, example: Example, tmp_path: Path
) -> None:
    subject = lay(example, tmp_path)
    assert {finding.rule for finding in run_rules(subject, OFFLINE)} == {rule.id}


@pytest.mark.parametrize(("rule", "example"), _examples("passing"))
def test_passing_examples_do_not(rule: Rule, example: Example, tmp_path: Path) -> None:
    subject = lay(example, tmp_path)
    found = [f for f in run_rules(subject, OFFLINE) if f.rule == rule.id]
    assert found == []


def test_the_base_edition_is_clean() -> None:
    assert run_rules(read_edition(BASE), OFFLINE) == []


def test_ids_are_unique_and_every_rule_has_examples() -> None:
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert [rule.id for rule in RULES if not (rule.failing and rule.passing)] == []


def test_every_rule_says_what_it_asks_and_by_what_authority() -> None:
    assert [rule.id for rule in RULES if not (rule.summary and rule.authority)] == []
