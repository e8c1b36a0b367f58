"""``variorum import``: a damaged copy becomes a draft that accounts for itself."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.editions import create_folder, create_text, find_editions, place_edition, read_edition
from variorum.errors import InputError, Place
from variorum.essay import Ledger
from variorum.plain import visible

if TYPE_CHECKING:
    from variorum.drafting import Work
    from variorum.repair import Repaired
    from variorum.sources import Received

DRAFTS = ".drafts"
"""Where drafts go that hold words which may not be reprinted; git is told to pass it over."""
RIGHTS = ("public-domain", "licensed", "in-copyright", "unknown")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--as", "slug", metavar="SLUG", help="The edition's folder; else from the title.")
@click.option("--rights", type=click.Choice(RIGHTS), help="Who owns the source's words.")
@click.option("--statement", default="", help="What there is to say about the rights.")
@click.option("--title", default="", help="The work's title; else the source's first heading.")
@click.option("--by", "authors", multiple=True, metavar="NAME", help="Who wrote it. Repeatable.")
@click.option("--in", "container", default="", help="The book or journal that it stands in.")
@click.option("--issued", metavar="DATE", help="When it came out: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--editor", default="The editors", help="Who makes this edition.")
@click.option("--language", default="en-US", help="Of the edition, as a BCP 47 tag.")
@click.option("--encoding", metavar="NAME", help="Of the file, if it is not found out rightly.")
@click.option("--without", "refused", multiple=True, metavar="RULE",
              help="Refuse a mechanical mend. Repeatable.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def import_(
    file: Path, slug: str | None, rights: str | None, statement: str, title: str,
    authors: tuple[str, ...], container: str, issued: str | None, editor: str, language: str,
    encoding: str | None, refused: tuple[str, ...], form: str,
) -> int:
    """Import FILE, or - for standard input: draft, ledger and a report of what was mended.

    On an edition that exists already nothing is written; what is new in FILE is listed instead.
    Exit code 0: imported, or nothing new. 1: something is new. 2: it could not be done.
    """
    from variorum.drafting import Work, title_of

    received = _receive(file, encoding)
    without = _known_rules(refused)
    repaired = received.repaired(without)
    title = title or title_of(repaired)
    root, folder = place_edition(slug or _slug(title or file.stem))
    if folder.exists():
        return _compare(folder, received, repaired, form)
    work = Work(title or "Untitled", *_required(rights, issued, file), authors, container,
                statement, editor, language)
    _refuse_twins(folder, repaired, received.name)
    report = _report(received, repaired, without)
    written = _write(root, folder, work, received, repaired, without, report)
    _tell(report | {"written": written}, form)
    return 0


def _receive(file: Path, encoding: str | None) -> Received:
    from variorum.sources import MOST_BYTES, read_bytes, read_file

    if str(file) != "-":
        return read_file(file, encoding)
    return read_bytes(sys.stdin.buffer.read(MOST_BYTES + 1), "standard input", encoding)


def _known_rules(refused: tuple[str, ...]) -> frozenset[str]:
    from variorum.repair import RULES

    for rule in refused:
        if rule not in RULES:
            raise InputError(f"there is no mend `{rule}`", hint=f"there are {', '.join(RULES)}")
    return frozenset(refused)


def _slug(words: str) -> str:
    plain = re.sub(r"[’']", "", words.casefold())
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:64].rstrip("-")


def _required(rights: str | None, issued: str | None, file: Path) -> tuple[str, str]:
    if rights is None:
        raise InputError("nobody has said who owns its words", place=Place(file),
                         hint=f"add `--rights` with one of {', '.join(RIGHTS)}")
    if issued is None or not re.fullmatch(r"\d{4}(-\d\d){0,2}", issued):
        raise InputError("nobody has said when the work came out", place=Place(file),
                         hint="add `--issued` with a year, or YYYY-MM or YYYY-MM-DD")
    return issued, rights


def _refuse_twins(folder: Path, repaired: Repaired, name: str) -> None:
    """The same source does not make two editions."""
    from variorum.cleaning import digest_of_all
    from variorum.drafting import paragraphs_of

    whole = digest_of_all(block.text for block in paragraphs_of(repaired))
    others = find_editions(folder.parent) if folder.parent.is_dir() else ()
    for other in others:
        ledger = read_edition(other).ledger
        if ledger and whole in [witness.sha256 for witness in ledger.value.witnesses]:
            raise InputError(f"is the source of `{other.as_posix()}` already", place=Place(name),
                             hint=f"import it `--as {other.name}` to see what is new in it")


def _compare(folder: Path, received: Received, repaired: Repaired, form: str) -> int:
    """Say which paragraphs of the copy an edition's ledger does not know."""
    from variorum.drafting import paragraphs_of

    file = read_edition(folder).ledger
    if file is None:
        raise InputError("is there already, and has no ledger to compare with",
                         place=Place(folder), hint="import `--as` another slug")
    texts = [block.text for block in paragraphs_of(repaired)]
    new, gone = _differences(texts, file.value)
    if len(new) == len(texts):
        raise InputError(
            f"is there already, and is an edition of something else than {received.name}",
            place=Place(folder), hint="import `--as` another slug")
    if form == "json":
        click.echo(json.dumps({"new": new, "gone": gone}, indent=2, ensure_ascii=False))
    else:
        for number, text in new.items():
            click.echo(f"New: paragraph {number} of {received.name}: {_shown(text)}")
        for name in gone:
            click.echo(f"Gone: source paragraph {name} of {file.path}")
        what = f"{len(new)} new, {len(gone)} gone" if new or gone else "nothing is new"
        click.echo(f"{folder.as_posix()}: {what}; nothing was written.")
    return 1 if new or gone else 0


