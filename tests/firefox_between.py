"""Stands between playwright and a Firefox of the system, started instead of it with its arguments.

Playwright speaks WebDriver BiDi with such a Firefox, and begins with a command that releases up to
153 do not know (`emulation.setMediaFeaturesOverride`; nothing here needs it). Their refusal is
turned into an assent of the same length; all else passes as it is.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable

REFUSAL = re.compile(
    rb'\{"type":"error","id":(\d+),"error":"unknown command",'
    rb'"message":"emulation\.setMediaFeaturesOverride"[^{}]*\}')
Change = Callable[[bytes], bytes]
LISTENING = re.compile(r"(WebDriver BiDi listening on ws://127\.0\.0\.1:)(\d+)")


def assent(refusal: re.Match[bytes]) -> bytes:
    """An empty success as long as ``refusal``, so that no frame changes its length."""
    return b'{"type":"success","id":%b,"result":{}}'.replace(b"%b", refusal[1]).ljust(
        len(refusal[0]))


def pump(source: socket.socket, target: socket.socket, change: Change) -> None:
    """Pass on what comes, until nothing does."""
    while data := source.recv(1 << 20):
        target.sendall(change(data))
    target.close()


def stand_between(port: int) -> int:
    """The port of a listener that passes everything on to ``port``."""
    listener = socket.create_server(("127.0.0.1", 0))
    own = int(listener.getsockname()[1])

    def address(data: bytes) -> bytes:  # Firefox wants to be called by its own port
        return data.replace(b"Host: 127.0.0.1:%d" % own, b"Host: 127.0.0.1:%d" % port)

    def consent(data: bytes) -> bytes:
        return REFUSAL.sub(assent, data)

    def accept() -> None:
        while True:
            near, _ = listener.accept()
            far = socket.create_connection(("127.0.0.1", port))
            for ends in ((near, far, address), (far, near, consent)):
                threading.Thread(target=pump, args=ends, daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return own


def main() -> int:
    """Run the Firefox that the environment names until it ends."""
    firefox = subprocess.Popen([os.environ["VARIORUM_FIREFOX"], *sys.argv[1:]],
                               stderr=subprocess.PIPE, text=True)
    assert firefox.stderr is not None
    for line in firefox.stderr:
        found = LISTENING.search(line)
        said = LISTENING.sub(rf"\g<1>{stand_between(int(found[2]))}", line) if found else line
        print(said, end="", file=sys.stderr, flush=True)
    return firefox.wait()


if __name__ == "__main__":
    raise SystemExit(main())
