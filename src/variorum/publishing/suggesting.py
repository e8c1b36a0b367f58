"""Saying beside the lines of a pull request what a check of it found, and taking it back.

A comment that is still true is left alone, so nobody hears twice of it; one that is not is taken
away, or, where people have answered, says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from variorum.publishing.pulls import BOT, GitHub, Head
from variorum.publishing.wording import MARK, key_of, say, say_mended, summarise
from variorum.reviews import Remark, Review

ROOM = 20
"""Remarks beside the lines of one change; GitHub and readers tire of more."""


@dataclass(frozen=True)
class There:
    """A comment of ours that stands beside a line."""

    id: int
    key: str
    path: str
    lines: tuple[int, int] | None
    """The first and last line; ``None`` when a later push took the lines away."""
    text: str
    answered: bool


@dataclass(frozen=True)
class Plan:
    """What is to be done so that what is said is what is so."""

    add: tuple[Remark, ...]
    edit: tuple[tuple[int, str], ...]
    """Comments to be written anew, by their ids."""
    delete: tuple[int, ...]
    rest: tuple[Remark, ...]
    """Remarks for which there is no room."""


@dataclass(frozen=True)
class Done:
    """What was done about one pull request, in numbers of comments."""

    number: int
    added: int
    edited: int
    deleted: int
    rest: int


def plan(remarks: Iterable[Remark], there: Iterable[There], room: int = ROOM) -> Plan:
    """How to come from the comments that are ``there`` to ``remarks``."""
    there = [*there]
    posted = {comment.key for comment in there}
    # What is said already keeps its room, or a comment would go because another came before it.
    ranked = sorted({remark.key: remark for remark in remarks}.values(),
                    key=lambda remark: remark.key not in posted)
    wanted = {remark.key: remark for remark in ranked[:room]}
    edit: list[tuple[int, str]] = []
    delete: list[int] = []
    kept: set[str] = set()
    for comment in there:
        remark = wanted.get(comment.key)
        if remark and comment.key not in kept and (
            (comment.path, comment.lines) == (remark.path, (remark.first, remark.last))
        ):
            kept.add(comment.key)
            if comment.text != say(remark):
                edit.append((comment.id, say(remark)))
        elif comment.answered:
            edit.append((comment.id, say_mended()))
        else:
            delete.append(comment.id)
    add = tuple(remark for key, remark in wanted.items() if key not in kept)
    return Plan(add, tuple(edit), tuple(delete), tuple(ranked[room:]))


def suggest(review: Review, head: Head, github: GitHub) -> list[Done]:
    """Say what ``review`` holds at every pull request that stands at ``head`` now.

    GitHub says which ones these are. One that has moved on is left to the check of its newer
    commit. Raises ``VariorumError`` when GitHub does not answer.
    """
    return [_carry_out(review, number, head, github) for number in github.pulls_at(head)]


def _carry_out(review: Review, number: int, head: Head, github: GitHub) -> Done:
    there = _read_there(github.remarks(number))
    todo = plan(review.remarks, there)
    for comment in todo.delete:
        github.delete_remark(comment)
    for comment, text in todo.edit:
        github.edit_remark(comment, text)
    refused = _add(todo.add, number, head.commit, github)
    rest = [*refused, *todo.rest]
    added = len(todo.add) - len(refused)
    mended = sum(text == say_mended() for _, text in todo.edit)
    beside = len(there) - len(todo.delete) - mended + added
    github.comment(number, MARK, summarise(review, beside, rest),
                   only_again=not (rest or review.more))
    return Done(number, added, len(todo.edit), len(todo.delete), len(rest))


def _read_there(comments: Iterable[Any]) -> list[There]:
    comments = [*comments]
    answered = {comment.get("in_reply_to_id") for comment in comments}
    return [
        There(int(comment["id"]), key, comment["path"], _lines(comment), comment["body"],
              comment["id"] in answered)
        for comment in comments
        if (comment["user"] or {}).get("login") == BOT and (key := key_of(comment["body"]))
    ]


def _lines(comment: Mapping[str, Any]) -> tuple[int, int] | None:
    last = comment.get("line")
    return (int(comment.get("start_line") or last), int(last)) if last else None


def _add(remarks: Iterable[Remark], number: int, commit: str, github: GitHub) -> list[Remark]:
    """Say ``remarks``, in one review if GitHub takes them; those that it does not take."""
    remarks = [*remarks]
    lead = "What the check would write instead. Accept what you like, or mend it your way."
    if not remarks or github.add_remarks(number, commit, lead, [*map(_comment, remarks)]):
        return []
    if len(remarks) == 1:
        return remarks
    middle = len(remarks) // 2
    return [*_add(remarks[:middle], number, commit, github),
            *_add(remarks[middle:], number, commit, github)]


def _comment(remark: Remark) -> dict[str, Any]:
    value = {"path": remark.path, "line": remark.last, "side": "RIGHT", "body": say(remark)}
    if remark.first < remark.last:
        value |= {"start_line": remark.first, "start_side": "RIGHT"}
    return value
