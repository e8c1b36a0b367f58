"""How a note keeps its place: selectors in, anchors out; passages in, selectors out."""

from variorum.annotations.anchor import Anchor, Candidate, Status, TextQuote, Version
from variorum.annotations.anchoring import SHORT, anchor_all, anchor_through
from variorum.annotations.describing import Description, describe, paragraph_at, sentence_around
from variorum.annotations.folded import FoldedText, clean, fold

__all__ = [
    "SHORT", "Anchor", "Candidate", "Description", "FoldedText", "Status", "TextQuote", "Version",
    "anchor_all", "anchor_through", "clean", "describe", "fold", "paragraph_at", "sentence_around",
]
