"""The extension that a site lists: it brings the dialect and keeps its attributes valid HTML."""

from __future__ import annotations

import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from variorum.prose import EXTENSIONS


class _Attributes(Treeprocessor):
    """Turns ``from``, which HTML does not know, into ``data-from``; drops what could run."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if (sources := element.attrib.pop("from", None)) is not None:
                element.set("data-from", sources)
            for name in [name for name in element.attrib if name.lower().startswith("on")]:
                del element.attrib[name]


class VariorumExtension(Extension):
    """``markdown_extensions: [variorum]``: every extension of the dialect, in one."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the dialect's extensions, and our own after them."""
        md.registerExtensions(list(EXTENSIONS), EXTENSIONS)
        md.treeprocessors.register(_Attributes(md), "variorum_attributes", 6)
        md.registerExtension(self)


def makeExtension(**settings: Any) -> VariorumExtension:
    """What Python-Markdown calls."""
    return VariorumExtension(**settings)
