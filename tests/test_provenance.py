"""New paragraphs are numbered; old numbers stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from examples import lay

from variorum.checks import provenance, run_rules
from variorum.text import apply_edits


@pytest.mark.parametrize(
    ("body", "numbered"),
    [
        ('A fox.\n{ from="s1" }\n', 'A fox.\n{ #p1 from="s1" }\n'),
        (
            'A.\n{ #p7 from="s1" }\n\nB.\n{ from="s1" }\n\n- C. 🦊\n  { from="edition" }\n',
            'A.\n{ #p7 from="s1" }\n\nB.\n{ #p8 from="s1" }\n\n- C. 🦊\n  { #p9 from="edition" }\n',
        ),
        ('A.\n{: from="s1" .lead }\n', 'A.\n{: #p1 from="s1" .lead }\n'),
        ('A.\n{ #fox from="s1" }\n', 'A.\n{ #fox from="s1" }\n'),
    ],
)
def test_paragraphs_get_the_next_free_number(body: str, numbered: str, tmp_path: Path) -> None:
    page = lay({"index.md": body}, tmp_path).page
    found = run_rules(lay({"index.md": body}, tmp_path / "again"), provenance.RULES)
    edits = [edit for finding in found for edit in finding.fixes]
    mended = apply_edits(page.text, edits)
    assert mended.endswith(f"---\n\n{numbered}")
    assert run_rules(lay({"index.md": numbered}, tmp_path / "mended"), provenance.RULES) == []
