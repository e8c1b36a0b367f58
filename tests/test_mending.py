"""Laws of ``--fix``: whatever stands in a file, it ends, does no harm, and is done once."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.checks.baseline import Baseline
from variorum.checks.rule import Match
from variorum.cli.checking import Checking
from variorum.cli.mending import Mender
from variorum.reporters import Report


class NoFaults:
    """A checker of grammar who finds nothing; these laws are about typography."""

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> Sequence[Sequence[Match]]:
        return [() for _ in texts]


PIECES = st.lists(st.sampled_from([
    '"', "'", "“", "”", "‘", "’", "a", "word", " ", "  ", " - ", "--", "...", ". . .", " ,", " .",
    "10-20", "\n", "\r\n", "\n\n", "- ", "> ", "# ", "*", "**", "`", "| ", "&quot;", "&#39;",
    "[", "](x)", "<b>", "</b>", "<!-- variorum: allow typography.quotes: why -->", "{ #p1 }",
    "```\n", "!!! note\n    ", "---\n", "😀", "\u200b", "\u00a0",
]), max_size=25)


def mend(page: Path) -> tuple[Report, Report, list[str]]:
    checking = Checking([page], None, NoFaults(), page.parent, Baseline())
    before = checking.report()
    mender = Mender(checking, before)
    return before, mender.mend(), mender.said


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PIECES)
def test_mending_ends_and_the_second_time_there_is_nothing_to_do(pieces: Sequence[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.md"
        page.write_bytes("".join(["x", *pieces]).encode())
        before, after, _ = mend(page)
        mended = page.read_bytes()
        assert len(after.findings) <= len(before.findings)
        again, still, _ = mend(page)
        assert page.read_bytes() == mended
        assert again.findings == still.findings == after.findings
        assert after.texts[page.as_posix()] == mended.decode("utf-8-sig")
