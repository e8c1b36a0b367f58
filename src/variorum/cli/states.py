"""A publication before a change and after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from variorum.checks.rule import Subject
from variorum.cli.building import LeftOut, editions_in, lay_out
from variorum.editions import docs_of, read_edition
from variorum.preview import find_renamed


@dataclass(frozen=True)
class States:
    """Both states, the folders that they are in, and those that they are built into."""

    root: Path
    earlier: Path
    """A publication of the documents as they were, with all else as it is now."""
    site: Path
    old: Path
    after: Mapping[str, Subject]
    """Editions by their slugs."""
    before: Mapping[str, Subject]
    left_out: LeftOut
    """Of the earlier state."""

    @property
    def renamed(self) -> dict[str, str]:
        """New slug → slug before."""
        gone = {slug: s for slug, s in self.before.items() if slug not in self.after}
        come = {slug: s for slug, s in self.after.items()
                if slug not in self.before and slug not in self.left_out.editions}
        return find_renamed(gone, come)

    @property
    def led_on(self) -> set[str]:
        """Old slugs whose visitors are led on."""
        return {name for subject in self.after.values() if subject.page.essay
                for name in subject.page.essay.formerly}

    def other_pages(self) -> Iterator[str]:
        """Markdown files outside of editions that both states have and that differ."""
        docs, earlier = docs_of(self.root), docs_of(self.earlier)
        inside = {path.resolve() for path in editions_in(docs)}
        for path in sorted(docs.rglob("*.md")):
            name = path.relative_to(docs)
            if path.parent.resolve() not in inside and (earlier / name).is_file() \
                    and (earlier / name).read_bytes() != path.read_bytes():
                yield name.as_posix()


def lay_states(root: Path, commit: str, folder: Path) -> States:
    """Read what is in ``root``, and lay out the documents as of ``commit`` in ``folder``."""
    earlier = folder / "earlier"
    left_out = lay_out(root, commit, earlier)
    after, before = (_read(docs_of(side)) for side in (root, earlier))
    return States(root, earlier, folder / "site", folder / "old", after, before, left_out)


def _read(docs: Path) -> dict[str, Subject]:
    return {folder.name: read_edition(folder) for folder in editions_in(docs)}
