"""The Python-Markdown side: one extension for the whole dialect, and the notes on a page."""

from variorum.extension.bodies import render_body
from variorum.extension.marking import AnnotatedPage, PageNote, PlacedNote, annotate
from variorum.extension.provenance import VariorumExtension, makeExtension

__all__ = [
    "AnnotatedPage", "PageNote", "PlacedNote", "VariorumExtension", "annotate",
    "makeExtension", "render_body",
]
