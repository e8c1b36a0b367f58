"""What stands beside the pages of essays: notes as data, Markdown, history, feeds, redirects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from variorum.checks.anchors import anchor_notes
from variorum.checks.rule import Subject
from variorum.essay import Essay, Notes
from variorum.exchange import Publication, PublishedNotes, outgoing, publish_all, publish_notes
from variorum.extension import PresentedEssay
from variorum.pictures import Card
from variorum.site.feeds import Channel, Entry, write_json_feed, write_rss
from variorum.site.history import Change, write_changes
from variorum.site.metadata import Place, describe
from variorum.site.redirects import write_redirect
from variorum.site.searching import Passage, find_passages


@dataclass(frozen=True)
class Imprint:
    """The publication that essays appear in."""

    name: str
    description: str
    url: str
    """Of the front page, with a slash at its end; empty when nobody knows it yet."""


@dataclass(frozen=True)
class EssayPage:
    """The page of an essay, and what it was made from."""

    subject: Subject
    written: Essay
    """Its front matter."""
    essay: PresentedEssay
    path: str
    """Of the page's file, from the site's root."""
    url: str
    """The whole address; empty when the site has none."""
    html: str = field(repr=False)
    """The essay with its notes in it."""
    changes: tuple[Change, ...] = ()
    picture: str = ""
    """Where its picture is, from the site's root; empty when it has none."""


def head_of(page: EssayPage, imprint: Imprint) -> str:
    """What the head of the page says to programs, safe HTML; it needs an address."""
    if not imprint.url:
        return ""
    essay = page.essay
    picture = imprint.url + page.picture if page.picture else ""
    place = Place(page.url, imprint.name, imprint.url, essay.words, essay.minutes, picture)
    return describe(page.written, place)


def card_of(essay: Essay, imprint: Imprint) -> Card:
    """The words of the essay's picture."""
    return Card(essay.title, ", ".join(essay.authors), imprint.name)


def write_beside(pages: Sequence[EssayPage], imprint: Imprint) -> dict[str, str]:
    """Path from the site's root → text. Without an address there are no feeds, and nothing that
    an annotation could be about."""
    files: dict[str, str] = {}
    for page in pages:
        folder = PurePosixPath(page.path).parent
        files[(folder / "index.md").as_posix()] = page.subject.page.text
        if page.changes:
            files[(folder / "history.json").as_posix()] = write_changes(page.changes)
    return files | _feeds(pages, imprint) | _notes(pages, imprint) if imprint.url else files


def write_redirects(pages: Iterable[EssayPage]) -> dict[str, str]:
    """A page for each name that an essay's folder had once, by its path from the site's root."""
    return {
        (PurePosixPath(page.path).parent.parent / name / "index.html").as_posix(): _redirect(page)
        for page in pages for name in page.written.formerly
    }


def passages_of(pages: Iterable[EssayPage]) -> Mapping[str, Sequence[Passage]]:
    """What a search may lead to on each page, by its address from the site's root."""
    return {
        page.essay.url: find_passages(page.essay, page.subject.page.prose.blocks)
        for page in pages if not page.written.search.get("exclude")
    }


def _redirect(page: EssayPage) -> str:
    here = page.essay.url.rpartition("/")[2]
    target = f"../{PurePosixPath(page.path).parent.name}/{here}"
    return write_redirect(target, page.url, page.written.title, page.essay.language)


def _feeds(pages: Sequence[EssayPage], imprint: Imprint) -> dict[str, str]:
    """The feeds beside the front page."""
    newest = sorted(map(_entry, pages), key=lambda one: (one.date, one.title), reverse=True)
    channel = Channel(imprint.name, imprint.description or imprint.name, imprint.url,
                      newest[0].language if newest else "en")
    return {"feed.xml": write_rss(channel, newest), "feed.json": write_json_feed(channel, newest)}


def _entry(page: EssayPage) -> Entry:
    essay = page.essay
    return Entry(page.url, essay.title, " ".join(essay.description.split()),
                 essay.authors, essay.date, essay.language, page.html)


def _notes(pages: Sequence[EssayPage], imprint: Imprint) -> dict[str, str]:
    """The notes as data beside each essay, and all of them beside the front page."""
    published = [_publish(page, imprint) for page in pages]
    files = dict(publish_all(published, imprint.url, f"Notes of {imprint.name}"))
    for each in published:
        files |= each.files
    return files


def _publish(page: EssayPage, imprint: Imprint) -> PublishedNotes:
    subject, essay = page.subject, page.essay
    notes = subject.notes.value if subject.notes else Notes()
    prose = subject.page.prose
    location = essay.url.rpartition("/")[0] + "/" if "/" in essay.url else ""
    about = Publication(imprint.url + location, essay.title, essay.language, prose.visible)
    return publish_notes(about, location, outgoing(notes, tuple(anchor_notes(prose, notes.notes))))
