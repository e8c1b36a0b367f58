"""``variorum check`` as a person runs it: what it says, its exit code, and what it leaves."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from languagetool_engine import installed_folders

ROOT = Path(__file__).parents[1]
EDITION = ROOT / "docs" / "essays" / "with-friends-like-these"
Change = Callable[[str], str]


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    """A copy of the first edition in a publication of its own."""
    shutil.copytree(EDITION, tmp_path / "docs" / "essays" / "an-essay")
    shutil.copy(ROOT / "docs" / "words.txt", tmp_path / "docs")
    for name in ("about.md", "readings.md"):
        shutil.copy(ROOT / "docs" / name, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\nplugins:\n  - variorum\n")
    return tmp_path


def edit(publication: Path, name: str, change: Change) -> Path:
    path = publication / "docs" / "essays" / "an-essay" / name
    text = path.read_text(encoding="utf-8")
    changed = change(text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    return path


def put(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.languagetool
def test_the_first_edition_is_clean(publication: Path) -> None:
    installed_folders()
    found = run("check", cwd=publication)
    assert (found.returncode, found.stdout) == (0, "No findings in 5 files.\n")


LIST = '\n\n- 😀 This is fine.\n- 👩‍🚀 Here are *a mistakes* to find.\n{ #p99 from="s9" }\n'
BROKEN: dict[str, tuple[str, Change, str, str]] = {
    "grammar after an emoji": (
        "index.md", lambda text: text.rstrip("\n") + LIST, "A_NNS", "a mistakes"),
    "a misspelling": (
        "index.md", put("too much of a hurry", "too much of a hury"),
        "MORFOLOGIK_RULE_EN_US", "hury"),
    "a misspelling in a note": (
        "notes.yml", put("Chiefly Usenet, the network", "Chiefly Usenet, the netwrok"),
        "MORFOLOGIK_RULE_EN_US", "netwrok"),
    "a passage rewritten": (
        "index.md", put("steps marketers take", "moves marketers make"), "notes.orphaned", ""),
    "no provenance": ("index.md", put('{ #p3 from="s2" }', "{ #p3 }"), "provenance.missing", ""),
    "a straight quotation mark": (
        "index.md", put("Every gain", 'Every "gain'), "typography.quotes", '"'),
    "a link that leads nowhere": (
        "index.md", put("../../about.md", "../about.md"), "links.missing",
        "[elsewhere](../about.md)"),
    "an unknown key": ("notes.yml", put("    kind: ", "    kynd: "), "notes.form", ""),
    "a long fragment": (
        "source.yml", put("    source: ", "    source: one two three four five six "),
        "ledger.fragment", ""),
}


@pytest.mark.languagetool
@pytest.mark.parametrize(("name", "change", "rule", "words"), BROKEN.values(), ids=BROKEN)
def test_each_kind_of_fault_is_found_in_its_place(
    publication: Path, name: str, change: Change, rule: str, words: str
) -> None:
    installed_folders()
    path = edit(publication, name, change)
    found = run("check", "--format", "json", cwd=publication)
    assert found.returncode == 1, found.stderr
    findings = [f for f in json.loads(found.stdout)["findings"] if f["rule"] == rule]
    assert findings
    if words:
        (finding,) = findings
        text = path.read_text(encoding="utf-8")
        assert finding["path"] == f"docs/essays/an-essay/{name}"
        assert text[finding["start"] : finding["end"]] == words
        lines = text.splitlines()
        column = finding["column"] - 1
        assert lines[finding["line"] - 1][column:].startswith(words.splitlines()[0])


@pytest.mark.languagetool
def test_fix_mends_what_needs_no_judgement_and_says_so(publication: Path) -> None:
    installed_folders()
    before = (EDITION / "index.md").read_text(encoding="utf-8")
    edit(publication, "index.md", put("people’s lives", "people's lives"))
    edit(publication, "index.md", put("harm, strain, a sense", "harm , strain, a sense"))
    found = run("check", "--fix", cwd=publication)
    assert found.returncode == 0, found.stdout + found.stderr
    assert found.stdout.count("Mended docs/essays/an-essay/index.md:") == 2
    mended = (publication / "docs" / "essays" / "an-essay" / "index.md").read_text("utf-8")
    assert mended == before


def _write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _put_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


# What an editor may do → the file that the message names, and words of it.
BAD_INPUT: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "not UTF-8": (lambda e: _write(e / "index.md", b"---\ntitle: \xe9\n---\n"), "index.md:2",
                  "not UTF-8"),
    "UTF-16": (lambda e: _write(e / "index.md", "text".encode("utf-16")), "index.md:1", "UTF-16"),
    "a NUL byte": (lambda e: _write(e / "index.md", b"a\n\0"), "index.md:2", "NUL"),
    "a folder for a file": (lambda e: _put_folder(e / "notes.yml"), "notes.yml", "folder"),
    "no index.md": (lambda e: (e / "index.md").unlink(), "an-essay", "no index.md"),
    "broken YAML": (lambda e: _write(e / "notes.yml", b"notes:\n  - id: [a\n"), "notes.yml:2",
                    "never closed"),
    "a tab": (lambda e: _write(e / "notes.yml", b"notes:\n\t- id: a\n"), "notes.yml:2", "tab"),
    "a key twice": (lambda e: _write(e / "source.yml", b"work: 1\nwork: 2\n"), "source.yml:2",
                    "stands twice"),
    "front matter never closed": (lambda e: _write(e / "index.md", b"---\ntitle: a\n\ntext\n"),
                                  "index.md:1", "never closed"),
}


@pytest.mark.parametrize(("spoil", "place", "words"), BAD_INPUT.values(), ids=BAD_INPUT)
def test_what_cannot_be_read_is_never_clean(
    publication: Path, spoil: Callable[[Path], object], place: str, words: str
) -> None:
    edition = publication / "docs" / "essays" / "an-essay"
    spoil(edition)
    before = snapshot(publication)
    found = run("check", "--fix", cwd=publication)
    assert found.returncode == 2
    assert place in found.stderr
    assert words in found.stderr
    assert "Traceback" not in found.stderr
    assert snapshot(publication) == before


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(p): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


@pytest.mark.parametrize(("arguments", "words"), [
    (["check", "nowhere.md"], "no such file"),
    (["check", "mkdocs.yml"], "neither Markdown nor"),
    (["check", "--source", "nowhere.txt"], "no such file"),
    (["check", "--format", "xml"], "xml"),
    (["check", "--frobnicate"], "--frobnicate"),
])
def test_a_wrong_question_gets_an_answer(
    publication: Path, arguments: list[str], words: str
) -> None:
    found = run(*arguments, cwd=publication)
    assert found.returncode == 2
    assert words in found.stderr
    assert "Traceback" not in found.stderr


def test_outside_a_publication_files_must_be_named(tmp_path: Path) -> None:
    found = run("check", cwd=tmp_path)
    assert found.returncode == 2
    assert "no mkdocs.yml" in found.stderr


def test_an_option_that_does_not_exist_names_the_nearest(publication: Path) -> None:
    (publication / "mkdocs.yml").write_text(
        "site_name: A test\nplugins:\n  - variorum:\n      langage: en-GB\n")
    found = run("check", cwd=publication)
    assert found.returncode == 2
    assert "mkdocs.yml:4 (plugins.variorum.langage)" in found.stderr
    assert "`language`" in found.stderr


@pytest.mark.languagetool
def test_a_rule_is_switched_off_with_a_reason(publication: Path) -> None:
    installed_folders()
    edit(publication, "index.md", put("Every gain", 'Every "gain"'))
    off = "plugins:\n  - variorum:\n      disable: {typography.quotes: the printer likes them so}\n"
    (publication / "mkdocs.yml").write_text(f"site_name: A test\n{off}")
    found = run("check", "--format", "json", cwd=publication)
    assert "typography.quotes" not in {f["rule"] for f in json.loads(found.stdout)["findings"]}


@pytest.mark.languagetool
def test_a_plain_markdown_file_is_checked_too(tmp_path: Path) -> None:
    installed_folders()
    (tmp_path / "page.md").write_text("# A page\n\n| a | b |\n|---|---|\n| It are | so |\n")
    found = run("check", "--format", "github", "page.md", cwd=tmp_path)
    assert found.returncode == 1
    said = found.stdout.splitlines()[0]
    assert said.startswith("::error file=page.md,line=5,endLine=5,col=6,endColumn=9::After ‘It’")
    assert said.endswith("(IT_VBZ)")


@pytest.mark.source
def test_a_sentence_of_the_source_in_the_rewrite_is_found(publication: Path) -> None:
    source = Path(os.environ.get("VARIORUM_SOURCE", ROOT.parent / "shared/source/essay.txt"))
    if not source.is_file():
        pytest.skip("the source is not in this repository; VARIORUM_SOURCE names it")
    clean = run("check", "--source", source, cwd=publication)
    assert clean.returncode == 0, clean.stdout + clean.stderr
    stolen = source.read_text(encoding="utf-8").splitlines()[1].split(". ")[0]
    edit(publication, "index.md", put("Every gain", f"{stolen}. Every gain"))
    found = run("check", "--source", source, "--format", "json", cwd=publication)
    assert found.returncode == 1
    assert "fidelity.run" in {f["rule"] for f in json.loads(found.stdout)["findings"]}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A publication of one page that belongs to no edition."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "page.md").write_text('# A page\n\nBaymm said "no" to it.\n', "utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\nplugins: [variorum]\n", "utf-8")
    return tmp_path


def rules_found(found: subprocess.CompletedProcess[str]) -> list[str]:
    return [finding["rule"] for finding in json.loads(found.stdout)["findings"]]


@pytest.mark.languagetool
def test_a_baseline_is_written_used_and_left_behind(small: Path) -> None:
    installed_folders()
    written = run("check", "--baseline", "write", cwd=small)
    assert (written.returncode, written.stdout) == (
        0, "3 findings written to .variorum-baseline.json.\n")
    again = run("check", cwd=small)
    assert (again.returncode, again.stdout) == (
        0, "No findings in 1 file.\nThe baseline lets 3 findings in.\n")
    page = small / "docs" / "page.md"
    page.write_text("# A page\n\nA new mistaek.\n\n" + page.read_text("utf-8")[10:], "utf-8")
    new = run("check", "--format", "json", cwd=small)
    assert rules_found(new) == ["MORFOLOGIK_RULE_EN_US"]
    assert "lets 3 findings in" in new.stderr
    assert len(rules_found(run("check", "--format", "json", "--baseline", "off", cwd=small))) == 4
    page.write_text("# A page\n", "utf-8")
    told = run("check", cwd=small)
    assert told.returncode == 0
    assert "3 findings of the baseline are no longer found" in told.stdout
    run("check", "--baseline", "write", cwd=small)
    assert run("check", cwd=small).stdout == "No findings in 1 file.\n"


def test_a_broken_baseline_is_never_clean(small: Path) -> None:
    (small / ".variorum-baseline.json").write_text("{", "utf-8")
    found = run("check", cwd=small)
    assert (found.returncode, found.stdout) == (2, "")
    assert ".variorum-baseline.json" in found.stderr


@pytest.mark.languagetool
def test_a_word_is_learnt_for_everybody_or_for_one_edition(publication: Path) -> None:
    installed_folders()
    edit(publication, "index.md", put("Every gain", "Every gainn, says Baymm,"))
    words = (publication / "docs" / "words.txt").read_text("utf-8")
    learnt = run("check", "--learn", "Baymm", cwd=publication)
    assert (learnt.returncode, learnt.stdout) == (0, "docs/words.txt has “Baymm” now.\n")
    assert (publication / "docs" / "words.txt").read_text("utf-8") == words.replace(
        "Baym\n", "Baym\nBaymm\n")
    run("check", "--learn", "gainn", "--in", "docs/essays/an-essay", cwd=publication)
    assert "MORFOLOGIK_RULE_EN_US" not in rules_found(
        run("check", "--format", "json", cwd=publication))


@pytest.mark.parametrize(("arguments", "words"), [
    (["--learn", "two words"], "not one word"),
    (["--learn", "Baym", "--learn", "Baym"], "known already"),
    (["--learn", "Baym", "--in", "docs"], "is no edition"),
    (["--in", "docs"], "goes with --learn"),
])
def test_what_cannot_be_learnt_is_said(small: Path, arguments: list[str], words: str) -> None:
    found = run("check", *arguments, cwd=small)
    assert found.returncode == 2
    assert words in found.stderr


@pytest.mark.languagetool
def test_what_is_switched_off_or_listed_for_nothing_is_found(small: Path) -> None:
    installed_folders()
    (small / "docs" / "page.md").write_text("# A page\n\nNothing is wrong.\n", "utf-8")
    (small / "docs" / "words.txt").write_text("# Names\nCain\n", "utf-8")
    (small / "mkdocs.yml").write_text(
        "site_name: A test\nplugins:\n  - variorum:\n      disable:\n        E_G: we like it\n"
        "        typography.dashes: we like it\n", "utf-8")
    found = run("check", "--format", "json", cwd=small)
    findings = [(f["rule"], f["path"], f["line"]) for f in json.loads(found.stdout)["findings"]]
    assert findings == [("allow.unused", "mkdocs.yml", 5), ("allow.unknown", "mkdocs.yml", 6),
                        ("words.unused", "docs/words.txt", 2)]
    # Of one file nobody can tell.
    assert run("check", "docs/page.md", cwd=small).returncode == 0


@pytest.mark.languagetool
def test_taste_can_be_left_out(small: Path) -> None:
    installed_folders()
    (small / "docs" / "page.md").write_text(
        "# A page\n\nHe is in the process of leaving.\n\nThe reason why is because he left.\n",
        "utf-8")
    with_taste = rules_found(run("check", "--format", "json", cwd=small))
    (small / "mkdocs.yml").write_text(
        "site_name: A test\nplugins:\n  - variorum: {style: false}\n", "utf-8")
    without = rules_found(run("check", "--format", "json", cwd=small))
    assert len(without) < len(with_taste)
