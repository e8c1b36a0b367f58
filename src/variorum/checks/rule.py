"""What a rule is, and what it looks at: plain values, whatever disk or server they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from variorum.text import Finding, Span

if TYPE_CHECKING:
    from variorum.essay import Essay, Ledger, Notes
    from variorum.prose import Prose
    from variorum.repair import Dropped, Mend

Key = tuple[str | int, ...]
"""The way to a value in a YAML file: ``("notes", 0, "selector", "exact")``."""
Places = Mapping[Key, Span]
"""Where the value of each key stands in the file; ``()`` is the whole document."""
Example = str | Mapping[str, str]
"""Files laid over a small clean edition, by name; a plain text is the body of its essay."""


class Match(Protocol):
    """One thing that LanguageTool says about a text."""

    @property
    def rule(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def issue(self) -> str: ...
    @property
    def span(self) -> Span: ...
    @property
    def message(self) -> str: ...
    @property
    def replacements(self) -> tuple[str, ...]: ...
    @property
    def url(self) -> str: ...


class Grammar(Protocol):
    """Whoever checks grammar; raises ``EngineError`` when it cannot."""

    def check(
        self, texts: Sequence[str], language: str, picky: bool = False
    ) -> Sequence[Sequence[Match]]:
        """The matches in each text, spans in its code points."""
        ...


@dataclass(frozen=True)
class Settings:
    """What a publication decides for all of its editions."""

    words: frozenset[str] = frozenset()
    """Words that the spelling rules let pass, as written, apostrophes straight."""
    picky: bool = False
    """Whether LanguageTool's picky rules run too."""
    style: bool = True
    """Whether its rules of style and register run."""
    language: str = "en-US"
    """Of pages whose front matter names none."""
    disabled: Mapping[str, str] = field(default_factory=dict)
    """Rules that the publication switches off, each with its reason."""
    path: str = ""
    """The file in which the publication decides; empty when it does not."""


@dataclass(frozen=True)
class Page:
    """A Markdown file."""

    path: str
    """As findings name it, with forward slashes."""
    text: str = field(repr=False)
    """Decoded, without a byte-order mark, its line ends as they are."""
    essay: Essay | None = None
    """Its front matter; ``None`` when there is none or it is malformed."""
    places: Places = field(default_factory=dict, repr=False)
    """Where the front matter's values stand."""
    language: str | None = None
    """BCP 47 tag, when the front matter has one."""
    keys: Places = field(default_factory=dict, repr=False)
    """Where each key of the front matter stands, by the way to its value."""
    allow: Mapping[str, str] = field(default_factory=dict)
    """Rules that the front matter lets pass, each with the reason."""

    @cached_property
    def prose(self) -> Prose:
        """The words that a reader sees, and the way back to the file."""
        from variorum.prose import read_prose

        return read_prose(self.text, path=self.path)


@dataclass(frozen=True)
class NotesFile:
    """``notes.yml``, well-formed."""

    path: str
    text: str = field(repr=False)
    value: Notes
    places: Places = field(repr=False)
    keys: Places = field(default_factory=dict, repr=False)
    """Where each key itself stands, by the way to its value."""

    @cached_property
    def bodies(self) -> tuple[Prose, ...]:
        """What a reader sees of each note's body."""
        from variorum.prose import make_markdown, read_prose

        md = make_markdown()  # which takes longer than most notes
        return tuple(read_prose(note.body, md, self.path) for note in self.value.notes)


@dataclass(frozen=True)
class LedgerFile:
    """``source.yml``, well-formed."""

    path: str
    text: str = field(repr=False)
    value: Ledger
    places: Places = field(repr=False)
    keys: Places = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class WordsFile:
    """A word list: one word a line; what follows ``#`` is a comment."""

    path: str
    text: str = field(repr=False)


@dataclass(frozen=True)
class SourceText:
    """The source itself, which only who runs the check may have."""

    path: str
    paragraphs: tuple[str, ...] = field(repr=False)
    """Normalised, see ``variorum.cleaning``."""
    mends: tuple[tuple[Mend, ...], ...] = field(default=(), repr=False)
    """What importing mended in each paragraph; empty when the copy is taken as it stands."""
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    """What importing left out."""


@dataclass(frozen=True)
class Subject:
    """All that rules look at: one page, with the rest of its edition when it belongs to one."""

    page: Page
    slug: str | None = None
    """The edition's folder name; ``None`` for a page that belongs to no edition."""
    notes: NotesFile | None = None
    """``None`` when there is no such file or it is malformed; so with ``ledger``."""
    ledger: LedgerFile | None = None
    malformed: tuple[Finding, ...] = ()
    """What keeps files from fitting their schemas, found on reading."""
    files: frozenset[str] = frozenset()
    """Names of the edition's YAML files that exist, malformed ones too."""
    copies: tuple[str, ...] = ()
    """Names of the copies of the source that stand in the edition's folder."""
    words: WordsFile | None = None
    """The edition's own word list."""
    location: str = "index.md"
    """The page's path in the site's folder of documents, with forward slashes."""
    targets: frozenset[str] | None = None
    """Paths of all files in that folder; ``None`` when nobody looked."""
    source: SourceText | None = None
    grammar: Grammar | None = field(default=None, repr=False)
    settings: Settings = Settings()


def apparatus(subject: Subject) -> Iterator[tuple[LedgerFile | NotesFile, Key, str]]:
    """The words about the text: file, key and text of note bodies, readings and evidence."""
    if notes := subject.notes:
        yield from ((notes, ("notes", index, "body"), note.body)
                    for index, note in enumerate(notes.value.notes))
    if ledger := subject.ledger:
        for index, reading in enumerate(ledger.value.readings):
            yield ledger, ("readings", index, "reading"), reading.reading
            yield ledger, ("readings", index, "evidence"), reading.evidence


@dataclass(frozen=True)
class Suppression:
    """Somebody's word that the findings of a rule are to be let pass in a place."""

    rule: str
    path: str
    at: Span
    """Where the suppression itself stands in the file."""
    scope: Span | None = None
    """The part of the file that it is about; ``None`` for the whole file."""
    words: str | None = None
    """The only words that it is about."""


@dataclass(frozen=True)
class Review:
    """What became of the findings in a subject, for the rules that judge suppressions."""

    subject: Subject
    ids: frozenset[str]
    """All rules of ours that were asked."""
    suppressions: tuple[Suppression, ...]
    used: frozenset[Suppression]
    kept: tuple[Finding, ...] = ()
    """What nobody let pass."""
    disabled: frozenset[str] = frozenset()
    """Rules switched off by the publication that would have found something."""


@dataclass(frozen=True)
class Rule:
    """One thing that a check asks of an edition."""

    id: str
    """``family.name``, as findings carry it."""
    summary: str
    """What it asks, one line, in an editor's words."""
    authority: str
    """Where it comes from: the design, a standard, a style manual."""
    check: Callable[[Subject], Iterable[Finding]] = lambda subject: ()
    failing: tuple[Example, ...] = ()
    """Editions in which this rule alone finds something."""
    passing: tuple[Example, ...] = ()
    """Editions in which it finds nothing, though one might think so."""
    bars: bool = False
    """Whether nothing may be published as long as it finds something."""
    review: Callable[[Review], Iterable[Finding]] = lambda review: ()
    """What it finds once all others have looked; nothing suppresses these findings."""
