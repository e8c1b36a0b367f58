"""What tests with the real engine share."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from variorum.languagetool import Folders, stop_engine, user_folders
from variorum.languagetool.engine import Engine
from variorum.languagetool.health import LOOPBACK, free_port, wait_healthy
from variorum.languagetool.install import engine_in

ERROR = "The clerk has wrote it."
"""One fault, at ``has wrote``."""
LANGUAGES = [{"name": "English (US)", "code": "en", "longCode": "en-US"}]
Answer = Callable[[int], tuple[int, str]]


def installed_folders() -> Folders:
    """The user's cache; skips where LanguageTool is not installed, and fails there in CI."""
    folders = user_folders()
    if not engine_in(folders).is_complete():
        reason = "LanguageTool is not installed: run `variorum engine install`"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return folders


def own_folders(shared: Folders, root: Path) -> Folders:
    """The installed engine with servers and results of its own."""
    return replace(shared, servers=root / "servers", results=root / "results.sqlite3")


def eventually(is_so: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it becomes so in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_so():
            return True
        time.sleep(0.05)
    return False


def fresh_folders(tmp_path: Path) -> Iterator[Folders]:
    """For a fixture: folders in which nothing runs yet, and afterwards nothing any more."""
    folders = own_folders(installed_folders(), tmp_path)
    yield folders
    stop_engine(folders)


@contextlib.contextmanager
def open_server(engine: Engine, folder: Path) -> Iterator[str]:
    """LanguageTool as it came, with nothing of ours, for everybody; its address."""
    port, properties = free_port(), folder / "their.properties"
    properties.touch()
    jars = os.pathsep.join(str(engine.jars / jar.name) for jar in engine.lock.jars)
    main = ["org.languagetool.server.HTTPServer", "--port", str(port), "--config", str(properties)]
    with subprocess.Popen(
        [str(engine.java), *main],
        env=engine.environment() | {"CLASSPATH": jars},
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            assert wait_healthy(port, lambda: process.poll() is None, 60)
            yield f"http://{LOOPBACK}:{port}"
        finally:
            process.kill()


@contextlib.contextmanager
def stub(
    answer: Answer, languages: object = LANGUAGES, asked: list[str] | None = None
) -> Iterator[str]:
    """A server that says what a test wants, in ``answer`` for its n-th check; its address.

    The last parts of the addresses that it was asked at go to ``asked``.
    """
    counted = iter(range(1_000_000))

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(200, json.dumps(languages))

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.say(*answer(next(counted)))

        def say(self, status: int, body: str) -> None:
            if asked is not None:
                asked.append(self.path.rpartition("/")[2])
            with contextlib.suppress(OSError):
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
