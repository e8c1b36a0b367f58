"""What the YAML parser's complaints mean to the person who wrote the file."""

from __future__ import annotations

from collections.abc import Mapping

import yaml

_INDENTATION = "indent entries of one list or mapping alike, with spaces"
_QUOTES = "put the whole value in quotation marks"
_TAB = ("a tab stands where YAML wants spaces", "indent with spaces")
_HINTS: Mapping[str, tuple[str, str]] = {
    "mapping values are not allowed in this context": (
        "a colon stands where no key can be",
        f"if the colon belongs to the text, {_QUOTES}; else mend the indentation",
    ),
    "did not find expected key": (
        "this line fits neither the entry before it nor a new one",
        f"{_INDENTATION}; close each quotation",
    ),
    "did not find expected '-' indicator": (
        "this line is no entry of the list that it stands in",
        _INDENTATION,
    ),
    "could not find expected ':'": ("a key without a colon", "write it as `key: value`"),
    "found unexpected end of stream": (
        "a quotation mark is opened here and never closed",
        "close it with the same mark; inside '…' write '' for an apostrophe",
    ),
    "did not find expected ',' or ']'": ("a [ is never closed", "close the list with ]"),
    "did not find expected ',' or '}'": ("a { is never closed", "close the mapping with }"),
    "found unknown escape character": (
        'a backslash that means nothing in "…"',
        "write \\\\ for a backslash, or use '…'",
    ),
    "block sequence entries are not allowed in this context": (
        "a list begins on the line of its key",
        "begin each - on a line of its own",
    ),
    "found a tab character that violates indentation": _TAB,
    "found a tab character where an indentation space is expected": _TAB,
    "did not find expected <document start>": (
        "this line stands outside of the list or mapping that the file is",
        _INDENTATION,
    ),
    "did not find expected node content": ("a value is missing here", _QUOTES),
    "did not find expected comment or line break": (
        "text stands on the line of | or >",
        "begin the text on the next line, indented",
    ),
}


class Complaint(Exception):
    """Something is wrong at ``offset``, in code points of the text that was read."""

    def __init__(self, cause: str, offset: int, hint: str) -> None:
        super().__init__(cause)
        self.cause = cause
        self.offset = offset
        self.hint = hint


def explain(error: yaml.YAMLError, text: str) -> Complaint:
    """The complaint that an editor can act upon."""
    if isinstance(error, yaml.reader.ReaderError):
        offset = len(text.encode()[: error.position].decode())
        return Complaint(
            f"a character that YAML does not allow (U+{error.character:04X})",
            offset,
            "delete it",
        )
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Complaint(f"not valid YAML: {error}", 0, "")
    problem = str(error.problem)
    mark = error.problem_mark
    if "start any token" in problem:
        return _bad_start(text, mark.index)
    # What is never closed is mended where it was opened, not where the file ends.
    unclosed = "end of stream" in problem or "expected ','" in problem or "expected ':'" in problem
    if unclosed and error.context_mark:
        mark = error.context_mark
    cause, hint = _HINTS.get(problem, (f"not valid YAML: {problem}", _INDENTATION))
    return Complaint(cause, mark.index, hint)


def _bad_start(text: str, offset: int) -> Complaint:
    if text[offset] == "\t":
        return Complaint(_TAB[0], offset, _TAB[1])
    return Complaint(
        f"a value cannot begin with {text[offset]}", offset, f"if it belongs to the text, {_QUOTES}"
    )
