"""``scripts/serve`` where its port is taken: one clear message and the way out."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_taken_port_is_named_with_the_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
        found = subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        )
    assert found.returncode != 0
    said = found.stdout + found.stderr
    assert f"127.0.0.1:{port} cannot be served from: Address already in use" in said
    assert f"--dev-addr 127.0.0.1:{port + 1}" in said
    assert "Traceback" not in said
