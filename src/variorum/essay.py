"""What an edition consists of, as values: front matter, notes, references, ledger, readings.

Words are the field's own: W3C Web Annotation for selectors, CSL-JSON for references, and
lemma, reading and witness as in textual criticism. The JSON Schemas are made from these.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=64)]
"""Stable, short, safe in an address: lower-case letters, digits and hyphens."""
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in hexadecimal."""
ESSAY, NOTES, LEDGER = "index.md", "notes.yml", "source.yml"
"""The files of an edition."""
EDITION = "edition"
"""What ``from`` says of a paragraph that is the editors' own."""
Allowed = dict[Text, Text]
"""Rule whose findings are let pass → why."""
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
_RIGHT_TO_LEFT = frozenset({
    "ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi",
})
"""Languages written from right to left, unless their tag names another script."""
_SCRIPTS = frozenset({"Adlm", "Arab", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"})
Issued = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")]


def is_right_to_left(language: str) -> bool:
    """Whether text of ``language``, a tag such as ``he`` or ``uz-Arab``, runs that way."""
    primary, *rest = language.split("-")
    script = next((part for part in rest if len(part) == 4 and part.isalpha()), "")
    return script.title() in _SCRIPTS if script else primary in _RIGHT_TO_LEFT


class Model(BaseModel):
    """A strict value: unknown keys are errors, nothing changes after it is made."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, populate_by_name=True, defer_build=True
    )


class Name(Model):
    """A person, or an organisation as ``literal``."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": ["family"]}, {"required": ["literal"]}]}
    )

    family: str | None = None
    given: str | None = None
    literal: str | None = None

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if not (self.family or self.literal):
            raise ValueError("A name needs `family`, or `literal` for an organisation")
        return self


class Reference(Model):
    """A work that can be looked up, in CSL-JSON fields (citeproc variable names)."""

    type: Literal[
        "article-journal", "article-magazine", "article-newspaper", "book", "chapter",
        "paper-conference", "report", "webpage", "entry-encyclopedia", "entry-dictionary",
        "legislation", "thesis", "patent", "standard",
    ]
    title: Text
    author: tuple[Name, ...] = ()
    editor: tuple[Name, ...] = ()
    issued: Issued | int | date
    """A year, or a date as YYYY-MM or YYYY-MM-DD."""
    container_title: str | None = Field(None, alias="container-title")
    publisher: str | None = None
    publisher_place: str | None = Field(None, alias="publisher-place")
    edition: str | int | None = None
    volume: str | int | None = None
    issue: str | int | None = None
    page: str | int | None = None
    number: str | int | None = None
    genre: str | None = None
    DOI: str | None = None
    ISBN: str | None = None
    ISSN: str | None = None
    URL: str | None = None
    accessed: date | None = None


class Essay(Model):
    """Front matter of ``index.md``; the last keys are MkDocs' and Material's own."""

    title: Text
    subtitle: str | None = None
    description: Text
    """One or two sentences for search results and feeds."""
    authors: tuple[Text, ...] = Field(min_length=1)
    """Who wrote the words of this edition."""
    date: date
    """First publication of the edition."""
    language: Language = "en-US"
    """BCP 47 tag; LanguageTool's language."""
    retells: Reference | None = None
    """The work that the essay retells, when it does."""
    formerly: tuple[Identifier, ...] = ()
    """Names that the essay's folder had once; their addresses lead here."""
    allow: Allowed = {}
    """Rules whose findings in this file are let pass, each with the reason."""
    template: str | None = None
    hide: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    icon: str | None = None
    status: str | None = None
    search: dict[str, bool | float] = {}


class Kind(StrEnum):
    """What a note is for."""

    GLOSS = "gloss"
    CONTEXT = "context"
    SOURCE = "source"
    READING = "reading"
    QUESTION = "question"


class Selector(Model):
    """W3C TextQuoteSelector over what a reader sees.

    Without ``exact`` the note is about the whole ``paragraph``; ``{}`` is the whole essay.
    """

    exact: Text | None = None
    """The words, quoted as a reader sees them."""
    prefix: str = ""
    """What stands before them, when they stand more than once."""
    suffix: str = ""
    """What stands after them."""
    paragraph: Identifier | None = None
    """The id of the paragraph that they are in: a hint, or all that the note is about."""

    @model_validator(mode="after")
    def _quotes_something(self) -> Self:
        if self.exact is None and (self.prefix or self.suffix):
            raise ValueError("A `prefix` or `suffix` needs `exact`, the words between them")
        return self


class Note(Model):
    """An annotation for readers, anchored to a quotation of the rewrite."""

    id: Identifier
    kind: Kind
    selector: Selector
    body: Text
    """Markdown."""
    author: Text
    date: date
    references: tuple[Identifier, ...] = ()
    allow: Allowed = {}
    """Rules whose findings in this note are let pass, each with the reason."""


class Notes(Model):
    """``notes.yml``."""

    allow: Allowed = {}
    """Rules whose findings in this file are let pass, each with the reason."""

    references: dict[Identifier, Reference] = {}
    notes: tuple[Note, ...] = ()


class Confidence(StrEnum):
    """How sure an editor is of a reading."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Rights(Model):
    """What may be done with the source's own words."""

    status: Literal["in-copyright", "public-domain", "licensed", "unknown"]
    statement: Text
    store: bool = False
    """Whether the source's text may stand in the repository and on the site."""
    fragment_words: int = Field(6, ge=0)
    """The longest run of source words that a reading or a note may quote."""


class Witness(Model):
    """One copy of the source."""

    id: Identifier
    description: Text
    obtained: str | None = None
    without: tuple[Text, ...] = ()
    """Mechanical mends that were refused when it was imported."""
    sha256: Digest
    """Of the copy's normalised paragraphs, joined by blank lines."""


class SourceParagraph(Model):
    """One paragraph of the source, known only by its digest and length."""

    id: Identifier
    sha256: Digest
    words: int = Field(gt=0)
    omitted: str | None = None
    """Why the rewrite does not answer to it, when it does not."""


class Verdict(StrEnum):
    """What another witness says of a reading."""

    CONFIRMS = "confirms"
    """It has the reading's words."""
    REFUTES = "refutes"
    """It has the damaged words, which so are none."""


class Reading(Model):
    """What the editor takes a damaged source phrase to mean."""

    id: Identifier
    paragraph: Identifier
    source: Text
    """The damaged words, quoted."""
    reading: Text
    """What we take them to mean."""
    confidence: Confidence
    evidence: Text
    editor: Text
    date: date
    witnesses: dict[Identifier, Verdict] = {}
    """What other witnesses say of it, by their ids."""


class Ledger(Model):
    """``source.yml``."""

    allow: Allowed = {}
    """Rules whose findings in this file are let pass, each with the reason."""

    work: Reference
    """What the source is a copy of."""
    rights: Rights
    witnesses: tuple[Witness, ...] = Field(min_length=1)
    paragraphs: tuple[SourceParagraph, ...] = Field(min_length=1)
    readings: tuple[Reading, ...] = ()
