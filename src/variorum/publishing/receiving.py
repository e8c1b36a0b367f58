"""Showing the preview of a pull request: the built site is a stranger's, and only data."""

from __future__ import annotations

from pathlib import Path

from variorum.errors import VariorumError
from variorum.publishing.pulls import GitHub, Head
from variorum.publishing.quoting import quote_summary
from variorum.publishing.sites import Site, examine
from variorum.publishing.store import PREVIEWS, Store

SUMMARY = "preview.md"
"""In a preview's root: what the change does, in Markdown."""
MARK = "<!-- variorum preview -->"
_LARGEST = 1_000_000
"""Bytes of a summary that are read."""


def receive(
    folder: Path, head: Head, github: GitHub, store: Store, address: str
) -> list[int]:
    """Show the site in ``folder``, which was built at ``head``; the pull requests it is shown for.

    ``address`` is where the store is served. A pull request that has moved on is left to the
    build of its newer commit. Raises ``InputError`` for what is not a site, and says so beside
    the checks of the commit.
    """
    pulls = github.pulls_at(head)
    try:
        site = examine(folder, foreign=True) if pulls else None
    except VariorumError as error:
        github.set_status(head.commit, "failure", f"Not shown: {error.cause}")
        raise
    return [] if site is None else [
        number for number in pulls if _show(number, site, head, github, store, address)
    ]


def _show(
    number: int, site: Site, head: Head, github: GitHub, store: Store, address: str
) -> bool:
    if not store.put(number, site, lambda: number in github.pulls_at(head)):
        return False
    place = f"{address.rstrip('/')}/{PREVIEWS}/{number}/"
    github.set_status(head.commit, "success", "Read the change as it will be", place)
    github.comment(number, MARK, _comment(site, place, head))
    return True


def _comment(site: Site, place: str, head: Head) -> str:
    lead = f"{MARK}\n**[Read the change as it will be]({place})** ({head.commit[:7]})"
    written = site.read(SUMMARY)[:_LARGEST] if SUMMARY in site.files else b""
    summary = quote_summary(written.decode("utf-8", "replace"), place).strip()
    return f"{lead}\n\n{summary}\n" if summary else f"{lead}\n"
