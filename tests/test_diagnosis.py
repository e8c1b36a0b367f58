"""What a diagnosis finds and what it lets be: every pattern by its examples, and the figures."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from variorum.cleaning import digest
from variorum.diagnosis import Damage, Suspicion, diagnose
from variorum.diagnosis.lexicons import Pattern, read_patterns, read_phrases, read_swaps, read_terms
from variorum.diagnosis.page import make_page
from variorum.text import Span

ROOT = Path(__file__).parents[1]
DAMAGED = Path(__file__).parent / "damaged"
PATTERNS = read_patterns()


@pytest.mark.parametrize("pattern", PATTERNS, ids=lambda pattern: pattern.name)
def test_each_pattern_finds_its_examples_and_no_others(pattern: Pattern) -> None:
    assert pattern.failing and pattern.passing
    assert [text for text in pattern.failing if not pattern.pattern.search(text)] == []
    assert [text for text in pattern.passing if pattern.pattern.search(text)] == []


def test_every_entry_has_a_reason_and_a_source() -> None:
    assert len({pattern.name for pattern in PATTERNS}) == len(PATTERNS)
    assert all(pattern.message and pattern.source for pattern in PATTERNS)
    assert all(phrases.reason and phrases.source for phrases in (*read_phrases(), *read_swaps()))


def test_terms_are_garbled_but_never_into_one_another() -> None:
    terms = read_terms()
    assert terms["counterfeit consciousness"] == "artificial intelligence"
    assert terms["profound learning"] == "deep learning"
    assert set(terms).isdisjoint(terms.values())


STRUCTURE: dict[Damage, tuple[str, str]] = {
    Damage.ENCODING: ("He said thatâ€™s it.", "thatâ€™s"),
    Damage.QUOTATION: ("He said ”no“ to it.", "”"),
    Damage.TRUNCATION: ("A sentence that is long enough to be one, and then it stops at a", "a"),
    Damage.DUPLICATE: ("The same paragraph of a dozen words and more stands in it.\n\n" * 2, ""),
    Damage.GAP: ("1. A\n2. B\n3. C\n5. E\n6. F\n", "5"),
    Damage.OCR: ("In tbe house ofthe king.", "tbe"),
    Damage.MARKUP: ("A <br/> in the text.", "<br/>"),
    Damage.TERM: ("They study counterfeit consciousness there.", "counterfeit consciousness"),
}


@pytest.mark.parametrize("damage", STRUCTURE)
def test_each_kind_of_damage_is_found_at_its_place(damage: Damage) -> None:
    text, words = STRUCTURE[damage]
    found = [suspicion for suspicion in diagnose(text) if suspicion.damage is damage]
    assert found
    assert found[0].span.of(text) == words or not words


MISREAD = {"tbe": "the", "ofthe": "of the", "rninute": "minute",
           "tcacher": "teacher", "infor mation": "information"}


def test_any_misread_word_leads_back_to_a_common_one() -> None:
    text = "In tbe middle ofthe day every rninute of a tcacher with infor mation."
    found = {s.span.of(text): s.suggestions for s in diagnose(text) if s.damage is Damage.OCR}
    assert {word: found.get(word, ("",))[0] for word in MISREAD} == MISREAD


@pytest.mark.parametrize("text", [
    "Mr. Bowen shewed the arid land to Iowa in 1880s dress.",
    "Der Hund ist ein Tier, und die Katze ist auch eines, wie man uns oft gesagt hat.",
])
def test_names_old_spellings_and_other_tongues_are_no_misreadings(text: str) -> None:
    assert diagnose(text) == []


NO_ARTICLES = """Old man sits in kitchen and looks at {0}window. Wife comes from {0}market
with bag. He takes apples out of bag and lays them near {0}stove. Dog sleeps under
{0}table. In evening they walk to {0}river and sit on {0}bench until dark. Nobody
speaks, for all was said long ago, and so they come home behind {0}mill, and he
shuts door and lights lamp, and sleep comes to both."""


def test_articles_are_missed_only_where_a_text_has_hardly_any() -> None:
    text = NO_ARTICLES.format("")
    lost = {suspicion.span.of(text) for suspicion in diagnose(text)}
    assert {"behind mill", "near stove", "on bench"} <= lost
    assert diagnose(NO_ARTICLES.format("the ")) == []


def test_words_that_never_stand_together_are_told_where_there_are_many() -> None:
    odd = "There must I behind it, so take I them thereof, and can me the good."
    told = {suspicion.span.of(odd) for suspicion in diagnose(odd)}
    assert {"must I", "take I", "can me"} <= told
    assert diagnose(f"{odd} {'It was a quiet day, and we went home at noon. ' * 60}") == []


def test_a_word_of_a_thesaurus_counts_only_beside_surer_signs() -> None:
    swapped = "He reclined beside the repast."
    assert diagnose(swapped) == []
    spun = swapped + " What we is doing, they is doing."
    told = {suspicion.span.of(spun): suspicion.suggestions for suspicion in diagnose(spun)}
    assert told["repast"] == ("meal",) and "reclined" in told


def test_padding_counts_only_beside_surer_signs() -> None:
    padding = "He went out, and you may follow him so as to see it."
    assert diagnose(padding) == []
    spun = padding + " What we is doing, they is doing."
    assert Damage.FILLER in {suspicion.damage for suspicion in diagnose(spun)}


@pytest.mark.parametrize("path", sorted(ROOT.glob("docs/essays/*/index.md")),
                         ids=lambda path: path.parent.name)
def test_sound_essays_are_let_be(path: Path) -> None:
    from variorum.editions import read_edition

    assert diagnose(read_edition(path.parent).page.prose.visible) == []


def found_in(text: str, places: list[Span]) -> float:
    found = diagnose(text)
    return sum(any(s.span.overlaps(place) for s in found) for place in places) / len(places)


@pytest.mark.source
def test_most_of_the_damage_in_the_source_is_found() -> None:
    path = Path(os.environ.get("VARIORUM_SOURCE", ROOT.parent / "shared/source/essay.txt"))
    if not path.is_file():
        pytest.skip("the source is not here: set VARIORUM_SOURCE")
    text = path.read_text("utf-8")
    data = json.loads((DAMAGED / "source.json").read_text("utf-8"))
    assert digest(text) == data["sha256"]
    assert found_in(text, [Span(start, end) for start, end, _ in data["places"]]) >= 0.7


def run(*arguments: str | Path, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", "diagnose", *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def test_the_command_tells_each_place_with_kind_and_confidence() -> None:
    done = run("-", "--format", "json", given="In tbe house. 😀 In tbe garden.\n")
    places = json.loads(done.stdout)["places"]
    assert done.returncode == 1
    assert [(p["kind"], p["confidence"], p["line"], p["column"]) for p in places] == [
        ("ocr", "high", 1, 4), ("ocr", "high", 1, 20)]


def test_the_command_says_nothing_of_a_sound_text_and_refuses_what_is_none(tmp_path: Path) -> None:
    done = run("-", given="In the house.\n")
    assert (done.returncode, done.stdout) == (0, "No findings in 1 file.\n")
    (tmp_path / "a.txt").write_bytes(b"\0\1\2")
    refused = run(tmp_path / "a.txt")
    assert refused.returncode == 2 and "Traceback" not in refused.stderr


class Marks(HTMLParser):
    """The text of a page's article, without the numbers of its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.inside: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta",):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.inside.pop()

    def handle_data(self, data: str) -> None:
        if "article" in self.inside and "sup" not in self.inside:
            self.text += data


def test_the_page_holds_the_text_whole_whatever_is_in_it() -> None:
    text = "In tbe <b>house</b> &amp; 😀 ofthe king.\n\nIt is <script>alert(1)</script>.\n"
    found: list[Suspicion] = diagnose(text)
    page = make_page("a & b.txt", text, found)
    reader = Marks()
    reader.feed(page)
    assert reader.text == text
    assert len(re.findall("<mark ", page)) == len(found) > 3
    assert "<script" not in page and "http" not in page
