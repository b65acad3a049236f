from __future__ import annotations

from collections.abc import Iterator

import pytest

from arazzo_runner.engine.outcomes import Authorized
from arazzo_runner.sources.security import Flow
from tests import wire
from tests.authorization_server import PASSWORD, SECRET, USER, Home
from tests.transports.authorization.talking import CLIENT, PUBLIC, Stage, fetch, grant, reason

PATH = "/.well-known/openid-configuration"


@pytest.fixture
def home() -> Iterator[Home]:
    with Home() as server:
        yield server


@pytest.mark.parametrize(
    ("flow", "fields"),
    [(Flow.CLIENT, CLIENT), (Flow.PASSWORD, {**CLIENT, "USERNAME": USER, "PASSWORD": PASSWORD})],
)
def test_the_metadata_say_where(home: Home, flow: Flow, fields: dict[str, str]) -> None:
    assert isinstance(fetch(grant(flow, fields, discovery_url=home.url + PATH)), Authorized)


def metadata(server: wire.Wire, **members: object) -> str:
    return reason(grant(Flow.CLIENT, discovery_url=server.url + PATH))


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (wire.json_answer({"token_endpoint": "https://evil.example/token"}), "--auth-host evil.example"),
        (wire.json_answer({"token_endpoint": "http://127.0.0.1:1/token"}), "--auth-host 127.0.0.1:1"),
        (wire.json_answer({"token_endpoint": "http://evil.example/token"}), "have no token_endpoint that can be used"),
        (wire.json_answer({"token_endpoint": 7}), "have no token_endpoint"),
        (wire.json_answer({}), "have no token_endpoint"),
        (wire.answer(200, b"<!doctype html>", ("Content-Type", "text/html")), "is HTML"),
        (wire.answer(404), "answered with 404"),
        (wire.answer(301, b"", ("Location", "https://evil.example/")), "redirects to evil.example"),
    ],
)
def test_metadata_that_are_not_used(answer: wire.Behaviour, message: str) -> None:
    with wire.Wire(answer) as server:
        assert message in reason(grant(Flow.CLIENT, discovery_url=server.url + PATH))
        assert len(server.received) == 1
        assert SECRET.encode() not in server.received[0].raw
        assert not server.received[0].values("Authorization")


def test_another_origin_may_be_named_by_the_caller(home: Home) -> None:
    with wire.Wire(wire.json_answer({"token_endpoint": f"{home.url}/token"})) as server:
        named = frozenset({f"127.0.0.1:{home.port}"})
        found = fetch(grant(Flow.CLIENT, discovery_url=server.url + PATH, named_hosts=named))
    assert isinstance(found, Authorized)


def test_a_server_without_a_browser_flow_is_asked_for_a_device_code(home: Home) -> None:
    home.pending = 0
    members = {"token_endpoint": f"{home.url}/token", "device_authorization_endpoint": f"{home.url}/device"}
    stage = Stage()
    with wire.Wire(wire.json_answer(members)) as server:
        named = frozenset({f"127.0.0.1:{home.port}"})
        found = fetch(grant(Flow.CODE, PUBLIC, discovery_url=server.url + PATH, named_hosts=named), stage)
    assert isinstance(found, Authorized)
    assert "with the code" in stage.told[0]
