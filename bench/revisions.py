"""Makes revisions of a text like those that editors make, and knows what became of each word.

The text is made of this project's own prose. Some sentences have a lookalike elsewhere and some
phrases stand twice, because that is where notes drift. Words are changed, put in and taken out;
sentences are cut, split, joined and moved; paragraphs are rewritten, moved and deleted.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from operator import attrgetter
from pathlib import Path

from variorum.annotations import Version
from variorum.editions import find_editions, read_edition
from variorum.prose import read_prose
from variorum.text import Span

ROOT = Path(__file__).parents[1]
_PAPERS = ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/about.md", "docs/index.md")
_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its punctuation. A word put in its place has its number, but is not alive."""

    number: int
    text: str
    alive: bool = True


Sentence = list[Token]


@dataclass
class Paragraph:
    """A paragraph with the name that it keeps wherever it goes."""

    name: str
    sentences: list[Sentence]


@dataclass(frozen=True)
class Rendered:
    """A text with the place of each of its words."""

    version: Version
    tokens: Sequence[Token] = field(repr=False)
    spans: Sequence[Span] = field(repr=False)

    def covered(self, span: Span) -> tuple[int, int]:
        """The first and the last word that ``span`` touches, or ``(-1, -1)``."""
        first = bisect_right(self.spans, span.start, key=attrgetter("end"))
        last = bisect_left(self.spans, span.end, key=attrgetter("start")) - 1
        return (first, last) if first <= last else (-1, -1)


def read_sentences() -> list[list[str]]:
    """The sentences of this project's papers, essays and notes, as words."""
    texts = [(ROOT / name).read_text("utf-8") for name in _PAPERS]
    for folder in find_editions(ROOT / "docs" / "essays"):
        edition = read_edition(folder)
        texts.append(edition.page.text)
        texts += [note.body for note in edition.notes.value.notes] if edition.notes else []
    blocks = (block.text for text in texts for block in read_prose(text).blocks)
    found = [sentence.split() for block in blocks for sentence in _SENTENCE.split(block)]
    return [words for words in found if 5 <= len(words) <= 45]


