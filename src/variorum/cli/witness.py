"""``variorum witness``: a second copy of the source, and what it says of each reading."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import click

from variorum.editions import place_edition, read_edition, read_text, replace_text
from variorum.editions.witnessing import add_witness, judge
from variorum.errors import InputError, Place
from variorum.text import apply_edits


@click.command()
@click.argument("slug")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--description", default="", help="What copy it is and where it comes from.")
@click.option("--dry-run", is_flag=True, help="Say what it says of the readings; write nothing.")
def witness(slug: str, file: Path, description: str, dry_run: bool) -> int:
    """Add FILE, another copy of the source, to the ledger of the edition SLUG.

    Each reading is told to be confirmed by it, or refuted, where it has the one wording or the
    other. Exit code 0: added. 1: it refutes a reading. 2: it could not be done.
    """
    from variorum.cleaning import digest_of_all
    from variorum.drafting import paragraphs_of
    from variorum.sources import read_file

    _, folder = place_edition(slug)
    ledger = read_edition(folder).ledger
    if ledger is None:
        raise InputError("has no ledger that can be read", place=Place(folder))
    texts = [block.text for block in paragraphs_of(read_file(file).repaired())]
    known = {copy.sha256: copy.id for copy in ledger.value.witnesses}
    if name := known.get(digest_of_all(texts)):
        raise InputError(f"is the witness {name} already", place=Place(file))
    name = _free([copy.id for copy in ledger.value.witnesses])
    verdicts = judge(ledger.value.readings, texts)
    if not dry_run:
        edits = add_witness(ledger, name, description or f"{file.name}.", texts, verdicts)
        path = Path(ledger.path)
        old = read_text(path)
        replace_text(path, old, apply_edits(old.text, edits))
    for reading in ledger.value.readings:
        verdict = verdicts.get(reading.id, "says nothing of")
        click.echo(f"{name} {verdict} {reading.id}: {reading.source} → {reading.reading}")
    counts = Counter(str(verdict) for verdict in verdicts.values())
    click.echo(f"{name}: confirms {counts['confirms']}, refutes {counts['refutes']} of "
               f"{len(ledger.value.readings)} readings.")
    return 1 if counts["refutes"] else 0


def _free(names: list[str]) -> str:
    numbers = [int(name[1:]) for name in names if re.fullmatch(r"w\d+", name)]
    return f"w{max(numbers, default=0) + 1}"
