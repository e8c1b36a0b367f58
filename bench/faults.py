"""How many known faults are found at their exact words inside Markdown, and what is found too much.

    python bench/faults.py                 a sample of 400 sentences in every construct
    python bench/faults.py --sentences 0   all of them

The sentences are the examples in LanguageTool's own English rules, read from the installed engine.
Those count whose plain form yields that fault under default rules, and that need no escaping in
Markdown. Each is wrapped in each construct, many to a file; found means the same rule at the same
words. What a wrapped sentence yields that the plain one does not is a false alarm.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corrections import english_jar, read_corrections

from variorum.checks.grammar import check_grammar
from variorum.checks.places import is_off
from variorum.checks.rule import Page, Subject
from variorum.languagetool import Grammar
from variorum.text import Finding, Span

SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|$#^=~\n]|://|^\W|^\d+[.)]|\s\s|\w@\w|^\s|\s$|\(c\)")
OPEN, CLOSE = "\ue000", "\ue001"
"""Stand around the fault's words until their place in the file is known."""
IN_A_FILE = 100


@dataclass(frozen=True)
class Fault:
    """A sentence and the words in it that a rule finds."""

    rule: str
    before: str
    words: str
    after: str

    @property
    def sentence(self) -> str:
        """As it is read."""
        return f"{self.before}{self.words}{self.after}"

    @property
    def marked(self) -> str:
        """The sentence with the place of the words."""
        return f"{self.before}{OPEN}{self.words}{CLOSE}{self.after}"


Usual = dict[str, Counter[str]]
"""How often each rule finds something in each plain sentence."""
Wrap = Callable[[Fault, int], str]
"""Markdown in which the fault's words stand between ``OPEN`` and ``CLOSE``."""


def around(template: str) -> Wrap:
    """Put the whole sentence where ``template`` has ``@``, a number where it has ``¤``."""
    return lambda fault, number: template.replace("¤", str(number)).replace("@", fault.marked)


def followed_by(template: str) -> Wrap:
    """The sentence and what comes after it; nothing where it does not end."""
    return lambda fault, number: fault.marked + (
        template.replace("¤", str(number)) if fault.after[-1:] in (".", "!", "?") else ""
    )


def inside(change: Callable[[str], str]) -> Wrap:
    """Change the words of the fault themselves."""
    return lambda fault, _: f"{fault.before}{OPEN}{change(fault.words)}{CLOSE}{fault.after}"


def link_from_blank(fault: Fault, number: int) -> str:
    """A link whose text begins with the blank that parts it from the word before."""
    bare = fault.before.rstrip(" ")
    blank = " " if bare != fault.before else ""
    return f"{bare}[{blank}{OPEN}{fault.words}{CLOSE}](http://example.org/{number}){fault.after}"


def before_words(opening: str, closing: str) -> Wrap:
    """Markup round the fault's words only."""
    return lambda fault, n: (
        f"{fault.before}{opening}{OPEN}{fault.words}{CLOSE}{closing}{fault.after}".replace(
            "¤", str(n)
        )
    )


def first_word(opening: str, closing: str) -> Wrap:
    """Markup round the first of the fault's words."""

    def wrap(fault: Fault, number: int) -> str:
        first, blank, rest = fault.words.partition(" ")
        inner = closing + blank + rest + CLOSE if rest else CLOSE + closing
        mark = opening + OPEN + first + inner
        return fault.before + mark.replace("¤", str(number)) + fault.after

    return wrap


def entity(words: str) -> str:
    """The last letter as a character reference."""
    return f"{words[:-1]}&#{ord(words[-1])};"


def other_blanks(by: str) -> Callable[[str], str]:
    """The first blank replaced."""
    return lambda words: words.replace(" ", by, 1)


