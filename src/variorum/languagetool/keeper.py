"""Keeps one LanguageTool server: starts it, ends it when idle, and takes it along when it goes.

Runs as a script of its own, ``python -I -S keeper.py FOLDER PORT IDLE COMMAND...``, so it needs
nothing but the standard library and some milliseconds. In FOLDER it writes ``state.json``, and
``log`` receives the server's output; whoever uses the server touches ``used``. IDLE seconds
after the last touch, on SIGTERM, and when the server dies, both are gone and so is the state.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

GRACE_SECONDS = 5.0
"""How long the server may take to stop before it is killed."""


def die_with_parent() -> None:
    """On Linux, have the kernel end this process when its parent does, even by SIGKILL."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # 1 is PR_SET_PDEATHSIG


def detach() -> Callable[[], None]:
    """Go on in a process of which nobody is the parent; call the result when all is under way.

    Until then the process that was started waits, and ends when this one does.
    """
    reading, writing = os.pipe()
    if os.fork():
        os.close(writing)
        os.read(reading, 1)
        os._exit(0)
    os.close(reading)
    return lambda: os.close(writing)


def keep(
    folder: Path, port: int, idle: float, command: list[str], started: Callable[[], None]
) -> None:
    """Run the server until it dies, is idle for ``idle`` seconds, or we are told to end."""
    used, state = folder / "used", folder / "state.json"
    used.touch()
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            preexec_fn=die_with_parent,
        )
    try:
        write_state(state, {"keeper": os.getpid(), "java": server.pid, "port": port})
        started()
        while server.poll() is None and time.time() - used.stat().st_mtime < idle:
            time.sleep(min(0.25, idle / 4))
    except OSError:
        pass  # the folder was removed: nobody can find the server any more
    finally:
        forget_state(state)
        stop(server)


def write_state(path: Path, state: dict[str, int]) -> None:
    """Write whole or not at all."""
    part = path.with_suffix(f".{os.getpid()}")
    part.write_text(json.dumps(state), "utf-8")
    part.replace(path)


def forget_state(path: Path) -> None:
    """Remove the state when it is still ours; another keeper may have written its own."""
    with contextlib.suppress(OSError, ValueError):
        if json.loads(path.read_text("utf-8"))["keeper"] == os.getpid():
            path.unlink()


def stop(server: subprocess.Popen[bytes]) -> None:
    """End the server: politely, then not."""
    if server.poll() is None:
        server.terminate()
        try:
            server.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            server.kill()
    server.wait()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def main(arguments: list[str]) -> None:
    """See the module's docstring."""
    signal.signal(signal.SIGTERM, _leave)
    folder, port, idle, *command = arguments
    keep(Path(folder), int(port), float(idle), command, detach())


if __name__ == "__main__":
    main(sys.argv[1:])
