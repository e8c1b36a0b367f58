"""Reading and writing the files of editions: nothing is lost, nothing is guessed."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from examples import BASE
from hypothesis import given
from hypothesis import strategies as st

from variorum.editions import (
    create_text,
    edition_of,
    find_editions,
    nearest,
    read_all,
    read_edition,
    read_page,
    read_text,
    read_yaml,
    replace_text,
)
from variorum.editions.schemas import make_schemas
from variorum.errors import InputError
from variorum.sources import read_plain
from variorum.text import Span

ROOT = Path(__file__).parents[1]


# Files


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"one\ntwo \xe9\n", "FILE:2: is not UTF-8: byte 8 is 0xE9"),
        ("\ufeffone\n".encode() + b"\xff", "FILE:2: is not UTF-8: byte 7 is 0xFF"),
        ("one".encode("utf-16"), "FILE:1: is encoded in UTF-16, not in UTF-8"),
        (b"one\n\0", "FILE:2: holds a NUL byte, so it is not a text file"),
    ],
)
def test_what_is_not_utf8_is_refused(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(path)
    assert str(caught.value).replace(str(path), "FILE").startswith(message)


def test_what_is_not_there_or_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no such file"):
        read_text(tmp_path / "nowhere.md")
    with pytest.raises(InputError, match="is a folder"):
        read_text(tmp_path)


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_a_file_read_and_replaced_by_itself_keeps_its_bytes(text: str) -> None:
    path = Path("/dev/shm" if Path("/dev/shm").is_dir() else ".") / "variorum-round-trip.md"
    data = text.encode()
    try:
        path.write_bytes(data)
        old = read_text(path)
        replace_text(path, old, old.text)
        assert path.read_bytes() == data
    finally:
        path.unlink()


def test_replacing_keeps_mark_line_ends_mode_and_links(tmp_path: Path) -> None:
    path, link = tmp_path / "file.md", tmp_path / "link.md"
    path.write_bytes("\ufeffone\r\ntwo\r\n".encode())
    path.chmod(0o640)
    link.symlink_to(path)
    old = read_text(link)
    replace_text(link, old, old.text.replace("two", "zwei"))
    assert path.read_bytes() == "\ufeffone\r\nzwei\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert link.is_symlink()
    assert sorted(tmp_path.iterdir()) == [path, link]


def test_a_file_that_somebody_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    path.write_text("mine")
    old = read_text(path)
    path.write_text("theirs")
    with pytest.raises(InputError, match="was changed while"):
        replace_text(path, old, "mine, mended")
    assert path.read_text() == "theirs"


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    path.write_text("as it was")
    old = read_text(path)
    with _room_for(1000), pytest.raises(InputError, match=r"cannot be written: .*as it was"):
        replace_text(path, old, "longer " * 1000)
    assert path.read_text() == "as it was"
    assert list(tmp_path.iterdir()) == [path]


@contextmanager
def _room_for(size: int) -> Iterator[None]:
    """The system refuses to let files grow beyond ``size`` bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_new_file_never_overwrites_one(tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    create_text(path, "first")
    with pytest.raises(InputError, match="is there already"):
        create_text(path, "second")
    assert path.read_text() == "first"
    assert list(tmp_path.iterdir()) == [path]


# YAML


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a:\n\tb: c", "F:2: a tab stands where YAML wants spaces"),
        ("a:\n  b: c\n \td: e", "F:3: a tab stands where YAML wants spaces"),
        ("[a]\nb: c", "F:2: this line stands outside of the list or mapping that the file is"),
        ("a: [b, , c]", "F:1: a value is missing here"),
        ("a: b: c", "F:1: a colon stands where no key can be"),
        ("a: 'x\nb: c", "F:1: a quotation mark is opened here and never closed"),
        ("a: [1, 2\nb: 3", "F:1: a [ is never closed"),
        ("a: {b: c\n", "F:1: a { is never closed"),
        ("a:\n  - b\n c: d", "F:3: this line fits neither the entry before it nor a new one"),
        ("- a\nb: c", "F:2: this line is no entry of the list that it stands in"),
        ("a: b\nword\n", "F:2: a key without a colon"),
        ("a: @x", "F:1: a value cannot begin with @"),
        ('a: "\\q"', 'F:1: a backslash that means nothing in "…"'),
        ("a: - b", "F:1: a list begins on the line of its key"),
        ("a: |x\n b", "F:1: text stands on the line of | or >"),
        ("é: x\nb: \x07", "F:2: a character that YAML does not allow (U+0007)"),
        ("a: 1\nb: 2\na: 3", "F:3: `a` stands twice here"),
        ("a: &x 1", "F:1: an anchor (&x) is not allowed here"),
        ("a: *x", "F:1: an alias (*x) is not allowed here"),
        ("<<: {a: 1}", "F:1: a merge key (<<) is not allowed here"),
        ("a: !!python/name:os.system x", "F:1: a tag (tag:yaml.org,2002:python/name:os.system)"),
        ("a: 1\n---\nb: 2", "F:2: a second YAML document begins here"),
        ("[a, b]: c", "F:1: a key must be a plain word"),
        ("[" * 900 + "]" * 900, "F:1: is nested more than 20 deep"),
    ],
)
def test_broken_and_clever_yaml_is_refused_with_its_line(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_yaml(text, "F")
    assert str(caught.value).startswith(message)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (
            "a: no\nb: 2026-11-23\nc: 1:30\nd: 010",
            {"a": "no", "b": "2026-11-23", "c": "1:30", "d": 10},
        ),
        ("a: true\nb: ~\nc:\nd: 'true'", {"a": True, "b": None, "c": None, "d": "true"}),
        ("a: 1998\nb: 42-51\nc: 1.5\nd: '1998'", {"a": 1998, "b": "42-51", "c": 1.5, "d": "1998"}),
        ("", None),
        ("# only a comment\n", None),
        ("a: 👩‍🚀\nb: |\n  one\n  two\n", {"a": "👩‍🚀", "b": "one\ntwo\n"}),
    ],
)
def test_plain_scalars_mean_what_yaml_1_2_says(text: str, value: Any) -> None:
    assert read_yaml(text, "F").value == value


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-999, 9999) | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc-", min_size=1, max_size=3), inner, max_size=3)
    ),
    max_leaves=12,
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([None, True, False]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([10, 80]),
    }
)


