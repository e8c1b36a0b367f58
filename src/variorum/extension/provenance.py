"""The extension that a site lists: it brings the dialect and keeps its attributes valid HTML."""

from __future__ import annotations

import re
import xml.etree.ElementTree as etree
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from variorum.extension.safety import sanitise_page
from variorum.prose.dialect import EXTENSIONS, load_extensions
from variorum.prose.paragraphs import hasten

_SIDE = re.compile(r"text-align:\s*(left|center|right)")


class _Attributes(Treeprocessor):
    """Turns ``from``, which HTML does not know, into ``data-from``, and the one style that the
    dialect writes, the side to which a column of a table is set, into a class."""

    def run(self, root: etree.Element) -> None:
        for element in root.iter():
            if (sources := element.attrib.pop("from", None)) is not None:
                element.set("data-from", sources)
            if side := _SIDE.search(element.attrib.get("style", "")):
                element.set("class", f"{element.get('class', '')} vr-{side[1]}".strip())


class _Safety(Postprocessor):
    """Runs last of all, when raw HTML is back in its place."""

    def run(self, text: str) -> str:
        return sanitise_page(text)


class VariorumExtension(Extension):
    """``markdown_extensions: [variorum]``: every extension of the dialect, in one."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register the dialect's extensions, and our own after them."""
        md.registerExtensions(load_extensions(EXTENSIONS), {})
        hasten(md)
        md.treeprocessors.register(_Attributes(md), "variorum_attributes", 6)
        md.postprocessors.register(_Safety(md), "variorum_safety", -100)
        md.registerExtension(self)


def makeExtension(**settings: Any) -> VariorumExtension:
    """What Python-Markdown calls."""
    return VariorumExtension(**settings)
