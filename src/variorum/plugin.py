"""The MkDocs plugin: a thin adapter. It reads editions, hands them on, and says what is lost."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config, ValidationError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import write_file

from variorum.checks.rule import Subject
from variorum.editions import (
    edition_of,
    is_private,
    parse_options,
    read_edition,
    read_histories,
    refuse_to_publish,
)
from variorum.errors import VariorumError
from variorum.extension import KINDS, list_by_work, present_essay, present_page
from variorum.pictures import path_of, pictures_of
from variorum.site import (
    WORKER,
    Change,
    EssayPage,
    Imprint,
    Joiner,
    card_of,
    fill_worker,
    harden,
    head_of,
    index_passages,
    is_kept,
    is_of_theme,
    keep,
    list_changes,
    passages_of,
    prune,
    stamp,
    tidy,
    write_beside,
    write_redirects,
)
from variorum.sources import read_stored

log = get_plugin_logger("variorum")
_APPARATUS = "apparatus.html"
"""The template that shows one; a theme without it shows none."""
_FONT = "assets/fonts/eb-garamond-roman.woff2"
"""What pictures of essays are set in; a site without it has none."""
_PICTURES = ".cache"
"""Where they are kept between builds, beside the configuration."""


class _NoSchema(Config):  # type: ignore[no-untyped-call]
    """MkDocs' own validation has nothing to do: ``parse_options`` does it all."""


