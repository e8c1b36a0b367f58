"""How a note keeps its place: selectors in, anchors out."""

from variorum.annotations.anchor import Anchor, Candidate, Status, TextQuote, Version
from variorum.annotations.anchoring import LONG, SHORT, anchor_all
from variorum.annotations.folded import FoldedText, fold, fold_quotation

__all__ = [
    "LONG", "SHORT", "Anchor", "Candidate", "FoldedText", "Status", "TextQuote", "Version",
    "anchor_all", "fold", "fold_quotation",
]
