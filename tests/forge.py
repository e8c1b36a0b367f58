"""A stand-in for GitHub: the few calls that publishing makes, answered from memory, on loopback."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOME = "house/essays"
"""The repository that it is asked about."""


@dataclass
class Forge:
    """Pull requests by number, and what was said about them."""

    pulls: dict[int, dict[str, Any]] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    statuses: list[dict[str, str]] = field(default_factory=list)
    api: str = ""

    def open(self, number: int, repository: str, branch: str, commit: str) -> None:
        """Open a pull request, or push to it."""
        head = {"sha": commit, "ref": branch, "repo": {"full_name": repository}}
        self.pulls[number] = {"number": number, "state": "open", "head": head}

    def close(self, number: int) -> None:
        self.pulls[number]["state"] = "closed"

    def say(self, number: int, who: str, words: str) -> None:
        """Somebody comments."""
        self.comments.append({"id": len(self.comments) + 1, "issue": number, "body": words,
                              "user": {"login": who}})

    def answer(self, method: str, path: str, query: dict[str, list[str]], value: Any) -> Any:
        """What GitHub would say; None for 404."""
        if match := re.fullmatch(r"/pulls/(\d+)", path):
            return self.pulls.get(int(match[1]))
        if path == "/pulls":
            wanted = [each for each in self.pulls.values() if each["state"] == "open"
                      and _owned(each) == query.get("head", [_owned(each)])[0]]
            return _page(wanted, query)
        if match := re.fullmatch(r"/issues/(\d+)/comments", path):
            if method == "GET":
                return _page([c for c in self.comments if c["issue"] == int(match[1])], query)
            self.say(int(match[1]), "github-actions[bot]", value["body"])
            return self.comments[-1]
        if match := re.fullmatch(r"/issues/comments/(\d+)", path):
            self.comments[int(match[1]) - 1]["body"] = value["body"]
            return self.comments[int(match[1]) - 1]
        if match := re.fullmatch(r"/statuses/([0-9a-f]{40})", path):
            self.statuses.append({"commit": match[1], **value})
            return value
        return None


def _owned(pull: dict[str, Any]) -> str:
    head = pull["head"]
    return f"{head['repo']['full_name'].partition('/')[0]}:{head['ref']}"


def _page(found: list[Any], query: dict[str, list[str]]) -> list[Any]:
    page, size = int(query.get("page", ["1"])[0]), int(query.get("per_page", ["30"])[0])
    return found[(page - 1) * size : page * size]


@contextmanager
def forge() -> Iterator[Forge]:
    """A forge that answers at its ``api`` while the context lasts."""
    house = Forge()

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            parts = urlsplit(self.path)
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            path = parts.path.removeprefix(f"/repos/{HOME}")
            value = json.loads(body) if body else None
            answer = house.answer(self.command, path, parse_qs(parts.query), value)
            known = self.headers["Authorization"] == "Bearer let-me"
            self.send_response(401 if not known else 404 if answer is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(answer).encode())

        do_GET = do_POST = do_PATCH = handle_any

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    house.api = f"http://127.0.0.1:{server.server_port}"
    try:
        yield house
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
