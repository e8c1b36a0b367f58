"""Typography: what a typesetter would not let stand. Rules are data where data will do."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from variorum.checks.rule import Example, Rule, Subject
from variorum.checks.texts import Text, prose_blocks, read_texts
from variorum.prose import Block
from variorum.text import Edit, Finding, Severity, Span

Replacement = Callable[[re.Match[str]], str]
_CMOS = "The Chicago Manual of Style, 17th edition, "
_OPENS = re.compile(r"(?:^|[\s(\[{—–“‘/-])\Z")


def _pattern_rule(
    name: str, summary: str, authority: str, pattern: str, message: str,
    replace: Replacement | None, failing: tuple[Example, ...], passing: tuple[Example, ...],
    severity: Severity = Severity.ERROR,
) -> Rule:
    """A rule that finds ``pattern`` in prose; what it replaces is mended by ``--fix``."""
    compiled = re.compile(pattern)
    rule = f"typography.{name}"

    def check(subject: Subject) -> Iterator[Finding]:
        for text in read_texts(subject):
            for block, shown in prose_blocks(text):
                for match in compiled.finditer(shown):
                    yield _find(rule, text, block, match, message, replace, severity)

    return Rule(rule, summary, authority, check, failing, passing)


def _find(
    rule: str, text: Text, block: Block, match: re.Match[str], message: str,
    replace: Replacement | None, severity: Severity,
) -> Finding:
    span = Span(*match.span())
    place = text.to_file(block, span)
    better = (replace(match),) if replace else ()
    # An entity or an escape is mended by hand: what stands in the file is not what is shown.
    literal = place.of(text.file) == match[0]
    fixes = (Edit(place, better[0]),) if better and literal else ()
    shown = message.format(found=match[0], better=better[0] if better else "")
    return Finding(rule, text.path, place, shown, severity=severity, replacements=better,
                   fixes=fixes)


def _curl(opening: str, closing: str) -> Replacement:
    def curl(match: re.Match[str]) -> str:
        return opening if _OPENS.search(match.string[: match.start()]) else closing

    return curl


def _check_pairs(subject: Subject) -> Iterator[Finding]:
    for text in read_texts(subject):
        for block, shown in prose_blocks(text):
            depth = 0
            for match in re.finditer("[“”]", shown):
                depth += 1 if match[0] == "“" else -1
                if depth not in (0, 1):
                    way = "opened twice" if depth > 1 else "closed but never opened"
                    yield text.find("typography.pairs", block, Span(*match.span()),
                                    f"A quotation is {way} here.",
                                    hint="Pair each “ with a ”; inside a quotation use ‘ and ’.")
                    depth = min(max(depth, 0), 1)


RULES: tuple[Rule, ...] = (
    _pattern_rule(
        "quotes", "Quotation marks are “curly”", _CMOS + "6.115", '"',
        "A straight quotation mark; write {better}.", _curl("“", "”"),
        failing=('He said "no" to it.', 'In a *"quoted"* word.'),
        passing=("He said “no” to it.", 'Run `print("x")` now.'),
    ),
    _pattern_rule(
        "apostrophe", "Apostrophes and single quotation marks are curly", _CMOS + "6.117", "'",
        "A straight apostrophe; write {better}.",
        lambda m: "‘" if _OPENS.search(m.string[: m.start()])
        and not re.match(r"'(?:\d0s|tis|twas|em\b)", m.string[m.start():]) else "’",
        failing=("It's late.", "A 'single' word."),
        passing=("It’s late.", "Type `it's` here."),
    ),
    _pattern_rule(
        "ellipsis", "An ellipsis is one character", _CMOS + "13.50", r"\.{3,}|\. \. \.",
        "“{found}” is an ellipsis; write {better}.", lambda m: "…",
        failing=("And so on... and on.",), passing=("And so on… and on.", "An end. Another."),
    ),
    _pattern_rule(
        "dash", "A dash is not a hyphen", _CMOS + "6.85", r"(?<=\w)(?: -{1,3} |--+)(?=\w)",
        "“{found}” should be a dash; write {better}.", lambda m: "—",
        failing=("One thing - or two.", "One thing--or two."),
        passing=("One thing—or two.", "A well-known thing.", "- an item"),
    ),
    _pattern_rule(
        "range", "A range of numbers takes an en dash", _CMOS + "6.78",
        r"(?<![\w-])(\d{1,4})-(\d{1,4})(?![\w-])", "A range takes an en dash: {better}.",
        lambda m: f"{m[1]}–{m[2]}",
        failing=("Pages 42-51 say so.",), passing=("Pages 42–51.", "ISBN 978-0-19-953556-9 is it."),
    ),
    _pattern_rule(
        "space-before", "No blank before closing punctuation", _CMOS + "6.7",
        r"(?<=[\w)”’])[ \u00a0]+(?=[,;:!?.)](?:\s|$))", "A blank before punctuation; take it out.",
        lambda m: "",
        failing=("Well , yes.", "Is it so ?"), passing=("Well, yes.", "It is .5 or so."),
    ),
    Rule(
        "typography.pairs", "Quotation marks come in pairs", _CMOS + "6.9", _check_pairs,
        failing=("He said “no and “yes.", "He said no” and left."),
        passing=("He said “no.” She said “yes.”", "“A long quotation runs on."),
    ),
    _pattern_rule(
        "invisible", "No characters that nobody can see",
        "Unicode Standard Annex 31, default-ignorable code points",
        "[\u200b\u2060\ufeff\ufffd\u0080-\u009f]",
        "An invisible or broken character stands here; delete it.", None,
        failing=("A zero\u200bwidth blank.", "A broken \ufffd letter."),
        passing=("A no-break\u00a0blank.", "An emoji 👩\u200d🚀 is whole."),
    ),
)
