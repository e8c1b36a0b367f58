"""What a check says beside the lines of a change, on its way to who may say it there.

The check of a change runs without rights and writes this as JSON; a run that has rights reads it.
In between a stranger may have written it, so it is read with a limit for everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from variorum.errors import InputError

LARGEST = 4_000_000
"""Code points of a review that are read."""
MOST = 300
"""Remarks in a review."""
LONGEST = 10_000
"""Code points that are written instead of some lines."""

_Line = Annotated[str, Field(max_length=1_000)]
_Number = Annotated[int, Field(ge=0, le=10_000_000)]


@dataclass(frozen=True)
class Changed:
    """A file of a change."""

    path: str
    """As the repository names it."""
    lines: Sequence[range]
    """The 1-based lines that are new or changed, each range a stretch of them."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Said(_Strict):
    """One finding."""

    message: _Line
    """What is wrong, and the way out."""
    rule: Annotated[str, Field(max_length=200)]


class Remark(_Strict):
    """What there is to say about some lines that stand together."""

    key: Annotated[str, Field(pattern=r"^[0-9a-f]{16}$")]
    """The same as long as it is about the same words, wherever the lines go."""
    path: Annotated[str, Field(min_length=1, max_length=4_096)]
    first: Annotated[int, Field(ge=1, le=1_000_000)]
    last: Annotated[int, Field(ge=1, le=1_000_000)]
    said: Annotated[list[Said], Field(min_length=1, max_length=100)]
    instead: Annotated[str, Field(max_length=LONGEST)] | None = None
    """What to write instead of these lines, where that is known."""

    @model_validator(mode="after")
    def _make_sense(self) -> Remark:
        parts = self.path.split("/")
        if not {"", ".", ".."}.isdisjoint(parts) or not self.path.isprintable():
            raise ValueError("not the path of a file in the repository")
        if self.last < self.first:
            raise ValueError("the last line is before the first")
        return self


class Review(_Strict):
    """All that a check says about a change."""

    remarks: Annotated[list[Remark], Field(max_length=MOST)]
    more: _Number = 0
    """Findings on changed lines that are too many to be among the remarks."""
    elsewhere: _Number = 0
    """Findings on lines that the change leaves alone."""


def read_review(text: str) -> Review:
    """The review that ``text`` holds, JSON; raises ``InputError`` when it holds none."""
    if len(text) > LARGEST:
        raise InputError("the review is too large to be one", hint=_AGAIN)
    try:
        return Review.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"])) or "the whole"
        raise InputError(f"not a review: {where}: {first['msg']}", hint=_AGAIN) from None


_AGAIN = "variorum check --base REF --review FILE writes one"
