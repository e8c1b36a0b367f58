"""With the source at hand: the edition is of this source, and in words of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from variorum.checks.examples import SOURCE, essay, ledger, notes
from variorum.checks.rule import Rule, SourceText, Subject, apparatus
from variorum.cleaning import (
    Runs,
    Word,
    count_words,
    digest,
    digest_of_all,
    folded,
    normalise,
    share_of_runs,
    words,
)
from variorum.prose import Prose
from variorum.text import Finding, Span

MOST_SHARED = 0.02
"""Which part of the rewrite's five-word runs may stand in the source too."""
LONGEST_RUN = 6
"""How many words of the source may stand in the rewrite as they are."""
_DESIGN = "design: the source is never reprinted"
_QUOTED = re.compile("“[^“”]*”")


def _check_digest(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.ledger is None:
        return
    found, file = subject.source.paragraphs, subject.ledger
    known = file.value.paragraphs
    if {digest(text) for text in found}.isdisjoint(paragraph.sha256 for paragraph in known):
        yield Finding("fidelity.digest", file.path, file.places["paragraphs",],
                      f"`{subject.source.path}` is not the source that this ledger describes.",
                      "Check with the copy that the edition was made from.")
        return
    if len(found) != len(known):
        yield Finding("fidelity.digest", file.path, file.places["paragraphs",],
                      f"Paragraphs in the source: {len(found)}; listed here: {len(known)}.",
                      "Give the ledger one entry for each paragraph, in their order.")
    for index, (text, entry) in enumerate(zip(found, known, strict=False)):
        if entry.sha256 != digest(text):
            yield Finding("fidelity.digest", file.path, file.places["paragraphs", index, "sha256"],
                          f"Source paragraph {entry.id} is not the one that the ledger describes.",
                          f"Its digest is {digest(text)}; see which of the two was changed.")
        elif entry.words != count_words(text):
            yield Finding("fidelity.digest", file.path, file.places["paragraphs", index, "words"],
                          f"Source paragraph {entry.id} has {count_words(text)} words.",
                          f"Write {count_words(text)} in place of {entry.words}.")


def _check_witness(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.ledger is None:
        return
    whole, file = digest_of_all(subject.source.paragraphs), subject.ledger
    if whole not in [witness.sha256 for witness in file.value.witnesses]:
        yield Finding("fidelity.witness", file.path, file.places["witnesses", 0, "sha256"],
                      f"No witness in the ledger has the digest of `{subject.source.path}`.",
                      f"If this copy is the witness, its digest is {whole}.")


def _may_stay(subject: Subject) -> bool:
    """Whether the source's own words may stand in the essay: its rights let them be kept."""
    return subject.ledger is not None and subject.ledger.value.rights.store


def _check_share(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.slug is None or _may_stay(subject):
        return
    source = folded("\n\n".join(subject.source.paragraphs))
    prose = subject.page.prose
    share = share_of_runs(folded(prose.visible), source)
    if share <= MOST_SHARED:
        return
    closest = max(prose.blocks, key=lambda block: share_of_runs(folded(block.text), source))
    yield Finding("fidelity.share", subject.page.path, closest.span,
                  f"{share:.1%} of the essay’s five-word runs stand in the source too; "
                  f"{MOST_SHARED:.0%} may.",
                  "Say it in other words, here first: this passage is closest to the source.")


def _check_run(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.slug is None or _may_stay(subject):
        return
    prose = subject.page.prose
    shown = words(prose.visible)
    own = _outside(shown, _quotations(prose))
    for run in _runs_of(subject.source).shared(own, LONGEST_RUN):
        place = prose.to_source(Span(shown[run.start].span.start, shown[run.stop - 1].span.end))
        yield Finding("fidelity.run", subject.page.path, place,
                      f"These {len(run)} words stand in the source as they do here.",
                      "Say it in other words, or mark it as a quotation with “…” "
                      "when the rights allow one.")


def _runs_of(source: SourceText) -> Runs:
    return Runs(folded("\n\n".join(source.paragraphs)))


def _quotations(prose: Prose) -> list[Span]:
    """Where the visible text is marked as somebody else's words."""
    marked = [Span(*match.span()) for match in _QUOTED.finditer(prose.visible)]
    return marked + [
        Span(start, start + len(block.text))
        for block, start in zip(prose.blocks, prose.starts, strict=True)
        if "blockquote" in block.ancestors
    ]


def _outside(shown: Sequence[Word], spans: Sequence[Span]) -> list[str]:
    """The words as compared; one within ``spans`` becomes empty and so is like none."""
    return ["" if any(s.overlaps(word.span) for s in spans) else word.folded for word in shown]


def _check_reading(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.ledger is None:
        return
    file = subject.ledger
    ids = [paragraph.id for paragraph in file.value.paragraphs]
    texts = dict(zip(ids, subject.source.paragraphs, strict=False))
    for index, reading in enumerate(file.value.readings):
        fragment = normalise(reading.source)
        if reading.paragraph not in texts or fragment in texts[reading.paragraph]:
            continue
        elsewhere = [name for name, text in texts.items() if fragment in text]
        yield Finding(
            "fidelity.reading", file.path, file.places["readings", index, "source"],
            f"Reading {reading.id} quotes words that paragraph {reading.paragraph} does not have.",
            f"They stand in {elsewhere[0]}." if elsewhere
            else "Copy them letter by letter from the source.",
        )


def _check_quoted(subject: Subject) -> Iterator[Finding]:
    if subject.source is None or subject.ledger is None:
        return
    most = subject.ledger.value.rights.fragment_words
    source = _runs_of(subject.source)
    for file, key, text in apparatus(subject):
        if runs := source.shared(folded(text), most):
            yield Finding("fidelity.quoted", file.path, file.places[key],
                          f"This repeats {max(map(len, runs))} words of the source in a row.",
                          f"The rights allow {most} (`fragment_words`); quote less.")


_OTHER = "quite another paragraph of which the ledger says nothing whatever"
_OWN = 'The quick brown fox jumps.\n{ #p1 from="s1" }'
_LONG = " ".join(f"word{n}" for n in range(400))
_SIX, _SEVEN = "over the dogs lazy and then", "over the dogs lazy and then nobody"


def _paste(words: str) -> dict[str, str]:
    return essay(f'{_LONG}, {words}, and so on.\n{{ #p1 from="s1" }}', source=SOURCE)


def _reading(**reading: str) -> dict[str, str]:
    return essay(_OWN, ledger=ledger(readings=[reading]), source=SOURCE)


RULES: tuple[Rule, ...] = (
    Rule(
        "fidelity.digest", "The source is the one that the ledger describes", _DESIGN,
        _check_digest,
        failing=(
            essay(_OWN, ledger=ledger().replace("words: 17", "words: 18"), source=SOURCE),
            essay(_OWN, 'A dog.\n{ #p2 from="s2" }', ledger=ledger(SOURCE, _OTHER).replace(
                digest_of_all([SOURCE, _OTHER]), digest_of_all([SOURCE])), source=SOURCE),
        ),
        passing=(essay(_OWN, source=SOURCE), essay(_OWN, source=f"  {SOURCE}\r\n"), essay(_OWN)),
        bars=True,
    ),
    Rule(
        "fidelity.witness", "The source is one of the witnesses", _DESIGN, _check_witness,
        failing=(
            essay(_OWN, ledger=ledger().replace("sha256: '", "sha256: 'f").replace(
                f"{digest(SOURCE)}'", f"{digest(SOURCE)[1:]}'"), source=SOURCE),
        ),
        passing=(essay(_OWN, source=SOURCE),),
    ),
    Rule(
        "fidelity.share", "The essay is in words of its own", _DESIGN, _check_share,
        failing=(essay(f'A fox: {_SIX}.\n{{ #p1 from="s1" }}', source=SOURCE),),
        passing=(_paste(_SIX), essay(_OWN, source=SOURCE)),
    ),
    Rule(
        "fidelity.run", "No sentence of the source is copied", _DESIGN, _check_run,
        failing=(_paste(_SEVEN), _paste("Over the *dogs*—lazy, and then Nobody")),
        passing=(_paste(_SIX), _paste(f"“{_SEVEN}”"), _paste("over the dogs lazy; nobody was in")),
    ),
    Rule(
        "fidelity.reading", "A reading quotes its source paragraph to the letter", _DESIGN,
        _check_reading,
        failing=(_reading(source="over the lazy dogs"), _reading(source="Over the dogs")),
        passing=(_reading(), _reading(source="over  the dogs lazy")),
    ),
    Rule(
        "fidelity.quoted", "Notes and readings quote no more than the rights allow", _DESIGN,
        _check_quoted,
        failing=(
            _reading(evidence=f"It says {_SEVEN}."),
            essay(_OWN, notes=notes({"body": f"It says “{_SEVEN}.”"}), source=SOURCE),
        ),
        passing=(_reading(evidence=f"It says {_SIX}."),),
        bars=True,
    ),
)