def make_text(sentences: Sequence[list[str]], words: int, chance: random.Random) -> list[Paragraph]:
    """A text of about ``words`` words with lookalikes and refrains in it."""
    numbers = count()
    chosen: list[list[str]] = []
    while sum(map(len, chosen)) < words:
        chosen += chance.sample(sentences, min(len(sentences), 400))
    chosen = chosen[: max(8, next(
        n for n in range(len(chosen) + 1) if sum(map(len, chosen[:n])) >= words))]
    for original in chance.sample(chosen, len(chosen) // 8):
        chosen.insert(chance.randrange(len(chosen)), _lookalike(original, sentences, chance))
    for original in chance.sample(chosen, len(chosen) // 25):
        start = chance.randrange(max(1, len(original) - 6))
        refrain = ["So", *original[start : start + 6], *chance.choice(sentences)[-4:]]
        chosen.insert(chance.randrange(len(chosen)), refrain)
    rows = [[Token(next(numbers), word) for word in row] for row in chosen]
    paragraphs: list[Paragraph] = []
    while rows:
        size = chance.randint(2, 6)
        paragraphs.append(Paragraph(f"p{len(paragraphs) + 1}", rows[:size]))
        rows = rows[size:]
    return paragraphs


def _lookalike(
    words: list[str], sentences: Sequence[list[str]], chance: random.Random
) -> list[str]:
    return [chance.choice(chance.choice(sentences)) if chance.random() < 0.3 else word
            for word in words]


def revise(
    text: Sequence[Paragraph], sentences: Sequence[list[str]], chance: random.Random
) -> list[Paragraph]:
    """A revision of ``text``; the words that it keeps keep their numbers."""
    result: list[Paragraph] = []
    for paragraph in text:
        fate = chance.random()
        if fate < 0.10:
            continue
        if fate < 0.22:
            result.append(_rewrite(paragraph, sentences, chance))
            continue
        kept = [_edit(s, sentences, chance) for s in paragraph.sentences if chance.random() > 0.12]
        result.append(Paragraph(paragraph.name, _reshape(kept, chance)))
    for _ in range(len(result) // 6):
        result.insert(chance.randrange(len(result)), result.pop(chance.randrange(len(result))))
    for _ in range(len(result) // 3):
        _carry_sentence(result, chance)
    return [paragraph for paragraph in result if paragraph.sentences]


def _rewrite(
    paragraph: Paragraph, sentences: Sequence[list[str]], chance: random.Random
) -> Paragraph:
    """The same matter in another order and other sentences: nothing of it is alive."""
    matter = [token.text for sentence in paragraph.sentences for token in sentence]
    fresh: list[Sentence] = []
    for _ in paragraph.sentences:
        frame = chance.choice(sentences)
        fresh.append([
            Token(-1, chance.choice(matter) if chance.random() < 0.3 else word, False)
            for word in frame
        ])
    return Paragraph(paragraph.name, fresh)


def _edit(
    sentence: Sentence, sentences: Sequence[list[str]], chance: random.Random
) -> Sentence:
    """Change, put in and take out words; half of the sentences stay as they are."""
    if chance.random() < 0.5:
        return sentence
    rate = chance.choice((0.05, 0.1, 0.2, 0.3))
    edited: Sentence = []
    for token in sentence:
        if chance.random() >= rate:
            edited.append(token)
            continue
        other = chance.choice(chance.choice(sentences))
        match chance.randrange(4):
            case 0 | 1:
                edited.append(Token(token.number, other, False))
            case 2:
                edited += [Token(-1, other, False), token]
            case _:
                pass
    return edited


def _reshape(kept: list[Sentence], chance: random.Random) -> list[Sentence]:
    """Split and join sentences."""
    shaped: list[Sentence] = []
    for sentence in kept:
        if len(sentence) > 14 and chance.random() < 0.15:
            middle = len(sentence) // 2
            end, start = sentence[middle - 1], sentence[middle]
            stopped = replace(end, text=end.text.rstrip(",;:.") + ".")
            begun = replace(start, text=start.text[0].upper() + start.text[1:])
            shaped += [[*sentence[: middle - 1], stopped], [begun, *sentence[middle + 1 :]]]
        elif shaped and shaped[-1] and sentence and chance.random() < 0.1:
            end, start = shaped[-1][-1], sentence[0]
            joined = replace(end, text=end.text.rstrip(".") + ",")
            lowered = replace(start, text=start.text[0].lower() + start.text[1:])
            shaped[-1] = [*shaped[-1][:-1], joined, Token(-1, "and", False), lowered,
                          *sentence[1:]]
        else:
            shaped.append(sentence)
    return [sentence for sentence in shaped if sentence]


def _carry_sentence(text: Sequence[Paragraph], chance: random.Random) -> None:
    home, target = chance.choice(text), chance.choice(text)
    if len(home.sentences) > 1:
        carried = home.sentences.pop(chance.randrange(len(home.sentences)))
        target.sentences.insert(chance.randrange(len(target.sentences) + 1), carried)


def render(text: Sequence[Paragraph]) -> Rendered:
    """The text as a reader sees it."""
    parts: list[str] = []
    tokens: list[Token] = []
    spans: list[Span] = []
    paragraphs: dict[str, Span] = {}
    place = 0
    for paragraph in text:
        begin = place
        for token in (token for sentence in paragraph.sentences for token in sentence):
            tokens.append(token)
            spans.append(Span(place, place + len(token.text)))
            parts.append(token.text + " ")
            place += len(token.text) + 1
        parts[-1] = parts[-1][:-1] + "\n\n"
        place += 1
        paragraphs[paragraph.name] = Span(begin, place - 2)
    return Rendered(Version("".join(parts), paragraphs), tokens, spans)
