"""The signs without which an inline pattern of Python-Markdown cannot find anything."""

from __future__ import annotations

from markdown.inlinepatterns import Pattern

HARD_BREAK = "  \n"
_SIGNS = {
    "backtick": "`", "escape": "\\", "reference": "[", "link": "[", "image_link": "![",
    "image_reference": "![", "short_reference": "[", "short_image_ref": "![", "autolink": "<",
    "automail": "<", "linebreak": HARD_BREAK, "html": "<", "entity": "&", "footnote": "[^",
}
"""By the name of the pattern in the dialect."""


def signs_of(name: str, pattern: Pattern) -> tuple[str, ...] | None:
    """Strings of which one must be in a text; ``None`` when nobody knows any."""
    if name in _SIGNS:
        return (_SIGNS[name],)
    if name == "arithmatex-inline":
        return ("$", "\\(")
    tokens = getattr(pattern, "tokens", None)
    return tuple(tokens) if tokens is not None and set(tokens) <= {"*", "_"} else None


def has_one(text: str, signs: tuple[str, ...]) -> bool:
    """Whether one of ``signs`` is in ``text``."""
    for sign in signs:  # noqa: SIM110  # any() takes four times as long
        if sign in text:
            return True
    return False
