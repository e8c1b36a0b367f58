"""The Python-Markdown side: one extension for the whole dialect, and the notes on a page."""

from variorum.extension.bodies import render_body
from variorum.extension.marking import AnnotatedPage, PageNote, PlacedNote, annotate
from variorum.extension.presenting import (
    KINDS,
    PresentedEssay,
    list_by_work,
    present_essay,
    present_page,
)
from variorum.extension.provenance import VariorumExtension, makeExtension

__all__ = [
    "KINDS", "AnnotatedPage", "PageNote", "PlacedNote", "PresentedEssay", "VariorumExtension",
    "annotate", "list_by_work", "makeExtension", "present_essay", "present_page",
    "render_body",
]
