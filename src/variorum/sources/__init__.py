"""The only room that reads copies of sources: plain text, Markdown, HTML and docx."""

from variorum.sources.copies import read_copy, read_plain, read_stored
from variorum.sources.reading import MOST_BYTES, read_bytes, read_file
from variorum.sources.received import Received

__all__ = ["MOST_BYTES", "Received", "read_bytes", "read_copy", "read_file", "read_plain",
           "read_stored"]
