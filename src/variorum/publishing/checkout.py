"""The repository that a publication is published from."""

from __future__ import annotations

from pathlib import Path

from variorum.errors import InputError, Place, SettingsError
from variorum.git import Git
from variorum.publishing.branch import BranchStore
from variorum.publishing.folder import FolderStore
from variorum.publishing.publication import Publication
from variorum.publishing.store import Store

_SHOWN = 5
"""Changed files that are named."""


def committed(root: Path) -> str:
    """The commit that the files in ``root`` are of.

    Raises ``InputError`` when some are changed, or in no repository: nobody could tell later what
    was published.
    """
    git = Git(root)
    done = git.run("rev-parse", "-q", "--verify", "HEAD^{commit}")
    if done.code:
        raise InputError("has no commit, so nobody could tell later what was published",
                         place=Place(root), hint="git init, then commit what is to be published")
    changed = git.ask("status", "--porcelain", "--untracked-files=all", "--", ".").split("\n")
    if changed != [""]:
        names = ", ".join(line[3:] for line in changed[:_SHOWN])
        more = f" and {len(changed) - _SHOWN} more" if len(changed) > _SHOWN else ""
        raise InputError(f"has changes that are not committed: {names}{more}", place=Place(root),
                         hint="commit them, or put them aside with git stash -u")
    return done.out.strip()


def is_newer(root: Path, mine: str, other: Publication) -> bool:
    """Whether ``other`` is of a commit that was made on top of commit ``mine``."""
    if other.commit == mine:
        return False
    return Git(root).run("merge-base", "--is-ancestor", mine, other.commit).code == 0


def open_store(to: str, remote: str, root: Path) -> Store:
    """The store called ``to``: a folder when it is written as a path, else a branch.

    ``remote`` is the name or address of the repository that has the branch.
    """
    # Whether there is such a folder says nothing: `site` is where sites are built, and a branch.
    if to.startswith(("/", ".", "~")):
        return FolderStore(Path(to).expanduser())
    git = Git(root)
    if git.run("check-ref-format", "--branch", to).code or to.startswith("-"):
        raise SettingsError(f"`{to}` cannot be the name of a branch",
                            hint="a folder is written with a slash ahead, as in ./public")
    found = git.run("remote", "get-url", "--push", "--", remote)
    return BranchStore(found.out.strip() if found.code == 0 else _address(remote), to)


def _address(remote: str) -> str:
    if remote.startswith("-") or not any(sign in remote for sign in "/:"):
        raise SettingsError(f"there is no remote `{remote}`", hint="git remote add, or --remote")
    return remote
