"""Where sites are put: production at the root, and each preview at ``preview/<number>/``.

There are two kinds, a branch (``branch.py``) and a folder (``folder.py``). In both, whoever writes
changes one place only, in one step, and keeps all others as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from variorum.errors import InputError, SettingsError
from variorum.publishing.publication import Publication, Published
from variorum.publishing.sites import Site

PREVIEWS = "preview"
"""The folder of previews in a site's address."""
ROBOTS = ("robots.txt", f"User-agent: *\nDisallow: /{PREVIEWS}/\n".encode())
"""What search engines are told where previews stand without a production beside them."""


def always() -> bool:
    """A preview that is wanted whatever happens meanwhile."""
    return True


class Store(Protocol):
    """A place for production and previews that several may write to at once."""

    def publish(
        self, site: Site, publication: Publication, newer: Callable[[Publication], bool]
    ) -> None:
        """Put ``site`` in the place of production; previews stay.

        Raises ``SettingsError`` when what is there is ``newer`` than this publication.
        """

    def publications(self) -> list[Published]:
        """What was published and is still kept, the newest first."""

    def roll_back(self, name: str | None) -> Publication:
        """Show an earlier publication again: ``name``, or the one before the current one."""

    def previews(self) -> list[int]:
        """The numbers of all previews."""

    def put(self, number: int, site: Site, wanted: Callable[[], bool] = always) -> bool:
        """Put a preview in its place, unless it is not ``wanted`` any more.

        ``wanted`` is asked when nothing can come between the answer and the writing any more
        that the writing would not notice.
        """

    def remove(self, unwanted: Callable[[Sequence[int]], Collection[int]]) -> list[int]:
        """Take previews away: those of all that are there which are ``unwanted``."""


def refuse_preview_folder(site: Site) -> None:
    """Raises ``InputError`` when a production would hide the previews."""
    if any(name.split("/")[0] == PREVIEWS for name in site.files):
        raise InputError(f"the site has a page or folder of its own called {PREVIEWS}",
                         hint=f"give it another name: previews stand at {PREVIEWS}/")


def refuse_older(
    current: Publication | None, publication: Publication, newer: Callable[[Publication], bool]
) -> None:
    """Raises ``SettingsError`` when a newer publication is out already."""
    if current and newer(current):
        raise SettingsError(
            f"{current.name} is out already and is newer than commit {publication.commit[:7]}",
            hint="to go back on purpose, use --rollback",
        )


def number_of(text: str) -> int:
    """The number of a pull request; raises ``InputError`` for anything else."""
    if not re.fullmatch(r"[1-9][0-9]{0,9}", text):
        raise InputError(f"not the number of a pull request: {text!r}")
    return int(text)
