"""Kills each command of a store before each of its steps; run by tests/test_publishing.py.

    python killing.py folder|branch COMMAND...

A step is whatever changes the disk, or for a branch each call of git. Python's audit events tell of
them, so the code that is killed is the code that people run. Prints how many steps there are.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Collection
from pathlib import Path

from stores import Seen, files_in, make_branch, make_folder, make_site

from variorum.publishing import Publication, Store, examine

Make = Callable[[Path], tuple[Store, Callable[[], Seen]]]
STEPS = {
    "folder": frozenset({"os.mkdir", "os.rename", "os.symlink", "os.remove", "os.rmdir",
                         "os.chmod", "open"}),
    "branch": frozenset({"subprocess.Popen"}),
}
WRITING = os.O_WRONLY | os.O_RDWR


def kill_before(step: int, steps: Collection[str]) -> None:
    """Let this process be killed before it takes step number ``step``, counted from 0."""
    taken = 0

    def hear(event: str, given: tuple[object, ...]) -> None:
        nonlocal taken
        reads = event == "open" and not (isinstance(given[2], int) and given[2] & WRITING)
        if event in steps and not reads:
            if taken == step:
                os.kill(os.getpid(), 9)
            taken += 1

    sys.addaudithook(hear)


def publication(number: int) -> Publication:
    return Publication(f"2026112{number}T120000Z-0000000", "0" * 40)


def act(store: Store, kind: str, site: Path) -> None:
    """What is killed."""
    match kind:
        case "publish":
            store.publish(examine(site), publication(3), lambda other: False)
        case "put":
            store.put(7, examine(site))
        case "roll_back":
            store.roll_back(None)
        case "remove":
            store.remove(lambda there: [7])


def prepare(folder: Path, make: Make) -> None:
    """Two publications and two previews, the state before whatever is killed."""
    old, older, _ = (make_site(folder / word, word) for word in ("old", "older", "new"))
    store, _ = make(folder)
    for number, site in enumerate((older, old), 1):
        store.publish(examine(site), publication(number), lambda other: False)
    for number in (7, 8):
        store.put(number, examine(old))


def try_step(kind: str, step: int, steps: Collection[str], folder: Path, make: Make) -> bool:
    """Whether the command has such a step; what it leaves must be the old state or the new."""
    old, older, new = (files_in(folder / word) for word in ("old", "older", "new"))
    store, seen = make(folder)
    before, after = seen(), expected(kind, old, older, new)
    killed = run_killed(lambda: act(store, kind, folder / "new"), step, steps)
    assert seen() in ((before, after) if killed else (after,)), (kind, step, seen())
    act(store, "put", folder / "new")  # the next one finds nothing in the way
    assert seen() == after | {"7": new} or seen() == before | {"7": new}, (kind, step, seen())
    hidden = [path.name for path in (folder / "www").glob("*/.*")]
    assert len(hidden) <= 2, hidden  # the versions of two previews, and nothing left lying about
    return killed


def expected(
    kind: str, old: dict[str, str], older: dict[str, str], new: dict[str, str]
) -> Seen:
    """What is seen when the command is done."""
    match kind:
        case "publish":
            return {"": new, "7": old, "8": old}
        case "put":
            return {"": old, "7": new, "8": old}
        case "roll_back":
            return {"": older, "7": old, "8": old}
        case _:
            return {"": old, "8": old}


def run_killed(work: Callable[[], None], step: int, steps: Collection[str]) -> bool:
    """Do ``work`` in a child that is killed before a step; whether it was."""
    child = os.fork()
    if child == 0:
        kill_before(step, steps)
        work()
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, status
    return os.WIFSIGNALED(status)


def main() -> None:
    where, *kinds = sys.argv[1:]
    make = make_folder if where == "folder" else make_branch
    prepare(Path("start"), make)
    os.environ["TMPDIR"] = str(Path("lost").absolute())  # what those who are killed leave there
    Path("lost").mkdir()
    for kind in kinds:
        step, going = 0, True
        while going:
            folder = Path(f"{kind}{step}").absolute()
            shutil.copytree("start", folder, symlinks=True)
            going = try_step(kind, step, STEPS[where], folder, make)
            step += going
        print(kind, step)


if __name__ == "__main__":
    main()
