"""Findings become suggestions on the changed lines: once, up to date, and gone when mended."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from github_server import BOT, FakeGitHub, serve_github

from variorum.editions.changes import read_diff
from variorum.errors import InputError
from variorum.publishing import GitHub, Head, suggest
from variorum.publishing.suggesting import ROOM, There, plan
from variorum.publishing.wording import MARK, key_of, say, summarise
from variorum.reporters import Report
from variorum.reporters.review import report_review
from variorum.reviews import Changed, Remark, Review, Said, read_review
from variorum.text import Edit, Finding, Span

PATH = "docs/essays/one/index.md"
HEAD = Head("them/essays", "mend", "a" * 40)


def finding(text: str, words: str, instead: str = "", rule: str = "x.y") -> Finding:
    start = text.index(words)
    return Finding(rule, PATH, Span(start, start + len(words)), f"“{words}” is wrong.",
                   hint="Mend it.", replacements=(instead,) if instead else ())


def review_of(text: str, *findings: Finding, lines: tuple[range, ...]) -> Review:
    report = Report(findings, {PATH: text})
    return read_review(report_review(report, {PATH: Changed(PATH, lines)}))


TEXT = "One teh two.\nThree is fnie and teh end.\nFour wrods.\nFive.\n"


def test_findings_of_one_line_are_one_suggestion_on_changed_lines_only() -> None:
    review = review_of(
        TEXT, finding(TEXT, "teh two", "the two"), finding(TEXT, "fnie", "fine"),
        finding(TEXT, "teh end", "the end"), finding(TEXT, "Four wrods", "Four words"),
        lines=(range(2, 3),),
    )
    (remark,) = review.remarks
    assert (remark.first, remark.last) == (2, 2)
    assert remark.instead == "Three is fine and the end."
    assert [said.message for said in remark.said] == [
        "“fnie” is wrong. Mend it.", "“teh end” is wrong. Mend it."]
    assert review.elsewhere == 2


def test_a_finding_over_several_lines_is_offered_where_all_of_them_changed() -> None:
    over = finding(TEXT, "end.\nFour wrods", "end.\nFour words")
    (remark,) = review_of(TEXT, over, lines=(range(2, 4),)).remarks
    assert (remark.first, remark.last) == (2, 3)
    assert remark.instead == "Three is fnie and teh end.\nFour words."
    (partly,) = review_of(TEXT, over, lines=(range(3, 4),)).remarks
    assert (partly.first, partly.last, partly.instead) == (3, 3, None)


def test_edits_that_meet_are_not_both_made() -> None:
    both = (finding(TEXT, "teh two", "the two"), finding(TEXT, "teh", "then"))
    (remark,) = review_of(TEXT, *both, lines=(range(1, 2),)).remarks
    assert remark.instead in ("One the two.", "One then two.")


def test_a_sure_fix_is_the_suggestion() -> None:
    sure = Finding("x.y", PATH, Span(4, 7), "Wrong.", fixes=(Edit(Span(4, 7), "the"),))
    assert review_of(TEXT, sure, lines=(range(1, 9),)).remarks[0].instead == "One the two."


def test_what_is_too_long_to_be_read_is_not_written() -> None:
    text = f"{'word ' * 4_000}teh end.\n"
    long = finding(text, "teh", "the")
    (remark,) = review_of(text, long, lines=(range(1, 2),)).remarks
    assert remark.instead is None
    wordy = Finding("r" * 999, PATH, Span(0, 3), "m" * 9_999)
    assert review_of(TEXT, *[wordy] * 400, lines=(range(1, 2),)).remarks[0].said


def test_the_key_stays_when_lines_move() -> None:
    moved = "New.\n\n" + TEXT
    (one,) = review_of(TEXT, finding(TEXT, "fnie", "fine"), lines=(range(1, 9),)).remarks
    (other,) = review_of(moved, finding(moved, "fnie", "fine"), lines=(range(1, 9),)).remarks
    assert one.key == other.key
    assert one.first != other.first


def test_lines_of_a_difference() -> None:
    assert read_diff(
        "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1,2 +1,3 @@\n--- y\n-b\n+++ b/other\n+a\n+b\n"
        "@@ -9 +11,0 @@\n-gone\n@@ -20,0 +21 @@\n+new\n\\ No newline at end of file\n"
        "diff --git a/y z b/y z\n--- a/y z\n+++ b/y z\t\n@@ -0,0 +1 @@\n+x\n"
    ) == {"x": [range(1, 4), range(21, 22)], "y z": [range(1, 2)]}


# ── through several pushes, at a GitHub of our own ───────────────────────────


@pytest.fixture
def github() -> Iterator[FakeGitHub]:
    with serve_github(FakeGitHub(lines={PATH: set(range(1, 100))})) as server:
        yield server


def push(server: FakeGitHub, review: Review) -> list[str]:
    """What is asked of GitHub after a push; the state is what the server holds."""
    server.calls.clear()
    suggest(review, HEAD, GitHub("us/essays", "token", server.address))
    return [call.partition("?")[0] for call in server.calls]


def test_suggestions_are_said_once_updated_and_gone_when_mended(github: FakeGitHub) -> None:
    whole = (range(1, 9),)
    first = [finding(TEXT, "teh two", "the two"), finding(TEXT, "fnie", "fine")]
    assert push(github, review_of(TEXT, *first, lines=whole)) == ["POST pulls/7/reviews"]
    bodies = [remark["body"] for remark in github.remarks]
    assert "```suggestion\nOne the two.\n```" in bodies[0]
    assert push(github, review_of(TEXT, *first, lines=whole)) == []  # nothing new, nothing said

    better = [first[0], finding(TEXT, "fnie", "fancy")]
    assert push(github, review_of(TEXT, *better, lines=whole)) == ["PATCH pulls/comments/2"]
    assert "fancy" in github.remarks[1]["body"]

    mended = TEXT.replace("teh two", "the two")
    rest = [finding(mended, "fnie", "fancy"), finding(mended, "wrods", "words")]
    assert push(github, review_of(mended, *rest, lines=whole)) == [
        "DELETE pulls/comments/1", "POST pulls/7/reviews"]
    assert [key_of(r["body"]) is not None for r in github.remarks] == [True, True]

    assert push(github, Review(remarks=[])) == [
        "DELETE pulls/comments/2", "DELETE pulls/comments/3"]
    assert github.remarks == github.comments == []


def test_a_comment_whose_lines_went_away_is_said_anew_and_an_answer_is_kept(
    github: FakeGitHub,
) -> None:
    review = review_of(TEXT, finding(TEXT, "fnie", "fine"), lines=(range(1, 9),))
    push(github, review)
    github.remarks[0]["line"] = None
    push(github, review)
    assert [remark["line"] for remark in github.remarks] == [2]
    answer = {"id": 90, "user": {"login": "ada"}, "body": "Why?", "path": PATH, "line": 2,
              "in_reply_to_id": github.remarks[0]["id"]}
    github.remarks.append(answer)
    push(github, Review(remarks=[]))
    assert [remark["body"] for remark in github.remarks] == [
        "This does not stand here any more.", "Why?"]


def test_others_comments_are_left_alone(github: FakeGitHub) -> None:
    mine = f"{say(_remark(1))}"
    github.remarks += [{"id": 50, "user": {"login": "ada"}, "body": mine, "path": PATH, "line": 1},
                       {"id": 51, "user": BOT, "body": "By another", "path": PATH, "line": 1},
                       {"id": 52, "user": None, "body": mine, "path": PATH, "line": 1}]
    assert push(github, Review(remarks=[])) == []


def test_what_has_no_room_is_in_the_summary(github: FakeGitHub) -> None:
    many = Review(remarks=[_remark(n) for n in range(1, ROOM + 4)], more=5, elsewhere=2)
    push(github, many)
    assert len(github.remarks) == ROOM
    (comment,) = github.comments
    assert comment["body"].startswith(MARK)
    assert "index.md, line 23" in comment["body"]
    assert "5 findings more" in comment["body"]
    # One is mended: another has its room, and the others keep theirs.
    kept = {remark["id"] for remark in github.remarks[1:]}
    push(github, Review(remarks=many.remarks[1:]))
    assert kept < {remark["id"] for remark in github.remarks}
    push(github, Review(remarks=[]))
    assert "Nothing is left" in github.comments[0]["body"]


def test_what_github_refuses_is_in_the_summary(github: FakeGitHub) -> None:
    github.lines = {PATH: {1, 3}}
    push(github, Review(remarks=[_remark(n) for n in (1, 2, 3)]))
    assert sorted(remark["line"] for remark in github.remarks) == [1, 3]
    assert "index.md, line 2" in github.comments[0]["body"]


def test_a_pull_request_that_moved_on_is_left_to_its_newer_commit(github: FakeGitHub) -> None:
    github.sha = "b" * 40
    assert push(github, Review(remarks=[_remark(1)])) == []


def test_a_plan_carried_out_leaves_nothing_to_do() -> None:
    remarks = [_remark(n) for n in range(1, 30)]
    done = plan(remarks, [])
    there = [There(n, r.key, r.path, (r.first, r.last), say(r), False)
             for n, r in enumerate(done.add)]
    again = plan(remarks, there)
    assert (again.add, again.edit, again.delete) == ((), (), ())
    twice = plan(remarks, [*there, *there])
    assert len(twice.delete) == len(there)


def _remark(number: int, message: str = "Wrong.", instead: str | None = "Right.") -> Remark:
    return Remark(key=f"{number:016x}", path=PATH, first=number, last=number, instead=instead,
                  said=[Said(message=message, rule="x.y")])


# ── what a stranger may have written ─────────────────────────────────────────

HOSTILE = [
    "@ada look", "see #12 or us/essays#3", "GH-7", "<img src=x onerror=alert(1)>", "https://evil.example",
    "www.evil.example", "![x](//evil.example/x.png)", "[a]: //evil.example", "```\nout\n```",
    "<!-- variorum suggestion 0000000000000000 -->", "a\u202eb", "| a | b |", "# Head", "\n\n---\n",
    "</sub><script>", "&commat;ada",
]


@pytest.mark.parametrize("words", HOSTILE)
def test_strangers_words_stay_words(words: str) -> None:
    body = say(_remark(1, words))
    (_, said, *_) = body.split("\n\n")
    assert key_of(body) == f"{1:016x}" and "\n" not in said
    assert not any(sign in said for sign in "<>@`*_[]|~\u202e")
    assert "https://" not in said and "www." not in said
    assert all(part == "" or part[0] == "\u2060" or not (part[0].isalnum() or part[0] == "&")
               for code in ("&#64;", "&#35;") for part in said.split(code)[1:])
    listed = summarise(Review(remarks=[]), 0, [_remark(1, words)]).splitlines()[-1]
    assert listed.startswith("- ") and "@" not in listed


@pytest.mark.parametrize("instead", ["a\n```\n@ada\n```", "````\n```suggestion\nx\n````", "`" * 9])
def test_a_suggestion_cannot_be_left(instead: str) -> None:
    block = say(_remark(1, instead=instead)).split("\n\n", 2)[2].rpartition("\n\n<sub>")[0]
    fence, _, rest = block.partition("suggestion\n")
    assert set(fence) == {"`"} and rest == f"{instead}\n{fence}" and fence not in instead


@pytest.mark.parametrize(
    ("path", "instead"),
    [("scripts/setup", "rm"), (".github/workflows/x.md", "x"), ("mkdocs.yml", "hooks: [x.py]"),
     (PATH, "a\u202eb"), (PATH, "a\x1b[2Jb")],
)
def test_only_words_of_an_edition_are_offered(path: str, instead: str) -> None:
    remark = _remark(1).model_copy(update={"path": path, "instead": instead})
    assert "suggestion\n" not in say(remark)


def _with(**changes: Any) -> str:
    return json.dumps({"remarks": [{**_remark(1).model_dump(), **changes}]})


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{", '{"remarks": 1}', '{"remarks": [], "run": "x"}', '{"remarks": [], "more": -1}',
     _with(path="/etc/passwd"), _with(path="../x.md"), _with(path="a\nb.md"), _with(first=0),
     _with(first=5), _with(key="x" * 16), _with(said=[]), _with(last="2"), _with(number=12),
     _with(instead="x" * 10_001), " " * 4_000_001,
     json.dumps({"remarks": [_remark(n).model_dump() for n in range(1, 302)]})],
)
def test_what_is_no_review_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="review") as refused:
        read_review(text)
    assert "\n" not in refused.value.cause


# ── the commands ─────────────────────────────────────────────────────────────


def test_from_a_change_to_its_suggestions_by_the_commands(
    tmp_path: Path, github: FakeGitHub
) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    page = folder / "page.md"
    (tmp_path / "mkdocs.yml").write_text("site_name: x\n", "utf-8")
    page.write_text("# Page\n\nAn old line -- left alone.\n\nThe end.\n", "utf-8")
    run("git", "init", "-q", "-b", "main", at=tmp_path)
    save(tmp_path)
    run("git", "switch", "-qc", "mend", at=tmp_path)
    page.write_text(page.read_text("utf-8").replace("The end.", "The \"end\" of it."), "utf-8")
    save(tmp_path)

    made = variorum("check", "--review", "review.json", "--base", "main", "docs/page.md",
                    at=tmp_path, check=False)
    assert made.returncode == 1, made.stderr
    review = read_review((tmp_path / "review.json").read_text("utf-8"))
    assert {remark.path for remark in review.remarks} == {"docs/page.md"}
    assert [remark.first for remark in review.remarks] == [5]
    assert review.remarks[0].instead == "The “end” of it."
    assert review.elsewhere == 1

    github.lines = {"docs/page.md": {5}}
    said = variorum("suggest", "review.json", "--repository=them/essays", "--branch=mend",
                    f"--commit={github.sha}", at=tmp_path, GITHUB_REPOSITORY="us/essays",
                    GH_TOKEN="t", GITHUB_API_URL=github.address)
    assert said.stdout.startswith("Pull request 7: 1 said")
    assert "```suggestion\nThe “end” of it.\n```" in github.remarks[0]["body"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--base", "main"], "go together"), (["--review", "x"], "go together"),
     (["--review", "x", "--base", "gone"], "git cannot tell"),
     (["--review", "x", "--base", "--output=x"], "git cannot tell")],
)
def test_no_review_without_a_base(tmp_path: Path, arguments: list[str], said: str) -> None:
    run("git", "init", "-q", at=tmp_path)
    (tmp_path / "page.md").write_text("# Page\n", "utf-8")
    done = variorum("check", "page.md", *arguments, at=tmp_path, check=False)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "x").exists()


def save(folder: Path) -> None:
    run("git", "add", "-A", at=folder)
    run("git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x", at=folder)


def run(*command: str, at: Path) -> None:
    subprocess.run(command, cwd=at, check=True, timeout=60)


def variorum(
    *arguments: str, at: Path, check: bool = True, **names: str
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "variorum", *arguments]
    return subprocess.run(command, cwd=at, text=True, capture_output=True, check=check,
                          env={**os.environ, **names}, timeout=300)
