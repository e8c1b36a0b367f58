"""What programs read: feeds, citations, previews of links, the Markdown itself."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as etree
from datetime import date
from email.utils import parsedate_to_datetime
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from page_site import ESSAY, ROOT

from variorum.essay import Essay
from variorum.site import (
    Channel,
    Entry,
    Place,
    complete,
    describe,
    write_json_feed,
    write_rss,
)

BASE = "https://variorum.example.org/"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
ODD = "Q & A <b>“]]></title></script>\" 𝒳"
CHANNEL = Channel(ODD, ODD, BASE, "en")


def entry(day: int) -> Entry:
    return Entry(f"{BASE}{day}/?a=1&b=2", ODD, ODD, (ODD,), date(2026, 1, day), "de",
                 f"<p>{day} &amp; “more”</p>")


class _Metas(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name") or given.get("property")
        if tag == "meta" and name:
            self.found.append((name, given.get("content") or ""))


def linked_data(page: str) -> Any:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    assert len(found) == 1
    return json.loads(found[0])


def test_rss_says_what_it_was_told_however_odd() -> None:
    root = etree.fromstring(write_rss(CHANNEL, [entry(2), entry(1)]))
    items = root.findall("channel/item")
    assert root.findtext("channel/title") == ODD
    assert [item.findtext("link") for item in items] == [f"{BASE}{d}/?a=1&b=2" for d in (2, 1)]
    assert items[0].findtext("title") == items[0].findtext(CREATOR) == ODD
    assert items[0].findtext(CONTENT) == "<p>2 &amp; “more”</p>"
    assert parsedate_to_datetime(items[0].findtext("pubDate") or "").date() == date(2026, 1, 2)


def test_json_feed_has_what_its_version_requires() -> None:
    feed = json.loads(write_json_feed(CHANNEL, [entry(2)]))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] == ODD and feed["feed_url"] == f"{BASE}feed.json"
    (item,) = feed["items"]
    assert item["id"] == item["url"] == f"{BASE}2/?a=1&b=2"
    assert item["authors"] == [{"name": ODD}]
    assert item["date_published"] == "2026-01-02T12:00:00+00:00"


def test_a_feed_holds_twenty_essays_and_may_hold_none() -> None:
    many = [entry(day) for day in range(31, 0, -1)]
    assert len(json.loads(write_json_feed(CHANNEL, many))["items"]) == 20
    assert len(etree.fromstring(write_rss(CHANNEL, many)).findall("channel/item")) == 20
    assert etree.fromstring(write_rss(CHANNEL, [])).findall("channel/item") == []


def test_addresses_in_a_feed_hold_anywhere() -> None:
    page = '<a id="x" href="#n1">1</a> <a href="../../about/?a=1&amp;b=2">b</a> <img src="p.png">'
    assert complete(page, f"{BASE}essays/a/") == (
        f'<a id="x" href="{BASE}essays/a/#n1">1</a> <a href="{BASE}about/?a=1&amp;b=2">b</a> '
        f'<img src="{BASE}essays/a/p.png">')


def test_metadata_survives_odd_titles() -> None:
    essay = Essay.model_validate({"title": ODD, "description": ODD, "authors": [ODD, "B"],
                                  "date": date(2026, 1, 2)})
    head = describe(essay, Place(BASE, ODD, BASE, 300, 2))
    metas = _Metas(head).found
    assert ("citation_title", ODD) in metas and ("og:title", ODD) in metas
    assert [value for name, value in metas if name == "citation_author"] == [ODD, "B"]
    assert linked_data(head)["headline"] == ODD
    assert head.count("<script") == head.count("</script") == 1


def test_the_site_carries_its_feeds_and_links_to_them(site: Path) -> None:
    rss = etree.fromstring((site / "feed.xml").read_text("utf-8"))
    feed = json.loads((site / "feed.json").read_text("utf-8"))
    told = {item.findtext("link"): item.findtext(CONTENT) or ""
            for item in rss.findall("channel/item")}
    assert told == {item["url"]: item["content_html"] for item in feed["items"]}
    whole = told[BASE + ESSAY]
    assert whole.count("<aside") >= 24
    assert re.findall(r'(?:href|src)="(?!https?:|mailto:)', whole) == []
    for page in ("index.html", f"{ESSAY}index.html", "404.html"):
        text = (site / page).read_text("utf-8")
        links = dict(re.findall(r'rel="alternate" type="([^"]+)" [^>]*href="([^"]+)"', text))
        for kind, name in (("rss+xml", "feed.xml"), ("feed+json", "feed.json")):
            address = links[f"application/{kind}"]
            folder = site if address.startswith("/") else (site / page).parent
            assert (folder / address.lstrip("/")).resolve() == site / name


def test_an_essay_tells_reference_managers_and_search_engines_what_it_is(site: Path) -> None:
    page = (site / ESSAY / "index.html").read_text("utf-8")
    metas = dict(_Metas(page).found)
    assert metas["citation_title"].startswith("With Friends Like These: ")
    assert metas["citation_author"] == "The Variorum editors"
    assert re.fullmatch(r"\d{4}/\d\d/\d\d", metas["citation_publication_date"])
    assert metas["og:url"] == metas["citation_fulltext_html_url"] == BASE + ESSAY
    data = linked_data(page)
    assert data["@type"] == "Article" and data["isPartOf"]["url"] == BASE
    assert data["isBasedOn"]["author"][0] == {"@type": "Person", "name": "Susan Fournier"}
    assert unescape(metas["og:description"]) == data["description"]


def test_the_markdown_of_an_essay_stands_beside_its_page(site: Path) -> None:
    written = ROOT / "docs" / ESSAY / "index.md"
    assert (site / ESSAY / "index.md").read_text("utf-8") == written.read_text("utf-8")
    page = (site / ESSAY / "index.html").read_text("utf-8")
    assert '<link rel="alternate" type="text/markdown"' in page
