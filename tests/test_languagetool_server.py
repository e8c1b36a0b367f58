"""The shared server starts, survives, is found again, and goes; nothing is left behind."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from languagetool_engine import ERROR, eventually, fresh_folders

from variorum.errors import EngineError, SettingsError
from variorum.languagetool import (
    Folders,
    Grammar,
    Silent,
    engine_status,
    folders_in,
    health,
    start_ahead,
    start_engine,
    stop_engine,
)
from variorum.languagetool.client import Client
from variorum.languagetool.engine import KEY_HEADER, MAIN_CLASS
from variorum.languagetool.server import Server

pytestmark = pytest.mark.languagetool
folders = pytest.fixture(fresh_folders)


def start(folders: Folders) -> Server:
    return start_engine(folders, Silent())


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def state_of(folders: Folders) -> Path:
    [state] = folders.servers.glob("*/state.json")
    return state


def test_one_server_for_all_and_stopped_cleanly(folders: Folders) -> None:
    server = start(folders)
    assert start(folders) == server
    assert engine_status(folders).server == server
    assert stop_engine(folders)
    assert eventually(lambda: is_gone(server.pid) and is_gone(server.keeper))
    assert engine_status(folders).server is None
    assert not stop_engine(folders)


def test_two_starts_at_once_make_one_server(folders: Folders) -> None:
    program = f"""
from pathlib import Path
from variorum.languagetool import Folders, Silent, start_engine
f = Folders(*map(Path, {[str(folders.engines), str(folders.servers), str(folders.results)]}))
print(start_engine(f, Silent()))
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) for _ in range(3)
    ]
    assert len({run.communicate()[0] for run in runs}) == 1
    assert [run.returncode for run in runs] == [0, 0, 0]
    java = [p for p in psutil.process_iter() if str(folders.servers) in " ".join(cmdline(p))]
    assert len([p for p in java if MAIN_CLASS in cmdline(p)]) == 2  # keeper and Java


def cmdline(process: psutil.Process) -> list[str]:
    with contextlib.suppress(psutil.Error):
        return process.cmdline()
    return []


