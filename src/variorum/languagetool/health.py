"""Ports and questions to a server that need no client library."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from variorum.languagetool.engine import KEY_HEADER

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port of the loopback address that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_healthy(port: int, timeout: float = 5.0) -> bool:
    """Whether a LanguageTool answers there. Never asks a proxy."""
    import http.client  # late: a check of what is known asks nobody

    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=timeout)
    try:
        connection.request("GET", "/v2/healthcheck")
        response = connection.getresponse()
        return response.status == 200 and response.read(16).strip() == b"OK"
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_healthy(port: int, is_alive: Callable[[], bool], seconds: float) -> bool:
    """Wait until the server answers; False when it died or the time is up."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if is_healthy(port, timeout=1.0):
            return True
        if not is_alive():
            return False
        time.sleep(0.02)
    return False


def check_once(
    port: int, key: str, text: str, language: str, timeout: float = 120.0
) -> dict[str, object]:
    """One plain check, for training; raises OSError when the server does not answer well."""
    import http.client

    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=timeout)
    try:
        body = urlencode({"language": language, "text": text, "level": "picky"})
        form = {"Content-Type": "application/x-www-form-urlencoded", KEY_HEADER: key}
        connection.request("POST", "/v2/check", body, form)
        response = connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise OSError(content[:200].decode("utf-8", "replace"))
        answer: dict[str, object] = json.loads(content)
        return answer
    finally:
        connection.close()


def last_lines(log: Path, count: int = 4, longest: int = 300) -> str:
    """The end of a server's log, for an error message: the first code points of its last lines."""
    try:
        lines = log.read_text("utf-8", "replace").splitlines()
    except OSError:
        return ""
    return " | ".join(line.strip()[:longest] for line in lines[-count:] if line.strip())