@given(VALUES, STYLES, st.booleans())
def test_each_place_holds_its_value(value: Any, style: dict[str, Any], windows: bool) -> None:
    """What stands at a place, parsed alone, is the value that was read there."""
    text = yaml.safe_dump(value, **style).replace("\n", "\r\n" if windows else "\n")
    try:
        document = read_yaml(f"# 🦊\n{text}", "F")
    except InputError as error:
        assert "a tag" in str(error) or "character" in str(error)  # '!!int "1"', U+0085
        return
    assert _normal(document.value) == _normal(value)
    text = f"# 🦊\n{text}"
    for key, span in document.values.items():
        # A block scalar may count its indentation from the entry that it stands in.
        if not span.of(text).startswith(("|", ">")):
            assert read_yaml(_alone(text, span), "F").value == _at(document.value, key)


def _alone(text: str, span: Span) -> str:
    """A value with the blanks before it, so that its lines stay aligned."""
    column = span.start - (text.rfind("\n", 0, span.start) + 1)
    return " " * column + span.of(text)


def _at(value: Any, key: tuple[str | int, ...]) -> Any:
    for part in key:
        value = value[part]
    return value


def _normal(value: Any) -> Any:
    """Line ends are not part of a value's meaning here."""
    return json.loads(json.dumps(value).replace("\\r\\n", "\\n"))


# Editions


def test_an_edition_with_every_place(tmp_path: Path) -> None:
    subject = read_edition(BASE)
    assert subject.slug == "base"
    assert subject.malformed == ()
    assert subject.page.essay and subject.page.essay.date == date(2026, 1, 2)
    assert subject.page.places["title",].of(subject.page.text) == "A clean edition"
    assert subject.notes and subject.ledger
    place = subject.notes.places["notes", 0, "selector", "exact"]
    assert place.of(subject.notes.text) == subject.notes.value.notes[0].selector.exact
    assert read_plain(BASE / "copy.txt").paragraphs[0].startswith("the fox")