def test_idle_server_leaves(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VARIORUM_IDLE", "1.5")
    server = start(folders)
    assert eventually(lambda: is_gone(server.pid) and is_gone(server.keeper), 10)
    assert not list(folders.servers.glob("*/state.json"))


@pytest.mark.parametrize("value", ["soon", "0", "-3", "inf", "nan"])
def test_senseless_idle_time_is_refused(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("VARIORUM_IDLE", value)
    with pytest.raises(SettingsError, match="VARIORUM_IDLE"):
        start(folders)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can bind a child to its parent")
def test_killed_keeper_takes_the_server_along(folders: Folders) -> None:
    server = start(folders)
    os.kill(server.keeper, signal.SIGKILL)
    assert eventually(lambda: is_gone(server.pid))
    again = start(folders)
    assert again.pid != server.pid


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
def test_server_that_dies_or_hangs_is_started_again_once(
    folders: Folders, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    grammar = Grammar(folders=folders)
    grammar.check(["All is well."], "en-US")
    monkeypatch.setattr(Client, "_TIMEOUT", 20)  # a hanging server is noticed by its silence
    first = start(folders)
    os.kill(first.pid, number)
    [matches] = grammar.check([ERROR], "en-US")
    assert [match.span.of(ERROR) for match in matches] == ["wrote"]
    second = start(folders)
    assert second.pid != first.pid
    assert eventually(lambda: is_gone(first.pid))
    os.kill(second.pid, signal.SIGKILL)
    with pytest.raises(EngineError):
        grammar.check(["A third text."], "en-US")


def test_server_killed_in_the_middle_loses_no_text(folders: Folders) -> None:
    """Killed while texts are under way: every text is answered, none taken for clean."""
    texts = [f"Letter {number}: the clerk has wrote it twice." for number in range(150)]
    server = start(folders)
    Grammar(folders=folders).check([ERROR], "en-US")
    killer = threading.Timer(0.25, lambda: os.kill(server.pid, signal.SIGKILL))
    killer.start()
    answers = Grammar(folders=folders).check(texts, "en-US")
    killer.join()
    assert start(folders).pid != server.pid
    assert [[match.rule for match in answer] for answer in answers] == [
        ["HAVE_PART_AGREEMENT"]
    ] * 150


def test_taken_port_is_left_for_another(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server((health.LOOPBACK, 0)) as taken:
        port, free = taken.getsockname()[1], health.free_port()
        ports = iter([port, free])
        monkeypatch.setattr("variorum.languagetool.server.free_port", lambda: next(ports))
        assert start(folders).port == free


@pytest.mark.parametrize(
    "claim",
    [
        "",
        "noise \x00",
        "[]",
        '{"keeper": 1}',
        json.dumps({"keeper": 999_999_999, "java": 999_999_999, "port": 9}),
        json.dumps({"keeper": os.getpid(), "java": os.getpid(), "port": 9}),
        json.dumps({"keeper": 1, "java": 1, "port": 99_999_999}),
    ],
)
def test_false_state_is_no_server_and_harms_nobody(folders: Folders, claim: str) -> None:
    """Neither noise, nor a dead process, nor one that got the number since."""
    server = start(folders)
    state = state_of(folders)
    stop_engine(folders)
    state.write_text(claim)
    assert engine_status(folders).server is None
    again = start(folders)
    assert again.pid not in (server.pid, os.getpid())


def test_stranger_on_the_old_port_is_not_trusted(folders: Folders) -> None:
    """Whoever answers there must be the process that we started."""

    class Stranger(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"OK")

        def log_message(self, *_: object) -> None:
            pass

    server = start(folders)
    state = state_of(folders)
    claim = json.loads(state.read_text())
    stop_engine(folders)
    with serving(Stranger) as port:
        sleeper = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
        try:
            claim |= {"port": port, "java": sleeper.pid, "keeper": sleeper.pid}
            state.write_text(json.dumps(claim))
            assert health.is_healthy(port)
            assert start(folders).port not in (port, server.port)
            assert sleeper.poll() is None
        finally:
            sleeper.kill()
            sleeper.wait()


@contextlib.contextmanager
def serving(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[int]:
    with http.server.ThreadingHTTPServer((health.LOOPBACK, 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            thread.join()


def test_proxy_is_not_asked_for_this_machine(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    [matches] = Grammar(folders=folders).check([ERROR], "en-US")
    assert [match.rule for match in matches] == ["HAVE_PART_AGREEMENT"]


def test_variables_for_java_do_not_reach_the_server(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx1m")
    monkeypatch.setenv("JDK_JAVA_OPTIONS", "-version")
    assert start(folders).pid


def test_server_folder_is_private_and_port_is_local(folders: Folders) -> None:
    server = start(folders)
    assert state_of(folders).parent.stat().st_mode & 0o077 == 0
    sockets = psutil.Process(server.pid).net_connections("tcp")
    assert {s.laddr.ip.removeprefix("::ffff:") for s in sockets if s.status == "LISTEN"} == {
        health.LOOPBACK
    }


STRANGER = """
import sys, urllib.error, urllib.parse, urllib.request
from pathlib import Path
url, folder, *header = sys.argv[1:]
body = urllib.parse.urlencode({"language": "en-US", "text": "I"}).encode()
for path in ("check", "each", "languages", "healthcheck"):
    data = None if path in ("languages", "healthcheck") else body
    request = urllib.request.Request(f"{url}/v2/{path}", data, dict([header] if header else []))
    try:
        print(urllib.request.urlopen(request).status)
    except urllib.error.HTTPError as error:
        print(error.code)
try:
    print(len(Path(folder, "key").read_text()))
except PermissionError:
    print("private")
"""


@pytest.mark.parametrize("header", [(), (KEY_HEADER, "0" * 32)])
def test_server_checks_nothing_for_another_user(
    folders: Folders, header: tuple[str, ...]
) -> None:
    server = start(folders)
    folder = state_of(folders).parent
    python = shutil.which("python3", path="/usr/bin:/bin")  # one that everybody may run
    user = "nobody" if python and os.geteuid() == 0 else None
    command = [python or sys.executable, "-c", STRANGER, server.url, str(folder), *header]
    run = subprocess.run(command, capture_output=True, text=True, user=user, cwd="/", check=True)
    *codes, key = run.stdout.split()
    assert codes == ["403", "403", "403", "200"]  # only that it is well
    assert key == ("private" if user else str(len(server.key)))
    assert server.key not in " ".join(cmdline(psutil.Process(server.pid)))
    assert (folder / "server.properties").stat().st_mode & 0o077 == 0
    [matches] = Grammar(folders=folders).check([ERROR], "en-US")
    assert [match.rule for match in matches] == ["HAVE_PART_AGREEMENT"]


def test_server_uses_the_cache_of_classes(folders: Folders) -> None:
    server = start(folders)
    assert any("AOTCache=" in part for part in psutil.Process(server.pid).cmdline())
    log = (state_of(folders).parent / "log").read_text()
    assert "AOT" not in log, log


def test_start_ahead_only_when_it_will_be_needed(folders: Folders) -> None:
    folders.results.touch()
    start_ahead(folders)
    assert not eventually(lambda: bool(list(folders.servers.glob("*/state.json"))), 1)
    folders.results.unlink()
    start_ahead(folders)
    assert eventually(lambda: engine_status(folders).server is not None)
    [matches] = Grammar(folders=folders).check([ERROR], "en-US")
    assert [match.rule for match in matches] == ["HAVE_PART_AGREEMENT"]


def test_start_ahead_of_an_installation_does_nothing(tmp_path: Path) -> None:
    start_ahead(folders_in(tmp_path))
    assert not list(tmp_path.iterdir())
