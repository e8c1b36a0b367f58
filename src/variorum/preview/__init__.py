"""What a change does to a publication, as a value, and as a page, Markdown and JSON."""

from variorum.preview.as_json import write_json
from variorum.preview.as_markdown import write_markdown
from variorum.preview.as_page import write_banner, write_changes, write_front
from variorum.preview.comparing import compare_notes, compare_origins, find_renamed, locate
from variorum.preview.telling import describe_findings, describe_state, sum_up
from variorum.preview.values import (
    EssayChange,
    Found,
    NoteChange,
    OriginChange,
    PageChange,
    Preview,
)

__all__ = [
    "EssayChange", "Found", "NoteChange", "OriginChange", "PageChange", "Preview", "compare_notes",
    "compare_origins", "describe_findings", "describe_state", "find_renamed", "locate", "sum_up",
    "write_banner", "write_changes", "write_front", "write_json", "write_markdown",
]
