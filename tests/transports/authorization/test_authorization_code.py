"""A browser played by a client of its own, against authlib's server side."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from arazzo_runner.engine.outcomes import Authorized
from arazzo_runner.sources.security import Flow
from tests.authorization_server import Home
from tests.transports.authorization.talking import CLIENT, PUBLIC, Stage, fetch, grant, reason


@pytest.fixture
def home() -> Iterator[Home]:
    with Home() as server:
        yield server


class Browser:
    """Follows the log-in in a thread; `change` makes another URL of the redirect."""

    def __init__(self, change: Callable[[str], str] = lambda url: url) -> None:
        self.change, self.urls, self.threads = change, list[str](), list[threading.Thread]()

    def open(self, url: str) -> bool:
        self.urls.append(url)
        self.threads.append(threading.Thread(target=self._follow, args=(url,)))
        self.threads[-1].start()
        return True

    def _follow(self, url: str) -> None:
        with httpx2.Client(trust_env=False) as client:
            location = client.get(url).headers["location"]
            assert client.get(location.partition("?")[0].replace("/callback", "/favicon.ico")).status_code == 404
            assert client.get(self.change(location)).status_code == 200

    def done(self) -> None:
        for thread in self.threads:
            thread.join(10)


@pytest.mark.parametrize("fields", [PUBLIC, CLIENT])
def test_a_person_logs_in(home: Home, fields: dict[str, str]) -> None:
    browser = Browser()
    stage = Stage(browser.open, real=True)
    urls = {"token_url": f"{home.url}/token", "authorization_url": f"{home.url}/authorize?tenant=1"}
    found = fetch(grant(Flow.CODE, fields, scopes=("read",), **urls), stage, deadline=10.0)
    browser.done()
    assert isinstance(found, Authorized)
    asked = parse_qs(urlsplit(browser.urls[0]).query)
    assert (asked["tenant"], asked["scope"], asked["code_challenge_method"]) == (["1"], ["read"], ["S256"])
    assert asked["redirect_uri"][0].startswith("http://127.0.0.1:")
    assert len(asked["state"][0]) >= 32
    assert home.forms[0]["code_verifier"] not in browser.urls[0]
    assert browser.urls[0] in stage.told[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda url: url.replace("state=", "state=x"), "another state"),
        (lambda url: url.partition("?")[0] + "?code=stolen", "another state"),
        (
            lambda url: url.partition("code=")[0] + "error=access_denied&state=" + url.partition("state=")[2],
            "access_denied",
        ),
        (lambda url: url.partition("?")[0] + "?state=" + url.partition("state=")[2], "the log-in was refused"),
    ],
)
def test_an_answer_that_is_not_the_one_that_was_asked_for(
    home: Home, change: Callable[[str], str], message: str
) -> None:
    browser = Browser(change)
    urls = {"token_url": f"{home.url}/token", "authorization_url": f"{home.url}/authorize"}
    wanted = grant(Flow.CODE, PUBLIC, scopes=("read",), **urls)
    assert message in reason(wanted, Stage(browser.open, real=True), deadline=10.0)
    browser.done()
    assert home.forms == []


def test_nobody_comes(home: Home) -> None:
    urls = {"token_url": f"{home.url}/token", "authorization_url": f"{home.url}/authorize"}
    stage = Stage()

    def give_up(text: str) -> None:
        stage.moment += 400.0

    from dataclasses import replace

    stage.world = replace(stage.world, tell=give_up)
    assert reason(grant(Flow.CODE, PUBLIC, **urls), stage) == "the time is over"


def test_where_nobody_can_be_asked(home: Home) -> None:
    urls = {"token_url": f"{home.url}/token", "authorization_url": f"{home.url}/authorize"}
    assert "nobody can be asked" in reason(grant(Flow.CODE, PUBLIC, **urls), Stage(interactive=False))


def test_nobody_is_sent_where_it_is_not_encrypted() -> None:
    urls = {"token_url": "https://id.example/token", "authorization_url": "http://id.example/authorize"}
    assert "not encrypted" in reason(grant(Flow.CODE, PUBLIC, **urls))
