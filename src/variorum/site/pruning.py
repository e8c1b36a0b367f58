"""Takes out of a theme's style sheet what no page of the site can show.

Material's sheet serves all that Material can do; our frame and our dialect need a fifth of it. The
rest is not only sent for nothing: each change on a page is matched against it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

_SHEETS = "assets/stylesheets/"
_CLASSES = re.compile(r"""class=("[^"]*"|'[^']*'|[^\s"'>]+)""")
_WORD = re.compile(r"[\w-]+")
_QUOTED = r"""\"(?:\\.|[^"\\])*\"|'(?:\\.|[^'\\])*'"""
_TOKEN = re.compile(
    rf"/\*.*?\*/|{_QUOTED}|\((?:{_QUOTED}|[^()\"'])*\)|[{{}};]|[^{{}};\"'(/]+|.", re.S)
_WITHIN = re.compile(rf"\[(?:{_QUOTED}|[^\]\"'])*\]|\([^()]*\)")
_CLASS = re.compile(r"\.((?:[\w-]|\\.)+)")
_GROUPS = ("@media", "@supports", "@layer", "@container")
"""At-rules that hold rules."""
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")


@dataclass(frozen=True)
class _Part:
    """A declaration or a statement; or what stands before a brace, and what is in it."""

    head: str
    parts: tuple[_Part, ...] | None = None

    def __str__(self) -> str:
        return f"{self.head};" if self.parts is None else f"{self.head}{{{_write(self.parts)}}}"


def is_of_theme(path: str) -> bool:
    """Whether the file at ``path`` from the site's root is a sheet that comes with the theme."""
    return path.startswith(_SHEETS) and path.endswith(".css")


def prune(
    sheets: Mapping[str, str], pages: Iterable[str], scripts: Iterable[str], others: Iterable[str]
) -> dict[str, str]:
    """``sheets``, by their paths, without what neither ``pages`` show nor ``scripts`` know of.

    A rule stays if every class that it asks for is some element's or a word of a script, which may
    give it to one; a custom property if a rule that stays, a script or one of ``others``, the
    site's own sheets, asks for it.
    """
    names = _names_in(pages, scripts)
    kept = {path: _keep_rules(_read(_tokens(sheet)[::-1]), names) for path, sheet in sheets.items()}
    asking = [*others, *map(_write, kept.values())]
    variables = names.union(*map(_VARIABLE.findall, asking))
    return {path: _write(_keep_variables(parts, variables)) for path, parts in kept.items()}


def _names_in(pages: Iterable[str], scripts: Iterable[str]) -> frozenset[str]:
    classes: set[str] = set()
    programs = set(scripts)
    for page in pages:
        classes.update(_CLASSES.findall(page))
        programs.update(rest.partition("</script")[0] for rest in page.split("<script")[1:])
    names = {name for listed in classes for name in listed.strip("\"'").split()}
    return frozenset(names.union(*map(_WORD.findall, programs)))


def _tokens(sheet: str) -> list[str]:
    return [match[0] for match in _TOKEN.finditer(sheet)]


def _read(tokens: list[str]) -> tuple[_Part, ...]:
    """The parts up to the next closing brace, taken off the end of ``tokens``."""
    parts: list[_Part] = []
    head = ""
    while tokens and (token := tokens.pop()) != "}":
        if token == "{":
            parts.append(_Part(head, _read(tokens)))
        elif token == ";":
            parts.append(_Part(head))
        else:
            head += "" if token.startswith("/*") else token
            continue
        head = ""
    return (*parts, _Part(head)) if head.strip() else tuple(parts)


def _keep_rules(parts: Iterable[_Part], names: AbstractSet[str]) -> tuple[_Part, ...]:
    kept: list[_Part] = []
    for part in parts:
        if part.parts is None or (part.head.startswith("@") and not _is_group(part)):
            kept.append(part)
        elif _is_group(part):
            inside = _keep_rules(part.parts, names)
            kept += [replace(part, parts=inside)] if inside else []
        elif selectors := [each for each in _split(part.head) if _may_match(each, names)]:
            kept.append(replace(part, head=",".join(selectors)))
    return tuple(kept)


def _is_group(part: _Part) -> bool:
    return part.head.startswith(_GROUPS)


def _split(selectors: str) -> list[str]:
    """At the commas that stand in no brackets."""
    found: list[str] = []
    for piece in selectors.split(","):
        if found and not all(found[-1].count(a) == found[-1].count(b) for a, b in ("()", "[]")):
            found[-1] += f",{piece}"
        else:
            found.append(piece)
    return found


def _may_match(selector: str, names: AbstractSet[str]) -> bool:
    """Whether each class that it asks for outside of brackets is known."""
    while (plain := _WITHIN.sub("", selector)) != selector:
        selector = plain
    return all(name.replace("\\", "") in names for name in _CLASS.findall(selector))


def _keep_variables(parts: Iterable[_Part], variables: AbstractSet[str]) -> tuple[_Part, ...]:
    kept: list[_Part] = []
    for part in parts:
        if part.parts is not None:
            kept.append(replace(part, parts=_keep_variables(part.parts, variables)))
        elif not part.head.startswith("--") or part.head.partition(":")[0] in variables:
            kept.append(part)
    return tuple(kept)


def _write(parts: Iterable[_Part]) -> str:
    return "".join(map(str, parts)).removesuffix(";")
