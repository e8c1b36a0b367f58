"""The options of a publication, one form for ``mkdocs.yml`` and ``pyproject.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import Field, ValidationError

from variorum.editions.files import read_text
from variorum.editions.forms import nearest
from variorum.errors import InputError, Place, SettingsError
from variorum.essay import Allowed, Model, Text


class Options(Model):
    """``plugins: [variorum: {…}]`` in ``mkdocs.yml``, or ``[tool.variorum]``; never both."""

    language: Text = "en-US"
    """Of pages whose front matter names none."""
    picky: bool = False
    """Whether LanguageTool's picky rules run too."""
    style: bool = True
    """Whether its rules of style and register run."""
    disable: Allowed = Field(default_factory=dict)
    """Rule that is switched off → the reason."""


_HINTS: Mapping[str, str] = {
    "language": "write a language tag such as `en-US`",
    "picky": "write `true` or `false`",
    "style": "write `true` or `false`",
    "disable": "write each rule with the reason, as `RULE: reason`",
}


def parse_options(options: Mapping[str, Any], path: str) -> Options:
    """The options in the file ``path``.

    Raises ``SettingsError`` naming the line, the key, and the nearest valid one.
    """
    try:
        return Options.model_validate(options)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
    way = tuple(str(part) for part in first["loc"] if part != "[key]")
    key = way[0] if way else ""
    if first["type"] == "extra_forbidden":
        near = nearest(key, Options.model_fields)
        cause = "there is no such option"
        hint = f"did you mean `{near}`?" if near else f"use {', '.join(Options.model_fields)}"
    else:
        cause, hint = first["msg"], _HINTS.get(key, "write the options as `key: value`")
    raise SettingsError(cause, place=place_of_option(path, way), hint=hint)


def place_of_option(path: str, way: tuple[str, ...]) -> Place:
    """Where in the file ``path`` an option stands, or the nearest thing around it."""
    toml = path.endswith(".toml")
    key = ".".join(["tool" if toml else "plugins", "variorum", *way])
    try:
        text = read_text(Path(path)).text
        line = _line_in_toml(text, way) if toml else _line_in_yaml(text, way)
    except (InputError, yaml.YAMLError):
        line = None
    return Place(path, line, key)


def _line_in_toml(text: str, way: tuple[str, ...]) -> int | None:
    """Python's own reader of TOML tells no lines: look below the table's heading."""
    found = re.search(r"^\s*\[tool\.variorum\b", text, re.M)
    for part in way:
        key = re.compile(rf"^(?:\s*|.*[{{,.]\s*)[\"']?{re.escape(part)}[\"']?\s*[=\]]", re.M)
        found = (found and key.search(text, found.start())) or found
    return text.count("\n", 0, found.end()) + 1 if found else None


def _line_in_yaml(text: str, way: tuple[str, ...]) -> int | None:
    found = _pairs(yaml.compose(text, Loader=yaml.CSafeLoader)).get("plugins")
    if found is None:
        return None
    plugins = found[1]
    entries = plugins.value if isinstance(plugins, yaml.SequenceNode) else [plugins]
    for entry in entries:
        found = _pairs(entry).get("variorum", found)
    for part in way:
        found = _pairs(found[1]).get(part, found)
    return int(found[0].start_mark.line) + 1


def _pairs(node: Any) -> dict[str, tuple[Any, Any]]:
    """The keys of a mapping, each with the nodes of key and value."""
    if not isinstance(node, yaml.MappingNode):
        return {}
    return {key.value: (key, value) for key, value in node.value if isinstance(key.value, str)}
