"""One preview, from a work tree and a commit to a folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from variorum.checks.rule import Subject
from variorum.cli.building import editions_in, end_build, lay_out, start_build
from variorum.cli.comparing import compare_checks
from variorum.difference import Difference, compare
from variorum.editions import docs_of, read_edition, read_site_name, read_site_url
from variorum.errors import InputError, Place
from variorum.preview import (
    EssayChange,
    Preview,
    compare_notes,
    compare_origins,
    find_renamed,
    write_banner,
    write_changes,
    write_front,
    write_json,
    write_markdown,
)
from variorum.publishing.base import find_base, refuse_odd_files
from variorum.site import (
    ROBOTS,
    SCRIPT,
    STYLE,
    WORKER,
    article_of,
    mark_preview,
    with_article,
)

LOCAL = "http://127.0.0.1:8000/"
"""Where a folder is served that nobody gave an address."""
HOME = "home.html"
"""The publication's front page; the preview's own stands in its place."""
CHANGES = "changes.html"
_NEVER = ("sitemap.xml", "sitemap.xml.gz")
"""Files by which a site is found."""


def make_preview(root: Path, ref: str | None, to: Path, url: str) -> Preview:
    """Write the preview of the files in ``root`` to the folder ``to``, in one step.

    Raises ``VariorumError`` when it cannot be built; ``to`` is then what it was.
    """
    base = find_base(root, ref)
    refuse_odd_files(docs_of(root))
    _refuse_foreign(to)
    with TemporaryDirectory(prefix="variorum-") as name:
        temporary = Path(name)
        earlier = temporary / "earlier"
        unreadable = lay_out(root, base.commit, earlier)
        after, before = _read(docs_of(root)), _read(docs_of(earlier))
        renamed = _renamed(after, before, unreadable)
        builds = [start_build(root, temporary / "site", url),
                  start_build(earlier, temporary / "old", url)]
        try:
            new, mended, unchecked = compare_checks(root, earlier, renamed)
            for build in builds:
                end_build(build)
        finally:
            for build in builds:
                with suppress(OSError):
                    build.kill()
        found = Preview(read_site_name(root), base.commit, base.head, base.dirty, (), (), new,
                        mended, unchecked, "" if url == LOCAL else url)
        maker = _Maker(temporary / "site", temporary / "old", read_site_url(root), found)
        preview = maker.make(after, before, unreadable, renamed,
                             _other_pages(docs_of(root), docs_of(earlier)))
        _put(temporary / "site", to)
    return preview


def _read(docs: Path) -> dict[str, Subject]:
    return {folder.name: read_edition(folder) for folder in editions_in(docs)}


def _renamed(
    after: Mapping[str, Subject], before: Mapping[str, Subject], unreadable: Mapping[str, str]
) -> dict[str, str]:
    """New slug → slug before."""
    gone = {slug: s for slug, s in before.items() if slug not in after}
    come = {slug: s for slug, s in after.items()
            if slug not in before and slug not in unreadable}
    return find_renamed(gone, come)


def _other_pages(docs: Path, earlier: Path) -> list[str]:
    """Markdown files outside of editions that both states have and that differ."""
    inside = {path.resolve() for path in editions_in(docs)}
    names = (path.relative_to(docs) for path in sorted(docs.rglob("*.md"))
             if path.parent.resolve() not in inside)
    return [name.as_posix() for name in names if (earlier / name).is_file()
            and (earlier / name).read_bytes() != (docs / name).read_bytes()]


@dataclass
class _Maker:
    """Turns a built site into a preview of what it changes."""

    site: Path
    old: Path
    production: str
    preview: Preview
    differences: dict[str, tuple[str, Difference]] = field(default_factory=dict)
    """Page → page of differences, and the difference."""

    def make(
        self, after: Mapping[str, Subject], before: Mapping[str, Subject],
        unreadable: Mapping[str, str], renamed: Mapping[str, str], pages: list[str],
    ) -> Preview:
        essays = tuple(self._essays(after, before, unreadable, renamed))
        changed = tuple(filter(None, (self._page(page) for page in pages)))
        preview = replace(self.preview, essays=essays, pages=changed)
        for page in [*self.site.rglob("*.html")]:
            self._mark(page, preview)
        front = self.site / "index.html"
        home = front.read_text("utf-8")
        (self.site / HOME).write_text(home, "utf-8", newline="")
        first = with_article(home, write_front(preview, HOME), f"Preview · {preview.site}")
        files_ = {"index.html": first, "preview.json": write_json(preview),
                  "preview.md": write_markdown(preview), "robots.txt": ROBOTS,
                  WORKER: "// A preview keeps nothing.\n"}
        for asset in (STYLE, SCRIPT):
            source = files("variorum.preview") / Path(asset).name
            files_[asset] = source.read_text("utf-8")
        for name, text in files_.items():
            (self.site / name).parent.mkdir(exist_ok=True)
            (self.site / name).write_text(text, "utf-8", newline="")
        for name in _NEVER:
            (self.site / name).unlink(missing_ok=True)
        return preview

    # ── what changed ─────────────────────────────────────────────────────────

    def _essays(
        self, after: Mapping[str, Subject], before: Mapping[str, Subject],
        unreadable: Mapping[str, str], renamed: Mapping[str, str],
    ) -> Iterator[EssayChange]:
        for slug, subject in after.items():
            was = renamed.get(slug, slug)
            change = self._essay(was, before.get(was), slug, subject)
            if slug in unreadable:
                said = f"It could not be read before: {unreadable[slug]}."
                yield replace(change, kind="changed", said=said)
            elif change.kind != "changed" or self._differs(change, before[was], subject):
                yield change
        for slug, subject in before.items():
            if slug not in after and slug not in renamed.values():
                words = len(subject.page.prose.visible.split())
                yield replace(self._essay(slug, subject, "", None), kind="removed",
                              words_removed=words)

    def _differs(self, change: EssayChange, before: Subject, after: Subject) -> bool:
        """Whether anything of the edition is another, seen or not."""
        texts = [[file.text for file in (s.page, s.notes, s.ledger) if file]
                 for s in (before, after)]
        return bool(change.changes) or texts[0] != texts[1]

    def _essay(
        self, was: str, before: Subject | None, slug: str, after: Subject | None
    ) -> EssayChange:
        notes = compare_notes(before, after)
        lost = {note.id: f"this note loses its place: {note.reason}" for note in notes
                if note.status in ("orphaned", "ambiguous")}
        subject = after or before
        title = subject.page.essay.title if subject and subject.page.essay else slug or was
        count = len(before.notes.value.notes) if before and before.notes else 0
        change = EssayChange(
            slug or was, "added" if before is None else "renamed" if was != slug else "changed",
            title, was if before and was != slug else "", notes_before=count, notes=notes,
            origins=compare_origins(before, after) if before and after else (),
        )
        if after is None:
            return change
        url = f"essays/{slug}/"
        change = replace(change, url=url)
        if before is None:
            return replace(change, words_added=len(after.page.prose.visible.split()))
        found, said = self._compare(f"essays/{was}/index.html", f"{url}index.html", lost)
        if found is None:
            return replace(change, said=said)
        return replace(
            change, changes=found.changes, words_added=found.words_added,
            words_removed=found.words_removed,
            changes_url=f"{url}{CHANGES}" if found.changes else "")

    def _page(self, name: str) -> str:
        """The address of a page that changed; nothing when a reader could not tell."""
        stem = name.removesuffix(".md")
        places = (f"{stem}/index.html", f"{stem}.html")
        place = next((p for p in places if (self.site / p).is_file()), "")
        if not place or not (self.old / place).is_file():
            return ""
        found, _ = self._compare(place, place, {})
        if not found or not found.changes:
            return ""
        return self.differences[place][0] if place != "index.html" else HOME

    def _compare(
        self, was: str, now: str, lost: Mapping[str, str]
    ) -> tuple[Difference | None, str]:
        try:
            before, after = (path.read_text("utf-8")
                             for path in (self.old / was, self.site / now))
            found = compare(article_of(before), article_of(after), lost)
        except FileNotFoundError:
            return None, "It could not be compared: it has no page."
        except ValueError as error:
            return None, f"It could not be compared: {error}."
        if found.changes:
            name = Path(now).name
            differing = CHANGES if name == "index.html" else f"{name[:-5]}.{CHANGES}"
            self.differences[now] = (Path(now).with_name(differing).as_posix(), found)
        return found, ""

    # ── pages ────────────────────────────────────────────────────────────────

    def _mark(self, path: Path, preview: Preview) -> None:
        name = path.relative_to(self.site).as_posix()
        root = "../" * name.count("/")
        page = path.read_text("utf-8")
        address = name.removesuffix("index.html")
        canonical = f"{self.production.rstrip('/')}/{address}" if self.production else ""
        ways, count = None, 0
        if name in self.differences:
            differing, found = self.differences[name]
            other, count = Path(differing).name, len(found.changes)
            ways = (HOME if name == "index.html" else "./" if path.name == "index.html"
                    else path.name, other)
            listed = write_changes(found.changes, other)
            banner = write_banner(preview, root, ways, count, differing=True, listed=listed)
            text = with_article(mark_preview(page, root, canonical, banner), found.html)
            path.with_name(other).write_text(text, "utf-8", newline="")
        banner = write_banner(preview, root, ways, count)
        path.write_text(mark_preview(page, root, canonical, banner), "utf-8", newline="")


# ── the folder ───────────────────────────────────────────────────────────────


def _refuse_foreign(to: Path) -> None:
    """Raises ``InputError`` when ``to`` holds something else than a preview."""
    if to.is_symlink() or (to.exists() and not to.is_dir()):
        raise InputError("is no folder", place=Place(to), hint="name another with --to")
    if to.is_dir() and any(to.iterdir()) and not (to / "preview.json").is_file():
        raise InputError("holds other files than a preview, and was left as it is",
                         place=Place(to), hint="name another folder with --to")


def _put(site: Path, to: Path) -> None:
    """Let ``site`` stand at ``to``; what was there is whole until then."""
    to.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(mkdtemp(prefix=f".{to.name}.", dir=to.parent))
    try:
        shutil.move(site, beside / "new")
        if to.exists():
            to.rename(beside / "old")
        (beside / "new").rename(to)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
