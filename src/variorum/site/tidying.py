"""Mends what a theme's own frame leaves invalid, where no template can reach it."""

from __future__ import annotations

import re

_SWITCH = re.compile(r'(<input class="md-toggle"[^>]*?) autocomplete="off"')


def tidy(page: str) -> str:
    """``page`` without ``autocomplete`` on Material's switches: HTML knows none on a checkbox."""
    return _SWITCH.sub(r"\1", page)
