"""Against authlib's server side, and against raw answers that no sound server gives."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

import pytest

from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind
from arazzo_runner.sources.security import NO_TOKEN, Flow
from arazzo_runner.transports.authorization.token_endpoint import told
from tests import wire
from tests.authorization_server import PASSWORD, SECRET, USER, Home
from tests.transports.authorization.talking import CLIENT, PUBLIC, fetch, grant, reason


@pytest.fixture
def home() -> Iterator[Home]:
    with Home() as server:
        yield server


def test_client_credentials(home: Home) -> None:
    found = fetch(grant(Flow.CLIENT, scopes=("read", "write"), token_url=f"{home.url}/token"))
    assert isinstance(found, Authorized)
    assert found.fields == {"TOKEN": home.tokens[0].access_token}
    assert (home.tokens[0].scope, home.forms[0]["scope"]) == ("read write", "read write")
    assert "client_secret" not in home.forms[0]


def test_a_client_that_must_stand_in_the_form() -> None:
    with Home(methods=("client_secret_post",)) as home:
        assert isinstance(fetch(grant(Flow.CLIENT, token_url=f"{home.url}/token")), Authorized)
        assert home.forms[-1]["client_secret"] == SECRET


def test_the_password_of_a_user(home: Home) -> None:
    user = {"USERNAME": USER, "PASSWORD": PASSWORD}
    for client in (CLIENT, PUBLIC):
        found = fetch(grant(Flow.PASSWORD, {**client, **user}, token_url=f"{home.url}/token"))
        assert isinstance(found, Authorized)
        assert found.refresh_token


def test_a_refresh_token(home: Home) -> None:
    user = {**PUBLIC, "USERNAME": USER, "PASSWORD": PASSWORD}
    first = fetch(grant(Flow.PASSWORD, user, token_url=f"{home.url}/token"))
    assert isinstance(first, Authorized)
    again = {**PUBLIC, "REFRESH_TOKEN": first.refresh_token}
    second = fetch(grant(Flow.REFRESH, again, token_url=f"{home.url}/token"))
    assert isinstance(second, Authorized)
    assert second.fields != first.fields
    assert "'invalid_grant'" in reason(grant(Flow.REFRESH, again, token_url=f"{home.url}/token"))


def test_a_wrong_secret_is_told_and_not_shown(home: Home) -> None:
    wrong = {"CLIENT_ID": "app", "CLIENT_SECRET": "wr0ng-one"}
    message = reason(grant(Flow.CLIENT, wrong, token_url=f"{home.url}/token"))
    assert "'invalid_client'" in message
    assert "wr0ng-one" not in message
    assert len(home.forms) == 2


def answered(behaviour: wire.Behaviour, fields: dict[str, str] = CLIENT) -> str:
    with wire.Wire(behaviour) as server:
        return reason(grant(Flow.CLIENT, fields, token_url=f"{server.url}/token"))


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        (wire.answer(200, b"<html>Sign in", ("Content-Type", "text/html")), "is HTML; is that the right URL?"),
        (wire.answer(200, b"[1]", ("Content-Type", "application/json")), "not a JSON object"),
        (wire.answer(200, b"[" * 100_000, ("Content-Type", "application/json")), "not a JSON object"),
        (wire.answer(204), "not a JSON object"),
        (wire.json_answer({}), "holds no access token"),
        (wire.json_answer({"access_token": 7}), "holds no access token"),
        (wire.json_answer({"access_token": " "}), "holds no access token"),
        (wire.json_answer({"access_token": "a\nb"}), "can't stand in a header"),
        (wire.json_answer({"access_token": "a", "token_type": "mac"}), "of the type 'mac'"),
        (wire.json_answer({"access_token": "a"}, 500), "(500) holds no access token"),
        (
            wire.json_answer({"error": "access_denied", "error_description": "no\r\nway"}, 400),
            "'access_denied': no way",
        ),
        (wire.json_answer({"error": ["x"]}, 400), "answered 400 with"),
        (wire.json_answer({"access_token": "a", "scope": 7}), "no token response"),
        (wire.answer(302, b"", ("Location", "https://evil.example/token?x=1")), "redirects to evil.example"),
        (wire.answer(307, b"", ("Location", "http://[")), "it redirects, and no secret is sent after it"),
        (wire.answer(200, b" " * (1024 * 1024 + 1)), "larger than 1 MiB"),
    ],
)
def test_answers_that_give_no_token(behaviour: wire.Behaviour, message: str) -> None:
    found = answered(behaviour)
    assert message in found
    assert SECRET not in found


def test_the_address_is_told_with_its_path_and_the_answer_with_its_status() -> None:
    with wire.Wire(wire.json_answer({"detail": "Not Found"}, 404)) as server:
        failed = fetch(grant(Flow.CLIENT, token_url=f"{server.url}/oauth/tokn?tenant=t3nant"))
        assert failed == Failed(
            FailureKind.AUTHORIZATION,
            f"POST {server.url}/oauth/tokn: the answer (404) holds no access token",
            code=NO_TOKEN,
        )


def test_an_answer_that_says_it_is_enormous_is_not_read() -> None:
    big = wire.raw(wire.head(200, [("Content-Length", str(100 * 1024 * 1024))]))
    with wire.Wire(big) as server:
        failed = fetch(grant(Flow.CLIENT, token_url=f"{server.url}/token"))
    assert isinstance(failed, Failed)
    assert failed.kind is FailureKind.TOO_LARGE


@pytest.mark.parametrize(
    ("lifetime", "expected"),
    [(3600, 3600.0), ("60", 60.0), (1.5, 1.0), (None, None), (10**400, None), (-1, 0.0), (0, None)],
)
def test_lifetimes(lifetime: object, expected: float | None) -> None:
    body = json.dumps({"access_token": "a", "token_type": "Bearer", "expires_in": lifetime}).encode()
    with wire.Wire(wire.answer(200, body)) as server:
        found = fetch(grant(Flow.CLIENT, token_url=f"{server.url}/token"))
    assert isinstance(found, Authorized)
    assert found.lifetime == expected


def test_the_bytes_that_are_sent() -> None:
    with wire.Wire(wire.json_answer({"access_token": "a"})) as server:
        fetch(grant(Flow.CLIENT, scopes=("a b", "c"), token_url=f"{server.url}/token?tenant=1"))
        (request,) = server.received
    # RFC 6749, section 2.3.1: both are form-encoded before they are joined
    pair = base64.b64encode(b"app:cnry%25Cs2%2BVb6%2FEk9%3Dyrnc").decode()
    assert request.values("Authorization") == [f"Basic {pair}"]
    assert request.line == "POST /token?tenant=1 HTTP/1.1"
    assert request.body.startswith(b"grant_type=client_credentials")


def test_nothing_goes_in_the_clear_beyond_this_machine() -> None:
    assert "not encrypted" in reason(grant(Flow.CLIENT, token_url="http://id.example/token"))


def test_a_server_s_words_are_made_fit_for_a_line() -> None:
    assert told("a\x1b[31m s3cret\n b" + "x" * 300, ["s3cret", ""]).startswith("a [31m [redacted] bx")
    assert len(told("y" * 300, [])) == 203
