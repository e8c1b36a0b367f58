"""Records the walk through the notes after a hard revision of the first edition.

    python bench/mending.py > bench/mending.txt

Half of the paragraphs are rewritten by chance words, three are moved and one is deleted, as in
tests/test_notes_revision.py. The walk runs on a terminal of its own; what is typed shows in it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from test_notes_commands import run, walk
from test_notes_revision import answer_all, prepare

from variorum.cli.notes_reading import read_noted


def main() -> int:
    """Print the statuses, the walk, and the statuses after it."""
    with tempfile.TemporaryDirectory() as name:
        folder, _, deleted = prepare(Path(name))
        before = run(folder, "status")
        code, said = walk(folder, answer_all(read_noted(folder), deleted))
        after = run(folder, "status")
    for command, text in (("status", before.stdout), ("mend", said), ("status", after.stdout)):
        lines = (line.rstrip() for line in text.splitlines())
        print(f"$ variorum notes {command}", *lines, "", sep="\n")
    return code or after.returncode


if __name__ == "__main__":
    sys.exit(main())
