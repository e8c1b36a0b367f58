"""Grammar and spelling, by LanguageTool, over the prose that a reader sees."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from variorum.checks.places import is_off, kind_of
from variorum.checks.rule import Grammar, Match, Rule, Subject
from variorum.checks.spoken import Spoken, is_same_language, speak
from variorum.checks.texts import NOT_PROSE, Text, read_texts
from variorum.checks.words import is_known
from variorum.prose import Block
from variorum.text import Edit, Finding, Severity, Span

SAFE = frozenset({
    "COMMA_PARENTHESIS_WHITESPACE", "DOUBLE_PUNCTUATION", "EN_A_VS_AN",
    "ENGLISH_WORD_REPEAT_RULE", "UPPERCASE_SENTENCE_START",
    "APPLE_PRODUCTS", "CAPITALIZATION", "DID_BASEFORM", "GOOGLE_PRODUCTS", "LOWERCASE_MONTHS",
    "MICROSOFT_PRODUCTS", "MUST_HAVE", "ORDINAL_NUMBER_SUFFIX", "OUT_COMPOUNDS", "OVER_COMPOUNDS",
})
"""Rules whose only replacement is right whenever they are.

Of those that have examples in LanguageTool's own rules, which the first five have not, these get
every one of at least eight right (``bench/fixes.py``) and are about form, not about meaning.
"""
TASTE = frozenset({"style", "register"})
"""Issue types that the setting ``style`` is about."""
ARTICLES = frozenset({"EN_A_VS_AN"})
"""Rules about a word that hangs on the sound of the next."""
OPENING = " (“‘\"'[—–…"
"""May stand before the first word."""
MILD = TASTE | {"typographical", "locale-violation"}
"""Issue types that are matters of judgement."""
Piece = tuple[Text, Block, Spoken]


def ask_ahead(grammar: Grammar, subjects: Sequence[Subject]) -> None:
    """Ask about all texts of ``subjects`` at once, so that their servers are kept busy.

    The answers are kept by whoever checks grammar; the rule finds them there, text by text.
    Raises ``EngineError`` when it cannot be asked.
    """
    texts: dict[tuple[str, bool], list[str]] = defaultdict(list)
    for subject in subjects:
        for language, pieces in _by_language(subject).items():
            texts[language, subject.settings.picky] += [spoken.text for _, _, spoken in pieces]
    for (language, picky), spoken in texts.items():
        grammar.check(spoken, language, picky)


def check_grammar(subject: Subject) -> Iterator[Finding]:
    """What LanguageTool finds in the subject's prose, rule by its own id.

    Raises ``EngineError`` when it cannot be asked.
    """
    if subject.grammar is None:
        return
    for language, pieces in _by_language(subject).items():
        spoken = [piece[2].text for piece in pieces]
        answers = subject.grammar.check(spoken, language, subject.settings.picky)
        for piece, matches in zip(pieces, answers, strict=True):
            yield from _judge(subject, piece, matches)


def _by_language(subject: Subject) -> dict[str, list[Piece]]:
    """The blocks to check, by the language that they are in."""
    main = subject.page.language or subject.settings.language
    pieces: dict[str, list[Piece]] = defaultdict(list)
    for text in read_texts(subject):
        for block in text.prose.blocks:
            # A block in another language than the engine has is not for it to judge.
            spoken = block.language or main
            if block.kind not in NOT_PROSE and is_same_language(spoken, main):
                language = spoken if "-" in spoken else main
                pieces[language].append((text, block, speak(block, language)))
    return pieces


def _judge(subject: Subject, piece: Piece, matches: Sequence[Match]) -> Iterator[Finding]:
    text, block, spoken = piece
    kind = kind_of(block)
    for match in matches:
        first = not spoken.text[: match.span.start].strip(OPENING)
        if is_off(match.rule, kind, first=first) or _is_about_noun(match, spoken):
            continue
        if match.issue in TASTE and not subject.settings.style:
            continue
        span = Span(spoken.at[match.span.start], spoken.at[match.span.end])
        words = span.of(block.text)
        if match.category == "TYPOS" and is_known(words, subject.settings.words):
            continue
        yield _find(text, block, span, match)


def _is_about_noun(match: Match, spoken: Spoken) -> bool:
    """Whether a match is owed to what we put there; nobody knows how code is pronounced."""
    reach = 1 if match.rule in ARTICLES else 0
    return any(
        match.span.overlaps(Span(max(noun.start - reach, 0), noun.end))
        or (reach and match.span.end == noun.start - reach)
        for noun in spoken.nouns
    )


def _find(text: Text, block: Block, span: Span, match: Match) -> Finding:
    place = text.to_file(block, span)
    literal = place.of(text.file) == span.of(block.text)
    safe = match.rule in SAFE and len(match.replacements) == 1 and literal
    return Finding(
        match.rule, text.path, place, match.message,
        severity=Severity.WARNING if match.issue in MILD else Severity.ERROR,
        replacements=match.replacements, url=match.url,
        fixes=(Edit(place, match.replacements[0]),) if safe else (),
    )


RULES: tuple[Rule, ...] = (
    Rule(
        "grammar", "Grammar and spelling are right",
        "LanguageTool, https://community.languagetool.org/rule/list", check_grammar,
        failing=("This are wrong.", "It is a apple."),
        passing=("This is right.", "It is an `apple`."),
    ),
)
