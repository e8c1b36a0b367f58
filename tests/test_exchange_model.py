"""What the site publishes is as the W3C Web Annotation Data Model says that it must be.

The schemas say what the model's MUSTs say of the parts that are used, and refuse every other part,
so that whoever uses one has to say what it must be. Structure is not all:
the rest asks whether what is said is true: quotations stand at their offsets, targets resolve.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from variorum.exchange import collect

ROOT = Path(__file__).parents[1]
SITE = "https://variorum.example.org/"
IRI = {"type": "string", "pattern": r"^[a-z]+:[^\s<>\"{}|\\^`]+$"}
CONTEXT = {"anyOf": [
    {"const": "http://www.w3.org/ns/anno.jsonld"},
    {"type": "array", "contains": {"const": "http://www.w3.org/ns/anno.jsonld"}},
]}
TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
COUNT = {"type": "integer", "minimum": 0}
TEXT = {"type": "string"}
MOTIVATIONS = [
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing",
    "highlighting", "identifying", "linking", "moderating", "questioning", "replying", "tagging",
]


def typed(name: str, required: list[str], **properties: Any) -> dict[str, Any]:
    """A schema for one class: its type is stated, and it has what it must have."""
    return {"type": "object", "required": ["type", *required], "additionalProperties": False,
            "properties": {"type": {"const": name}, **properties}}


QUOTE = typed("TextQuoteSelector", ["exact"], exact={**TEXT, "minLength": 1}, prefix=TEXT,
              suffix=TEXT)
POSITION = typed("TextPositionSelector", ["start", "end"], start=COUNT, end=COUNT)
FRAGMENT = typed("FragmentSelector", ["value"], value={**TEXT, "minLength": 1}, conformsTo=IRI)
SELECTOR = {"oneOf": [QUOTE, POSITION, FRAGMENT]}
SOURCE = {"oneOf": [IRI, typed("Text", ["id"], id=IRI, format=TEXT)]}
RESOURCE = typed(
    "SpecificResource", ["source"], source=SOURCE,
    selector={"oneOf": [SELECTOR, {"type": "array", "items": SELECTOR, "minItems": 1}]},
)
BODY = typed(
    "TextualBody", ["value"], value=TEXT, format=TEXT,
    language={**TEXT, "pattern": "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$"},
    purpose={"enum": MOTIVATIONS}, textDirection={"enum": ["ltr", "rtl", "auto"]},
)
ANNOTATION = typed(
    "Annotation", ["@context", "id", "target"], **{"@context": CONTEXT}, id=IRI,
    body={"type": "array", "items": BODY, "minItems": 1},
    target={"type": "array", "items": RESOURCE, "minItems": 1},
    creator={"type": "object", "properties": {"name": TEXT, "id": IRI}},
    created=TIME, modified=TIME, motivation={"enum": MOTIVATIONS},
)
HEAD = typed("AnnotationCollection", ["id"], id=IRI, label=TEXT, total=COUNT)
COLLECTION = typed(
    "AnnotationCollection", ["@context", "id", "first"], **{"@context": CONTEXT}, id=IRI,
    label=TEXT, total=COUNT, first=IRI, last=IRI,
)
PAGE = typed(
    "AnnotationPage", ["@context", "id", "partOf", "items"], **{"@context": CONTEXT}, id=IRI,
    partOf=HEAD, startIndex=COUNT, next=IRI, prev=IRI,
    items={"type": "array", "items": ANNOTATION, "minItems": 1},
)


def faults(schema: dict[str, Any], data: Any) -> list[str]:
    return [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(data)]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own site."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-W", "ignore", "-m", "mkdocs", "build", "-q", "-d", str(target)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return target


def resolve(site: Path, address: str) -> Path:
    """The file that is published at ``address``."""
    assert address.startswith(SITE), address
    path = site / address.removeprefix(SITE).partition("#")[0]
    return path / "index.html" if path.is_dir() else path


def load(site: Path, address: str) -> Any:
    return json.loads(resolve(site, address).read_text("utf-8"))


FOLDERS = ("", "essays/with-friends-like-these/", "essays/first-annual-message/")


@pytest.mark.parametrize("folder", FOLDERS)
def test_collections_and_pages_are_as_the_model_says(site: Path, folder: str) -> None:
    collection = load(site, f"{SITE}{folder}annotations.jsonld")
    assert faults(COLLECTION, collection) == []
    address, seen, last = collection["first"], 0, ""
    while address:
        page = load(site, address)
        assert faults(PAGE, page) == []
        assert (page["id"], page["startIndex"]) == (address, seen)
        assert page["partOf"]["id"] == collection["id"]
        seen += len(page["items"])
        last, address = address, page.get("next", "")
    assert (last, seen) == (collection["last"], collection["total"])
    assert seen > 0


def published(site: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = load(site, f"{SITE}{FOLDERS[1]}annotations-1.jsonld")["items"]
    return found


def test_quotations_stand_at_their_offsets(site: Path) -> None:
    for annotation in published(site):
        page, text = annotation["target"]
        start, end = text["selector"]["start"], text["selector"]["end"]
        assert start < end
        whole = resolve(site, text["source"]["id"]).read_bytes().decode()
        assert whole[start:end] == page["selector"][0]["exact"]


def test_targets_and_the_annotations_themselves_resolve(site: Path) -> None:
    for annotation in published(site):
        page = resolve(site, annotation["id"]).read_text("utf-8")
        assert f'id="{annotation["id"].partition("#")[2]}"' in page
        source = annotation["target"][0]["source"]
        quote, paragraph = annotation["target"][0]["selector"]
        assert resolve(site, source) == resolve(site, annotation["id"])
        block = re.search(rf'id="{paragraph["value"]}".*?</(?:p|li|blockquote)>', page, re.S)
        assert block
        assert quote["exact"].split()[0].strip("“”‘’\"") in re.sub("<[^>]+>", "", block[0])


def test_the_page_links_to_its_annotations(site: Path) -> None:
    page = (site / FOLDERS[1] / "index.html").read_text("utf-8")
    link = re.search(r"<link rel=\"?alternate\"? type=.application/ld\+json[^>]*>", page)
    assert link
    assert "annotations.jsonld" in link[0]


def test_a_long_collection_has_several_pages() -> None:
    items = [{"id": f"https://example.org/#n{n}"} for n in range(401)]
    files = collect(items, "https://example.org/", "Notes")
    pages = [files[f"annotations-{n}.jsonld"] for n in (1, 2, 3)]
    assert [len(page["items"]) for page in pages] == [200, 200, 1]
    assert [item for page in pages for item in page["items"]] == items
    assert pages[0]["next"] == pages[1]["id"] == pages[2]["prev"]
    assert collect([], "https://example.org/", "Notes") == {}


WRONG = {
    "no target": {"target": None},
    "a time without zone": {"created": "2026-01-02T00:00:00"},
    "an unknown motivation": {"motivation": "musing"},
    "no id": {"id": None},
    "an id that is no IRI": {"id": "net effect"},
    "another type": {"type": "Note"},
    "another context": {"@context": "https://example.org/"},
    "a body without value": {"body": [{"type": "TextualBody"}]},
    "a textual body from elsewhere": {
        "body": [{"type": "TextualBody", "value": "Yes", "source": SITE}]},
    "two ways to say the body": {"bodyValue": "Yes"},
    "a target with words of its own": {
        "target": [{"type": "SpecificResource", "source": SITE, "value": "Yes"}]},
    "a selector of two types": {"target": [{
        "type": "SpecificResource", "source": SITE,
        "selector": {"type": ["TextQuoteSelector", "FragmentSelector"], "exact": "a"}}]},
}


def change(whole: dict[str, Any], **parts: Any) -> dict[str, Any]:
    return {k: v for k, v in {**whole, **parts}.items() if v is not None}


@pytest.mark.parametrize("parts", WRONG.values(), ids=WRONG)
def test_a_wrong_annotation_is_told(site: Path, parts: dict[str, Any]) -> None:
    assert faults(ANNOTATION, change(published(site)[0], **parts))


@pytest.mark.parametrize("parts", [
    {"total": "38"}, {"total": -1}, {"first": None}, {"first": "page one"}, {"@context": None},
    {"items": []},
])
def test_a_wrong_collection_is_told(site: Path, parts: dict[str, Any]) -> None:
    assert faults(COLLECTION, change(load(site, f"{SITE}annotations.jsonld"), **parts))


@pytest.mark.parametrize("parts", [
    {"items": []}, {"items": None}, {"partOf": None}, {"next": "page two"}, {"startIndex": -1},
    {"partOf": {"type": "AnnotationCollection"}},
])
def test_a_wrong_page_is_told(site: Path, parts: dict[str, Any]) -> None:
    assert faults(PAGE, change(load(site, f"{SITE}annotations-1.jsonld"), **parts))
