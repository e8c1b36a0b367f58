"""Records a walk through the findings of a page.

    python bench/walking.py > bench/walking.txt

Skipped, undone, learned, mended by number, mended by hand in a way that makes a new finding, let
pass with a reason. The walk runs on a terminal of its own; what is typed shows in it. Needs an
installed engine.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from test_walking import page_of, walk

PAGE = """\
# Letters of a keeper

This is a apple from the garden, Baymm said.

Here are *a mistakes* to find; the clerk has wrote
them twice. He have kept nothing.
"""
ANSWERS = ("s", "u", "l", "2", "e", "mistaeks", "", "a", "The clerk is quoted.", "1", "")


def main() -> int:
    """Print the page, the walk, and what came of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "mkdocs.yml").write_text("site_name: Letters\nplugins: [variorum]\n", "utf-8")
        (folder / "docs").mkdir()
        (folder / "docs" / "page.md").write_text(PAGE, "utf-8")
        said, code = walk(folder, *ANSWERS)
        after = page_of(folder)
    lines = (line.rpartition("\r")[2].removeprefix("\x1b[K") for line in said.split("\n"))
    shown = "\n".join(line.rstrip() for line in lines)
    print("$ cat docs/page.md", PAGE, sep="\n")
    print("$ variorum check --fix --interactive", shown, sep="\n")
    print("$ cat docs/page.md", after, sep="\n", end="")
    return code


if __name__ == "__main__":
    sys.exit(main())
