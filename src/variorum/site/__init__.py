"""Passes over a built site: whole pages in, whole pages or new files out. Nothing is read here."""

from variorum.site.csp import harden
from variorum.site.essays import (
    EssayPage,
    Imprint,
    card_of,
    head_of,
    passages_of,
    write_beside,
    write_redirects,
)
from variorum.site.feeds import Channel, Entry, complete, write_json_feed, write_rss
from variorum.site.history import Change, list_changes, write_changes
from variorum.site.joining import Joiner
from variorum.site.links import BuiltSite, check_links
from variorum.site.metadata import Place, describe
from variorum.site.offline import WORKER, Kept, fill_worker, is_kept, keep, stamp
from variorum.site.preview import (
    ROBOTS,
    SCRIPT,
    STYLE,
    article_of,
    mark_preview,
    title_of,
    with_article,
)
from variorum.site.pruning import is_of_theme, prune
from variorum.site.redirects import write_redirect
from variorum.site.searching import Passage, find_passages, index_passages
from variorum.site.tidying import tidy

__all__ = [
    "ROBOTS",
    "SCRIPT",
    "STYLE",
    "WORKER",
    "BuiltSite",
    "Change",
    "Channel",
    "Entry",
    "EssayPage",
    "Imprint",
    "Joiner",
    "Kept",
    "Passage",
    "Place",
    "article_of",
    "card_of",
    "check_links",
    "complete",
    "describe",
    "fill_worker",
    "find_passages",
    "harden",
    "head_of",
    "index_passages",
    "is_kept",
    "is_of_theme",
    "keep",
    "list_changes",
    "mark_preview",
    "passages_of",
    "prune",
    "stamp",
    "tidy",
    "title_of",
    "with_article",
    "write_beside",
    "write_changes",
    "write_json_feed",
    "write_redirect",
    "write_redirects",
    "write_rss",
]
