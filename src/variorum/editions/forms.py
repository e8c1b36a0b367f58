"""From YAML to the values of an edition; what does not fit becomes findings with places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from variorum.checks.rule import Key
from variorum.editions.documents import Document
from variorum.text import Finding, Span

Value = TypeVar("Value", bound=BaseModel)

_NAMES = {
    "Essay": "The front matter",
    "Ledger": "This file",
    "Name": "This name",
    "Note": "This note",
    "Notes": "This file",
    "Reading": "This reading",
    "Reference": "This reference",
    "Rights": "`rights`",
    "Selector": "This selector",
    "SourceParagraph": "This source paragraph",
    "Witness": "This witness",
}
_PATTERNS = {
    "^[a-z][": "Use lower-case letters, digits and hyphens, a letter first, 64 at most.",
    "^[a-z]{": "Write a language tag such as `en-US`.",
    "^[0-9a-f]": "A SHA-256 digest has 64 digits, 0-9 and a-f.",
    "^[0-9]{4}": "Write a year, YYYY-MM or YYYY-MM-DD.",
}
_LIST = ("must be a list.", "Begin each entry with - on a line of its own.")
_MAPPING = ("must be a mapping.", "Write its entries as `key: value`, indented.")
_NUMBER = ("must be a whole number.", "Write digits only, without quotation marks.")
_TRUTH = ("must be true or false.", "Write `true` or `false`.")
_WANTED = {
    "string_type": ("must be text.", "Put it in quotation marks."),
    "string_too_short": ("is empty.", "Write it, or leave the whole entry out."),
    "too_short": ("is an empty list.", "It needs at least one entry."),
    "tuple_type": _LIST,
    "dict_type": _MAPPING,
    "model_type": _MAPPING,
    "model_attributes_type": _MAPPING,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "greater_than": ("is too small.", "Write a larger number."),
    "greater_than_equal": ("is too small.", "Write a larger number."),
}


@dataclass(frozen=True)
class Form:
    """Which values a YAML text must hold, and how findings name what does not fit."""

    model: type[BaseModel]
    rule: str
    path: str


def fit(model: type[Value], document: Document, rule: str, path: str) -> Value | list[Finding]:
    """The document as ``model``, or a finding for each thing that does not fit."""
    try:
        return model.model_validate(document.value, by_alias=True, by_name=False)
    except ValidationError as error:
        form = Form(model, rule, path)
        return list(_findings(form, document, error.errors(include_url=False)))


def _findings(form: Form, document: Document, errors: list[ErrorDetails]) -> Iterator[Finding]:
    """One finding a place: a union complains once for each of its members."""
    done: set[Key] = set()
    for error in errors:
        key = _key(document, error)
        # A list whose only entries are wrong is called too short as well.
        if key in done or (error["type"] == "too_short" and error["input"]):
            continue
        done.add(key)
        if error["type"] == "missing":
            message, hint, replacements = _missing(form.model, key, errors)
        else:
            message, hint, replacements = _describe(form.model, key, error)
        span = _span(document, key, error)
        yield Finding(form.rule, form.path, span, message, hint, replacements=replacements)


def _missing(
    model: type[BaseModel], key: Key, errors: list[ErrorDetails]
) -> tuple[str, str, tuple[str, ...]]:
    """What is said of all keys that the mapping at ``key`` lacks."""
    lacking = [error["loc"] for error in errors if error["type"] == "missing"]
    names = [f"`{place[-1]}`" for place in lacking if place[:-1] == key]
    listed = ", ".join(names[:-1]) + (" and " if names[:-1] else "") + names[-1]
    lines = "lines like" if names[:-1] else "a line like"
    owner = _model_at(model, key).__name__
    where = " at the top, between two lines `---`" if owner == "Essay" else ""
    return f"{_NAMES[owner]} lacks {listed}.", f"Add {lines} {names[0][:-1]}: …`{where}.", ()


def _key(document: Document, error: ErrorDetails) -> Key:
    """The way to what is wrong, without the names of a union's members that pydantic adds."""
    place: Key = error["loc"]
    return next(key for end in range(len(place), -1, -1) if (key := place[:end]) in document.values)


