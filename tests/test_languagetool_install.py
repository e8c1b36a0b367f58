"""The engine arrives whole, verified and resumed, or not at all, with one clear message."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import http.server
import io
import os
import re
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from languagetool_engine import ERROR, installed_folders

from variorum.errors import EngineError, OfflineError
from variorum.languagetool import Grammar, Silent, Told, folders_in, install, stop_engine
from variorum.languagetool import fetch as fetching
from variorum.languagetool.compiling import compile_start
from variorum.languagetool.engine import Engine
from variorum.languagetool.fetch import MAVEN_VARIABLE, fetch_jars
from variorum.languagetool.install import KEPT, _prepare, engine_in
from variorum.languagetool.lock import LOCK_FILE, Jar, Lock, read_lock
from variorum.languagetool.unpacking import (
    SPELLER,
    START_JAR,
    store,
    with_plain_lists,
    without_class_path,
)

CONTENTS = {f"org.example:part-{n}:1.{n}": os.urandom(300_000 + n) for n in range(5)}
JARS = tuple(
    Jar(coordinate, hashlib.sha256(content).hexdigest(), len(content))
    for coordinate, content in CONTENTS.items()
)
BY_PATH = {f"/{jar.path}": CONTENTS[jar.coordinate] for jar in JARS}


@dataclass
class Faults:
    """What a repository does wrong, and what it was asked."""

    cut_after: int | None = None
    """Bytes after which the first answer for each file breaks off."""
    ignore_ranges: bool = False
    wrong_bytes: int = 0
    """How many answers have noise in them."""
    status: int | None = None
    asked: list[tuple[str, str | None]] = field(default_factory=list)


@contextlib.contextmanager
def repository(faults: Faults) -> Iterator[str]:
    """A Maven repository on this machine; its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = self.headers.get("Range")
            first = all(path != self.path for path, _ in faults.asked)
            faults.asked.append((self.path, asked))
            if faults.status or self.path not in BY_PATH:
                self.send_error(faults.status or 404)
                return
            content = BY_PATH[self.path]
            if faults.wrong_bytes > 0:
                faults.wrong_bytes -= 1
                content = b"noise" + content[5:]
            start = 0
            if asked and not faults.ignore_ranges:
                start = int(re.fullmatch(r"bytes=(\d+)-", asked)[1])  # type: ignore[index]
            self.send_response(206 if start else 200)
            self.send_header("Content-Length", str(len(content) - start))
            self.end_headers()
            end = start + faults.cut_after if faults.cut_after and first else len(content)
            with contextlib.suppress(OSError):
                self.wfile.write(content[start:end])

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


def fetch(monkeypatch: pytest.MonkeyPatch, source: str, folder: Path) -> None:
    monkeypatch.setenv(MAVEN_VARIABLE, source)
    monkeypatch.setattr(fetching, "pause", lambda attempt: None)
    fetch_jars(JARS, folder, Silent())


def assert_whole(folder: Path) -> None:
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        jar.name: CONTENTS[jar.coordinate] for jar in JARS
    }


def test_lock_names_every_jar_by_digest() -> None:
    lock = read_lock()
    names = [jar.name for jar in lock.jars]
    assert len(set(names)) == len(names) == 127
    assert {"languagetool-server-6.8.jar", "language-en-6.8.jar"} < set(names)
    assert not any(name.startswith("language-all") for name in names)
    assert all(re.fullmatch("[0-9a-f]{64}", jar.sha256) and jar.size > 0 for jar in lock.jars)
    assert "://" not in LOCK_FILE.read_text("utf-8")