CONSTRUCTS: dict[str, Wrap] = {
    "paragraph": around("@"),
    "heading": around("## @"),
    "heading underlined": around("@\n---"),
    "list item": around("- one thing\n- @\n- another thing"),
    "loose item": around("- One thing.\n\n- @\n\n- Another thing."),
    "ordered item": around("1. @\n2. another thing"),
    "nested item": around("- one thing\n    - another\n        - @"),
    "item after a colon": around("They brought these:\n\n- @\n- another thing"),
    "item's second paragraph": around("- One thing.\n\n    @"),
    "quotation": around("> @"),
    "nested quotation": around("> A word.\n>\n> > @"),
    "list in a quotation": around("> - @\n> - another thing"),
    "admonition": around("!!! note\n    @"),
    "admonition with a title": around('!!! note "A title"\n\n    A word.\n\n    @'),
    "admonition's title": around('!!! note "@"\n\n    A word.'),
    "details": around('??? info "More"\n    @'),
    "tab": around('=== "One"\n    @\n\n=== "Two"\n    A word.'),
    "cell": around("| kind | what it says |\n|---|---|\n| a word | @ |\n| other | word |"),
    "heading of a column": around("| kind | @ |\n|---|---|\n| a word | and another |"),
    "footnote": around("A word.[^n¤]\n\n[^n¤]: @"),
    "footnote's second paragraph": around("A word.[^n¤]\n\n[^n¤]:\n    A word.\n\n    @"),
    "definition": around("Word\n:   @"),
    "term": around("@\n:   What it means."),
    "attribute list": around('@\n{ #p¤ from="s¤" }'),
    "attribute list, two lines": around("@\n{: .word #q¤ }"),
    "emphasis": around("*@*"),
    "strong emphasis": around("**@**"),
    "emphasised words": before_words("*", "*"),
    "strong, emphasised words": before_words("***", "***"),
    "emphasised first word": first_word("*", "*"),
    "emphasis with an attribute list": first_word("*", "*{: .x¤ }"),
    "link": before_words("[", "](http://example.org/¤)"),
    "link with a title": before_words("[", '](http://example.org/¤ "A title")'),
    "link that begins with a blank": link_from_blank,
    "reference link": lambda f, n: before_words("[", "][r¤]")(f, n) + f"\n\n[r{n}]: /a/{n}",
    "raw inline HTML": before_words("<span class=a>", "</span>"),
    "raw inline HTML, first word": first_word("<b>", "</b>"),
    "raw HTML": around("<div>\n@\n</div>"),
    "Markdown in HTML": around('<div markdown="1">\n@\n</div>'),
    "comment before": around("<!-- a word -->\n@"),
    "comment inside": first_word("", "<!-- is wrong -->"),
    "entity": inside(entity),
    "entity before": around("&ldquo;Well&rdquo; &amp; good\\! @"),
    "soft break": inside(other_blanks("\n")),
    "hard break": inside(other_blanks("  \n")),
    "backslash break": inside(other_blanks("<br>\n")),
    "no markup, two blanks": inside(other_blanks("  ")),
    "CRLF": lambda f, n: inside(other_blanks("\n"))(f, n).replace("\n", "\r\n") + "\r\n{ .x }\r",
    "lazy line of a quotation": lambda f, n: "> " + inside(other_blanks("\n"))(f, n),
    "lazy line of an item": lambda f, n: "- " + inside(other_blanks("\n"))(f, n),
    "footnote mark after": followed_by("[^m¤]\n\n[^m¤]: A word."),
    "footnote mark inside": lambda f, n: first_word("", "[^k¤]")(f, n) + f"\n\n[^k{n}]: A word.",
    "emoji before": around("👩\u200d🚀 🇬🇧 @"),
    "other script before": around("The letter 𝔘 is one. @"),
    "code before": around("Nobody knows `x = [1]`. @"),
    "code after": followed_by(" Nobody knows `*a`."),
    "mathematics before": around("Nobody knows $x_1 < y$. @"),
    "address after": followed_by(" He wrote to <http://example.org/a_b>."),
    "image before": around("![an image *of* it](i¤.png) @"),
    "abbreviation": around("Here is HTML. @\n\n*[HTML]: A kind of markup"),
    "after a rule": around("***\n@"),
    "before a block of code": around("@\n\n```python\nx = 'is wrong are'\n```"),
}


def read_faults(jar: Path) -> list[Fault]:
    """The examples of wrong sentences in the rules that ``jar`` holds."""
    every = (Fault(c.rule, c.before, c.words, c.after) for c in read_corrections(jar))
    return list(dict.fromkeys(every))


@dataclass
class Tally:
    """What one construct came to."""

    asked: int = 0
    found: int = 0
    off: int = 0
    """Faults whose rule is off in such a block, by the table in ``checks/places.py``."""
    missed: list[tuple[Fault, str]] = field(default_factory=list)
    alarms: list[tuple[str, str, str]] = field(default_factory=list)
    """Rule, words, Markdown."""


def find_in(text: str, grammar: Grammar) -> list[Finding]:
    """What the grammar rule has to say about a page."""
    return list(check_grammar(Subject(Page("a.md", text), grammar=grammar)))


def write_file(faults: Sequence[Fault], wrap: Wrap) -> tuple[str, list[tuple[Span, Span]]]:
    """One file with all of ``faults``; for each the place of its Markdown and of its words."""
    parts: list[str] = []
    places: list[tuple[Span, Span]] = []
    done = 0
    for number, fault in enumerate(faults, 1):
        marked = wrap(fault, number)
        start, end = marked.index(OPEN), marked.index(CLOSE) - 1
        text = marked.replace(OPEN, "").replace(CLOSE, "")
        places.append((Span(done, done + len(text)), Span(done + start, done + end)))
        parts.append(f"{text}\n\nNext.\n\n")
        done += len(parts[-1])
    return "".join(parts), places


