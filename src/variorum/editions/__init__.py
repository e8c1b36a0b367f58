"""The only room that reads and writes the files of editions."""

from variorum.editions.documents import Document, read_yaml
from variorum.editions.files import Decoded, create_text, read_text, replace_text
from variorum.editions.finding import edition_of, find_editions, read_all
from variorum.editions.forms import nearest
from variorum.editions.reading import read_edition, read_page, read_source

__all__ = [
    "Decoded",
    "Document",
    "create_text",
    "edition_of",
    "find_editions",
    "nearest",
    "read_all",
    "read_edition",
    "read_page",
    "read_source",
    "read_text",
    "read_yaml",
    "replace_text",
]
