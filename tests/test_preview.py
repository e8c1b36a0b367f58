"""What a preview is compared with, what its pages say, and what they keep harmless."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from variorum.difference import Change, Part, Sort
from variorum.errors import InputError
from variorum.preview import EssayChange, Found, NoteChange, Preview, write_front, write_markdown
from variorum.publishing.base import extract, find_base, refuse_odd_files
from variorum.publishing.quoting import quote_summary
from variorum.site import article_of, mark_preview, with_article


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=n", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main")
    command = ["git", "-C", str(folder), *names, *arguments]
    return subprocess.run(command, text=True, capture_output=True, check=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A branch that left main by one commit, while main went on."""
    root = tmp_path / "publication"
    (root / "docs").mkdir(parents=True)
    (root / "docs/a.md").write_text("one\n")
    (root / "docs/link").symlink_to("/etc/hostname")
    git(root, "init", "-q")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "one")
    git(root, "checkout", "-qb", "change-$(touch${IFS}hacked)")
    (root / "docs/a.md").write_text("two\n")
    git(root, "commit", "-qam", "two")
    git(root, "checkout", "-q", "main")
    git(root, "commit", "-q", "--allow-empty", "-m", "three")
    git(root, "checkout", "-q", "-")
    return root


def test_the_base_is_where_the_change_left_and_stays_there(repository: Path) -> None:
    base = find_base(repository, None)
    assert base.commit == git(repository, "rev-parse", "HEAD~1") and not base.dirty
    assert find_base(repository, "change-$(touch${IFS}hacked)").commit == base.head
    (repository / "docs/a.md").write_text("three\n")
    assert find_base(repository, "main").dirty
    git(repository, "checkout", "-q", "--detach")
    assert find_base(repository, "main").commit == base.commit
    assert not (repository / "hacked").exists()


def test_files_come_out_of_git_as_they_were_and_links_do_not(
    repository: Path, tmp_path: Path
) -> None:
    left = extract(repository, find_base(repository, "main").commit, "docs", tmp_path / "out")
    assert left == {"link": "is a link"}
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["a.md"]
    assert (tmp_path / "out/a.md").read_text() == "one\n"


@pytest.mark.parametrize("name", ["gone", "--help", "$(touch hacked)", "main:docs", "\udcff"])
def test_a_base_that_is_not_there_is_refused(repository: Path, name: str) -> None:
    with pytest.raises(InputError, match="no commit or branch"):
        find_base(repository, name)


def test_histories_that_never_meet_are_refused(repository: Path, tmp_path: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "other")
    git(repository, "commit", "-qm", "other")
    with pytest.raises(InputError, match="in common"):
        find_base(repository, "main")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-single-branch", f"file://{repository}", "s")
    with pytest.raises(InputError, match="unshallow"):
        find_base(tmp_path / "s", "origin/main")


def test_links_out_of_the_documents_are_refused(repository: Path) -> None:
    with pytest.raises(InputError, match="link out of"):
        refuse_odd_files(repository / "docs")


def _preview(words: str, **more: Any) -> Preview:
    change = Change("change-1", Sort.REWORDED, Part.TEXT, "p1", words, words, words)
    note = NoteChange("n", "orphaned", words, reason=words)
    essay = EssayChange("x", "changed", words, url="essays/x/", changes_url="essays/x/changes.html",
                        changes=(change,), notes=(note,), said=words)
    found = Found("docs/x.md", 1, "rule", words)
    return Preview("Site", "a" * 40, "b" * 40, True, (essay,), (), (found,), (), **more)


HOSTILE = "<script>alert(1)</script> @everyone #1 [x](http://e.vil) www.e.vil ![i](j)"


def test_words_of_others_are_only_words() -> None:
    preview = _preview(HOSTILE, url="https://p.example/1/")
    assert "<script" not in write_front(preview, "home.html")
    said = write_markdown(preview)
    assert not any(sign in said for sign in ("<script", "@every", "#1 ", "http://", "www.e", "!["))
    assert "https://p.example/1/essays/x/changes.html" in said


def test_a_comment_leads_into_the_difference_still_when_it_is_quoted() -> None:
    address = "https://p.example/preview/7/"
    found = Found("docs/essays/x/index.md", 1, "rule", "wrong", "words", "p1")
    said = write_markdown(replace(_preview("x", url=address), new=(found,)))
    for part in ("essays/x/changes.html)", "essays/x/changes.html#change-1)"):
        assert f"({address}{part}" in quote_summary(said, address)


def test_what_is_to_be_written_is_set_apart_and_still_only_words() -> None:
    found = Found("docs/x.md", 1, "rule", "Write `<b>` after it.")
    said = write_front(replace(_preview("x"), new=(found,)), "home.html")
    assert "Write <code>&lt;b&gt;</code> after it." in said


def test_what_could_not_be_compared_is_said() -> None:
    preview = _preview("x", left_out=("big.md is larger than 50 MB",))
    assert "big.md is larger" in write_front(preview, "home.html")
    assert "larger than 50 MB" in write_markdown(preview)


def test_who_follows_an_old_link_is_thought_of() -> None:
    gone = EssayChange("hats", "removed", "On hats", gone="essays/hats/")
    preview = replace(_preview("x"), essays=(gone,))
    for said in (write_front(preview, "home.html"), unescape(write_markdown(preview))):
        assert "Links to essays/hats/ will lead nowhere" in said and "formerly: [hats]" in said


def test_what_was_not_checked_is_never_clean() -> None:
    said = write_markdown(_preview("x", unchecked="Java is missing"))
    assert "Grammar was not checked" in said


def test_a_page_of_a_preview_is_for_nobody_to_find() -> None:
    page = ('<html><head><link rel="canonical" href="https://p.example/x/"><title>T</title></head>'
            "<body><article>a</article></body></html>")
    marked = mark_preview(page, "../", "https://production.example/x/", "<aside>b</aside>")
    assert marked.count("canonical") == 1 and "https://production.example/x/" in marked
    assert '<meta name="robots" content="noindex">' in marked
    assert "<body><aside>b</aside><article>" in marked
    skip = '<a class="vr-skip" href="#x">Skip</a>'
    skipped = mark_preview(f"<body><div></div>{skip}<main></main></body>", "", "", "<aside>")
    assert f"{skip}<aside><main>" in skipped
    assert article_of(with_article(marked, "c \\1", "U")) == "c \\1"
