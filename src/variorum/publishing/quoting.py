"""A summary that somebody else's build wrote, made fit to be shown under our name."""

from __future__ import annotations

import re

from variorum.plain import STOP

LONGEST = 20_000
"""Code points of a summary that are shown; GitHub takes 65,536 in a comment."""
_SIGN = re.compile(r"&#(64|35);")
"""``@`` and ``#`` as references, which GitHub reads before it looks for names and numbers."""
_LOOSE = re.compile(r"&(?!#(?:3[2-9]|[4-9]\d|1[01]\d|12[0-6]);)")
"""An ampersand that does not begin a reference to a sign of ASCII, which stays only a sign."""
_LINK = re.compile(r"(!?)\[([^\[\]]*)\]\(([^()\s]*)\)")


def quote_summary(text: str, address: str) -> str:
    """``text`` as Markdown that links to ``address`` and below only, calls nobody, hides nothing.

    HTML shows as it is written; a name after ``@``, a number after ``#`` and a bare address stay
    plain words; pictures and links elsewhere become their text.
    """
    kept = "".join(sign for sign in text if sign.isprintable() or sign in f"\n\t{STOP}")
    if len(kept) > LONGEST:
        kept = kept[:LONGEST].rpartition("\n")[0] + "\n\n…"
    parts: list[str] = []
    done = 0
    for match in _LINK.finditer(kept):
        parts += [_plain(kept[done : match.start()]), _link(match, address)]
        done = match.end()
    return "".join([*parts, _plain(kept[done:])])


def _link(match: re.Match[str], address: str) -> str:
    words, target = _plain(match[2]), match[3]
    # Whatever host the build thought it was for, it is shown here.
    place = "/".join(["", *address.rstrip("/").split("/")[-2:], ""])
    target = target.partition(place)[2] if place in target else target
    within = re.fullmatch(r"[\w./#%-]*", target) and ".." not in target and target[:1] != "/"
    return words if match[1] or not within else f"[{words}]({address}{target})"


def _plain(text: str) -> str:
    text = _SIGN.sub(lambda match: chr(int(match[1])), text)
    text = _LOOSE.sub("&amp;", text).replace("<", "&lt;")
    text = re.sub(r"\]\s*(?=[(\[:])", rf"]{STOP}", text)  # no link by reference, none left over
    text = re.sub(r"(@|(?<!&)#)(?=\w)|(GH-)(?=\d)", rf"\1\2{STOP}", text)
    return re.sub(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", STOP, text, flags=re.IGNORECASE)
