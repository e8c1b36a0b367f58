"""``variorum notes``: what became of the notes, and what to do about those without a place."""

from __future__ import annotations

from variorum.cli.notes_add import add
from variorum.cli.notes_exchange import export, import_
from variorum.cli.notes_mend import mend
from variorum.cli.notes_status import notes

for command in (mend, add, export, import_):
    notes.add_command(command)

__all__ = ["notes"]
