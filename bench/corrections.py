"""LanguageTool's own examples of faults, read from the installed engine; none is kept here."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as etree
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from variorum.languagetool import user_folders
from variorum.languagetool.install import engine_in

RULES = ("grammar.xml", "en-US/grammar.xml", "style.xml", "en-US/style.xml")


@dataclass(frozen=True)
class Correction:
    """A wrong sentence in three pieces, and what its author wrote for the middle one."""

    rule: str
    before: str
    words: str
    after: str
    correction: str


def english_jar() -> Path:
    """The jar of the installed engine that holds the English rules."""
    engine = engine_in(user_folders())
    if not engine.is_complete():
        sys.exit("LanguageTool is not installed: run `variorum engine install`")
    [jar] = engine.jars.glob("language-en-*.jar")
    return jar


def read_corrections(jar: Path) -> list[Correction]:
    """The examples of wrong sentences in the rules that ``jar`` holds, each once."""
    found: dict[Correction, None] = {}
    with zipfile.ZipFile(jar) as archive:
        for name in RULES:
            root = etree.fromstring(archive.read(f"org/languagetool/rules/en/{name}"))
            found.update(dict.fromkeys(_read(root, "")))
    return list(found)


def _read(element: etree.Element, rule: str) -> Iterator[Correction]:
    rule = rule if element.tag == "rule" and rule else element.get("id", rule)
    for child in element:
        marker = child.find("marker")
        if child.tag == "example" and "correction" in child.attrib and marker is not None:
            words = "".join(marker.itertext())
            after = marker.tail or ""
            yield Correction(rule, child.text or "", words, after, child.attrib["correction"])
        elif child.tag in ("category", "rulegroup", "rule"):
            yield from _read(child, "" if child.tag == "category" else rule)
