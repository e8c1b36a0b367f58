"""Each paragraph says which source paragraphs it answers to, and each of those is answered."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from variorum.checks.examples import essay, ledger
from variorum.checks.rule import Page, Rule, Subject
from variorum.essay import EDITION
from variorum.prose import Block
from variorum.text import Edit, Finding, Span

_KINDS = frozenset({"paragraph", "item", "definition"})
_FOOTNOTE = ("div", "div", "ol", "li")
"""What Markdown’s footnotes stand in."""
_DESIGN = "design: an edition on disk"
_ATTRIBUTES = re.compile(r"\s*(\{:?[^{}\n]*\})")


def accountable(page: Page) -> list[Block]:
    """The blocks that have to say where they come from: whatever is told in sentences.

    A footnote comes from where the paragraph with its mark does.
    """
    return [b for b in page.prose.blocks if b.kind in _KINDS and re.search(r"\w", b.text)
            and b.ancestors[:4] != _FOOTNOTE]


def answers(block: Block) -> list[str]:
    """The ids that a block's ``from`` names."""
    return block.attributes.get("from", "").split()


def attribute_place(page: Page, block: Block, value: str) -> Span:
    """Where ``value`` stands in the block's attribute list; the block itself if nowhere."""
    match = _ATTRIBUTES.match(page.text, block.span.end)
    inside = match and re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-])", match[1])
    if not (match and inside and value):
        return block.span
    return Span(match.start(1) + inside.start(), match.start(1) + inside.end())


def _check_missing(subject: Subject) -> Iterator[Finding]:
    if "source.yml" not in subject.files:
        return
    for block in accountable(subject.page):
        if not answers(block):
            name = block.attributes.get("id", f"p{_next_number(subject.page)}")
            yield Finding(
                "provenance.missing",
                subject.page.path,
                block.span,
                "This paragraph does not say where it comes from.",
                hint=f'End it with a line like {{ #{name} from="s1" }}, naming the source '
                f'paragraphs that it retells; from="{EDITION}" if it is the editors’ own.',
            )


def _next_number(page: Page) -> int:
    """The first above all that are taken as p1, p2…, so that no old id is used again."""
    ids = (block.attributes.get("id", "") for block in page.prose.blocks)
    return max((int(i[1:]) for i in ids if re.fullmatch("p[0-9]+", i)), default=0) + 1


def _check_id(subject: Subject) -> Iterator[Finding]:
    number = _next_number(subject.page)
    for block in accountable(subject.page):
        if not answers(block) or block.attributes.get("id"):
            continue
        place = attribute_place(subject.page, block, "from")
        literal = place.of(subject.page.text) == "from"
        yield Finding(
            "provenance.id",
            subject.page.path,
            place,
            "This paragraph has no id.",
            hint=f"Write `#p{number}` before `from`: links and notes need it.",
            fixes=(Edit(Span(place.start, place.start), f"#p{number} "),) if literal else (),
        )
        number += 1


def _check_duplicate(subject: Subject) -> Iterator[Finding]:
    if subject.slug is None:
        return
    seen: set[str] = set()
    for block in subject.page.prose.blocks:
        name = block.attributes.get("id", "")
        if name and name in seen:
            yield Finding(
                "provenance.duplicate",
                subject.page.path,
                attribute_place(subject.page, block, name),
                f"The id `{name}` is taken by a paragraph above.",
                hint=f"Call this one `p{_next_number(subject.page)}`; ids are never used again.",
            )
        seen.add(name)


def _check_unknown(subject: Subject) -> Iterator[Finding]:
    if subject.slug is None or (subject.ledger is None and "source.yml" in subject.files):
        return
    known = [p.id for p in subject.ledger.value.paragraphs] if subject.ledger else []
    for block in accountable(subject.page):
        for name in answers(block):
            if name in known or (name == EDITION and len(answers(block)) == 1):
                continue
            message, hint, near = _unknown(name, known)
            yield Finding(
                "provenance.unknown",
                subject.page.path,
                attribute_place(subject.page, block, name),
                message,
                hint=hint,
                replacements=near,
            )