def _span(document: Document, key: Key, error: ErrorDetails) -> Span:
    if error["type"] == "missing":
        keys = [span for known, span in document.keys.items() if known[:-1] == key]
        return min(keys, default=document.values[key])
    if error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",):
        return document.keys[key]
    return document.values[key]


def _describe(
    model: type[BaseModel], key: Key, error: ErrorDetails
) -> tuple[str, str, tuple[str, ...]]:
    """Message, hint and replacements for one error."""
    name = _readable(key)
    match error["type"]:
        case "extra_forbidden":
            return _unknown_key(model, key)
        case "enum" | "literal_error":
            return _unknown_word(name, error)
        case "string_pattern_mismatch" | "string_too_long":
            pattern = str(error.get("ctx", {}).get("pattern", "^[a-z]"))
            hint = next(hint for start, hint in _PATTERNS.items() if pattern.startswith(start))
            return f"{name} cannot be `{error['input']}`.", hint, ()
        case "value_error":
            return f"{error['msg'].removeprefix('Value error, ')}.", "", ()
        case kind if kind.startswith("date"):
            return f"{name} is not a date.", "Write it as YYYY-MM-DD.", ()
    if error["input"] is None:
        return f"{name} is empty.", "Write its value, or leave the whole entry out.", ()
    message, hint = _WANTED.get(error["type"], (f"{error['msg']}.", ""))
    return f"{name} {message}", hint, ()


def _readable(key: Key) -> str:
    """``("notes", 3, "selector", "exact")`` as ``selector.exact``."""
    words: list[str] = []
    for part in reversed(key):
        if isinstance(part, int):
            break
        words.insert(0, part)
    if words:
        return f"`{'.'.join(words)}`"
    return f"Entry {int(key[-1]) + 1} of `{key[-2]}`" if len(key) > 1 else "This file"


def _unknown_key(model: type[BaseModel], key: Key) -> tuple[str, str, tuple[str, ...]]:
    owner = _model_at(model, key[:-1])
    known = {_alias(owner, name): None for name in owner.model_fields}
    near = nearest(str(key[-1]), known)
    hint = f"Did you mean `{near}`?" if near else f"Its keys are {', '.join(known)}."
    return f"{_NAMES[owner.__name__]} has no key `{key[-1]}`.", hint, (near,) if near else ()


def _unknown_word(name: str, error: ErrorDetails) -> tuple[str, str, tuple[str, ...]]:
    words = re.findall(r"'([^']+)'", str(error.get("ctx", {}).get("expected", "")))
    near = nearest(str(error["input"]), dict.fromkeys(words))
    hint = f"Use one of {', '.join(words)}."
    return f"{name} cannot be `{error['input']}`.", hint, (near,) if near else ()


def nearest(word: str, known: Mapping[str, object]) -> str | None:
    """The one of ``known`` that ``word`` most likely is a slip of."""
    plain = {name.lower().replace("_", "-"): name for name in known}
    found = get_close_matches(word.lower().replace("_", "-"), plain, n=1)
    return plain[found[0]] if found else None


def _alias(model: type[BaseModel], name: str) -> str:
    return model.model_fields[name].alias or name


def _model_at(model: type[BaseModel], key: Key) -> type[BaseModel]:
    """The model of the mapping that ``key`` leads to."""
    kind: Any = model
    for part in key:
        kind = _plain(kind)
        if isinstance(part, int):
            kind = get_args(kind)[0]
        elif get_origin(kind) is dict:
            kind = get_args(kind)[1]
        else:
            fields = {_alias(kind, name): info for name, info in kind.model_fields.items()}
            kind = fields[part].annotation
    found: type[BaseModel] = _plain(kind)
    return found


def _plain(kind: Any) -> Any:
    """A type without ``Annotated`` and ``| None``."""
    if get_origin(kind) is Annotated:
        return _plain(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return _plain(next(member for member in get_args(kind) if member is not type(None)))
    return kind
