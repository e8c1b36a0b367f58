"""Asks one LanguageTool server, through ``language_tool_python``.

This module imports that library, which takes a quarter of a second: import it only when there
is something to ask. Of the library the requests are used, not its ``Match``: that keeps its
corrections of offsets in the class, where threads overwrite each other's, and drops what we need
(the page that explains a rule, the warning that an answer is incomplete).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Literal
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from language_tool_python import LanguageTool
from language_tool_python.exceptions import LanguageToolError

from variorum.errors import EngineError, SettingsError
from variorum.languagetool.engine import KEY_HEADER
from variorum.languagetool.match import Match
from variorum.languagetool.standin import restored, with_standins
from variorum.text import Span

MAX_REPLACEMENTS = 10


class Client(LanguageTool):
    """A connection to ``url`` for one language. Safe to use from several threads."""

    _TIMEOUT = 120  # type: ignore[assignment]  # the library's 300 s twice over is too patient

    def __init__(self, url: str, language: str, *, picky: bool = False, key: str = "") -> None:
        """``key`` opens our own server.

        Raises EngineError when the server does not answer, SettingsError for the language."""
        self._headers = {KEY_HEADER: key} if key else {}
        host = urlsplit(url).hostname or ""
        direct = {"no_proxy": host} if host in ("127.0.0.1", "localhost", "::1") else None
        try:
            super().__init__(language, remote_server=url.rstrip("/") + "/", proxies=direct)
        except LanguageToolError as error:
            raise _silent(url, error) from error
        except (AttributeError, TypeError, KeyError) as error:
            raise _strange(url) from error
        except ValueError as error:
            raise SettingsError(
                f"the LanguageTool at {url} does not know the language {language!r}",
                hint="use a code such as en-US or en-GB",
            ) from error
        self.picky = picky

    def _query_server(
        self,
        url: str,
        params: dict[str, str] | None = None,
        num_tries: int = 2,
        method: Literal["get", "post"] = "get",
    ) -> Any:
        """As the library's, with our headers, and once: whom to ask again is for the fleet."""
        return _parsed(self._request(method, url, params))

    def _request(self, method: str, url: str, data: dict[str, str] | str | None) -> str:
        form = {"Content-Type": "application/x-www-form-urlencoded"} if data else {}
        try:
            response = requests.request(
                method,
                url,
                data=data,
                headers=self._headers | form,
                timeout=self._TIMEOUT,
                proxies=self._proxies,
            )
        except OSError as error:
            raise LanguageToolError(str(error)) from error
        response.encoding = "utf-8"  # as JSON is, whatever the header forgets to say
        return response.text

    def ask(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """The server's whole answer for each text; raises EngineError unless all are complete.

        Only a server of ours, behind its ``Door``, takes more than one in a request."""
        body = "\n".join(urlencode(self._create_params(text)) for text in texts)
        single = len(texts) == 1
        try:
            text = self._request("post", urljoin(self._url, "check" if single else "each"), body)
            parts = [text] if single else text.rstrip("\n").split("\n")
            answers = [_parsed(part) for part in parts]
        except (LanguageToolError, OSError) as error:
            raise _silent(self._url, error) from error
        if len(answers) != len(texts):
            raise _strange(self._url)
        for answer in answers:
            if not isinstance(answer, dict) or not isinstance(answer.get("matches"), list):
                raise _strange(self._url)
            if answer.get("warnings", {}).get("incompleteResults"):
                reason = "gave up half-way through a text"
                raise EngineError(f"the LanguageTool at {self._url} {reason}")
        return answers

    def identity(self) -> str:
        """Name, version and build of the server's LanguageTool."""
        software = self.ask(["."])[0].get("software")
        if not isinstance(software, dict) or software.get("apiVersion") != 1:
            raise _strange(self._url)
        return f"{software.get('name')} {software.get('version')} {software.get('buildDate')}"

    def matches(self, texts: Sequence[str]) -> list[tuple[Match, ...]]:
        """What the server says about each text, in the order of the text."""
        sent = [with_standins(text) for text in texts]
        answers = self.ask(sent)
        try:
            return [_matches(*each) for each in zip(answers, sent, texts, strict=True)]
        except (KeyError, TypeError, ValueError) as error:
            raise _strange(self._url) from error


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise LanguageToolError(text) from error


def _matches(answer: dict[str, Any], sent: str, text: str) -> tuple[Match, ...]:
    found = [_match(raw, sent, text) for raw in answer["matches"]]
    return tuple(sorted(found, key=lambda match: (match.span, match.rule)))


def _match(raw: dict[str, Any], sent: str, text: str) -> Match:
    """One match of the answer; raises ValueError when it lies outside the text."""
    span = Span(raw["offset"], raw["offset"] + raw["length"])
    if span.end > len(text):
        raise ValueError(f"a match ends at {span.end} of {len(text)}")
    rule = raw["rule"]
    offered = (
        restored(each["value"], span.of(sent), span.of(text))
        for each in raw["replacements"][:MAX_REPLACEMENTS]
    )
    return Match(
        rule=str(rule["id"]),
        category=str(rule["category"]["id"]),
        issue=str(rule.get("issueType", "")),
        span=span,
        message=str(raw["message"]),
        replacements=tuple(words for words in offered if words is not None),
        url=next((str(each["value"]) for each in rule.get("urls", ())), ""),
    )


def _silent(url: str, error: Exception) -> EngineError:
    reason = str(error).strip().partition("\n")[0][:200] or "it said nothing"
    if isinstance(error.__cause__, requests.Timeout):
        reason = f"no answer within {Client._TIMEOUT} s"
    elif isinstance(error.__cause__, requests.ConnectionError):
        reason = "it refused or dropped the connection"
    return EngineError(f"the LanguageTool at {url} failed: {reason}")


def _strange(url: str) -> EngineError:
    return EngineError(
        f"what answers at {url} is not a LanguageTool that this version understands",
        hint="--server takes the address before /v2, for example http://localhost:8081",
    )
