"""Makes a built site the preview of what it changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from variorum.cli.differing import Differing
from variorum.preview import (
    Preview,
    write_banner,
    write_changes,
    write_front,
    write_json,
    write_markdown,
)
from variorum.site import ROBOTS, SCRIPT, STYLE, WORKER, mark_preview, with_article

HOME = "home.html"
"""The publication's front page; the preview's own stands in its place."""
_FRONT = "index.html"
_NEVER = ("sitemap.xml", "sitemap.xml.gz")
"""Files by which a site is found."""


def write_preview(
    site: Path, preview: Preview, differences: Mapping[str, Differing], production: str
) -> None:
    """Mark every page in ``site``, and put beside them what a preview has more.

    ``differences`` are by the path of their page; ``production`` is the publication's address.
    """
    marker = _Marker(site, preview, production.rstrip("/"))
    for page in [*site.rglob("*.html")]:
        marker.mark(page, differences.get(page.relative_to(site).as_posix()))
    home = (site / _FRONT).read_text("utf-8")
    _write(site / HOME, home)
    front = with_article(home, write_front(preview, HOME), f"Preview · {preview.site}")
    for name, text in {
        _FRONT: front, "preview.json": write_json(preview), "preview.md": write_markdown(preview),
        "robots.txt": ROBOTS, WORKER: "// A preview keeps nothing.\n",
    }.items():
        _write(site / name, text)
    for asset in (STYLE, SCRIPT):
        source = files("variorum.preview") / Path(asset).name
        _write(site / asset, source.read_text("utf-8"))
    for name in _NEVER:
        (site / name).unlink(missing_ok=True)


@dataclass(frozen=True)
class _Marker:
    site: Path
    preview: Preview
    production: str
    """Without a slash at its end; empty when nobody knows it."""

    def mark(self, path: Path, differing: Differing | None) -> None:
        """Write the page at ``path`` anew, and beside it the page of what differs."""
        name = path.relative_to(self.site).as_posix()
        page = path.read_text("utf-8")
        if differing is None:
            _write(path, self._marked(page, name, write_banner(self.preview, _root(name), None)))
            return
        other, changes = Path(differing.url).name, differing.found.changes
        here = HOME if name == _FRONT else "./" if path.name == "index.html" else path.name
        ways = here, other
        listed = write_changes(changes, other)
        banner = write_banner(self.preview, _root(name), ways, len(changes), differing=True,
                              listed=listed)
        text = with_article(self._marked(page, name, banner), differing.found.html)
        _write(path.with_name(other), text)
        banner = write_banner(self.preview, _root(name), ways, len(changes))
        _write(path, self._marked(page, name, banner))

    def _marked(self, page: str, name: str, banner: str) -> str:
        address = name.removesuffix("index.html")
        canonical = f"{self.production}/{address}" if self.production else ""
        return mark_preview(page, _root(name), canonical, banner)


def _root(name: str) -> str:
    """The way from a page to the root."""
    return "../" * name.count("/")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8", newline="")
