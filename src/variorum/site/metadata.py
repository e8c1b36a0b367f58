"""What an essay says about itself to programs: reference managers, search engines, chat windows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Any

from variorum.essay import Essay, Name, Reference
from variorum.pictures import HEIGHT, WIDTH

_TYPES = {
    "article-journal": "ScholarlyArticle", "article-magazine": "Article",
    "article-newspaper": "NewsArticle", "book": "Book", "chapter": "Chapter",
    "legislation": "Legislation", "report": "Report", "thesis": "Thesis", "webpage": "WebPage",
}
"""Types of schema.org for those of CSL; any other is a CreativeWork."""


@dataclass(frozen=True)
class Place:
    """Where an essay is published."""

    url: str
    site_name: str
    site_url: str
    words: int
    minutes: int
    picture: str = ""
    """The address of the essay's picture; empty when it has none."""


def describe(essay: Essay, place: Place) -> str:
    """Elements for the head of the essay's page, safe HTML: Highwire's ``citation_*``, which
    Zotero and Google Scholar read, Open Graph, and schema.org as JSON-LD, which does not run."""
    metas = [f'<meta {kind}="{name}" content="{escape(value)}">'
             for kind, name, value in (*_citation(essay, place), *_open_graph(essay, place))]
    data = json.dumps(schema_org(essay, place), ensure_ascii=False).replace("<", "\\u003c")
    return "\n".join([*metas, f'<script type="application/ld+json">{data}</script>'])


def _citation(essay: Essay, place: Place) -> Iterator[tuple[str, str, str]]:
    title = f"{essay.title}: {essay.subtitle}" if essay.subtitle else essay.title
    yield "name", "citation_title", title
    for author in essay.authors:
        yield "name", "citation_author", author
    yield "name", "citation_publication_date", essay.date.strftime("%Y/%m/%d")
    yield "name", "citation_publisher", place.site_name
    yield "name", "citation_language", essay.language
    yield "name", "citation_fulltext_html_url", place.url


def _open_graph(essay: Essay, place: Place) -> Iterator[tuple[str, str, str]]:
    yield "property", "og:type", "article"
    yield "property", "og:title", essay.title
    yield "property", "og:description", " ".join(essay.description.split())
    yield "property", "og:url", place.url
    yield "property", "og:site_name", place.site_name
    if place.picture:
        yield "property", "og:image", place.picture
        yield "property", "og:image:width", str(WIDTH)
        yield "property", "og:image:height", str(HEIGHT)
        yield "property", "og:image:alt", _alternative(essay, place)
    yield "name", "twitter:card", "summary_large_image" if place.picture else "summary"
    yield "property", "og:locale", essay.language.replace("-", "_")
    yield "property", "article:published_time", essay.date.isoformat()


def _alternative(essay: Essay, place: Place) -> str:
    """What its picture shows, for those who do not see it."""
    return f"{essay.title}, by {', '.join(essay.authors)}. {place.site_name}"


def schema_org(essay: Essay, place: Place) -> dict[str, Any]:
    """The essay as schema.org's Article, and the work that it retells."""
    found = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": essay.title,
        "alternativeHeadline": essay.subtitle,
        "description": " ".join(essay.description.split()),
        "author": [{"name": author} for author in essay.authors],  # a person, or a group of them
        "datePublished": essay.date.isoformat(),
        "inLanguage": essay.language,
        "wordCount": place.words,
        "timeRequired": f"PT{place.minutes}M",
        "url": place.url,
        "image": place.picture,
        "isPartOf": {"@type": "WebSite", "name": place.site_name, "url": place.site_url},
        "isBasedOn": _work(essay.retells) if essay.retells else None,
    }
    return {key: value for key, value in found.items() if value}


def _work(work: Reference) -> dict[str, Any]:
    found = {
        "@type": _TYPES.get(work.type, "CreativeWork"),
        "name": work.title,
        "author": [_name(name) for name in work.author],
        "datePublished": str(work.issued),
        "isPartOf": {"@type": "CreativeWork", "name": work.container_title}
                    if work.container_title else None,
        "sameAs": f"https://doi.org/{work.DOI}" if work.DOI else work.URL,
    }
    return {key: value for key, value in found.items() if value}


def _name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"@type": "Organization", "name": name.literal}
    return {"@type": "Person", "name": " ".join(filter(None, (name.given, name.family)))}
