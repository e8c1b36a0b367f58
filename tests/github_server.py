"""A small GitHub on the loopback interface: what it does with the comments of a pull request."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import Any

BOT = {"login": "github-actions[bot]"}


@dataclass
class FakeGitHub:
    """One repository, ``us/essays``, with one pull request, from ``them/essays``."""

    sha: str = "a" * 40
    lines: dict[str, set[int]] = field(default_factory=dict)
    """The lines of the difference, by path: others are refused."""
    remarks: list[dict[str, Any]] = field(default_factory=list)
    comments: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """The requests that changed something."""
    address: str = ""
    ids: Iterator[int] = field(default_factory=lambda: count(1))

    def answer(self, method: str, path: str, value: Any) -> tuple[int, Any]:
        if method != "GET":
            self.calls.append(f"{method} {path}")
        match method, path:
            case "GET", "pulls":
                head = {"sha": self.sha, "ref": "mend", "repo": {"full_name": "them/essays"}}
                return 200, [{"number": 7, "state": "open", "head": head}]
            case "GET", "pulls/7/comments":
                return 200, self.remarks
            case "GET", "issues/7/comments":
                return 200, self.comments
            case "POST", "issues/7/comments":
                self.comments.append({"id": next(self.ids), "user": BOT, **value})
                return 201, {}
            case "POST", "pulls/7/reviews":
                return self._review(value)
        return self._one(method, path, value)

    def _review(self, value: Any) -> tuple[int, Any]:
        for comment in value["comments"]:
            wanted = {comment["line"], comment.get("start_line", comment["line"])}
            if not wanted <= self.lines.get(comment["path"], set()):
                return 422, {"message": "line must be part of the diff"}
        for comment in value["comments"]:
            assert value["commit_id"] == self.sha
            self.remarks.append({"id": next(self.ids), "user": BOT, "start_line": None, **comment})
        return 200, {}

    def _one(self, method: str, path: str, value: Any) -> tuple[int, Any]:
        match = re.fullmatch(r"(pulls|issues)/comments/(\d+)", path)
        assert match, path
        held = self.remarks if match[1] == "pulls" else self.comments
        found = [comment for comment in held if comment["id"] == int(match[2])]
        if not found:
            return 404, {}
        if method == "DELETE":
            held.remove(found[0])
            return 204, None
        found[0].update(value)
        return 200, {}


@contextmanager
def serve_github(github: FakeGitHub) -> Iterator[FakeGitHub]:
    """``github``, answering at its ``address``."""

    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            path, _, query = self.path.removeprefix("/repos/us/essays/").partition("?")
            size = int(self.headers.get("Content-Length") or 0)
            value = json.loads(self.rfile.read(size)) if size else None
            status, body = github.answer(self.command, path, value)
            if "page=" in query and "&page=1" not in f"&{query}":
                body = []
            data = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_DELETE = _answer

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        github.address = f"http://127.0.0.1:{server.server_address[1]}"
        try:
            yield github
        finally:
            server.shutdown()
