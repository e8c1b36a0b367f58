"""What is published is what was built, and nothing of anybody else's is lost, whoever is killed."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from stores import Seen, files_in, git, make_branch, make_folder, make_site

from variorum.errors import InputError, SettingsError, VariorumError
from variorum.publishing import (
    BranchStore,
    Limits,
    Publication,
    Store,
    examine,
    name_publication,
    number_of,
    open_store,
)
from variorum.publishing.scratch import Scratch

sys.path.insert(0, str(Path(__file__).parents[1] / "bench"))
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
each_store = pytest.mark.parametrize("make", [make_folder, make_branch])
Make = Callable[[Path], tuple[Store, Callable[[], Seen]]]


def publication(number: int) -> Publication:
    """The publication number ``number``, an hour after the one before."""
    return name_publication(f"{number:040x}"[::-1], NOON + timedelta(hours=number))


def publish(store: Store, site: Path, number: int) -> None:
    store.publish(examine(site), publication(number), lambda other: other > publication(number))


@each_store
def test_each_place_shows_what_was_put_there_last(tmp_path: Path, make: Make) -> None:
    store, seen = make(tmp_path)
    sites = [make_site(tmp_path / f"site{n}", f"words {n}", **{f"only{n}.html": "x"})
             for n in range(5)]
    assert store.put(7, examine(sites[0]))
    publish(store, sites[1], 1)
    assert store.put(12, examine(sites[2]))
    assert store.put(7, examine(sites[3]))
    assert seen() == {"": files_in(sites[1]), "7": files_in(sites[3]), "12": files_in(sites[2])}
    publish(store, sites[4], 2)
    assert store.previews() == [7, 12]
    assert store.remove(lambda there: [7, 99]) == [7]
    assert seen() == {"": files_in(sites[4]), "12": files_in(sites[2])}


@each_store
def test_one_can_go_back(tmp_path: Path, make: Make) -> None:
    store, seen = make(tmp_path)
    sites = [make_site(tmp_path / f"site{n}", f"words {n}") for n in range(3)]
    for number, site in enumerate(sites):
        publish(store, site, number)
    store.put(7, examine(sites[0]))
    assert store.roll_back(None) == publication(1)
    assert seen() == {"": files_in(sites[1]), "7": files_in(sites[0])}
    shown = [(each.publication, each.current) for each in store.publications()]
    assert shown == [(publication(n), n == 1) for n in (2, 1, 0)]
    assert store.roll_back(None) == publication(0)
    assert store.roll_back(publication(2).name) == publication(2)
    assert seen()[""] == files_in(sites[2])
    with pytest.raises(SettingsError, match="there is no publication 2020"):
        store.roll_back("2020")
    store.roll_back(publication(0).name)
    with pytest.raises(SettingsError, match="there is none before this one"):
        store.roll_back(None)


@each_store
def test_an_older_state_never_takes_the_place_of_a_newer_one(tmp_path: Path, make: Make) -> None:
    store, seen = make(tmp_path)
    publish(store, make_site(tmp_path / "new", "new"), 2)
    with pytest.raises(SettingsError, match="is out already and is newer than commit"):
        publish(store, make_site(tmp_path / "old", "old"), 1)
    assert not store.put(7, examine(tmp_path / "old"), wanted=lambda: False)
    assert seen() == {"": files_in(tmp_path / "new")}


@each_store
def test_a_production_cannot_hide_the_previews(tmp_path: Path, make: Make) -> None:
    store, seen = make(tmp_path)
    site = make_site(tmp_path / "site", "words", preview__7__index__html="mine")
    with pytest.raises(InputError, match="of its own called preview"):
        publish(store, site, 1)
    assert seen() == {}


@each_store
def test_each_publication_says_what_it_consists_of(tmp_path: Path, make: Make) -> None:
    store, _ = make(tmp_path)
    publish(store, make_site(tmp_path / "site", "words"), 1)
    if (tmp_path / "www").exists():
        text = (tmp_path / "www/current/publication.json").read_text()
    else:
        text = git(tmp_path / "origin.git", "show", "site:publication.json")
    record = json.loads(text)
    assert record["name"] == publication(1).name and record["commit"] == publication(1).commit
    digest = subprocess.run(["sha256sum", tmp_path / "site/index.html"], capture_output=True,
                            text=True, check=True).stdout.split()[0]
    assert record["files"] == {"essays/hats/index.html": digest, "index.html": digest}


def test_a_web_server_finds_production_and_previews_below_one_folder(tmp_path: Path) -> None:
    store, _ = make_folder(tmp_path)
    publish(store, make_site(tmp_path / "site", "words"), 1)
    store.put(7, examine(make_site(tmp_path / "other", "other")))
    root = tmp_path / "www/current"
    assert (root / "index.html").read_text() == "words"
    assert (root / "preview/7/index.html").read_text() == "other"
    assert (root / "preview/7/index.html").stat().st_mode & 0o444 == 0o444


def test_old_publications_are_given_up_in_time_but_never_the_current_one(tmp_path: Path) -> None:
    store, _ = make_folder(tmp_path)
    site = make_site(tmp_path / "site", "words")
    for number in range(12):
        publish(store, site, number)
    kept = [each.publication for each in store.publications()]
    assert kept == [publication(n) for n in range(11, 1, -1)]
    assert {path.name for path in (tmp_path / "www/releases").iterdir()} == {p.name for p in kept}


def test_a_folder_with_other_things_in_it_is_left_alone(tmp_path: Path) -> None:
    store, _ = make_folder(tmp_path)
    make_site(tmp_path / "www", "somebody’s own")
    before = files_in(tmp_path / "www")
    with pytest.raises(InputError, match="holds other things than publications"):
        publish(store, make_site(tmp_path / "site", "words"), 1)
    assert files_in(tmp_path / "www") == before


KINDS = ("publish", "put", "roll_back", "remove")


@pytest.mark.parametrize("where", ["folder", "branch"])
def test_whoever_is_killed_leaves_the_old_state_or_the_new(tmp_path: Path, where: str) -> None:
    """Each command is killed before each of its steps, in a process of its own."""
    script = Path(__file__).with_name("killing.py")
    command = [sys.executable, str(script), where, *KINDS]
    own = os.environ | {"TMPDIR": str(tmp_path)}  # who is killed does not tidy up
    done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    steps = dict(line.split() for line in done.stdout.splitlines())
    assert steps.keys() == set(KINDS) and all(int(count) >= 5 for count in steps.values()), steps


def test_writers_never_lose_each_others_work(tmp_path: Path) -> None:
    from interleavings import simulate

    figures = simulate(tmp_path / "1", 11) + simulate(tmp_path / "2", 12)
    assert figures["killed"] and figures["moves"] > 10 and figures["rewritten"]


def test_the_simulation_would_notice_a_loss(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from interleavings import simulate

    def force(here: Scratch, commit: str) -> str:
        done = here.git.run("push", "-f", here.remote, f"{commit}:refs/heads/{here.branch}")
        return done.error if done.code else ""

    monkeypatch.setattr(Scratch, "push", force)
    with pytest.raises(AssertionError):
        for seed in range(11, 16):
            simulate(tmp_path / str(seed), seed)


def test_a_branch_that_cannot_be_pushed_to_is_reported_in_gits_words(tmp_path: Path) -> None:
    remote = tmp_path / "origin.git"
    git(tmp_path, "init", "-q", "--bare", str(remote))
    hook = remote / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\necho not on a Sunday >&2\nexit 1\n")
    hook.chmod(0o755)
    store = BranchStore(str(remote), "site", pauses=lambda: iter([0.0]))
    with pytest.raises(VariorumError, match="not on a Sunday"):
        store.put(7, examine(make_site(tmp_path / "site", "words")))
    with pytest.raises(VariorumError, match="cannot be read"):
        BranchStore(str(tmp_path / "nothing"), "site").previews()


def test_a_push_whose_answer_was_lost_is_not_made_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, seen = make_branch(tmp_path)
    push = Scratch.push
    monkeypatch.setattr(Scratch, "push", lambda *given: push(*given) or "the line went dead")
    assert store.put(7, examine(make_site(tmp_path / "site", "words")))
    assert git(tmp_path / "origin.git", "rev-list", "--count", "site") == "1"
    assert seen() == {"7": files_in(tmp_path / "site")}


def link(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def folder_link(path: Path) -> None:
    path.symlink_to("/etc")


def pipe(path: Path) -> None:
    os.mkfifo(path)


def text(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("words")


REFUSED: list[tuple[str, Callable[[Path], None], str]] = [
    ("secret.html", link, "neither a file nor a folder"),
    ("secrets", folder_link, "neither a file nor a folder"),
    ("pipe", pipe, "neither a file nor a folder"),
    (".git/config", text, "is hidden"),
    (".GIT/config", text, "is hidden"),
    ("essays/.git", text, "is hidden"),
    (".g\u200cit/config", text, "nobody sees"),
    (".github/workflows/evil.yml", text, "is hidden"),
    (".gitattributes", text, "is hidden"),
    (".htaccess", text, "is hidden"),
    ("essays/.user.ini", text, "is hidden"),
    ("_headers", text, "an instruction to the server"),
    ("_redirects", text, "an instruction to the server"),
    ("_worker.js", text, "an instruction to the server"),
    ("CNAME", text, "an instruction to the server"),
    ("essays/web.config", text, "an instruction to the server"),
    ("shell.php", text, "an instruction to the server"),
    ("shell.PHP5", text, "an instruction to the server"),
    ("cgi-bin/run.cgi", text, "an instruction to the server"),
    ("page.shtml", text, "an instruction to the server"),
    ("..\\..\\outside.html", text, "every disk"),
    ("C:outside.html", text, "every disk"),
    ("a\nM 100644 inline evil", text, "nobody sees"),
    ("a\x1b[2Jb.html", text, "nobody sees"),
    ("\u202egpj.html", text, "nobody sees"),
    (os.fsdecode(b"caf\xe9.html"), text, "nobody sees"),
    ("<img src=x onerror=alert(1)>.html", text, "every disk"),
    ("what?.html", text, "every disk"),
    ('"quoted".html', text, "every disk"),
    ("trailing.", text, "every disk"),
    ("trailing ", text, "every disk"),
    ("NUL", text, "a device on Windows"),
    ("essays/con.html", text, "a device on Windows"),
    ("INDEX.HTML", text, "cannot tell it from"),
    ("cafe\u0301.html", text, "loose accents"),
    (f"{'long' * 60}.html", text, "too long"),
    ("/".join("abcdefghijklmnopqrstuvwxyz"), text, "deep"),
]


@pytest.mark.parametrize(("name", "make", "reason"), REFUSED, ids=[ascii(r[0]) for r in REFUSED])
def test_what_is_not_a_site_is_refused(
    tmp_path: Path, name: str, make: Callable[[Path], None], reason: str
) -> None:
    site = make_site(tmp_path / "site", "words")
    make(site / name)
    with pytest.raises(InputError, match="is not a site: ") as error:
        examine(site, foreign=True)
    assert reason in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.parametrize("name", [
    "$(touch bad)", "`id`", "; rm -rf ~", "-rf", "--force", "'quoted'", "a b", "%2e%2e", "é",
    "中文", "&lt;", "{{ x }}", "#", "~", "!", "D index.html",
])
def test_odd_names_are_only_names(tmp_path: Path, name: str) -> None:
    site = make_site(tmp_path / "site", "words", **{f"{name}__index.html": "odd"})
    for make in (make_folder, make_branch):
        store, seen = make(tmp_path)
        store.put(7, examine(site, foreign=True))
        assert seen() == {"7": files_in(site)}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["origin.git", "site", "www"]


@pytest.mark.parametrize(("limits", "reason"), [
    (Limits(files=1), "more than 1 files"), (Limits(size=7), "larger than 7 bytes"),
    (Limits(largest=3), "larger than 3 bytes"),
])
def test_too_much_is_refused(tmp_path: Path, limits: Limits, reason: str) -> None:
    with pytest.raises(InputError, match=reason):
        examine(make_site(tmp_path / "site", "words"), limits=limits)


def test_an_empty_folder_a_file_and_a_link_are_no_sites(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    text(tmp_path / "file")
    (tmp_path / "link").symlink_to(make_site(tmp_path / "site", "words"))
    for name, reason in {"empty": "there is no index.html", "file": "is not a folder",
                         "link": "is not a folder", "nothing": "is not a folder"}.items():
        with pytest.raises(InputError, match=reason):
            examine(tmp_path / name)


def test_a_file_exchanged_for_a_link_after_the_look_is_not_followed(tmp_path: Path) -> None:
    site = examine(make_site(tmp_path / "site", "words"))
    (tmp_path / "site/index.html").unlink()
    link(tmp_path / "site/index.html")
    store, seen = make_branch(tmp_path)
    with pytest.raises(OSError):
        store.put(7, site)
    assert seen() == {}


@pytest.mark.parametrize("word", ["", "0", "007", "-1", "1.5", "../../main", "7 8", "7\n", "٧",
                                  "12345678901"])
def test_an_odd_number_is_refused(word: str) -> None:
    with pytest.raises(InputError, match="not the number of a pull request"):
        number_of(word)


def test_a_store_is_a_folder_or_a_branch_by_how_it_is_written(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    git(tmp_path, "remote", "add", "origin", "https://example.org/a.git")
    (tmp_path / "there").mkdir()
    opened = [open_store(to, "origin", tmp_path) for to in
              ("./www", "/srv/www", "~/www", str(tmp_path / "there"), "site", "a/b")]
    kinds = [type(store).__name__ for store in opened]
    assert kinds == ["FolderStore"] * 4 + ["BranchStore"] * 2
    for name in ("-f", "a..b", "a b", "$(x):y"):
        with pytest.raises(SettingsError, match="cannot be the name of a branch"):
            open_store(name, "origin", tmp_path)
    with pytest.raises(SettingsError, match=re.escape("no remote `elsewhere`")):
        open_store("site", "elsewhere", tmp_path)
