"""The second edition, from its damaged copy to a page that answers for each paragraph."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from variorum.checks import RULES
from variorum.checks.provenance import accountable
from variorum.editions import read_edition
from variorum.sources import read_copy, read_file

ROOT = Path(__file__).parents[1]
EDITION = ROOT / "docs" / "essays" / "first-annual-message"
OFFLINE = [rule for rule in RULES if not rule.id.startswith(("grammar", "links"))]


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_ledger_knows_every_paragraph_of_the_stored_copy() -> None:
    ledger = read_edition(EDITION).ledger
    assert ledger
    copy = read_copy(EDITION / "source.txt", [ledger.value])
    assert len(copy.paragraphs) == len(ledger.value.paragraphs)


@pytest.mark.languagetool
def test_the_edition_is_true_to_its_source() -> None:
    found = run("check", EDITION, cwd=ROOT)
    assert (found.returncode, found.stdout) == (0, "No findings in 3 files.\n")


def test_the_edition_says_what_its_second_witness_says() -> None:
    """What the copy lost was put back as it was: the essay has the digest of the better copy."""
    from variorum.cleaning import digest_of_all

    subject = read_edition(EDITION)
    assert subject.ledger
    told = [block.text for block in accountable(subject.page) if block.attributes["id"] != "p0"]
    assert digest_of_all(told) == subject.ledger.value.witnesses[1].sha256
    assert all(reading.witnesses for reading in subject.ledger.value.readings)


def undamaged() -> str:
    """The message as the script was given it: the edition restores it to the letter."""
    blocks = accountable(read_edition(EDITION).page)
    told = [block.text for block in blocks if block.attributes["id"] != "p0"]
    return "\n\n".join(told).replace("—", " - ") + "\n"


def commands_of_the_readme() -> list[str]:
    """What README says under “From a damaged copy to an edition”, one command a line."""
    part = (ROOT / "README.md").read_text("utf-8").partition("## From a damaged copy")[2]
    block = re.search(r"```sh\n(.*?)```", part, re.S)
    assert block
    lines = re.sub(r"\\\n\s*", "", re.sub(r"\s+#.*", "", block[1])).splitlines()
    here = f"{sys.executable} -m variorum"
    return [line.replace("scripts/damage", f"{sys.executable} {ROOT / 'scripts' / 'damage'}")
            .replace(".venv/bin/variorum", here) for line in lines]


@pytest.mark.languagetool
def test_the_commands_of_the_readme_make_the_second_edition(tmp_path: Path) -> None:
    """The same copy, the same ledger, and a draft that answers for each paragraph of it."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [variorum]\n")
    (tmp_path / "message.txt").write_text(undamaged(), "utf-8")
    done = [subprocess.run(["sh", "-c", command], cwd=tmp_path, capture_output=True, text=True,
                           check=False) for command in commands_of_the_readme()]
    assert [one.returncode for one in done] == [0, 1, 1, 0, 1], [one.stderr for one in done]
    made = tmp_path / "docs" / "essays" / "first-annual-message"
    assert (tmp_path / "damaged.txt").read_bytes() == (EDITION / "source.txt").read_bytes()
    assert (made / "source.txt").read_bytes() == (EDITION / "source.txt").read_bytes()
    draft, edition = read_edition(made).ledger, read_edition(EDITION).ledger
    assert draft and edition
    known = [(entry.id, entry.sha256, entry.words) for entry in edition.value.paragraphs]
    assert [(entry.id, entry.sha256, entry.words) for entry in draft.value.paragraphs] == known
    assert (tmp_path / "damage.html").read_text("utf-8").startswith("<!doctype html>")
    assert not re.search("provenance|ledger|fidelity|rights|counterparts", done[-1].stdout)


