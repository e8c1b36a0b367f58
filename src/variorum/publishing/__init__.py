"""Where the site goes: production and previews, on a branch or in a folder.

A built site is data here: examined, copied, never run.
"""

from variorum.publishing.branch import BranchStore
from variorum.publishing.checkout import committed, is_newer, open_store
from variorum.publishing.folder import FolderStore
from variorum.publishing.publication import Publication, Published, name_publication
from variorum.publishing.pulls import GitHub, Head
from variorum.publishing.receiving import receive
from variorum.publishing.sites import Limits, Site, examine
from variorum.publishing.store import PREVIEWS, Store, number_of
from variorum.publishing.suggesting import Done, suggest

__all__ = [
    "PREVIEWS",
    "BranchStore",
    "Done",
    "FolderStore",
    "GitHub",
    "Head",
    "Limits",
    "Publication",
    "Published",
    "Site",
    "Store",
    "committed",
    "examine",
    "is_newer",
    "name_publication",
    "number_of",
    "open_store",
    "receive",
    "suggest",
]