@pytest.mark.parametrize(
    "faults",
    [
        Faults(),
        Faults(cut_after=100_000),
        Faults(cut_after=100_000, ignore_ranges=True),
        Faults(wrong_bytes=3),
    ],
    ids=["well", "cut short", "cut short without ranges", "noise"],
)
def test_jars_arrive_whole(faults: Faults, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with repository(faults) as address:
        fetch(monkeypatch, address, tmp_path)
    assert_whole(tmp_path)


def test_interrupted_download_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for jar in JARS:
        (tmp_path / f"{jar.name}.part").write_bytes(CONTENTS[jar.coordinate][:123_456])
    faults = Faults()
    with repository(faults) as address:
        fetch(monkeypatch, address, tmp_path)
    assert_whole(tmp_path)
    assert {asked for _, asked in faults.asked} == {"bytes=123456-"}


def test_rest_of_another_file_is_thrown_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{JARS[0].name}.part").write_bytes(b"x" * 123_456)
    (tmp_path / f"{JARS[1].name}.part").write_bytes(b"x" * 999_999)
    with repository(Faults()) as address:
        fetch(monkeypatch, address, tmp_path)
    assert_whole(tmp_path)


@pytest.mark.parametrize(
    ("faults", "kind", "words"),
    [
        (Faults(status=404), EngineError, "not in the Maven repository"),
        (Faults(status=503), OfflineError, "503"),
        (Faults(wrong_bytes=99), EngineError, "SHA-256"),
    ],
)
def test_repository_that_fails_leaves_no_jar(
    faults: Faults,
    kind: type[EngineError],
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with repository(faults) as address, pytest.raises(kind, match=words) as raised:
        fetch(monkeypatch, address, tmp_path)
    assert raised.value.hint
    assert not list(tmp_path.glob("*.jar"))


def test_no_network_says_what_is_missing_and_the_way_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OfflineError) as raised:
        fetch(monkeypatch, "http://127.0.0.1:9", tmp_path)
    assert re.search(r"part-\d-1\.\d\.jar cannot be fetched: .*refused", str(raised.value))
    assert MAVEN_VARIABLE in raised.value.hint


@pytest.mark.parametrize("layout", ["flat", "maven"])
def test_folder_serves_a_machine_without_network(
    layout: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    target.mkdir()
    for jar in JARS:
        path = source / (jar.name if layout == "flat" else jar.path)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CONTENTS[jar.coordinate])
    fetch(monkeypatch, str(source), target)
    assert_whole(target)
    path.write_bytes(b"truncated")
    (target / JARS[-1].name).unlink()
    with pytest.raises(OfflineError, match=re.escape(JARS[-1].name)):
        fetch(monkeypatch, str(source), target)
    assert not (target / JARS[-1].name).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
def test_full_disk_is_told_and_nothing_pretends_to_be_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / f"{JARS[0].name}.part").symlink_to("/dev/full")
    with repository(Faults()) as address, pytest.raises(EngineError) as raised:
        fetch(monkeypatch, address, tmp_path)
    assert os.strerror(errno.ENOSPC) in str(raised.value)
    assert "VARIORUM_CACHE" in raised.value.hint
    assert not (tmp_path / JARS[0].name).exists()


def test_cache_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(EngineError, match="cannot be written") as raised:
        install(folders_in(tmp_path / "file"), Silent())
    assert "VARIORUM_CACHE" in raised.value.hint


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_class_path_goes_from_a_manifest_and_nothing_else(end: str) -> None:
    lines = ["Manifest-Version: 1.0", "Class-Path: ./ a.jar", " b.jar c", " .jar", "Main-Class: M"]
    kept = [lines[0], lines[-1]]
    assert without_class_path(end.join([*lines, ""]).encode()) == end.join([*kept, ""]).encode()
    assert without_class_path(end.join(kept).encode()) == end.join(kept).encode()