class VariorumPlugin(BasePlugin[_NoSchema]):  # type: ignore[no-untyped-call]
    """Hangs the notes of each edition into its page, and tells the templates about all of them."""

    def __init__(self) -> None:
        self.subjects: dict[str, Subject] = {}
        """The edition of each essay; this and the next three by the name of the essay's file."""
        self.changes: dict[str, tuple[Change, ...]] = {}
        self.apparatus: dict[str, str] = {}
        """The name of the page with the apparatus."""
        self.pages: dict[str, EssayPage] = {}
        self.font = b""
        """What pictures of essays are set in; empty when there is none, or nobody could ask for a
        picture because the site has no address."""
        self.live = False
        """Whether the site is served while it is written; the server then adds a script to pages
        that no policy could know of."""
        self.port_is_free = False
        """Whether the port was looked at; after the first build it is our own server's."""

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """What the site is built for."""
        self.live = command == "serve"

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """The options are read by the room that the command line reads them with."""
        self.config = _NoSchema()
        try:
            parse_options(options, config_file_path or "mkdocs.yml")
        except VariorumError as error:
            return [("variorum", ValidationError(str(error)))], []
        return [], []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """A new build begins."""
        if self.live and not self.port_is_free:
            refuse_taken_port(config.dev_addr.host, config.dev_addr.port)
            self.port_is_free = True
        self.subjects, self.changes, self.apparatus, self.pages = {}, {}, {}, {}
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """What is for editors only is not published; an apparatus gets a page of its own.

        Raises ``PluginError`` when more of a source would be published than its rights allow.
        """
        for file in list(files):
            if is_private(file.src_uri):
                files.remove(file)
            elif subject := _read(file):
                self.subjects[file.src_uri] = subject
                self._add_apparatus(subject, file, files, config)
        self._read_changes(files)
        font = files.get_file_from_path(_FONT)
        self.font = font.content_bytes if font and config.site_url else b""
        return files

    def _read_changes(self, files: Files) -> None:
        """What the history of the repository, where there is one, says of each essay."""
        paths = {Path(file.abs_src_path): name for name in self.subjects
                 if (file := files.get_file_from_path(name)) and file.abs_src_path}
        for path, versions in read_histories(list(paths)).items():
            self.changes[paths[path]] = list_changes(versions)

    def _add_apparatus(
        self, subject: Subject, file: File, files: Files, config: MkDocsConfig
    ) -> None:
        name = PurePosixPath(file.src_uri).with_name("apparatus.md").as_posix()
        shown = any(Path(folder, _APPARATUS).is_file() for folder in config.theme.dirs)
        if not (shown and subject.ledger and subject.page.essay) or name in files.src_uris:
            return
        title = json.dumps(f"{subject.page.essay.title}: the apparatus")
        text = f"---\ntitle: {title}\ntemplate: {_APPARATUS}\nsearch: {{exclude: true}}\n---\n"
        files.append(File.generated(config, name, content=text,
                                    inclusion=InclusionLevel.NOT_IN_NAV))
        self.apparatus[file.src_uri] = name

    def on_page_content(
        self, html: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Hang the notes in; one without a certain place is left out and said to be lost."""
        for key in ("essay", "essay_changes"):
            page.meta.pop(key, None)  # what a template trusts, front matter may not say
        subject = self.subjects.get(page.file.src_uri)
        if subject is None:
            return html
        for finding in subject.malformed:
            log.warning("%s: %s", finding.path, finding.message)
        if subject.page.essay is None:
            return html
        annotated = present_page(subject, html)
        for note, anchor in annotated.lost:
            log.warning("%s: note %s is %s: %s", page.file.src_uri, note.id, anchor.status,
                        anchor.reason)
        apparatus = files.get_file_from_path(self.apparatus.get(page.file.src_uri, ""))
        essay = present_essay(subject, annotated, page.url, apparatus.url if apparatus else "")
        changes = self.changes.get(page.file.src_uri, ())
        card = card_of(subject.page.essay, _imprint(config))
        made = EssayPage(subject, subject.page.essay, essay, page.file.dest_uri,
                         page.canonical_url or "", annotated.html, changes,
                         path_of(card, self.font) if self.font else "")
        self.pages[page.file.src_uri] = made
        page.meta["essay"], page.meta["essay_changes"] = essay, changes
        page.meta["essay_head"] = head_of(made, _imprint(config))
        page.meta["search"] = {"exclude": True}  # from what the theme would find
        return annotated.html

    def on_env(
        self, env: Environment, *, config: MkDocsConfig, files: Files
    ) -> Environment:
        """All essays are known now, the newest first."""
        essays = sorted((page.essay for page in self.pages.values()),
                        key=lambda essay: (essay.date, essay.title))[::-1]
        pages = {self.apparatus[name]: page.essay for name, page in self.pages.items()
                 if name in self.apparatus}
        env.globals["variorum"] = {"essays": essays, "kinds": KINDS, "apparatus": pages,
                                   "works": list_by_work(essays)}
        return env

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Notes, feeds and Markdown beside the pages; every page gets its policy, now that all of
        its scripts are known."""
        site = Path(config.site_dir)
        pages = [self.pages[name] for name in sorted(self.pages)]
        files = write_beside(pages, _imprint(config))
        for name, text in write_redirects(pages).items():
            if (site / name).exists():
                log.warning("An essay says that it was formerly %s, which is a page of its own",
                            PurePosixPath(name).parent)
            else:
                files[name] = text
        index = site / "search" / "search_index.json"
        if index.exists():
            files["search/search_index.json"] = index_passages(index.read_text("utf-8"),
                                                               passages_of(pages))
        for name, text in files.items():
            write_file(text.encode(), str(site / name))
        kept = Path(config.config_file_path).parent / _PICTURES
        cards = [card_of(page.written, _imprint(config)) for page in pages if page.picture]
        for name, picture in pictures_of(cards, self.font, kept).items():
            write_file(picture, str(site / name))
        if not self.live:
            finish(site)


def finish(site: Path) -> None:
    """Each page gets its policy and asks for our files by content; the worker learns them all."""
    paths = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    pages = {name for name in paths if name.endswith(".html")}
    _prune_theme(paths)
    _join_assets(site, paths, pages)
    kept = {name: keep(name, path.read_bytes())
            for name, path in paths.items() if name not in pages and is_kept(name)}
    digests = {name: file.digest for name, file in kept.items()}
    for name in sorted(pages):
        try:
            page = harden(tidy(stamp(paths[name].read_text("utf-8"), digests)))
        except UnicodeDecodeError:
            log.warning("%s is not UTF-8 and gets no security policy; save it as UTF-8", name)
            continue
        paths[name].write_text(page, "utf-8", newline="")
        kept[name] = keep(name, page.encode())
    if WORKER in paths:
        filled = fill_worker(paths[WORKER].read_text("utf-8"), kept.values())
        paths[WORKER].write_text(filled, "utf-8", newline="")


def _prune_theme(paths: Mapping[str, Path]) -> None:
    """The theme's style sheets lose what no page of the site shows."""
    def texts(ending: str) -> Iterator[str]:
        return (path.read_text("utf-8", "replace") for name, path in paths.items()
                if name.endswith(ending) and is_kept(name) and not is_of_theme(name))

    sheets = {name: path.read_text("utf-8") for name, path in paths.items() if is_of_theme(name)}
    if sheets:
        for name, sheet in prune(sheets, texts(".html"), texts(".js"), texts(".css")).items():
            paths[name].write_text(sheet, "utf-8", newline="")


def _join_assets(site: Path, paths: dict[str, Path], pages: AbstractSet[str]) -> None:
    """Each page asks for one style sheet and one script of ours; ``paths`` are those of then."""
    def read(name: str) -> str | None:
        return paths[name].read_text("utf-8") if name in paths else None

    joiner = Joiner(read)
    for name in pages:
        with suppress(UnicodeDecodeError):
            text = paths[name].read_text("utf-8")
            page = joiner.join(name, text)
            if page != text:
                paths[name].write_text(page, "utf-8", newline="")
    for part in joiner.unasked:
        paths.pop(part).unlink()
    for name, content in joiner.files.items():
        paths[name] = site / name
        paths[name].write_text(content, "utf-8", newline="")


def _read(file: File) -> Subject | None:
    """The edition whose essay ``file`` is; raises ``PluginError`` when it must not be published."""
    folder = edition_of(Path(file.abs_src_path)) if file.abs_src_path else None
    if folder is None:
        return None
    try:
        subject = read_stored(read_edition(folder))
        bars = refuse_to_publish(subject)
    except VariorumError as error:
        raise PluginError(str(error)) from error
    if bars:
        raise PluginError("\n".join(map(str, bars)))
    return subject


def _imprint(config: MkDocsConfig) -> Imprint:
    front = f"{config.site_url.rstrip('/')}/" if config.site_url else ""
    return Imprint(config.site_name, config.site_description or "", front)


def refuse_taken_port(host: str, port: int) -> None:
    """Raises ``PluginError`` when another program listens there."""
    try:
        with socket.create_server((host, port)):
            pass
    except OSError as error:
        cause = (error.strerror or str(error)).partition(" (")[0]
        raise PluginError(
            f"{host}:{port} cannot be served from: {cause}\n"
            f"Hint: choose another port: ./scripts/serve --dev-addr {host}:{port + 1}"
        ) from None
