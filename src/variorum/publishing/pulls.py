"""Pull requests as GitHub knows them. Nothing that a change brings along is believed about it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

import requests

from variorum.errors import VariorumError

BOT = "github-actions[bot]"
_TIMEOUT = 30
"""Seconds."""
_MOST = 100
"""Of anything on one page of an answer."""


@dataclass(frozen=True)
class Head:
    """What a build was of, as GitHub tells of the run that built it."""

    repository: str
    """``owner/name`` of the repository that the change comes from."""
    branch: str
    commit: str


@dataclass(frozen=True)
class GitHub:
    """One repository, with the rights of ``token``."""

    repository: str
    token: str
    api: str = "https://api.github.com"

    def pulls_at(self, head: Head) -> list[int]:
        """The numbers of open pull requests that stand at ``head`` now."""
        owner = head.repository.partition("/")[0]
        found = self._all("pulls", {"state": "open", "head": f"{owner}:{head.branch}"})
        return [int(pull["number"]) for pull in found if _stands_at(pull, head)]

    def closed_among(self, numbers: Collection[int]) -> list[int]:
        """Those of ``numbers`` that are no open pull requests.

        Each is asked for by itself: a list in pages misses some while others are closed.
        """
        return [number for number in numbers if not self._is_open(number)]

    def _is_open(self, number: int) -> bool:
        answer = self._ask("GET", f"pulls/{number}")
        if answer.status_code == requests.codes.not_found:
            return False
        return bool(_read(answer)["state"] == "open")

    def comment(self, number: int, mark: str, text: str, *, only_again: bool = False) -> None:
        """Say ``text`` once: a comment of ours that begins with ``mark`` is written anew.

        With ``only_again`` nothing is said where there is no such comment.
        """
        for comment in self._all(f"issues/{number}/comments", {}):
            if comment["user"]["login"] == BOT and comment["body"].startswith(mark):
                if comment["body"] != text:
                    self._call("PATCH", f"issues/comments/{int(comment['id'])}", {"body": text})
                return
        if not only_again:
            self._call("POST", f"issues/{number}/comments", {"body": text})

    def remarks(self, number: int) -> list[Any]:
        """The comments beside the lines of a pull request, as GitHub describes them."""
        return [*self._all(f"pulls/{number}/comments", {})]

    def add_remarks(
        self, number: int, commit: str, text: str, remarks: Sequence[Mapping[str, Any]]
    ) -> bool:
        """Say all ``remarks`` in one review; ``False`` when GitHub takes one of them not."""
        value = {"commit_id": commit, "event": "COMMENT", "body": text, "comments": [*remarks]}
        return self._accepts("POST", f"pulls/{number}/reviews", value)

    def edit_remark(self, remark: int, text: str) -> None:
        """Write a comment beside a line anew."""
        self._call("PATCH", f"pulls/comments/{remark}", {"body": text})

    def delete_remark(self, remark: int) -> None:
        """Take a comment beside a line away; one that is gone already is fine."""
        self._accepts("DELETE", f"pulls/comments/{remark}", {})

    def set_status(self, commit: str, state: str, description: str, target: str = "") -> None:
        """Show a line beside the checks of ``commit``."""
        value = {"state": state, "context": "preview", "description": description[:140]}
        self._call("POST", f"statuses/{commit}", value | ({"target_url": target} if target else {}))

    def _all(self, path: str, query: Mapping[str, str]) -> Iterator[Any]:
        for page in count(1):
            asked = {**query, "per_page": str(_MOST), "page": str(page)}
            found = _read(self._ask("GET", path, query=asked))
            yield from found
            if len(found) < _MOST:
                return

    def _call(self, method: str, path: str, value: Mapping[str, str]) -> None:
        _read(self._ask(method, path, value))

    def _accepts(self, method: str, path: str, value: Mapping[str, Any]) -> bool:
        """Whether GitHub finds what ``value`` speaks of."""
        answer = self._ask(method, path, value)
        if answer.status_code in (requests.codes.not_found, requests.codes.unprocessable):
            return False
        if answer.status_code != requests.codes.no_content:
            _read(answer)
        return True

    def _ask(
        self, method: str, path: str, value: Mapping[str, Any] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> requests.Response:
        address = f"{self.api}/repos/{self.repository}/{path}"
        headers = {"Authorization": f"Bearer {self.token}",
                   "Accept": "application/vnd.github+json"}
        try:
            return requests.request(method, address, json=value, params=query,
                                    headers=headers, timeout=_TIMEOUT)
        except requests.RequestException as error:
            raise _silence(error) from None


def _read(answer: requests.Response) -> Any:
    try:
        answer.raise_for_status()
        return answer.json()
    except (requests.RequestException, ValueError) as error:
        raise _silence(error) from None


def _silence(error: Exception) -> VariorumError:
    return VariorumError(f"GitHub does not answer as it should: {error}",
                         hint="run this again later")


def _stands_at(pull: Any, head: Head) -> bool:
    there = pull["head"]
    name = (there["repo"] or {}).get("full_name")  # a fork may be gone
    return bool(there["sha"] == head.commit and there["ref"] == head.branch
                and name == head.repository)