def test_stored_jar_has_the_same_entries(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("model", b"m" * 5000)
    with zipfile.ZipFile(tmp_path / "a.jar", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.class", b"x" * 5000)
        archive.writestr("en.bin", inner.getvalue())
    store(tmp_path / "a.jar", tmp_path / "b.jar")
    with zipfile.ZipFile(tmp_path / "b.jar") as archive:
        assert [entry.compress_type for entry in archive.infolist()] == [zipfile.ZIP_STORED] * 2
        assert archive.read("x.class") == b"x" * 5000
        with zipfile.ZipFile(io.BytesIO(archive.read("en.bin"))) as model:
            assert model.read("model") == b"m" * 5000
            assert model.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_spellers_list_is_written_in_the_plain_format() -> None:
    [core] = engine_in(installed_folders()).jars.glob("languagetool-core-*.jar")
    with zipfile.ZipFile(core) as archive:
        speller = archive.read(SPELLER)
    plain = with_plain_lists(speller)
    assert speller.count(b"CFSA2Serializer") == plain.count(b"FSA5Serializer") == 1
    assert len(plain) == len(speller) - 1


@pytest.mark.languagetool
def test_our_classes_are_what_their_sources_compile_to() -> None:
    engine = engine_in(installed_folders())
    try:
        compiled = compile_start(engine)
    except OfflineError:
        pytest.skip("the compiler cannot be fetched")
    assert compiled == START_JAR.read_bytes(), "run python -m variorum.languagetool.compiling"


def test_progress_is_quiet_in_a_pipe() -> None:
    stream = io.StringIO()
    told = Told(stream)
    told.begin("Fetching", 10)
    for _ in range(10):
        told.advance(1)
    told.end("done")
    told.begin("Checking", 3, lasting=False)
    told.advance(3)
    told.end("3 texts")
    assert stream.getvalue() == "Fetching ...\nFetching: done\n"


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals are not for Windows")
def test_progress_of_a_long_check_is_drawn_on_a_terminal_and_leaves_no_trace() -> None:
    reading, writing = os.openpty()
    with os.fdopen(writing, "w") as terminal:
        told = Told(terminal)
        told.begin("Checking", 4, lasting=False)
        told.advance(2)
        told.end("4 texts")
        seen = os.read(reading, 1000).decode()
    os.close(reading)
    drawn = seen.split("\r\x1b[K")
    assert "Checking ..." in drawn
    assert f"Checking [{'#' * 12}{'.' * 12}]  50%" in drawn
    assert drawn[-1] == "", "the line is wiped when all is said"


@pytest.mark.languagetool
def test_installed_from_a_folder_mended_and_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole way, with every real jar: copy, prepare, check; a damaged jar is replaced."""
    monkeypatch.setenv(MAVEN_VARIABLE, str(engine_in(installed_folders()).jars))
    folders = folders_in(tmp_path)
    engine = install(folders, Silent())
    assert engine.is_complete()
    assert engine.aot_flags()
    damaged = engine.jars / "language-en-6.8.jar"
    whole = damaged.read_bytes()
    damaged.write_bytes(whole[:-1000])
    assert not engine.is_complete()
    try:
        [matches] = Grammar(folders=folders).check([ERROR], "en-US")
    finally:
        stop_engine(folders)
    assert [match.rule for match in matches] == ["HAVE_PART_AGREEMENT"]
    assert damaged.read_bytes() == whole


@pytest.mark.languagetool
def test_jar_of_the_right_size_with_noise_in_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sizes are all that a quick look sees; a server that does not start leads to a full one."""
    monkeypatch.setenv(MAVEN_VARIABLE, str(engine_in(installed_folders()).jars))
    folders = folders_in(tmp_path)
    engine = install(folders, Silent())
    core = next(jar for jar in engine.lock.jars if jar.name.startswith("languagetool-core"))
    engine.run_path(core).write_bytes(os.urandom(1000))
    try:
        [matches] = Grammar(folders=folders).check([ERROR], "en-US")
    finally:
        stop_engine(folders)
    assert [match.rule for match in matches] == ["HAVE_PART_AGREEMENT"]


class Preparing:
    """Stands in for training: what is prepared by whom, without a minute of Java for each."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        # ``variorum.languagetool.install`` is the function; the module has the same name
        monkeypatch.setattr(sys.modules[_prepare.__module__], "train", self.train)
        jar = Jar("org.languagetool:a:1", hashlib.sha256(JAR).hexdigest(), len(JAR))
        self.folder, self.lock = folder, Lock("1", (jar,))
        (folder / "jars").mkdir(parents=True)
        (folder / "jars" / jar.name).write_bytes(JAR)

    def train(self, engine: Engine) -> bool:
        engine.aot_cache.write_bytes(b"trained")
        return True

    def install(self, java: str) -> Engine:
        """As an installation with its own Java does, into the one shared folder."""
        home = self.folder.parent / java
        if not home.exists():
            (home / "lib").mkdir(parents=True)
            (home / "release").touch()
            (home / "lib" / "modules").touch()
        engine = Engine(self.folder, self.lock, home)
        _prepare(engine, Silent())
        return engine


def _a_jar() -> bytes:
    jar = io.BytesIO()
    with zipfile.ZipFile(jar, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("x.class"), b"x" * 5000)
    return jar.getvalue()


JAR = _a_jar()


def _touched(engine: Engine) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in engine.ready.iterdir()}


def test_installations_that_share_a_cache_leave_each_other_prepared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Preparing(tmp_path / "engine", monkeypatch)
    one = shared.install("one")
    before = _touched(one)
    two = shared.install("two")  # the same version with a Java of its own: another checkout
    assert one.is_complete() and two.is_complete()
    assert one.aot_cache != two.aot_cache
    assert _touched(one) == before, "Java refuses a cache for a jar of another date"
    monkeypatch.setattr("variorum.languagetool.engine.preparation", lambda: "another")
    other = shared.install("one")  # another version, which rewrites jars in its own way
    assert other.ready != one.ready
    assert one.is_complete() and two.is_complete() and other.is_complete()


def test_only_the_newest_preparations_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Preparing(tmp_path / "engine", monkeypatch)
    engines = []
    for number in range(KEPT + 2):
        monkeypatch.setattr("variorum.languagetool.engine.preparation", lambda n=number: f"{n}")
        engines.append(shared.install(f"java{number}"))
        os.utime(engines[-1].aot_cache, (number, number))
        os.utime(engines[-1].ready, (number, number))
    last = shared.install("the last")
    kept = [*engines[3:], last]
    assert {*shared.folder.glob("*.aot")} == {engine.aot_cache for engine in kept}
    assert {*shared.folder.glob("ready*")} == {engine.ready for engine in [*engines[2:]]}


def test_a_copy_that_was_damaged_is_mended_and_trained_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = Preparing(tmp_path / "engine", monkeypatch)
    one, two = shared.install("one"), shared.install("two")
    copy = one.run_path(one.lock.jars[0])
    whole = copy.read_bytes()
    copy.write_bytes(b"noise")
    shared.install("two")
    assert copy.read_bytes() == whole
    assert two.is_complete() and not one.is_complete()


@pytest.mark.languagetool
def test_two_installations_at_once_make_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MAVEN_VARIABLE, str(engine_in(installed_folders()).jars))
    program = f"""
from pathlib import Path
from variorum.languagetool import Told, folders_in, install
assert install(folders_in(Path({str(tmp_path)!r})), Told()).is_complete()
"""
    runs = [
        subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [run.communicate()[1] for run in runs]
    assert [run.returncode for run in runs] == [0, 0]
    assert "".join(told).count("Fetching LanguageTool 6.8, 127 files, 84 MB ...") == 1
