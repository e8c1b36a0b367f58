"""Findings that somebody lets pass, always with a reason: in one place, in a file, everywhere.

In Markdown one place is a comment in or before the block: ``<!-- variorum: allow RULE: why -->``,
or ``allow RULE "words": reason`` for these words only. In a note it is the note's key ``allow``;
in a file the key ``allow`` of front matter or YAML. The publication's are among its settings.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from difflib import get_close_matches

from variorum.checks.examples import essay, ledger, notes
from variorum.checks.rule import Key, Page, Places, Review, Rule, Subject, Suppression
from variorum.prose.source import FRONT_MATTER
from variorum.text import Finding, Severity, Span

_COMMENT = re.compile(r"<!--\s*variorum:(?P<order>(?:(?!<!--|-->).)*)-->", re.S)
_ORDER = re.compile(
    r"""\s*allow\s+(?P<rule>[\w.*-]+) (?:\s+["“](?P<words>.+?)["”])? \s*:\s*(?P<reason>\S.*)""",
    re.X | re.S,
)
_SYNTAX = "Write <!-- variorum: allow RULE: reason -->, or RULE \"words\": reason."
_LANGUAGETOOL = re.compile(r"[A-Z][\w.*-]+|[a-z]+(_[a-z]+)+")
"""What a rule of LanguageTool's may be called; its 6.8 has ids such as ``IN_1990s``."""


def read_suppressions(subject: Subject) -> tuple[Suppression, ...]:
    """All suppressions in the files of ``subject``, the narrowest first."""
    found = [*_in_text(subject.page), *_in_keys(subject)]
    return tuple(sorted(found, key=_breadth))


def _breadth(suppression: Suppression) -> tuple[bool, bool, int]:
    scope = suppression.scope or Span(0, 0)
    return suppression.scope is None, suppression.words is None, scope.end - scope.start


def _comments(page: Page) -> Iterator[re.Match[str]]:
    """The comments that are for us, without those that a reader sees because they are code."""
    if "variorum:" not in page.text:
        return
    blocks = page.prose.blocks
    front = FRONT_MATTER.match(page.text)
    found = list(_COMMENT.finditer(page.text, front.end() if front else 0))
    shown = {offset for block in blocks for offset in block.at} if found else set()
    code = [block.text for block in blocks if block.kind == "code"]
    for match in found:
        if match.start() not in shown and not any(match[0] in text for text in code):
            yield match


def _in_text(page: Page) -> Iterator[Suppression]:
    orders = [(match, order) for match in _comments(page) if (order := _read_order(match))]
    blocks = [(b.span, b.kind) for b in page.prose.blocks if b.span.end] if orders else []
    blocks.sort()
    for match, order in orders:
        yield Suppression(
            order["rule"], page.path, Span(*match.span()), _scope(page, blocks, match.start()),
            order["words"],
        )


def _read_order(comment: re.Match[str]) -> re.Match[str] | None:
    return _ORDER.match(comment["order"])


def _scope(page: Page, blocks: Sequence[tuple[Span, str]], comment: int) -> Span:
    """The block that a comment is in, else the one before it on its line, else the next."""
    after = bisect_left(blocks, (Span(comment, comment), ""))
    own = next((n for n in range(after - 1, -1, -1) if comment < blocks[n][0].end), after)
    if own == after and after and _is_behind(page.text, *blocks[after - 1], comment):
        own = after - 1
    if own == len(blocks):
        return Span(comment, comment)
    end = blocks[own + 1][0].start if own + 1 < len(blocks) else len(page.text) + 1
    return Span(min(comment, blocks[own][0].start), max(end, comment))


def _is_behind(text: str, block: Span, kind: str, comment: int) -> bool:
    between = text[block.end : comment]
    return "\n" not in between and not (kind == "cell" and "|" in between)


def _in_keys(subject: Subject) -> Iterator[Suppression]:
    page, notes, ledger = subject.page, subject.notes, subject.ledger
    yield from _of(page.path, page.allow, page.keys, ())
    if ledger:
        yield from _of(ledger.path, ledger.value.allow, ledger.keys, ())
    if notes:
        yield from _of(notes.path, notes.value.allow, notes.keys, ())
        for index, note in enumerate(notes.value.notes):
            way: Key = ("notes", index)
            for one in _of(notes.path, note.allow, notes.keys, way):
                yield replace(one, scope=notes.places[way])


