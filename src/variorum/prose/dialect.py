"""The Markdown that a publication is written in: one list, used by the site and by the checks."""

from __future__ import annotations

from importlib import import_module
from typing import Any, TypeVar

import markdown
from markdown.extensions import Extension
from markdown.util import Registry

Item = TypeVar("Item")

EXTENSIONS: dict[str, dict[str, Any]] = {
    "abbr": {},
    "admonition": {},
    "attr_list": {},
    "def_list": {},
    "footnotes": {"BACKLINK_TEXT": "↩"},
    "md_in_html": {},
    "tables": {},
    "toc": {},
    "pymdownx.arithmatex": {"generic": True},
    "pymdownx.details": {},
    "pymdownx.superfences": {},
    "pymdownx.tabbed": {"alternate_style": True},
}
"""Name of each Python-Markdown extension of the dialect, and its settings."""


READING: dict[str, dict[str, Any]] = {
    **{name: options for name, options in EXTENSIONS.items() if name != "toc"},
    "pymdownx.highlight": {"use_pygments": False},
}
"""The dialect for those who only want the words: code needs no colours, and the title and the
numbers of lines that come with them are no prose; nor are tables of contents."""


def make_markdown(extensions: dict[str, dict[str, Any]] = EXTENSIONS) -> markdown.Markdown:
    """A Python-Markdown that speaks the dialect."""
    return markdown.Markdown(extensions=load_extensions(extensions))


def load_extensions(named: dict[str, dict[str, Any]]) -> list[Extension]:
    """Looking one up by its name takes Python-Markdown longer than starting it."""
    return [_load(name, **settings) for name, settings in named.items()]


def _load(name: str, **settings: Any) -> Extension:
    module = import_module(name if "." in name else f"markdown.extensions.{name}")
    extension: Extension = module.makeExtension(**settings)
    return extension


def in_order(registry: Registry[Item]) -> list[tuple[str, Item]]:
    """The processors of a registry with their names, as Python-Markdown runs them."""
    items = list(registry)  # which sorts the registry
    names: Any = vars(registry)["_priority"]  # there is no public way to the names in order
    return [(entry.name, item) for entry, item in zip(names, items, strict=True)]
