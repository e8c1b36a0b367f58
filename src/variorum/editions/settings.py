"""What a publication decides: options in ``mkdocs.yml`` or ``pyproject.toml``, and word lists."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import yaml

from variorum.checks.rule import Settings
from variorum.editions.files import read_text
from variorum.editions.finding import ESSAYS
from variorum.editions.options import Options, parse_options
from variorum.editions.reading import COPIES, RECORD, WORDS
from variorum.editions.words import read_words
from variorum.errors import InputError, Place, SettingsError
from variorum.essay import LEDGER, NOTES

CONFIG = "mkdocs.yml"
PROJECT = "pyproject.toml"


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


def find_project(path: Path) -> Path | None:
    """The nearest folder above ``path`` whose ``pyproject.toml`` has options for Variorum."""
    start = path.resolve()
    for folder in (start, *start.parents):
        if (folder / PROJECT).is_file() and _read_project(folder / PROJECT):
            return folder
    return None


def docs_of(root: Path) -> Path:
    """The folder of documents of the publication in ``root``; a mere project's is ``root``."""
    if not (root / CONFIG).is_file():
        return root
    return root / str(_read_config(root / CONFIG).get("docs_dir") or "docs")


def read_site_url(root: Path) -> str:
    """The address that the publication in ``root`` says it has, or nothing."""
    address = _read_config(root / CONFIG).get("site_url")
    return address if isinstance(address, str) else ""


def read_site_name(root: Path) -> str:
    """The name that the publication in ``root`` gives itself, or its folder's."""
    name = _read_config(root / CONFIG).get("site_name")
    return name if isinstance(name, str) else root.resolve().name


def read_settings(root: Path | None, folder: Path | None = None) -> Settings:
    """The settings of the publication in ``root``, for the edition in ``folder`` if given.

    Raises ``SettingsError`` or ``InputError`` when they make no sense.
    """
    if root is None:
        return Settings()
    options, path = read_options(root)
    lists = [docs_of(root) / WORDS, *([folder / WORDS] if folder else [])]
    words = frozenset[str]().union(*(read_words(path) for path in lists if path.is_file()))
    return Settings(
        words, picky=options.picky, style=options.style, language=options.language,
        disabled=options.disable, path=path.as_posix(),
    )


def read_options(root: Path) -> tuple[Options, Path]:
    """The options of the publication in ``root``, and the one file that has them."""
    config, project = root / CONFIG, root / PROJECT
    in_config = _plugin_options(_read_config(config)) if config.is_file() else {}
    in_project = _read_project(project) if project.is_file() else {}
    if in_config and in_project:
        raise SettingsError(
            f"has options for Variorum, and so has `plugins: variorum` in {config.as_posix()}",
            place=Place(project.as_posix(), key="tool.variorum"),
            hint="keep them all in one of the two files",
        )
    path, options = (project, in_project) if in_project else (config, in_config)
    return parse_options(options, path.as_posix()), path


def list_files(docs: Path) -> frozenset[str]:
    """Paths in the folder of documents, with forward slashes."""
    return frozenset(
        path.relative_to(docs).as_posix() for path in docs.rglob("*") if path.is_file()
    )


def is_private(location: str) -> bool:
    """Whether a file among the documents is for editors and not published."""
    path = PurePosixPath(location)
    ours = path.name in (NOTES, LEDGER, RECORD) or path.match(COPIES)
    return path.name == WORDS or (ours and ESSAYS in path.parts)


def _read_config(path: Path) -> Mapping[str, Any]:
    try:
        value = yaml.load(read_text(path).text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise InputError(f"not valid YAML: {error.problem}", place=Place(path, line)) from None
    return value if isinstance(value, dict) else {}


def _read_project(path: Path) -> Any:
    try:
        tables = tomllib.loads(read_text(path).text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"not valid TOML: {error}", place=Place(path)) from None
    tool = tables.get("tool")
    return tool.get("variorum", {}) if isinstance(tool, dict) else {}


def _plugin_options(config: Mapping[str, Any]) -> Any:
    plugins = config.get("plugins") or []
    if isinstance(plugins, dict):
        return plugins.get("variorum") or {}
    for plugin in plugins:
        if isinstance(plugin, dict) and "variorum" in plugin:
            return plugin["variorum"] or {}
    return {}
