"""Notes in other people's formats: W3C Web Annotation and Hypothesis. Values in, JSON out."""

from variorum.exchange.hypothesis import read_hypothesis, write_hypothesis
from variorum.exchange.placing import Placed, Unplaced, place
from variorum.exchange.publishing import PublishedNotes, publish_all, publish_notes
from variorum.exchange.shared import Incoming, Outgoing, Publication, outgoing, sanitise_markdown
from variorum.exchange.webannotation import (
    PROFILE,
    collect,
    read_web_annotations,
    write_web_annotation,
)

__all__ = [
    "PROFILE", "Incoming", "Outgoing", "Placed", "Publication", "PublishedNotes", "Unplaced",
    "collect", "outgoing", "place", "publish_all", "publish_notes", "read_hypothesis",
    "read_web_annotations", "sanitise_markdown", "write_hypothesis", "write_web_annotation",
]
