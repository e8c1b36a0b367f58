"""Shows a folder to whoever sits at this machine, and to nobody else."""

from __future__ import annotations

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import click

HOST, PORT = "127.0.0.1", 8000


def open_server(folder: Path) -> ThreadingHTTPServer:
    """A server for ``folder``, not yet at work: at the usual port, or at one that is free."""
    handler = partial(_Quiet, directory=str(folder))
    try:
        return ThreadingHTTPServer((HOST, PORT), handler)
    except OSError:  # somebody is there: ./scripts/serve, as likely as not
        return ThreadingHTTPServer((HOST, 0), handler)


def serve(folder: Path) -> None:
    """Serve ``folder`` until somebody presses Ctrl-C."""
    with open_server(folder) as server:
        click.echo(f"Look at it: http://{HOST}:{server.server_port}/ (Ctrl-C ends this)")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of what is asked for."""
