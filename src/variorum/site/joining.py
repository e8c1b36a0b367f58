"""Joins the style sheets of a page into one file, and its scripts that follow each other into one.

A page is not drawn before its head is there, and on a slow line each file of it costs a round trip.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable, Sequence

_SHEET = re.compile(r'<link rel="stylesheet" href="([^"?#:]+)">\s*')
_SCRIPT = re.compile(r'<script src="([^"?#:]+)"((?: data-[\w-]+="[^"]*")*)></script>\s*')
_SCRIPTS = re.compile(rf"(?:{_SCRIPT.pattern}){{2,}}")
_ADDRESS = re.compile(r"""url\((['"]?)(?![a-z]+:|[/#])([^'")]+)\1\)""")
_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*")
_NAME = re.compile(r"[\w.-]+\.(?:css|js)\b")
_FOLDER = "assets"
"""Where joined files are: our scripts find the site's root from there."""


class Joiner:
    """Joins for all pages of one site; ``read`` gives the text of a file by its path from there."""

    def __init__(self, read: Callable[[str], str | None]) -> None:
        self.read = read
        self.files: dict[str, str] = {}
        """What to write, by its path."""
        self._names: dict[tuple[str, ...], str] = {}
        """Of the joined file by its parts, which most pages share; empty when they cannot be."""
        self._asked: set[str] = set()
        """Names that some page still mentions."""

    @property
    def unasked(self) -> set[str]:
        """The paths of what was joined wherever a page asked for it."""
        parts = {part for parts, name in self._names.items() if name for part in parts}
        return {part for part in parts if posixpath.basename(part) not in self._asked}

    def join(self, path: str, page: str) -> str:
        """``page``, the text of the page at ``path``, which asks for the joined files."""
        sheets = list(_SHEET.finditer(page))
        joined = self._joined(path, [sheet[1] for sheet in sheets], ".css") if sheets[1:] else ""
        if joined:
            start = sheets[0].start()
            rest = _SHEET.sub("", page[start:])
            page = f'{page[:start]}<link rel="stylesheet" href="{joined}">\n{rest}'
        page = _SCRIPTS.sub(lambda run: self._join_scripts(path, run[0]), page)
        self._asked.update(_NAME.findall(page))
        return page

    def _join_scripts(self, path: str, run: str) -> str:
        found = list(_SCRIPT.finditer(run))
        joined = self._joined(path, [match[1] for match in found], ".js")
        said = "".join(match[2] for match in found)
        return f'<script src="{joined}"{said}></script>\n' if joined else run

    def _joined(self, path: str, addresses: Sequence[str], ending: str) -> str:
        """The address of the file that has all of them; none when one is not the site's own."""
        root, base = "", posixpath.dirname(path)
        if addresses[0].startswith("/"):  # a page for any address names its files from the root
            root, base = self._root(addresses[0]), ""
            addresses = [address.removeprefix(root) for address in addresses]
        parts = tuple(posixpath.normpath(posixpath.join(base, each)) for each in addresses)
        if parts not in self._names:
            self._names[parts] = self._file(parts, ending)
        name = self._names[parts]
        if root or not name:
            return name and f"{root}{name}"
        return posixpath.relpath(name, base or ".")

    def _file(self, parts: Sequence[str], ending: str) -> str:
        """The path of the file that has all of ``parts``."""
        texts = [self.read(part) for part in parts]
        if not all(part.endswith(ending) for part in parts) or None in texts:
            return ""
        whole = "\n".join(_moved(part, text or "", ending)
                          for part, text in zip(parts, texts, strict=True))
        digest = hashlib.sha256(whole.encode()).hexdigest()[:8]
        name = f"{_FOLDER}/joined-{digest}{ending}"
        self.files[name] = whole
        return name

    def _root(self, address: str) -> str:
        """What stands in ``address`` before the path of a file of the site."""
        ends = [match.end() for match in re.finditer("/", address)]
        return next((address[:end] for end in ends if self.read(address[end:]) is not None), "/")


def _moved(part: str, text: str, ending: str) -> str:
    """The text of a part, as it reads in the folder of joined files."""
    text = _MAP.sub("", text)
    if ending != ".css":
        return text
    base = posixpath.dirname(part)

    def moved(match: re.Match[str]) -> str:
        return f'url("{posixpath.relpath(posixpath.join(base, match[2]), _FOLDER)}")'

    return _ADDRESS.sub(moved, text)