def test_a_page_beside_the_editions_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "page.md"
    path.write_text("---\nlanguage: de-DE\nx: !ENV y\n---\n\nEin Satz.\n", encoding="utf-8")
    assert read_page(path).page.language is None
    path.write_text("---\nlanguage: de-DE\nother: 1\n---\n\nEin Satz.\n", encoding="utf-8")
    subject = read_page(path)
    assert (subject.page.language, subject.slug, subject.malformed) == ("de-DE", None, ())


def _publication(root: Path) -> Path:
    docs = root / "docs"
    for name in ("essays/one", "essays/two", "essays/empty", "other/three", ".hidden"):
        (docs / name).mkdir(parents=True)
    for name in ("one", "two"):
        essay = (BASE / "index.md").read_text(encoding="utf-8")
        (docs / "essays" / name / "index.md").write_text(essay, encoding="utf-8")
    (docs / "essays/two/notes.yml").write_text("", encoding="utf-8")
    for name in ("index.md", "essays/index.md", "other/three/page.md", ".hidden/page.md"):
        (docs / name).write_text("# Words\n", encoding="utf-8")
    return docs


def test_each_edition_and_page_is_found_once(tmp_path: Path) -> None:
    docs = _publication(tmp_path)
    assert find_editions(docs) == (docs / "essays/one", docs / "essays/two")
    again = [docs, docs / "essays/two/notes.yml", docs / "index.md"]
    assert [(s.slug, s.page.path.removeprefix(f"{docs}/")) for s in read_all(again)] == [
        (None, "essays/index.md"),
        ("one", "essays/one/index.md"),
        ("two", "essays/two/index.md"),
        (None, "index.md"),
        (None, "other/three/page.md"),
    ]


def test_a_file_of_an_edition_stands_for_all_of_it(tmp_path: Path) -> None:
    docs = _publication(tmp_path)
    assert edition_of(docs / "essays/two/notes.yml") == docs / "essays/two"
    assert edition_of(docs / "essays/one/index.md") == docs / "essays/one"
    assert edition_of(docs / "essays/index.md") is None
    assert edition_of(docs / "index.md") is None


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere", "there is no such file or folder"),
        ("picture.png", "is neither Markdown nor a file of an edition"),
        ("essays/bare", "there is no index.md in this essay’s folder"),
    ],
)
def test_what_cannot_be_checked_is_said(name: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    (tmp_path / "essays/bare").mkdir(parents=True)
    (tmp_path / "essays/bare/draft.md").write_text("Words.", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        list(read_all([tmp_path / name]))


def test_an_empty_source_is_refused(tmp_path: Path) -> None:
    (tmp_path / "source.txt").write_text("\n \n", encoding="utf-8")
    with pytest.raises(InputError, match="the source is empty"):
        read_plain(tmp_path / "source.txt")


def test_the_nearest_key() -> None:
    known = {"container-title": 1, "title": 1, "DOI": 1}
    assert nearest("titel", known) == "title"
    assert nearest("container_title", known) == "container-title"
    assert nearest("doi", known) == "DOI"
    assert nearest("zzz", known) is None


# Schemas


def test_the_published_schemas_are_those_of_the_values() -> None:
    """``variorum schemas`` writes them."""
    for name, text in make_schemas().items():
        assert (ROOT / "docs/schemas" / name).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("schema", "name"), [("notes.schema.json", "notes.yml"), ("source.schema.json", "source.yml")]
)
def test_the_schemas_accept_what_is_read(schema: str, name: str) -> None:
    shape = json.loads(make_schemas()[schema])
    jsonschema.Draft202012Validator.check_schema(shape)
    for path in [BASE / name, *ROOT.glob(f"docs/essays/*/{name}")]:
        jsonschema.validate(read_yaml(read_text(path).text, str(path)).value, shape)


def test_every_field_that_is_explained_is_explained_to_editors() -> None:
    reading = json.loads(make_schemas()["source.schema.json"])["$defs"]["Reading"]
    assert reading["properties"]["source"]["description"] == "The damaged words, quoted."
