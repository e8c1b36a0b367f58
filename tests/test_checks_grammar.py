"""Grammar is checked where it makes sense, in the right language, and code stays a noun."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from languagetool_engine import installed_folders, own_folders

from variorum.checks.grammar import check_grammar
from variorum.checks.rule import Match, Page, Settings, Subject
from variorum.languagetool import Grammar, stop_engine
from variorum.text import Finding

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
import faults
import nouns
from corrections import english_jar


@dataclass
class Listener:
    """Notes which texts are read out in which language, and finds nothing."""

    heard: list[tuple[str, str]] = field(default_factory=list)

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> Sequence[Sequence[Match]]:
        self.heard += [(language, text) for text in texts]
        return [() for _ in texts]


def heard(markdown: str, language: str | None = None, settings: Settings | None = None) -> list[
    tuple[str, str]
]:
    listener = Listener()
    page = Page("a.md", markdown, language=language)
    subject = Subject(page, grammar=listener, settings=settings or Settings())
    assert not list(check_grammar(subject))
    return listener.heard


READ_OUT = {
    "soft break": ("One\ntwo.\n", "One two."),
    "hard break": ("One  \ntwo.\n", "One two."),
    "code": ("Set `x` now.\n", "Set Paris now."),
    "mathematics": ("Let $x < 1$ be.\n", "Let Paris be."),
    "address": ("See <http://a.b/c> now.\n", "See Paris now."),
    "another language": ("A *mot*{ lang=fr } there.\n", "A Paris there."),
    "another language in HTML": ('A <i lang="fr">mot</i> there.\n', "A Paris there."),
    "the same language": ("A *lift*{ lang=en-GB } there.\n", "A lift there."),
    "emoji first": ("👩\u200d🚀 One.\n", "One."),
    "emoji last": ("One. 😀\n", "One.  "),
    "emoji as a word": ("I ♥ it.\n", "I ♥ it."),
}


@pytest.mark.parametrize(("markdown", "spoken"), READ_OUT.values(), ids=READ_OUT)
def test_a_block_is_read_out_as_one_text(markdown: str, spoken: str) -> None:
    assert [text for _, text in heard(markdown)] == [spoken]


def test_cells_items_and_headings_are_texts_of_their_own() -> None:
    source = "# A\n\nThey are:\n\n- b\n- c\n\n| d | e |\n|---|---|\n| f | g |\n"
    assert [text for _, text in heard(source)] == ["A", "They are:", "b", "c", "d", "e", "f", "g"]


def test_the_language_is_that_of_the_page_then_of_the_settings_then_of_the_block() -> None:
    british = Settings(language="en-GB")
    assert heard("One.\n") == [("en-US", "One.")]
    assert heard("One.\n", settings=british) == [("en-GB", "One.")]
    assert heard("One.\n", "en-AU", british) == [("en-AU", "One.")]
    blocks = "One.\n{ lang=en-GB }\n\nZwei.\n{ lang=de }\n\nThree.\n{ lang=en }\n"
    assert heard(blocks) == [("en-GB", "One."), ("en-US", "Three.")]


@pytest.fixture(scope="module")
def grammar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grammar]:
    """A real LanguageTool with results of its own."""
    folders = own_folders(installed_folders(), tmp_path_factory.mktemp("grammar"))
    yield Grammar(folders=folders)
    stop_engine(folders)


@pytest.fixture(scope="module")
def sample(grammar: Grammar) -> tuple[list[faults.Fault], faults.Usual]:
    """Some of LanguageTool's own examples, always the same."""
    every = faults.read_faults(english_jar())
    return faults.plain_findings(faults.choose(every, 80, seed=7), grammar)


@pytest.mark.languagetool
@pytest.mark.parametrize("construct", faults.CONSTRUCTS)
def test_known_faults_are_found_at_their_words_in_every_construct(
    construct: str, sample: tuple[list[faults.Fault], faults.Usual], grammar: Grammar
) -> None:
    known, usual = sample
    assert len(known) > 30
    tally = faults.try_construct(construct, known, usual, grammar)
    assert (tally.missed, tally.alarms) == ([], [])


FRAGMENTS = """\
# on reading old letters

They brought these things:

- bread and salt
- a letter from the keeper

We know that

- letters were burnt,

- nobody wrote it down.

| name | what they did |
|---|---|
| e.g. | sold books |

to gloss
:   to explain a word

> to be continued

!!! note "on names"
    Spelling as in the letters.[^1]

[^1]: cf. Reed 1710.
"""


@pytest.mark.languagetool
def test_a_fragment_may_begin_small_and_a_sentence_may_not(grammar: Grammar) -> None:
    def rules(text: str) -> list[str]:
        return [f.rule for f in check_grammar(Subject(Page("a.md", text), grammar=grammar))]

    assert rules(FRAGMENTS) == []
    assert rules("they came.\n") == ["UPPERCASE_SENTENCE_START"]
    assert rules("- They came. then they left.\n") == ["UPPERCASE_SENTENCE_START"]


@pytest.mark.languagetool
def test_code_in_a_sentence_makes_no_error(grammar: Grammar) -> None:
    assert list(nouns.alarms(["x", "apple", "URL", "--fix", "items"], grammar)) == []


@pytest.mark.languagetool
def test_code_hides_no_fault_beside_it(grammar: Grammar) -> None:
    text = "The `x` and the `y` has been seen by by them, and `z` are a apple.\n"
    found: list[Finding] = list(check_grammar(Subject(Page("a.md", text), grammar=grammar)))
    assert {finding.span.of(text) for finding in found} >= {"by by", "a"}
