"""How a note keeps its place: selectors in, anchors out."""

from variorum.annotations.anchoring import Anchor, Candidate, Status, anchor_all
from variorum.annotations.folded import FoldedText

__all__ = ["Anchor", "Candidate", "FoldedText", "Status", "anchor_all"]
