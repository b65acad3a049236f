"""Against Flask-HTTPAuth's digest, which is other code than the client's; and against challenges that no server makes."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import httpx
import httpx2
import pytest
from flask import Flask, request
from flask_httpauth import HTTPDigestAuth
from werkzeug.serving import make_server

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.sources.security import Login
from arazzo_runner.transports.http import HttpTransport
from arazzo_runner.transports.transport import TransportFailure
from tests import wire
from tests.transports.sending import Send, both, send

ANN = Login("ann", "p4ss:w")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    app = Flask("digest")
    app.secret_key = "k"
    auth: Any = HTTPDigestAuth(use_ha1_pw=False)
    auth.get_password(lambda name: {"ann": "p4ss:w"}.get(name))
    nonces: list[str] = []
    auth.generate_nonce(lambda: nonces.append(f"n{len(nonces)}") or nonces[-1])  # type: ignore[func-returns-value]  # append gives None
    auth.verify_nonce(lambda nonce: nonce in nonces)
    auth.generate_opaque(lambda: "o")
    auth.verify_opaque(lambda opaque: opaque == "o")

    def answer(path: str) -> str:
        return f"{request.method} {path} {request.query_string.decode()} {request.get_data().decode()}"

    app.add_url_rule("/<path:path>", "answer", auth.login_required(answer), methods=["GET", "POST"])
    made = make_server("127.0.0.1", 0, app)
    threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


@both
@pytest.mark.parametrize(("method", "body"), [("GET", None), ("POST", b"text")])
def test_a_challenge_is_answered(server: str, send: Send, method: str, body: bytes | None) -> None:
    response = send(Request(method, f"{server}/a/b?q=1&r=%20", body=body, login=ANN))
    assert (response.status, response.body.decode()) == (200, f"{method} a/b q=1&r=%20 {(body or b'').decode()}")


@both
def test_a_wrong_password_is_refused_once(server: str, send: Send) -> None:
    assert send(Request("GET", f"{server}/a", login=Login("ann", "wrong"))).status == 401


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_client_of_the_caller(server: str, library: Any) -> None:
    with library.Client(trust_env=False) as client:
        assert HttpTransport(client).send(Request("GET", f"{server}/a?q=1", login=ANN), 10.0).status == 200


@pytest.mark.parametrize(
    "challenge",
    [
        'Digest realm="x", nonce',
        'Digest realm="x", nonce="n", qop="auth-int"',
        'Digest realm="x", nonce="n", algorithm=ROT13',
    ],
)
def test_a_challenge_that_can_not_be_answered(challenge: str) -> None:
    with wire.Wire(wire.answer(401, b"", ("WWW-Authenticate", challenge))) as peer:
        with pytest.raises(TransportFailure) as caught:
            send(Request("GET", f"{peer.url}/", login=ANN))
        assert len(peer.received) == 1
    assert caught.value.kind is FailureKind.PROTOCOL
    assert "p4ss" not in caught.value.message


def test_no_password_travels_and_a_server_that_does_not_ask_sees_nothing() -> None:
    with wire.Wire(wire.answer(200)) as peer:
        send(Request("GET", f"{peer.url}/", login=ANN))
        assert b"ann" not in peer.received[0].raw
    refusal = wire.answer(401, b"", ("WWW-Authenticate", 'Digest realm="x", nonce="n", qop="auth"'))
    with wire.Wire(refusal, wire.answer(200)) as peer:
        send(Request("GET", f"{peer.url}/", login=ANN))
        assert b"p4ss" not in b"".join(request.raw for request in peer.received)
        assert b'username="ann"' in peer.received[1].raw


def test_the_body_of_a_refusal_is_not_read() -> None:
    head = wire.head(
        401, [("WWW-Authenticate", 'Digest realm="x", nonce="n", qop="auth"'), ("Content-Length", "9" * 12)]
    )
    with wire.Wire(wire.endless(b"x" * 65536, head), wire.answer(200)) as peer:
        assert send(Request("GET", f"{peer.url}/", login=ANN)).status == 200