BROKEN: dict[str, tuple[str, Callable[[str], str], str]] = {
    "a paragraph without provenance": (
        "index.md", lambda text: text.replace(' from="s4"', ""), "provenance.missing"),
    "a paragraph of nobody knows where": (
        "index.md", lambda text: text.replace('from="s4"', 'from="s99"'), "provenance.unknown"),
    "a source paragraph left out": (
        "index.md", lambda text: re.sub(r"\n\n[^\n]*(?:\n[^\n{]+)*\n\{ #p4 [^\n]*", "", text),
        "provenance.unanswered"),
    "an omission without a reason": (
        "source.yml", lambda text: re.sub(r"    omitted: .*\n", "", text),
        "provenance.unanswered"),
    "another source": (
        "source.txt", lambda text: text.replace("favorable", "favourable"), "fidelity.digest"),
    "a reading of words that are not there": (
        "source.yml", lambda text: text.replace("source: overseas", "source: oversea"),
        "fidelity.reading"),
    "a reading that quotes more than the rights allow": (
        "source.yml", lambda text: text.replace("fragment_words: 124", "fragment_words: 3"),
        "ledger.fragment"),
    "a reading of no paragraph": (
        "source.yml", lambda text: text.replace("paragraph: s9", "paragraph: s99"),
        "ledger.paragraph"),
    "a reading without evidence": (
        "source.yml", lambda text: re.sub(r"    evidence: >-\n(      .*\n)+", "", text, count=1),
        "ledger.form"),
    "a copy that its rights do not let be kept": (
        "source.yml", lambda text: text.replace("store: true", "store: false"), "rights.stored"),
    "a name forgotten": (
        "index.md", lambda text: text.replace("Virginia", "that state"), "counterparts.name"),
}


@pytest.mark.languagetool
@pytest.mark.parametrize("case", BROKEN, ids=str)
def test_broken_accountability_is_found(case: str, tmp_path: Path) -> None:
    name, change, rule = BROKEN[case]
    folder = tmp_path / "docs" / "essays" / "first-annual-message"
    shutil.copytree(EDITION, folder)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [variorum]\n")
    before = (folder / name).read_text("utf-8")
    assert change(before) != before
    (folder / name).write_text(change(before), "utf-8")
    found = run("check", folder, cwd=tmp_path)
    assert found.returncode == 1, found.stderr
    assert rule in found.stdout


def test_the_damage_is_always_the_same(tmp_path: Path) -> None:
    clean = "It is the first paragraph of some, and it is a short one.\n\n" * 3 + "\n\n".join(
        f"Paragraph {n} is longer and " + "has words, and " * 20 + "ends." for n in range(4))
    damage = [sys.executable, str(ROOT / "scripts" / "damage"), "--seed", "7"]
    first, again = (subprocess.run(damage, input=clean, capture_output=True, text=True, check=True)
                    for _ in range(2))
    assert first.stdout == again.stdout
    (tmp_path / "a.txt").write_text(first.stdout, "utf-8")
    repaired = read_file(tmp_path / "a.txt").repaired()
    assert {thing.reason for thing in repaired.dropped} == {"page-numbers", "running-heads"}


def test_a_better_copy_becomes_a_witness(tmp_path: Path) -> None:
    """It confirms what it has, refutes what it has otherwise, and leaves the rest of the file."""
    folder = tmp_path / "docs" / "essays" / "first-annual-message"
    shutil.copytree(EDITION, folder)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [variorum]\n")
    copy = tmp_path / "copy.txt"
    copy.write_text("They speak of overseas affairs and of the public credit.\n")
    ledger = folder / "source.yml"
    before = ledger.read_text("utf-8")
    tried = run("witness", "first-annual-message", copy, "--dry-run", cwd=tmp_path)
    assert (tried.returncode, ledger.read_text("utf-8")) == (1, before)
    done = run("witness", "first-annual-message", copy, "--description", "Poor.", cwd=tmp_path)
    assert "w3: confirms 1, refutes 1 of 11 readings." in done.stdout
    after = ledger.read_text("utf-8")
    assert "    witnesses: {w2: confirms, w3: refutes}\n" in after
    kept = [line for line in before.splitlines() if "witnesses:" not in line]
    assert [line for line in kept if line not in after.splitlines()] == []
    read = read_edition(folder)
    assert read.malformed == () and read.ledger
    assert [witness.id for witness in read.ledger.value.witnesses] == ["w1", "w2", "w3"]
    found = run("check", folder, cwd=tmp_path)
    assert "ledger.attested" in found.stdout and found.returncode == 1
    again = run("witness", "first-annual-message", copy, cwd=tmp_path)
    assert again.returncode == 2 and "is the witness w3 already" in again.stderr
