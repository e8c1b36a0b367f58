"""``variorum import`` and ``variorum new`` as a person runs them, with good input and with bad."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import mammoth  # type: ignore[import-untyped]  # noqa: F401  # what reads docx is there
import pytest

from variorum.editions import read_edition
from variorum.errors import InputError
from variorum.sources import MOST_BYTES, read_bytes, read_stored

KNOWN = ("--rights", "public-domain", "--issued", "1908")
BODY = "The first paragraph is long enough to be told from a menu, and it ends. It does."
PAGE = f"""<!DOCTYPE html [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<html><head><title>T</title><script src="http://127.0.0.1:9/x.js">steal()</script></head><body>
<nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<article><h1>On Hats</h1><p>{BODY}</p><p>A second one, with <em>stress</em> and a
note<sup><a href="#n1">1</a></sup>, &secret; which ends here. It is long enough too.</p>
<h2>A part</h2><ul><li>one thing</li><li>another thing</li></ul>
<ol><li id="n1">What the note says. <a href="#r1">↩</a></li></ol></article>
<img src="http://127.0.0.1:9/x.png"><footer>Copyright by somebody</footer></body></html>"""
MARKDOWN = f"---\na: b\n---\n# On Hats\n\n{BODY}\n\n- one\n- two\n\n> Quoted.\n\n[^1]: A note.\n"


def docx(body: str, head: str = "", **parts: str) -> bytes:
    """A docx file with this body."""
    data = io.BytesIO()
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/'
                         'package/2006/content-types"><Default Extension="xml" ContentType='
                         '"application/xml"/><Override PartName="/word/document.xml" ContentType='
                         '"application/vnd.openxmlformats-officedocument.wordprocessingml.'
                         'document.main+xml"/></Types>')
        archive.writestr("_rels/.rels", '<Relationships xmlns="http://schemas.openxmlformats.org/'
                         'package/2006/relationships"><Relationship Id="r" Type="http://schemas.'
                         'openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                         'Target="word/document.xml"/></Relationships>')
        archive.writestr("word/document.xml", f'{head}<w:document xmlns:w="{word}"><w:body>'
                         f"{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


def paragraph(text: str, style: str = "") -> str:
    mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{mark}<w:r><w:t>{text}</w:t></w:r></w:p>"


WORD = docx(paragraph("On Hats", "Heading1") + paragraph(BODY) + paragraph("A second one."))
FORMATS: dict[str, tuple[bytes, dict[str, int], set[str]]] = {
    "hats.txt": (f"ON HATS\n\n{BODY}\n\nIt says “café.”\n".encode("cp1252"),
                 {"heading": 1, "paragraph": 2}, set()),
    "hats.md": (MARKDOWN.encode(), {"heading": 1, "paragraph": 1, "item": 2, "quote": 1,
                                    "footnote": 1}, {"front matter"}),
    "hats.html": (PAGE.encode(), {"heading": 2, "paragraph": 2, "item": 2, "footnote": 1},
                  {"menu", "script", "image", "footer"}),
    "hats.docx": (WORD, {"heading": 1, "paragraph": 2}, set()),
}


@pytest.fixture
def publication(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text("site_name: A test\nplugins:\n  - variorum\n")
    return tmp_path


def run(
    *arguments: str | Path, cwd: Path, given: bytes | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, input=given, check=False)
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("name", FORMATS)
def test_each_format_is_imported(name: str, publication: Path) -> None:
    data, kept, dropped = FORMATS[name]
    (publication / name).write_bytes(data)
    done = run("import", name, *KNOWN, "--format", "json", cwd=publication)
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert report["kept"].pop("words") > 10
    assert report["kept"] == kept
    assert dropped <= {thing["reason"] for thing in report["dropped"]}
    subject = read_edition(publication / "docs" / "essays" / "on-hats")
    assert subject.malformed == () and subject.ledger and subject.notes
    assert BODY in subject.page.prose.visible
    assert "root:" not in subject.page.text
    again = run("import", name, *KNOWN, cwd=publication)
    assert (again.returncode, again.stdout.split(": ")[-1]) == (
        0, "nothing is new; nothing was written.\n")


@pytest.mark.parametrize("name", FORMATS)
def test_the_draft_answers_for_every_paragraph(name: str, publication: Path) -> None:
    """To the letter, where the copy is kept and so is at hand."""
    from variorum.checks import RULES, run_rules

    (publication / name).write_bytes(FORMATS[name][0])
    assert run("import", name, *KNOWN, cwd=publication).returncode == 0
    subject = read_stored(read_edition(publication / "docs" / "essays" / "on-hats"))
    assert subject.source
    rules = [rule for rule in RULES if rule.id.startswith(
        ("provenance", "ledger", "essay", "rights", "fidelity", "counterparts"))]
    assert run_rules(subject, rules) == []


def test_standard_input_is_imported(publication: Path) -> None:
    done = run("import", "-", "--as", "hats", *KNOWN, cwd=publication, given=FORMATS["hats.txt"][0])
    assert done.returncode == 0, done.stderr
    assert (publication / "docs" / "essays" / "hats" / "source.txt").is_file()


def test_words_that_may_not_be_kept_stay_out_of_the_edition(publication: Path) -> None:
    (publication / "hats.txt").write_text(f"ON HATS\n\n{BODY}\n")
    done = run("import", "hats.txt", "--rights", "in-copyright", "--issued", "1998",
               cwd=publication)
    assert done.returncode == 0, done.stderr
    edition = publication / "docs" / "essays" / "on-hats"
    kept = "".join(path.read_text("utf-8") for path in edition.iterdir())
    assert "told from a menu" not in kept
    draft = publication / ".drafts" / "on-hats" / "index.md"
    assert BODY in draft.read_text("utf-8")
    subprocess.run(["git", "init", "-q"], cwd=publication, check=True)
    seen = subprocess.run(["git", "status", "--short", "-uall"], cwd=publication,
                          capture_output=True, text=True, check=True).stdout
    assert ".drafts" not in seen


def test_an_edited_edition_is_left_alone_and_told_what_is_new(publication: Path) -> None:
    source = publication / "hats.txt"
    source.write_text(f"ON HATS\n\n{BODY}\n\nThe last one.\n")
    assert run("import", source, *KNOWN, cwd=publication).returncode == 0
    essay = publication / "docs" / "essays" / "on-hats" / "index.md"
    essay.write_text(essay.read_text().replace("The last one.", "The very last one."))
    before = {path: path.read_bytes() for path in essay.parent.iterdir()}
    source.write_text(f"ON HATS\n\n{BODY}\n\nA new one.\n")
    done = run("import", source, *KNOWN, cwd=publication)
    assert done.returncode == 1
    assert "New: paragraph 2 of hats.txt: A new one." in done.stdout
    assert "Gone: source paragraph s2" in done.stdout
    assert {path: path.read_bytes() for path in essay.parent.iterdir()} == before


BOMB = docx("", **{"word/big.bin": "\0" * 110_000_000})
BAD: dict[str, tuple[bytes, tuple[str, ...], str]] = {
    "binary.txt": (b"\x7fELF\0\0\0", KNOWN, "zero bytes"),
    "empty.txt": (b"", KNOWN, "no text"),
    "blank.md": (b"---\na: b\n---\n\n", KNOWN, "no text"),
    "long.txt": (b"word " * 10_000_000, KNOWN, "longer than 10 MB"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, KNOWN, "encrypted"),
    "bomb.docx": (BOMB, KNOWN, "unpack to more than 100 MB"),
    "cut.docx": (WORD[:300], KNOWN, "damaged"),
    "named.docx": (b"Only text.", KNOWN, "not a docx"),
    "entity.docx": (docx(paragraph("a &x;"), '<!DOCTYPE x [<!ENTITY x "y">]>'), KNOWN, "entities"),
    "a.zip": (b"PK\x03\x04" + b"x" * 60, KNOWN, "damaged"),
    "a.pdf": (b"%PDF-1.7", KNOWN, "is a PDF"),
    "outside.txt": (BODY.encode(), (*KNOWN, "--as", "../../outside"), "cannot be an edition"),
    "odd.txt": (BODY.encode(), (*KNOWN, "--as", "An Odd Name"), "cannot be an edition"),
    "no-rights.txt": (BODY.encode(), ("--issued", "1908"), "who owns its words"),
    "no-date.txt": (BODY.encode(), ("--rights", "unknown"), "when the work came out"),
    "no-such-rule.txt": (BODY.encode(), (*KNOWN, "--without", "spelling"), "no mend `spelling`"),
    "odd-encoding.txt": (BODY.encode(), (*KNOWN, "--encoding", "nonsense"), "nobody knows"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_refused_and_nothing_is_written(name: str, publication: Path) -> None:
    data, options, message = BAD[name]
    (publication / name).write_bytes(data)
    before = sorted(publication.rglob("*"))
    done = run("import", name, *options, cwd=publication)
    assert done.returncode == 2
    assert message in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""
    assert sorted(publication.rglob("*")) == before


def test_a_missing_file_is_refused(publication: Path) -> None:
    done = run("import", "nowhere.txt", *KNOWN, cwd=publication)
    assert done.returncode == 2 and "no such file" in done.stderr


def test_one_source_makes_one_edition(publication: Path) -> None:
    (publication / "hats.txt").write_text(f"ON HATS\n\n{BODY}\n")
    assert run("import", "hats.txt", *KNOWN, cwd=publication).returncode == 0
    done = run("import", "hats.txt", *KNOWN, "--as", "other", cwd=publication)
    assert done.returncode == 2 and "is the source of `docs/essays/on-hats`" in done.stderr
    (publication / "other.txt").write_text("OTHER\n\nSomething else stands here, and ends.\n")
    done = run("import", "other.txt", *KNOWN, "--as", "on-hats", cwd=publication)
    assert done.returncode == 2 and "edition of something else" in done.stderr


def test_longer_than_allowed_is_refused_before_anything_is_looked_at() -> None:
    with pytest.raises(InputError, match="longer than"):
        read_bytes(b"<html>" + b"x" * MOST_BYTES, "a.html")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_encodings_are_found_out(encoding: str) -> None:
    text = "She said “no—never” to me in the café, and it’s so.\n"
    assert read_bytes(text.encode(encoding), "a.txt").text == text


def test_new_starts_an_edition_once(publication: Path) -> None:
    done = run("new", "on-hats", "--title", "On Hats", cwd=publication)
    assert done.returncode == 0, done.stderr
    subject = read_edition(publication / "docs" / "essays" / "on-hats")
    assert subject.malformed == () and subject.page.essay and subject.page.essay.title == "On Hats"
    done = run("new", "on-hats", cwd=publication)
    assert done.returncode == 2 and "is there already" in done.stderr
