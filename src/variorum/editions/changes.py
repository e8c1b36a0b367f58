"""Which lines a change touches, by git: those that are not as they were where it branched off."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from variorum.errors import InputError
from variorum.git import Git, last_words
from variorum.reviews import Changed

_HUNK = re.compile(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@")
_DIFF = ("diff", "--no-ext-diff", "--no-textconv", "--no-color",
         "--find-renames", "--unified=0", "--src-prefix=a/", "--dst-prefix=b/", "--merge-base")


def read_changes(paths: Iterable[str], base: str, root: Path) -> dict[str, Changed]:
    """Those of ``paths`` that are not as they were where the work in ``root`` left ``base``.

    Raises ``InputError`` where there is no git, no repository, or no such base in it.
    """
    top = Path(_git(root, "rev-parse", "--show-toplevel").strip())
    commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{base}^{{commit}}").strip()
    touched = read_diff(_git(top, *_DIFF, commit, "--"))
    found: dict[str, Changed] = {}
    for path in paths:
        whole = Path(path).resolve()
        name = whole.relative_to(top).as_posix() if whole.is_relative_to(top) else ""
        if name in touched:
            found[path] = Changed(name, touched[name])
    return found


def read_diff(diff: str) -> Mapping[str, list[range]]:
    """The new lines of each file in a unified difference without context."""
    found: dict[str, list[range]] = {}
    name, left = "", 0
    for line in diff.split("\n"):
        if left > 0 and line[:1] in ("+", "\\"):
            left -= line[:1] == "+"
        elif line.startswith("+++ "):
            name = line[4:].removesuffix("\t").removeprefix("b/")
        elif match := _HUNK.match(line):
            start, left = int(match[1]), int(match[2] or 1)
            found.setdefault(name, []).extend([range(start, start + left)] if left else [])
    return found


def _git(folder: Path, *arguments: str) -> str:
    done = Git(folder).run(*arguments, seconds=120)
    if done.code:
        raise InputError(f"git cannot tell what changed: {last_words(done.error)}",
                         hint="name a commit or a branch that is here; a shallow copy lacks where "
                         "the change began: git fetch --unshallow")
    return done.out
