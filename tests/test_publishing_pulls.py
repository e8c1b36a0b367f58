"""A stranger's preview is shown for the pull request that it is of, and says nothing for us."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from forge import HOME, Forge, forge
from stores import Seen, files_in, make_branch, make_site

from variorum.errors import InputError, VariorumError
from variorum.publishing import GitHub, Head, Store, receive
from variorum.publishing.quoting import quote_summary

OLD, NEW = "a" * 40, "b" * 40
ADDRESS = "https://previews.example.org/"


@pytest.fixture
def house() -> Iterator[Forge]:
    with forge() as house:
        yield house


def github(house: Forge, token: str = "let-me") -> GitHub:
    return GitHub(HOME, token, house.api)


def show(
    house: Forge, site: Path, branch: str = "mend", commit: str = NEW, who: str = "stranger/essays"
) -> tuple[list[int], Seen]:
    """What receiving a site brought about."""
    store, seen = make_branch(site.parent)
    return receive(site, Head(who, branch, commit), github(house), store, ADDRESS), seen()


@pytest.mark.parametrize("branch", ["mend", "$(touch pwned)", "a&state=closed", "a#b", "ä;`id`"])
def test_the_pull_request_is_found_by_repository_branch_and_commit(
    tmp_path: Path, house: Forge, branch: str
) -> None:
    house.open(7, "stranger/essays", branch, NEW)
    house.open(8, "stranger/other", branch, NEW)
    house.open(9, "somebody/essays", branch, NEW)
    house.open(10, "stranger/essays", f"{branch}2", NEW)
    for number in range(11, 140):
        house.open(number, "stranger/essays", branch, OLD)
    site = make_site(tmp_path / "site", "words", number="9", **{"preview.json": '{"number": 9}'})
    shown, seen = show(house, site, branch)
    assert (shown, seen) == ([7], {"7": files_in(site)})
    assert house.statuses == [{
        "commit": NEW, "state": "success", "context": "preview",
        "description": "Read the change as it will be", "target_url": f"{ADDRESS}preview/7/"}]
    assert [comment["issue"] for comment in house.comments] == [7]


def test_a_build_of_a_commit_that_was_left_behind_is_not_shown(
    tmp_path: Path, house: Forge
) -> None:
    """Rebased or pushed to since, closed, the fork deleted: the newer build is the one to see."""
    site = make_site(tmp_path / "site", "words")
    house.open(7, "stranger/essays", "mend", OLD)
    assert show(house, site) == ([], {})
    house.open(7, "stranger/essays", "mend", NEW)
    house.close(7)
    assert show(house, site) == ([], {})
    house.open(7, "stranger/essays", "mend", NEW)
    house.pulls[7]["head"]["repo"] = {"full_name": "stranger/renamed"}
    assert show(house, site) == ([], {})
    assert house.statuses == house.comments == []


def test_a_push_while_the_old_one_is_written_wins(tmp_path: Path, house: Forge) -> None:
    """The older writer loses the race, asks again, and stands back."""
    house.open(7, "stranger/essays", "mend", OLD)
    old, new = make_site(tmp_path / "old", "old"), make_site(tmp_path / "new", "new")
    store, seen = make_branch(tmp_path)

    class Late(GitHub):
        asked = 0

        def pulls_at(self, head: Head) -> list[int]:
            found = super().pulls_at(head)
            Late.asked += 1
            if Late.asked == 2:  # just before it writes
                house.open(7, "stranger/essays", "mend", NEW)
                assert show(house, new)[0] == [7]
            return found

    head = Head("stranger/essays", "mend", OLD)
    assert receive(old, head, Late(HOME, "let-me", house.api), store, ADDRESS) == []
    assert seen() == {"7": files_in(new)}


def test_what_is_not_a_site_is_refused_and_said_beside_the_checks(
    tmp_path: Path, house: Forge
) -> None:
    house.open(7, "stranger/essays", "mend", NEW)
    site = make_site(tmp_path / "site", "words")
    (site / "secret").symlink_to("/etc/hostname")
    with pytest.raises(InputError, match="is not a site"):
        show(house, site)
    (status,) = house.statuses
    assert status["state"] == "failure" and status["description"].startswith("Not shown: is not")
    assert house.comments == []


def test_one_comment_is_kept_up_to_date_and_nobody_elses_is_touched(
    tmp_path: Path, house: Forge
) -> None:
    house.open(7, "stranger/essays", "mend", NEW)
    house.say(7, "stranger", "<!-- variorum preview -->\nmine")
    for words in ("one", "two"):
        site = make_site(tmp_path / words, words, **{"preview.md": f"# {words} @everyone\n"})
        show(house, site)
    bodies = [comment["body"] for comment in house.comments]
    assert bodies[0] == "<!-- variorum preview -->\nmine" and len(bodies) == 2
    assert f"({ADDRESS}preview/7/)" in bodies[1] and "# two @\u2060everyone" in bodies[1]


@pytest.mark.parametrize("name", ["preview.md/index.html", "Preview.md", "docs/preview.md"])
def test_what_is_no_summary_is_left_out(tmp_path: Path, house: Forge, name: str) -> None:
    house.open(7, "stranger/essays", "mend", NEW)
    site = make_site(tmp_path / "site", "words", **{name.replace("/", "__"): "words"})
    shown, _ = show(house, site)
    assert shown == [7] and len(house.comments[0]["body"].splitlines()) == 2


def test_closed_ones_are_taken_away_and_open_ones_stay(tmp_path: Path, house: Forge) -> None:
    store: Store
    store, _ = make_branch(tmp_path)
    for number in (7, 8, 9):
        house.open(number, "stranger/essays", f"b{number}", NEW)
        show(house, make_site(tmp_path / f"site{number}", "words"), f"b{number}")
    house.close(8)
    del house.pulls[9]
    assert store.remove(github(house).closed_among) == [8, 9]
    assert store.previews() == [7]


def test_a_forge_that_is_silent_or_refuses_is_said_and_nothing_is_taken_away(
    tmp_path: Path, house: Forge
) -> None:
    house.open(7, "stranger/essays", "mend", NEW)
    show(house, make_site(tmp_path / "site", "words"))
    store, _ = make_branch(tmp_path)
    for silent in (github(house, "wrong"), GitHub(HOME, "let-me", "http://127.0.0.1:9")):
        with pytest.raises(VariorumError, match="GitHub does not answer as it should"):
            store.remove(silent.closed_among)
    assert store.previews() == [7]


HOSTILE = [
    "<script>alert(1)</script>", "<img src=https://evil.example/x.png>", "@everyone @org/team",
    "[Read the change](https://evil.example)", "[a](//evil.example)", "[a](javascript:alert(1))",
    "![a](https://evil.example/x.png)", "[a]: https://evil.example\n[go][a]", "https://evil.example",
    "www.evil.example", "[a](https://previews.example.org.evil.example/)", "closes #1, fixes GH-2",
    "[a](../8/)", "[a](/preview/8/)", "[a](%2e%2e/8/ \"t\")", "[a][b]\n\n[b]:https://evil.example",
    "<!-- variorum preview -->", "[[a](https://evil.example)](https://evil.example)",
    "[a] (https://evil.example)", "&lt;b&gt;", "[a](<https://evil.example>)",
    "a\u202eb\x1b[2J\u200b",
    "[a](\nhttps://evil.example)", "http&#58;//evil.example", "<https://evil.example>",
    "&#64;everyone &#35;1 &#x40;everyone &commat;everyone &#8238;", "www&#46;evil.example",
    "[a](https://evil.example/preview/7/)", "[a](https://evil.example/preview/7/../8/)",
    "[x](y)" * 10_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_summary_links_to_its_preview_only_and_calls_nobody(text: str) -> None:
    place = f"{ADDRESS}preview/7/"
    shown = quote_summary(text, place)
    assert len(shown) < 50_000_000 and "<" not in shown
    assert not re.search(r"@\w|(?<!&)#\w|GH-\d|www\.|\u202e|\x1b", shown)
    assert not re.search(r"&(?!amp;|lt;|#\d\d\d?;)|&#(64|35);", shown)
    links = re.findall(r"\]\s*[(\[:]\s*<?([^)\s]*)", shown)
    assert [link for link in links if not link.startswith(place) or ".." in link] == []
    assert not re.search(r"://", shown.replace(place, ""))


def test_a_summary_keeps_its_shape() -> None:
    text = "### [Hats &#38; &#42;caps&#42;]({}essays/hats/#p1)\n\n- changed: +3 −1\n  - n1 moved\n"
    place = "https://p.example/preview/7/"
    for given in ("", place, "https://preview.invalid/preview/7/"):
        assert quote_summary(text.format(given), place) == text.format(place)