def _differences(texts: list[str], ledger: Ledger) -> tuple[dict[int, str], list[str]]:
    from variorum.cleaning import digest

    known = {paragraph.sha256 for paragraph in ledger.paragraphs}
    here = [digest(text) for text in texts]
    new = {n: text for n, (text, d) in enumerate(zip(texts, here, strict=True), 1)
           if d not in known}
    return new, [paragraph.id for paragraph in ledger.paragraphs if paragraph.sha256 not in here]


def _shown(text: str) -> str:
    return visible(text if len(text) <= 72 else f"{text[:71]}…")


def _report(received: Received, repaired: Repaired, without: frozenset[str]) -> dict[str, Any]:
    kinds = Counter(block.kind.value for block in repaired.blocks)
    return {
        "source": {"name": received.name, "format": received.form, "encoding": received.encoding,
                   "sha256": received.sha256},
        "kept": dict(kinds) | {"words": sum(len(b.text.split()) for b in repaired.blocks)},
        "refused": sorted(without),
        "mends": [{"rule": m.rule, "line": m.line, "before": m.before, "after": m.after}
                  for m in repaired.mends],
        "dropped": [{"reason": d.reason, "line": d.line, "text": d.text}
                    for d in repaired.dropped],
    }


def _write(
    root: Path, folder: Path, work: Work, received: Received, repaired: Repaired,
    without: frozenset[str], report: Mapping[str, Any],
) -> list[str]:
    """The files that were written; those with the source's words only where its rights allow."""
    from variorum import drafting

    day = date.today()
    essay = drafting.draft_essay(work, repaired, day, marked=received.form != "text")
    copy = f"{received.name}, {received.form}, SHA-256 of the file {received.sha256}."
    own = {"notes.yml": drafting.draft_notes(work.title),
           "source.yml": drafting.draft_ledger(work, repaired, copy, without)}
    record = {"import.json": json.dumps(report, indent=1, ensure_ascii=False) + "\n"}
    if work.storable:
        stored = {f"source.{_ending(received)}": _as_stored(received, repaired)}
        create_folder(folder, {"index.md": essay, **own, **record, **stored})
        return [folder.as_posix()]
    drafts = root / DRAFTS
    drafts.mkdir(exist_ok=True)
    if not (drafts / ".gitignore").exists():
        create_text(drafts / ".gitignore", "# Drafts hold words that may not be reprinted.\n*\n")
    create_folder(drafts / folder.name, {"index.md": essay, **record})
    where = f"{DRAFTS}/{folder.name}/index.md"
    create_folder(folder, {"index.md": drafting.draft_skeleton(work, day, where), **own})
    return [folder.as_posix(), f"{DRAFTS}/{folder.name}"]


def _ending(received: Received) -> str:
    return "txt" if received.form == "text" else "md"


def _as_stored(received: Received, repaired: Repaired) -> str:
    """A plain text as it was received; of other formats the words, which is all that git needs."""
    from variorum.drafting import as_markdown

    return received.text if received.form == "text" else as_markdown(repaired)


def _tell(report: Mapping[str, Any], form: str) -> None:
    if form == "json":
        click.echo(json.dumps(report, indent=2, ensure_ascii=False))
        return
    source, kept = report["source"], report["kept"]
    encoding = f" in {source['encoding']}" if source["encoding"] else ""
    click.echo(f"{source['name']}: {source['format']}{encoding}, {source['sha256'][:12]}…")
    click.echo("Kept: " + ", ".join(f"{number} {kind}" for kind, number in kept.items()))
    for mend in report["mends"]:
        click.echo(f"Mended {mend['line']} [{mend['rule']}] {_shown(mend['before'])} → "
                   f"{_shown(mend['after'])}")
    for thing in report["dropped"]:
        click.echo(f"Dropped {thing['line']} [{thing['reason']}] {_shown(thing['text'])}")
    click.echo(f"{len(report['mends'])} mends (refuse one with --without RULE), "
               f"{len(report['dropped'])} things dropped.")
    for path in report["written"]:
        click.echo(f"Wrote {path}")
    click.echo(f"Next: variorum diagnose {report['source']['name']}")
