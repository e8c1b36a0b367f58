"""``--baseline``: lets in what was there before, and nothing new."""

from __future__ import annotations

from pathlib import Path

from variorum.checks.baseline import NAME, Baseline, parse_baseline, print_baseline
from variorum.cli.checking import Checking, place_here
from variorum.editions import create_text, find_root, read_text, replace_text
from variorum.errors import InputError, Place

WRITE, OFF = "write", "off"


def root_of(paths: tuple[Path, ...]) -> Path:
    """The folder that a baseline belongs to: the publication's, else the one we are in."""
    return find_root(paths[0] if paths else Path()) or Path.cwd()


def read_baseline(asked: str | None, root: Path) -> Baseline:
    """The baseline that was ``asked`` for, or the publication's own, if it has one.

    Raises ``InputError`` when it is none, or is not there though it was asked for.
    """
    path = Path(asked) if asked else root / NAME
    if asked in (WRITE, OFF) or (asked is None and not path.exists()):
        return Baseline()
    if not path.exists():
        raise InputError("there is no such baseline", place=Place(path),
                         hint=f"`--baseline {WRITE}` writes {NAME}")
    return parse_baseline(read_text(path).text, path.as_posix())


def write_baseline(checking: Checking) -> str:
    """Put down what is found now; what the baseline says of files not checked stays."""
    path = checking.root / NAME
    old = read_text(path) if path.exists() else None
    known = parse_baseline(old.text, path.as_posix()) if old else Baseline()
    report = checking.everything()
    checked = {checking.from_root(name) for name in report.texts}
    baseline = known.renewed(checking.entries(report), checked)
    text = print_baseline(baseline)
    if old is None:
        create_text(path, text)
    elif text != old.text:
        replace_text(path, old, text)
    return f"{_count(len(baseline.entries))} written to {place_here(path)}."


def describe_baseline(checking: Checking) -> list[str]:
    """What there is to say of a baseline that was used."""
    report = checking.everything()
    entries = list(checking.entries(report))
    let_in = sum(checking.baseline.has(entry.path, entry.fingerprint) for entry in entries)
    checked = {checking.from_root(name) for name in report.texts}
    gone = len(checking.baseline.gone(entries, checked))
    said = [f"The baseline lets {_count(let_in)} in."] if let_in else []
    if gone:
        verb = "is" if gone == 1 else "are"
        said.append(f"{_count(gone)} of the baseline {verb} no longer found; "
                    f"`variorum check --baseline {WRITE}` drops what is gone.")
    return said


def _count(number: int) -> str:
    return f"{number} finding{'' if number == 1 else 's'}"
