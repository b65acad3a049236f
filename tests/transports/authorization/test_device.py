from __future__ import annotations

from collections.abc import Iterator

import pytest

from arazzo_runner.engine.outcomes import Authorized
from arazzo_runner.sources.security import Flow
from tests import wire
from tests.authorization_server import Home
from tests.transports.authorization.talking import PUBLIC, Stage, fetch, grant, reason


@pytest.fixture
def home() -> Iterator[Home]:
    with Home() as server:
        yield server


def test_it_asks_until_the_person_is_done(home: Home) -> None:
    home.pending, stage = 3, Stage()
    urls = {"token_url": f"{home.url}/token", "device_url": f"{home.url}/device"}
    found = fetch(grant(Flow.DEVICE, PUBLIC, scopes=("a", "b"), **urls), stage)
    assert isinstance(found, Authorized)
    (kept,) = home.devices.values()
    assert stage.told == [f"Log in for 'oauth' at {home.url}/activate with the code {kept['user_code']}"]
    assert kept["scope"] == "a b"
    assert stage.waits == [1.0, 1.0, 6.0, 6.0]  # five more for each slow_down (RFC 8628, section 3.5)


def test_it_gives_up_when_the_code_is_over() -> None:
    codes = {"device_code": "d3vice", "user_code": "AB", "verification_uri": "https://id.example", "expires_in": 12}
    with wire.Wire(wire.json_answer(codes), wire.json_answer({"error": "authorization_pending"}, 400)) as server:
        urls = {"token_url": f"{server.url}/token", "device_url": f"{server.url}/device"}
        stage = Stage()
        assert reason(grant(Flow.DEVICE, PUBLIC, **urls), stage) == "the time is over"
    assert stage.waits == [5.0, 5.0, 2.0]


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            wire.json_answer({"error": "unauthorized_client", "error_description": "go away"}, 400),
            "unauthorized_client go away",
        ),
        (wire.json_answer({"device_code": 1, "user_code": "A", "verification_uri": "u"}), "no code to log in with"),
        (wire.answer(200, b"<p>hello"), "is HTML"),
    ],
)
def test_answers_without_a_code(answer: wire.Behaviour, message: str) -> None:
    with wire.Wire(answer) as server:
        urls = {"token_url": f"{server.url}/token", "device_url": f"{server.url}/device"}
        assert message in reason(grant(Flow.DEVICE, PUBLIC, **urls))


def test_a_refusal_ends_it() -> None:
    codes = {"device_code": "d3vice", "user_code": "AB", "verification_uri": "https://id.example", "interval": 10**9}
    with wire.Wire(wire.json_answer(codes), wire.json_answer({"error": "access_denied"}, 400)) as server:
        urls = {"token_url": f"{server.url}/token", "device_url": f"{server.url}/device"}
        message = reason(grant(Flow.DEVICE, PUBLIC, **urls))
    assert "'access_denied'" in message
    assert "d3vice" not in message
