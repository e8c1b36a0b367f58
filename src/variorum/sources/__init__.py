"""The only room that reads copies of sources: plain text, Markdown, HTML and docx."""

from variorum.sources.reading import MOST_BYTES, read_bytes, read_file
from variorum.sources.received import Received

__all__ = ["MOST_BYTES", "Received", "read_bytes", "read_file"]
