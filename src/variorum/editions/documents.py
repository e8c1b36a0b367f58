"""YAML with places: what a file says, and where in its text each value stands.

PyYAML's C parser gives the events; scalars are resolved as YAML 1.2's core schema does, so
that ``no`` is a word and ``2026-11-23`` is text until the shape of the edition says otherwise.
Anchors, aliases, merge keys and tags are refused: a file for editors needs none of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, NoReturn

import yaml

from variorum.checks.rule import Key, Places
from variorum.editions.complaints import Complaint, explain
from variorum.errors import InputError, Place
from variorum.text import Lines, Span

DEPTH = 20
"""How deep lists and mappings may stand in one another; an edition needs five levels."""
_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


@dataclass(frozen=True)
class Document:
    """A YAML document as data."""

    value: Any
    """Mappings, lists, texts, numbers, truth values and ``None``."""
    values: Places = field(repr=False)
    """The span of each value; ``()`` is the whole."""
    keys: Places = field(repr=False)
    """The span of the key itself, for each value in a mapping."""


def read_yaml(text: str, path: str, within: Span | None = None) -> Document:
    """What ``text`` (or the part ``within``) says; places count from the start of ``text``.

    Raises ``InputError`` with file and line when it is not YAML, or is YAML of a kind that an
    edition does not use.
    """
    span = within or Span(0, len(text))
    compose = partial(_Composer, span.of(text), span.start)
    values = _Later(lambda: compose(placing=True).values)
    keys = _Later(lambda: compose(placing=True).keys)
    try:
        return Document(compose(placing=False).value, values, keys)
    except Complaint as complaint:
        raise InputError(
            complaint.cause,
            place=Place(path, Lines(text).position(span.start + complaint.offset).line),
            hint=complaint.hint,
        ) from None


class _Later(Mapping[Key, Span]):
    """Places looked up when somebody asks: as a rule a file is in order, and nobody does."""

    def __init__(self, read: Callable[[], dict[Key, Span]]) -> None:
        self._read = read

    @cached_property
    def _known(self) -> dict[Key, Span]:
        return self._read()

    def __getitem__(self, key: Key) -> Span:
        return self._known[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class _Composer:
    """Reads the events of one text into its value and, when ``placing``, the places in it."""

    def __init__(self, text: str, base: int, *, placing: bool) -> None:
        self.text = text
        self.base = base
        self.placing = placing
        self.values: dict[Key, Span] = {}
        self.keys: dict[Key, Span] = {}
        self.events = _events(text)
        self.value = self.document()

    def document(self) -> Any:
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            self.values[()] = Span(self.base, self.base + len(self.text))
            return None
        value = self.compose(next(self.events), ())
        next(self.events)
        another = next(self.events)
        if not isinstance(another, yaml.StreamEndEvent):
            raise Complaint(
                "a second YAML document begins here",
                _start(another),
                "keep one document in a file: remove the line ---",
            )
        return value

    def compose(self, event: Any, key: Key) -> Any:
        _refuse_cleverness(event)
        if len(key) > DEPTH:
            raise Complaint(
                f"is nested more than {DEPTH} deep", _start(event), "an edition needs five levels"
            )
        if isinstance(event, yaml.ScalarEvent):
            self.place(key, _start(event), _end(event))
            return resolve(event.value) if event.implicit[0] else event.value
        start = _start(event)
        value, end = (
            self.mapping(key) if isinstance(event, yaml.MappingStartEvent) else self.sequence(key)
        )
        self.place(key, start, end)
        return value

    def mapping(self, key: Key) -> tuple[dict[str, Any], int]:
        value: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            name = _key_name(event, value)
            if self.placing:
                self.keys[*key, name] = Span(self.base + _start(event), self.base + _end(event))
            value[name] = self.compose(next(self.events), (*key, name))
        return value, _end(event)

    def sequence(self, key: Key) -> tuple[list[Any], int]:
        value: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            value.append(self.compose(event, (*key, len(value))))
        return value, _end(event)

    def place(self, key: Key, start: int, end: int) -> None:
        """Record a value without the blank lines and line ends that its event includes."""
        if not self.placing:
            return
        end = start + len(self.text[start:end].rstrip())
        self.values[key] = Span(self.base + start, self.base + end)


def _events(text: str) -> Iterator[Any]:
    try:
        yield from list(yaml.parse(text, Loader=yaml.CLoader))[1:]
    except yaml.YAMLError as error:
        raise explain(error, text) from None


def _start(event: Any) -> int:
    return int(event.start_mark.index)


def _end(event: Any) -> int:
    return int(event.end_mark.index)


def resolve(scalar: str) -> Any:
    """The value of a plain scalar by YAML 1.2's core schema, without octal, hexadecimal, NaN."""
    if scalar in _WORDS:
        return _WORDS[scalar]
    if _INTEGER.fullmatch(scalar) and len(scalar) < 20:
        return int(scalar)
    return float(scalar) if _FLOAT.fullmatch(scalar) else scalar


def _key_name(event: Any, value: Mapping[str, Any]) -> str:
    _refuse_cleverness(event)
    offset = _start(event)
    if not isinstance(event, yaml.ScalarEvent):
        raise Complaint("a key must be a plain word", offset, "write it as `word: value`")
    name: str = event.value
    if name == "<<" and event.implicit[0]:
        _refuse("a merge key (<<)", offset)
    if name in value:
        raise Complaint(f"`{name}` stands twice here", offset, "keep one of the two")
    return name


def _refuse_cleverness(event: Any) -> None:
    if isinstance(event, yaml.AliasEvent):
        _refuse(f"an alias (*{event.anchor})", _start(event))
    if event.anchor:
        _refuse(f"an anchor (&{event.anchor})", _start(event))
    if event.tag and event.tag != "!":
        _refuse(f"a tag ({event.tag})", _start(event))


def _refuse(what: str, offset: int) -> NoReturn:
    raise Complaint(f"{what} is not allowed here", offset, "write the value out where it is needed")
