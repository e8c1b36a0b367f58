"""Trains Java's ahead-of-time cache (JEP 483, 514): the JVM starts with its classes linked.

The cache holds only for the same Java, flags and jars at the same paths, which is what
``Engine.fingerprint`` names. Training costs some seconds once and saves about a second of each
cold start.
"""

from __future__ import annotations

import contextlib
import signal
import subprocess
import tempfile
from pathlib import Path

from variorum.errors import EngineError
from variorum.languagetool.engine import Engine, write_properties
from variorum.languagetool.health import check_once, free_port, last_lines, wait_healthy

SAMPLE = """\
Their is many reasons to reads a old letter twice, and the clerk who copyed it knew them all.

On 3 March 1871, the harbour master -- a careful man -- wrote "the tide were early" and signed it.
Its not known weather he meant the ship, the crew or it's cargo; could of been all three!
You should of asked him in the the morning: he allways answered more quick than his brother.

Between you and I, an hour passes quickly, less people came then expected, and nobody minded.
"""
"""Our own sentences, with faults of many kinds so that many rules are loaded."""
KEY = "training"
"""Of a server that knows no text but the sample."""
START_SECONDS = 120
WRITE_SECONDS = 180


def train(engine: Engine) -> bool:
    """Write ``engine.aot_cache``; False, and an empty file, when this Java made none.

    Raises EngineError when LanguageTool does not even start.
    """
    part = engine.aot_cache.with_suffix(".part")
    part.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _run(engine, part, Path(folder))
    if not part.exists():
        part.touch()
    part.replace(engine.aot_cache)
    return engine.aot_cache.stat().st_size > 0


def _run(engine: Engine, output: Path, folder: Path) -> None:
    properties, log, port = folder / "server.properties", folder / "log", free_port()
    write_properties(properties, KEY)
    with log.open("wb") as file:
        process = subprocess.Popen(
            engine.command(port, properties, f"-XX:AOTCacheOutput={output}"),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            env=engine.environment(),
            start_new_session=True,
        )
    try:
        if not wait_healthy(port, lambda: process.poll() is None, START_SECONDS):
            raise EngineError("LanguageTool did not start", hint=last_lines(log))
        check_once(port, KEY, SAMPLE, "en-US")
        process.send_signal(signal.SIGTERM)  # a killed JVM would write nothing
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(WRITE_SECONDS)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
