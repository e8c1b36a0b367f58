"""What is new, for programs that watch for it: RSS 2.0 and JSON Feed 1.1, with whole essays."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from html import escape, unescape
from urllib.parse import urljoin

NEWEST = 20
"""Essays in a feed: more than a reader has missed, few enough to fetch every hour."""
_ADDRESS = re.compile(r'(?<=\s)(href|src)="([^"]*)"')


@dataclass(frozen=True)
class Channel:
    """The publication that a feed is of."""

    title: str
    description: str
    url: str
    """Of the front page, with a slash at its end."""
    language: str


@dataclass(frozen=True)
class Entry:
    """An essay in a feed."""

    url: str
    title: str
    summary: str
    authors: tuple[str, ...]
    date: date
    language: str
    html: str
    """The essay with its notes, as on its page."""

    @property
    def published(self) -> datetime:
        """A day has no hour; noon in Greenwich is that day nearly everywhere."""
        return datetime.combine(self.date, time(12), UTC)


def complete(page: str, url: str) -> str:
    """``page``, HTML that stands at ``url``, with addresses that hold anywhere."""
    def whole(match: re.Match[str]) -> str:
        return f'{match[1]}="{escape(urljoin(url, unescape(match[2])))}"'

    return _ADDRESS.sub(whole, page)


def write_rss(channel: Channel, entries: Sequence[Entry]) -> str:
    """``feed.xml`` of the first entries."""
    root = etree.Element("rss", {
        "version": "2.0", "xmlns:atom": "http://www.w3.org/2005/Atom",
        "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
        "xmlns:dc": "http://purl.org/dc/elements/1.1/",
    })
    top = etree.SubElement(root, "channel")
    _add(top, title=channel.title, link=channel.url, description=channel.description,
         language=channel.language)
    etree.SubElement(top, "atom:link", {
        "rel": "self", "type": "application/rss+xml", "href": f"{channel.url}feed.xml"})
    for entry in entries[:NEWEST]:
        item = etree.SubElement(top, "item")
        _add(item, title=entry.title, link=entry.url, guid=entry.url,
             pubDate=format_datetime(entry.published), description=entry.summary)
        for author in entry.authors:
            etree.SubElement(item, "dc:creator").text = author
        etree.SubElement(item, "content:encoded").text = complete(entry.html, entry.url)
    etree.indent(root)
    return etree.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _add(parent: etree.Element, **texts: str) -> None:
    for tag, text in texts.items():
        etree.SubElement(parent, tag).text = text


def write_json_feed(channel: Channel, entries: Sequence[Entry]) -> str:
    """``feed.json`` of the first entries."""
    return json.dumps({
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "description": channel.description,
        "home_page_url": channel.url,
        "feed_url": f"{channel.url}feed.json",
        "language": channel.language,
        "items": [{
            "id": entry.url,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "authors": [{"name": author} for author in entry.authors],
            "date_published": entry.published.isoformat(),
            "language": entry.language,
            "content_html": complete(entry.html, entry.url),
        } for entry in entries[:NEWEST]],
    }, ensure_ascii=False, indent=1) + "\n"
