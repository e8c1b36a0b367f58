"""The only room that reads and writes the files of editions."""

from variorum.editions.amending import (
    NOTES_HEAD,
    add_references,
    as_note,
    insert,
    retire,
    selector_of,
)
from variorum.editions.committed import Committed, read_histories
from variorum.editions.creating import create_folder, place_edition
from variorum.editions.documents import Document, read_yaml
from variorum.editions.files import Decoded, create_text, read_text, replace_text, write_whole
from variorum.editions.finding import edition_of, find_editions, read_all
from variorum.editions.forms import nearest
from variorum.editions.history import read_versions
from variorum.editions.options import parse_options, place_of_option
from variorum.editions.reading import WORDS, read_edition, read_list, read_page
from variorum.editions.refusing import refuse_to_publish
from variorum.editions.schemas import make_schemas, write_schemas
from variorum.editions.settings import (
    docs_of,
    find_project,
    find_root,
    is_private,
    list_files,
    read_settings,
    read_site_name,
    read_site_url,
)
from variorum.editions.words import learn_word, read_words

__all__ = [
    "NOTES_HEAD",
    "WORDS",
    "Committed",
    "Decoded",
    "Document",
    "add_references",
    "as_note",
    "create_folder",
    "create_text",
    "docs_of",
    "edition_of",
    "find_editions",
    "find_project",
    "find_root",
    "insert",
    "is_private",
    "learn_word",
    "list_files",
    "make_schemas",
    "nearest",
    "parse_options",
    "place_edition",
    "place_of_option",
    "read_all",
    "read_edition",
    "read_histories",
    "read_list",
    "read_page",
    "read_settings",
    "read_site_name",
    "read_site_url",
    "read_text",
    "read_versions",
    "read_words",
    "read_yaml",
    "refuse_to_publish",
    "replace_text",
    "retire",
    "selector_of",
    "write_schemas",
    "write_whole",
]