def plain_findings(
    faults: Sequence[Fault], grammar: Grammar
) -> tuple[list[Fault], Usual]:
    """The faults that a plain sentence yields just so, and all that each sentence yields."""
    known: list[Fault] = []
    usual: Usual = {}
    for some in in_files(faults):
        text, places = write_file(some, around("@"))
        findings = find_in(text, grammar)
        for fault, (whole, words) in zip(some, places, strict=True):
            there = [f for f in findings if f.span.overlaps(whole)]
            usual[fault.sentence] = Counter(f.rule for f in there)
            if any(f.rule == fault.rule and f.span == words for f in there):
                known.append(fault)
    return known, usual


def in_files(faults: Sequence[Fault]) -> Iterator[Sequence[Fault]]:
    """``faults`` in lots that go into one file."""
    for start in range(0, len(faults), IN_A_FILE):
        yield faults[start : start + IN_A_FILE]


def try_construct(
    name: str, faults: Sequence[Fault], usual: Usual, grammar: Grammar
) -> Tally:
    """Wrap all ``faults`` in one construct and see what is found."""
    tally = Tally()
    kind = KINDS.get(name, "paragraph")
    for some in in_files(faults):
        text, places = write_file(some, CONSTRUCTS[name])
        findings = find_in(text, grammar)
        for fault, place in zip(some, places, strict=True):
            _judge(tally, fault, place, findings, text, kind, usual[fault.sentence])
    return tally


KINDS = {
    **dict.fromkeys(["heading", "heading underlined"], "heading"),
    **dict.fromkeys(
        [
            "list item",
            "ordered item",
            "nested item",
            "item after a colon",
            "list in a quotation",
            "lazy line of an item",
        ],
        "item",
    ),
    **dict.fromkeys(["cell", "heading of a column"], "cell"),
    "admonition's title": "title",
    "definition": "definition",
    "term": "term",
    "raw HTML": "text",
}
"""What the block is that holds the sentence, where that is no paragraph."""


def _judge(
    tally: Tally,
    fault: Fault,
    place: tuple[Span, Span],
    findings: Sequence[Finding],
    text: str,
    kind: str,
    usual: Counter[str],
) -> None:
    whole, words = place
    there = [f for f in findings if f.span.overlaps(whole)]
    excess = Counter(f.rule for f in there) - usual
    tally.alarms += [(f.rule, f.span.of(text), whole.of(text)) for f in there if f.rule in excess]
    if is_off(fault.rule, kind):
        tally.off += 1
        return
    tally.asked += 1
    if any(f.rule == fault.rule and f.span == words for f in there):
        tally.found += 1
    else:
        tally.missed.append((fault, whole.of(text)))


def choose(faults: Sequence[Fault], count: int, seed: int) -> list[Fault]:
    """Those that need no escaping, ``count`` of them by chance; all for 0."""
    plain = [f for f in faults if not SPECIAL.search(f.sentence) and f.words.strip() == f.words]
    if not count or count >= len(plain):
        return plain
    return sorted(random.Random(seed).sample(plain, count), key=plain.index)


def report(tallies: dict[str, Tally], show: int) -> str:
    """A table, and the first of what went wrong."""
    lines = ["| construct | faults | found | off here | false alarms |", "|---|---|---|---|---|"]
    for name, tally in tallies.items():
        lines.append(
            f"| {name} | {tally.asked} | {tally.found} | {tally.off} | {len(tally.alarms)} |"
        )
    asked = sum(tally.asked for tally in tallies.values())
    found = sum(tally.found for tally in tallies.values())
    alarms = sum(len(tally.alarms) for tally in tallies.values())
    lines.append(f"| all | {asked} | {found} = {found / max(asked, 1):.4%} | | {alarms} |\n")
    for name, tally in tallies.items():
        lines += [f"missed in {name}: {f.rule}: {text!r}" for f, text in tally.missed[:show]]
        lines += [f"false alarm in {name}: {alarm}" for alarm in tally.alarms[:show]]
    return "\n".join(lines)


def main() -> None:
    """Measure and print; exit code 1 when the goals are missed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--sentences", type=int, default=400, help="how many; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=3, help="failures to show of each construct")
    parser.add_argument("--only", choices=CONSTRUCTS, help="one construct")
    asked = parser.parse_args()
    grammar = Grammar()
    every = read_faults(english_jar())
    known, usual = plain_findings(choose(every, asked.sentences, asked.seed), grammar)
    print(f"{len(every)} examples; {len(known)} yield their fault when plain.\n", flush=True)
    names = [asked.only] if asked.only else list(CONSTRUCTS)
    tallies = {name: try_construct(name, known, usual, grammar) for name in names}
    print(report(tallies, asked.show))
    asked_ = sum(tally.asked for tally in tallies.values())
    missed = sum(len(tally.missed) for tally in tallies.values())
    alarms = sum(len(tally.alarms) for tally in tallies.values())
    sys.exit(missed > 0.002 * asked_ or alarms > 0)


if __name__ == "__main__":
    main()
