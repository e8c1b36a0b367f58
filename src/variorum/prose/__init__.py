"""One map between Markdown and the words that a reader sees, exact in both directions.

The map is read off the renderer itself: Python-Markdown parses the text, and every piece of text
in its tree is led back to the file (`source`, `restore` for blocks, `inline` for what is inside a
line). What a page shows and what a checker or an anchor sees can therefore not differ.
"""

from variorum.prose.blocks import Block, Link, Mask
from variorum.prose.dialect import make_markdown
from variorum.prose.reading import Prose, read_prose

__all__ = ["Block", "Link", "Mask", "Prose", "make_markdown", "read_prose"]
