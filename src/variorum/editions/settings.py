"""What a publication decides: the plugin's options in ``mkdocs.yml``, and its word lists."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml
from pydantic import Field, ValidationError

from variorum.checks.rule import Settings
from variorum.editions.files import read_text
from variorum.editions.finding import ESSAYS
from variorum.editions.forms import nearest
from variorum.editions.reading import LEDGER, NOTES
from variorum.errors import InputError, Place, SettingsError
from variorum.essay import Model, Text

CONFIG = "mkdocs.yml"
WORDS = "words.txt"
"""One word a line; what follows ``#`` is a comment. In the docs folder, or in an edition's."""


class Options(Model):
    """``plugins: [variorum: {…}]`` in ``mkdocs.yml``."""

    language: Text = "en-US"
    """Of pages whose front matter names none."""
    picky: bool = False
    """Whether LanguageTool's picky rules run too."""
    disable: dict[Text, Text] = Field(default_factory=dict)
    """Rule that is switched off → the reason."""


class _Loader(yaml.CSafeLoader):
    """Reads any ``mkdocs.yml``: what its tags mean is MkDocs' business."""


_Loader.add_multi_constructor("", lambda loader, suffix, node: None)


def find_root(path: Path) -> Path | None:
    """The folder of the publication that ``path`` is in: the nearest with a ``mkdocs.yml``."""
    start = path.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG).is_file():
            return folder
    return None


def docs_of(root: Path) -> Path:
    """The folder of documents of the publication in ``root``."""
    return root / str(_read_config(root / CONFIG).get("docs_dir") or "docs")


def read_settings(root: Path | None, folder: Path | None = None) -> Settings:
    """The settings of the publication in ``root``, for the edition in ``folder`` if given.

    Raises ``SettingsError`` or ``InputError`` when they make no sense.
    """
    if root is None:
        return Settings()
    config = root / CONFIG
    options = parse_options(_plugin_options(_read_config(config)), config.as_posix())
    lists = [docs_of(root) / WORDS, *([folder / WORDS] if folder else [])]
    words = frozenset().union(*(read_words(path) for path in lists if path.is_file()))
    return Settings(words, options.picky, options.language, options.disable)


def read_words(path: Path) -> frozenset[str]:
    """The words of a list, as they are compared: caseless, apostrophes straight."""
    lines = (line.partition("#")[0].strip() for line in read_text(path).text.splitlines())
    return frozenset(line.replace("’", "'").casefold() for line in lines if line)


def parse_options(options: Mapping[str, Any], path: str) -> Options:
    """The plugin's options; raises ``SettingsError`` naming the key, and the nearest valid one."""
    try:
        return Options.model_validate(options)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0]) if first["loc"] else "variorum"
        near = nearest(key, Options.model_fields)
        if first["type"] == "extra_forbidden":
            cause = "is no option of the plugin"
            hint = f"did you mean `{near}`?" if near else f"use {', '.join(Options.model_fields)}"
        else:
            cause, hint = first["msg"], "see the README, under Settings"
        place = Place(path, key=f"plugins.variorum.{key}")
        raise SettingsError(cause, place=place, hint=hint) from None


def list_files(docs: Path) -> frozenset[str]:
    """Paths in the folder of documents, with forward slashes."""
    return frozenset(
        path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()
    )


def is_private(location: str) -> bool:
    """Whether a file among the documents is for editors and not published."""
    path = PurePosixPath(location)
    return path.name == WORDS or (path.name in (NOTES, LEDGER) and ESSAYS in path.parts)


def _read_config(path: Path) -> Mapping[str, Any]:
    try:
        value = yaml.load(read_text(path).text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"not valid YAML: {error.problem}", place=Place(path, line)) from None
    return value if isinstance(value, dict) else {}


def _plugin_options(config: Mapping[str, Any]) -> Mapping[str, Any]:
    plugins = config.get("plugins") or []
    if isinstance(plugins, dict):
        return plugins.get("variorum") or {}
    for plugin in plugins:
        if isinstance(plugin, dict) and "variorum" in plugin:
            return plugin["variorum"] or {}
    return {}
