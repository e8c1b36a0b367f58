"""What an author writes may be laid out and linked; it may not run, load or cover the page."""

from __future__ import annotations

import nh3

_TAGS = {
    "a", "abbr", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code",
    "col", "colgroup", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption",
    "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "input", "ins", "kbd",
    "label", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section",
    "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th",
    "thead", "time", "tr", "u", "ul", "var", "wbr",
}
"""Whatever the dialect makes, and the rest of HTML that is only text."""
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "role", "translate", "data-from", "data-tabs",
          "data-search-exclude"},
    "a": {"href", "hreflang", "download"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "col": {"span"},
    "details": {"open", "name"},
    "img": {"src", "alt", "width", "height", "loading", "decoding"},
    "input": {"type", "name", "checked", "disabled"},
    "label": {"for"},
    "li": {"value"},
    "ol": {"start", "reversed", "type"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope", "abbr"},
    "time": {"datetime"},
}
_SWITCHES = frozenset({"radio", "checkbox"})
"""Inputs that tabs and task lists are made of; any other would ask a reader for something."""


def sanitise_page(page: str) -> str:
    """``page``, rendered Markdown, with everything taken out that could run or load a program."""
    return nh3.clean(
        page, tags=_TAGS, attributes=_ATTRIBUTES,
        attribute_filter=_switch_only, generic_attribute_prefixes={"aria-"},
        url_schemes={"http", "https", "mailto", "tel"}, link_rel=None,
    )


def _switch_only(tag: str, name: str, value: str) -> str | None:
    """An input of any other type becomes a switch that does nothing."""
    if tag == "input" and name == "type" and value.lower() not in _SWITCHES:
        return "checkbox"
    return value