def _of(path: str, allow: Mapping[str, str], keys: Places, way: Key) -> Iterator[Suppression]:
    for rule in allow:
        yield Suppression(rule, path, keys[*way, "allow", rule])


def review(subject: Subject, found: Sequence[Finding], ids: frozenset[str]) -> Review:
    """Sort out which findings are let pass, each by the narrowest suppression that does."""
    suppressions = read_suppressions(subject)
    about: dict[tuple[str, str], list[Suppression]] = defaultdict(list)
    for suppression in suppressions:
        about[suppression.path, suppression.rule].append(suppression)
    texts = _texts(subject)
    used: set[Suppression] = set()
    disabled: set[str] = set()
    kept: list[Finding] = []
    for finding in found:
        text = texts.get(finding.path, "")
        able = about.get((finding.path, finding.rule), ())
        if one := next((s for s in able if _covers(s, finding.span, text)), None):
            used.add(one)
        elif finding.rule in subject.settings.disabled:
            disabled.add(finding.rule)
        else:
            kept.append(finding)
    return Review(subject, ids, suppressions, frozenset(used), tuple(kept), frozenset(disabled))


def _texts(subject: Subject) -> dict[str, str]:
    files = (subject.page, subject.notes, subject.ledger)
    return {file.path: file.text for file in files if file}


def _covers(suppression: Suppression, span: Span, text: str) -> bool:
    scope = suppression.scope
    return (
        scope is None or scope.start <= span.start < scope.end or scope.overlaps(span)
    ) and (suppression.words is None or suppression.words == span.of(text))


def was_asked(rule: str, review: Review) -> bool:
    """Whether ``rule`` could have found something, had there been something to find."""
    subject = review.subject
    if _LANGUAGETOOL.fullmatch(rule):
        return "grammar" in review.ids and subject.grammar is not None
    if rule.startswith("fidelity.") and subject.source is None:
        return False
    return rule in review.ids and not (rule.startswith("links.") and subject.targets is None)


def is_rule(rule: str, ids: frozenset[str]) -> bool:
    """Whether ``rule`` is one of ours, or may be one of LanguageTool's, which nobody can list."""
    return (rule in ids and rule != "grammar") or _LANGUAGETOOL.fullmatch(rule) is not None


def _check_form(subject: Subject) -> Iterator[Finding]:
    for match in _comments(subject.page):
        if not _read_order(match):
            lacks = re.match(r"\s*allow\s+[\w.*-]+[^:]*:?\s*\Z", match["order"])
            message = "This gives no reason." if lacks else "Nobody can tell what this allows."
            yield Finding("allow.form", subject.page.path, Span(*match.span()), message, _SYNTAX)
    for index, note in enumerate(subject.notes.value.notes if subject.notes else ()):
        if subject.notes and _COMMENT.search(note.body):
            span = subject.notes.places["notes", index, "body"]
            yield Finding("allow.form", subject.notes.path, span, "A comment in a note is lost.",
                          "Write the note’s key `allow: {RULE: reason}` instead.")


def _find_unknown(review: Review) -> Iterator[Finding]:
    for one in review.suppressions:
        if not is_rule(one.rule, review.ids):
            yield _unknown(one, review.ids)


def _unknown(one: Suppression, ids: frozenset[str]) -> Finding:
    near = tuple(get_close_matches(one.rule, sorted(ids - {"grammar"}), n=1))
    hint = f"Did you mean `{near[0]}`?" if near else "A finding’s last line names its rule."
    return Finding("allow.unknown", one.path, one.at, f"There is no rule `{one.rule}`.", hint,
                   replacements=near)


def _find_unused(review: Review) -> Iterator[Finding]:
    for one in review.suppressions:
        if one not in review.used and was_asked(one.rule, review):
            yield _unused(one, "here" if one.scope else "in this file")


