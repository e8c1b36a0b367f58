"""Whatever an editor writes, reading it ends in values or in findings that can be pointed at."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from variorum.editions import read_yaml
from variorum.editions.forms import fit
from variorum.editions.schemas import MODELS
from variorum.essay import Essay, Ledger, Notes
from variorum.text import Finding, Span

KEYS = sorted(
    {
        key
        for model in MODELS.values()
        for shape in [
            model.model_json_schema(),
            *model.model_json_schema().get("$defs", {}).values(),
        ]
        for key in shape.get("properties", {})
    }
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-5, 3000)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["gloss", "book", "2026-01-02", "a" * 64, "fox", "F ox", "", "high"])
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYS, "x", "Bad Key", "[key]"]), inner, max_size=5)
    ),
    max_leaves=25,
)
NOTE: dict[str, Any] = {
    "id": "fox",
    "kind": "gloss",
    "selector": {"exact": "A fox"},
    "body": "A body.",
    "author": "An editor",
    "date": "2026-01-02",
}


class _Dumper(yaml.SafeDumper):
    """Writes a value twice rather than as an anchor and an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _write(value: Any) -> str:
    return str(yaml.dump(value, Dumper=_Dumper, sort_keys=False))


def _read(model: type[BaseModel], text: str) -> BaseModel | list[Finding]:
    return fit(model, read_yaml(text, "F"), "form", "F")


@pytest.mark.parametrize("model", [Essay, Notes, Ledger])
@given(value=VALUES)
def test_anything_is_read_or_found_fault_with(model: type[BaseModel], value: Any) -> None:
    text = _write(value)
    _assert_places(_read(model, text), text)


@given(key=st.sampled_from([*NOTE, "x", "prefix"]), value=VALUES)
def test_a_note_with_anything_in_one_place(key: str, value: Any) -> None:
    text = _write({"notes": [NOTE, {**NOTE, key: value}]})
    _assert_places(_read(Notes, text), text)


def _assert_places(outcome: BaseModel | list[Finding], text: str) -> None:
    if isinstance(outcome, BaseModel):
        return
    assert outcome
    for finding in outcome:
        assert finding.span.end <= len(text)
        assert finding.message.endswith(".")
        assert "Error" not in finding.message


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("notes: fox", "`notes` must be a list.", "fox"),
        ("notes: [fox]", "Entry 1 of `notes` must be a mapping.", "fox"),
        ("- a", "This file must be a mapping.", "- a"),
        (
            "references: {Bad Key: {type: book, title: T, issued: 1900}}",
            "`references.Bad Key` cannot be `Bad Key`.",
            "Bad Key",
        ),
        (
            "references: {a: {type: boook, title: T, issued: 1900}}",
            "`references.a.type` cannot be `boook`.",
            "boook",
        ),
        (
            "references: {a: {type: book, title: T, issued: 1900, author: [{given: Ann}]}}",
            "A name needs `family`, or `literal` for an organisation.",
            "{given: Ann}",
        ),
        (
            "references: {a: {type: book, title: 1984, issued: 1900}}",
            "`references.a.title` must be text.",
            "1984",
        ),
        (
            "references: {a: {type: book, title: T, issued: [1]}}",
            "`references.a.issued` must be text.",
            "[1]",
        ),
        (
            "references: {a: {type: book, title: T, issued: 1900, accessed: soon}}",
            "`references.a.accessed` is not a date.",
            "soon",
        ),
    ],
)
def test_messages(text: str, message: str, place: str) -> None:
    outcome = _read(Notes, text)
    assert isinstance(outcome, list)
    assert [(f.message, f.span.of(text)) for f in outcome] == [(message, place)]
    assert all(finding.hint for finding in outcome if "name needs" not in finding.message)


def test_front_matter_counts_its_places_from_the_start_of_the_file() -> None:
    text = "---\r\ntitle: A 🦊\r\n---\r\n"
    document = read_yaml(text, "F", Span(5, 17))
    assert document.values["title",].of(text) == "A 🦊"
    assert document.keys["title",].of(text) == "title"