def _unknown(name: str, known: list[str]) -> tuple[str, str, tuple[str, ...]]:
    if name == EDITION:
        message = f"`{EDITION}` stands beside source paragraphs."
        return message, f"Name the source paragraphs, or only `{EDITION}`.", ()
    if not known:
        hint = f'Write a source.yml, or from="{EDITION}" if the paragraph is your own.'
        return f"There is no source.yml that could know `{name}`.", hint, ()
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else f"It lists {_listed(known)}."
    return f"`source.yml` lists no paragraph `{name}` of the source.", hint, tuple(near)


def _listed(names: Iterable[str]) -> str:
    shown = list(names)
    return ", ".join(shown if len(shown) < 12 else [*shown[:3], "…", shown[-1]])


def _check_unanswered(subject: Subject) -> Iterator[Finding]:
    yield from _check_answers(
        subject,
        "provenance.unanswered",
        omitted=False,
        message="Nothing in the essay answers to source paragraph `{}`.",
        hint="Name it in the `from` of what retells it, or say here why not: `omitted: …`.",
    )


def _check_omitted(subject: Subject) -> Iterator[Finding]:
    yield from _check_answers(
        subject,
        "provenance.omitted",
        omitted=True,
        message="Source paragraph `{}` is said to be omitted, but the essay answers to it.",
        hint="Take out `omitted`, or the id from the `from` in the essay.",
    )


def _check_answers(
    subject: Subject, rule: str, *, omitted: bool, message: str, hint: str
) -> Iterator[Finding]:
    """Source paragraphs that are omitted and answered, or neither."""
    if subject.ledger is None:
        return
    answered = Counter(name for block in accountable(subject.page) for name in answers(block))
    for index, paragraph in enumerate(subject.ledger.value.paragraphs):
        if bool(paragraph.omitted) is omitted and bool(answered[paragraph.id]) is omitted:
            key = ("paragraphs", index, "omitted" if omitted else "id")
            place = subject.ledger.places[key]
            yield Finding(rule, subject.ledger.path, place, message.format(paragraph.id), hint=hint)


_P1 = 'A fox.\n{ #p1 from="s1" }'

RULES: tuple[Rule, ...] = (
    Rule(
        "provenance.missing",
        "Each paragraph says which source paragraphs it retells",
        _DESIGN,
        _check_missing,
        failing=(
            essay(_P1, "A dog."),
            essay(_P1, "A dog.\n{ #p2 }"),
            essay(_P1, "- A dog."),
            essay(_P1, "> A dog."),
        ),
        passing=(
            essay(_P1, "## A heading"),
            essay('A fox.[^1]\n{ #p1 from="s1" }', "[^1]: A red one."),
            essay(_P1, 'A dog.\n{ #p2 from="edition" }'),
            essay(_P1, '- A dog.\n{ #p2 from="s1" }'),
            "An essay that retells nothing.",
        ),
    ),
    Rule(
        "provenance.id",
        "Each paragraph has an id",
        _DESIGN,
        _check_id,
        failing=(essay('A fox.\n{ from="s1" }'),),
        passing=(essay(_P1),),
    ),
    Rule(
        "provenance.duplicate",
        "An id is given once",
        "HTML Living Standard, 3.2.6 The id attribute",
        _check_duplicate,
        failing=(essay(_P1, _P1), essay(_P1, "## A heading { #p1 }")),
        passing=(essay(_P1, 'A dog.\n{ #p2 from="s1" }'),),
    ),
    Rule(
        "provenance.unknown",
        "Paragraphs retell only what the ledger knows",
        _DESIGN,
        _check_unknown,
        failing=(
            essay(_P1, 'A dog.\n{ #p2 from="s2" }'),
            essay(_P1, 'A dog.\n{ #p2 from="s1 edition" }'),
        ),
        passing=(essay(_P1, 'A dog.\n{ #p2 from="edition" }'),),
    ),
    Rule(
        "provenance.unanswered",
        "Each source paragraph is retold, or omitted for a reason",
        _DESIGN,
        _check_unanswered,
        failing=(essay('A fox.\n{ #p1 from="edition" }'),),
        passing=(essay(_P1), "An essay that retells nothing."),
    ),
    Rule(
        "provenance.omitted",
        "What is omitted is not retold",
        _DESIGN,
        _check_omitted,
        failing=(essay(_P1, ledger=ledger(omit="It repeats itself.")),),
        passing=(
            essay('A fox.\n{ #p1 from="edition" }', ledger=ledger(omit="It repeats itself.")),
        ),
    ),
)
