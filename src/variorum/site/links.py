"""Whether every link within a built site leads somewhere: pages in, findings out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import normpath
from urllib.parse import SplitResult, unquote, urlsplit

from variorum.text import Finding, Lines, Span

_ONE = ("href", "src", "poster", "data", "action", "formaction", "cite", "longdesc")
_SEVERAL = ("srcset", "imagesrcset")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*['\"]?([^'\"]*)", re.IGNORECASE)
_TOP = ("", "top")
"""Fragments that need no element: the page's own beginning (HTML Standard, 7.4.6.4)."""
_DIRECTIVE = ":~:"
"""What follows is a quotation to scroll to, not an element."""
_CSS = re.compile(r"url\(\s*(['\"]?)([^'\"()]*)\1\s*\)")


@dataclass(frozen=True)
class BuiltSite:
    """What was built."""

    pages: Mapping[str, str] = field(repr=False)
    """Text of each page and style sheet, by its path with forward slashes."""
    files: Collection[str] = field(repr=False)
    """Paths of all files, pages included."""
    url: str = ""
    """Where the site will stand; addresses below it are its own, too."""


@dataclass(frozen=True)
class _Link:
    target: str
    span: Span
    """The tag that has it."""


def check_links(site: BuiltSite) -> Iterator[Finding]:
    """A finding for each link within ``site`` to a file, page or place in a page that is not there.

    Addresses elsewhere are not looked at.
    """
    folders = {"/".join(name.split("/")[:depth])
               for name in site.files for depth in range(1, name.count("/") + 1)}
    read = {name: _read(name, text) for name, text in site.pages.items()}
    anchors = {name: ids for name, (_, ids) in read.items()}
    for name, (links, _) in read.items():
        for link in links:
            if wrong := _judge(site, folders, anchors, name, link.target):
                rule, reason = wrong
                yield Finding(rule, name, link.span, f"“{link.target}” {reason}.")


def _judge(
    site: BuiltSite, folders: Collection[str], anchors: Mapping[str, frozenset[str]],
    page: str, target: str,
) -> tuple[str, str] | None:
    """What is wrong with a link: a rule and the reason."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return "site.broken-link", "is not an address"
    path = _locate(site.url, page, parts)
    if path is None:
        return None
    if path in folders:
        path = f"{path}/index.html"
    if path not in site.files:
        return "site.broken-link", f"leads to {path}, which the site does not have"
    place = unquote(parts.fragment).partition(_DIRECTIVE)[0]
    if path not in anchors or place in anchors[path] or place.lower() in _TOP:
        return None
    return "site.broken-anchor", f"leads to “{place}”, which {path} does not have"


def _locate(url: str, page: str, parts: SplitResult) -> str | None:
    """The path in the site that an address on ``page`` leads to; None when it leads elsewhere."""
    own = urlsplit(url)
    root = own.path.rstrip("/") + "/"
    if parts.scheme or parts.netloc:
        same = (parts.scheme or own.scheme, parts.netloc) == (own.scheme, own.netloc)
        if not (same and own.netloc):
            return None
        whole = parts.path or "/"
    elif parts.path.startswith("/"):
        whole = parts.path
    elif not parts.path:
        return page
    else:
        whole = f"{root}{page.rpartition('/')[0]}/{parts.path}"
    folder = whole.endswith(("/", "/.", "/.."))
    whole = normpath(re.sub("/+", "/", unquote(whole)))
    if f"{whole.rstrip('/')}/" == root:
        return "index.html"
    if not whole.startswith(root):
        # A page elsewhere on the same host is none of ours; a relative way out is a mistake.
        return None if parts.path.startswith("/") or parts.netloc else f"..{whole}"
    return whole[len(root) :] + ("/index.html" if folder else "")


def _read(name: str, text: str) -> tuple[list[_Link], frozenset[str]]:
    """The links of a page or style sheet, and the names of its places."""
    if name.endswith(".css"):
        found = [_Link(match[2], Span(*match.span(2))) for match in _CSS.finditer(text)]
        return found, frozenset()
    parser = _Page(text)
    parser.feed(text)
    parser.close()
    return parser.links, frozenset(parser.ids)


class _Page(HTMLParser):
    """Gathers addresses and ids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.lines = Lines(text)
        self.links: list[_Link] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids |= {given["id"]} if "id" in given else set()
        self.ids |= {given["name"]} if tag == "a" and "name" in given else set()
        for target in _targets(tag, given):
            self.links.append(_Link(target, self._span()))

    def _span(self) -> Span:
        line, column = self.getpos()
        start = self.lines.starts[line - 1] + column
        return Span(start, start + len(self.get_starttag_text() or ""))


def _targets(tag: str, given: Mapping[str, str]) -> Iterator[str]:
    """The addresses in a tag."""
    for name in _ONE:
        if name in given and not (tag == "meta" or (tag == "base" and name == "href")):
            yield given[name].strip()
    for name in _SEVERAL:
        for candidate in given.get(name, "").split(", "):
            if candidate.strip():
                yield candidate.split()[0].rstrip(",")
    refresh = tag == "meta" and given.get("http-equiv", "").lower() == "refresh"
    if refresh and (match := _REFRESH.match(given.get("content", ""))):
        yield match[1].strip()