def _unused(one: Suppression, where: str) -> Finding:
    message = f"`{one.rule}` finds nothing {where} that this would let pass."
    return Finding("allow.unused", one.path, one.at, message, "Take it out.", Severity.WARNING)


def judge_disabled(
    disabled: Sequence[Suppression], reviews: Sequence[Review]
) -> Iterator[Finding]:
    """What ``allow.unknown`` and ``allow.unused`` say of what a whole publication switched off."""
    for one in disabled:
        asked = [review for review in reviews if was_asked(one.rule, review)]
        if reviews and not is_rule(one.rule, reviews[0].ids):
            yield _unknown(one, reviews[0].ids)
        elif asked and not any(one.rule in review.disabled for review in reviews):
            yield _unused(one, "in the whole publication")


_DESIGN = "design: a suppression names rule, place and a reason; an unused one is a finding"
_STRAIGHT = 'A "straight" one.'
_ALLOW = "<!-- variorum: allow typography.quotes: the printer had no others -->"
_FRONT = "---\ntitle: A\ndescription: B\nauthors: [C]\ndate: 2026-01-02\nallow: {{{}}}\n---"


def _note(**more: str) -> dict[str, str]:
    return essay('The quick brown fox jumps.\n{ #p1 from="s1" }', notes=notes(more))


RULES: tuple[Rule, ...] = (
    Rule(
        "allow.form", "A suppression names its rule and the reason",
        _DESIGN, _check_form,
        failing=(
            "A fox. <!-- variorum: allow typography.quotes -->",
            "A fox. <!-- variorum: allow typography.quotes: -->",
            "<!-- variorum: allow -->\n\nA fox.",
            "A fox. <!-- variorum: typography.quotes: no -->",
            _note(body=f"'A body. {_ALLOW}'"),
        ),
        passing=(
            f"{_STRAIGHT} {_ALLOW}",
            "Write `<!-- variorum: allow -->` so.",
            "```\n<!-- variorum: allow -->\n```\n\nA fox.",
            "<!-- An editor’s remark on variorum. -->\n\nA fox.",
        ),
    ),
    Rule(
        "allow.unknown", "A suppression is of a rule that exists",
        _DESIGN, review=_find_unknown,
        failing=(
            "A fox. <!-- variorum: allow typography.quote: because -->",
            "A fox. <!-- variorum: allow grammar: because -->",
            essay(_FRONT.format("notes.orphan: because"), 'A fox.\n{ #p1 from="s1" }'),
            _note(allow="{notes.orphan: because}"),
            essay('A fox.\n{ #p1 from="s1" }', ledger=f"allow: {{lost: because}}\n{ledger()}"),
        ),
        passing=(
            "A fox. <!-- variorum: allow SOME_RULE: because -->",
            _note(allow="{IN_1990s: because}"),
        ),
    ),
    Rule(
        "allow.unused", "A suppression lets something pass",
        _DESIGN, review=_find_unused,
        failing=(
            f"A fox. {_ALLOW}",
            f"{_ALLOW}\n\nA fox.",
            f"{_STRAIGHT} {_ALLOW}\n\nA fox. {_ALLOW}",
            f"{_STRAIGHT} {_ALLOW} {_ALLOW}",
            essay(_FRONT.format("typography.quotes: because"), 'A fox.\n{ #p1 from="s1" }'),
            _note(allow="{notes.orphaned: because}"),
        ),
        passing=(
            f"{_STRAIGHT} {_ALLOW}",
            f"{_ALLOW}\n\n{_STRAIGHT}",
            f"# A heading\n\n{_ALLOW}\n{_STRAIGHT}",
            f"- A *\"b\"* c. {_ALLOW}\n- A fox.",
            f"| a | b |\n|---|---|\n| a “fox” | {_ALLOW} {_STRAIGHT} |",
            'A "b" c. <!-- variorum: allow typography.quotes """: because -->',
            essay(_FRONT.format("typography.quotes: because"),
                  f'{_STRAIGHT}\n{{ #p1 from="s1" }}'),
            _note(body="A 'body'.", allow="{typography.apostrophe: because}"),
            "A fox. <!-- variorum: allow fidelity.run: the source is not here to ask -->",
        ),
    ),
)
