"""The application, called as a server of ASGI calls it."""

import asyncio
import json
from collections.abc import MutableMapping
from typing import Any

import pytest

from arazzo_runner.mock.server import application
from arazzo_runner.mock.server.application import Application
from arazzo_runner.mock.server.exchange import Exchanged, Incoming, Reply
from arazzo_runner.mock.server.limits import MAX_KEPT_ANSWERS, MAX_REQUEST_BODY
from arazzo_runner.mock.server.responder import Responder
from tests.mock.server.orders import api

Message = MutableMapping[str, Any]


class Answer:
    """What was sent back."""

    def __init__(self, sent: list[Message]) -> None:
        self.status: int = sent[0]["status"]
        self.headers: list[tuple[bytes, bytes]] = sent[0]["headers"]
        self.body: bytes = sent[1]["body"]

    def header(self, name: str) -> str | None:
        return next((text.decode() for key, text in self.headers if key.decode() == name), None)


def scope(line: str, *headers: tuple[str, str]) -> Message:
    method, _, target = line.partition(" ")
    path, _, query = target.partition("?")
    pairs = [(name.encode(), text.encode()) for name, text in headers]
    return {
        "type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
        "headers": pairs,
    }  # fmt: skip


def call(app: Application, asked: Message, *bodies: bytes) -> Answer:
    parts = [{"type": "http.request", "body": body, "more_body": True} for body in bodies]
    return Answer(talk(app, asked, [*parts, {"type": "http.request"}]))


def talk(app: Application, asked: Message, messages: list[Message]) -> list[Message]:
    sent: list[Message] = []

    async def receive() -> Message:
        return messages.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(asked, receive, send))
    return sent


@pytest.fixture
def app() -> Application:
    return Application(Responder([api()]))


def test_an_answer_has_status_headers_and_body(app: Application) -> None:
    answer = call(app, scope("GET /orders/7"))
    assert answer.status == 200
    assert answer.header("content-type") == "application/json"
    assert answer.header("content-length") == str(len(answer.body))
    assert "item" in json.loads(answer.body)


def test_a_body_in_parts(app: Application) -> None:
    line = scope("POST /orders", ("content-type", "application/json"))
    assert call(app, line, b'{"item": "pe', b'n", "amount": 1}').status == 201


def test_head_has_the_length_of_what_it_leaves_out(app: Application) -> None:
    get, head = call(app, scope("GET /orders/7")), call(app, scope("HEAD /orders/7"))
    assert (head.status, head.body) == (200, b"")
    assert head.header("content-length") == get.header("content-length") == str(len(get.body))


def test_no_content_has_no_length(app: Application) -> None:
    answer = call(app, scope("DELETE /orders/7", ("x-key", "k")))
    assert (answer.status, answer.body, answer.header("content-length")) == (204, b"", None)


def test_a_body_over_the_limit_is_refused_as_soon_as_it_is(app: Application) -> None:
    half = b"x" * (MAX_REQUEST_BODY // 2 + 1)
    answer = call(app, scope("POST /orders"), half, half, half)
    assert answer.status == 413
    assert "max_request_body" in answer.body.decode()


def test_a_client_that_goes_away_gets_nothing(app: Application) -> None:
    assert talk(app, scope("POST /orders"), [{"type": "http.disconnect"}]) == []


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/orders/7", "localhost:4010", 200),
        ("/orders/7", "evil.example", 403),
        ("http://localhost/orders/7", "evil.example", 200),  # the target goes before the field
        ("http://evil.example/orders/7", "localhost", 403),
        ("http://localhost", "localhost", 404),
    ],
)
def test_on_loopback_only_names_of_this_machine_are_answered_to(path: str, host: str, status: int) -> None:
    only = Application(Responder([api()]), loopback_only=True)
    assert call(only, scope(f"GET {path}", ("host", host))).status == status


def test_a_browser_is_let_in(app: Application) -> None:
    origin = ("origin", "https://app.example.com")
    asked = scope("OPTIONS /orders", origin, ("access-control-request-method", "POST"))
    assert call(app, asked).header("access-control-allow-methods") == "POST"
    assert call(app, scope("GET /orders", origin)).header("access-control-allow-origin") == origin[1]
    assert call(app, scope("GET /nowhere", origin)).header("access-control-allow-origin") == origin[1]


def test_the_same_request_is_answered_once(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Incoming] = []
    real = app.reply

    def counting(incoming: Incoming) -> Reply:
        asked.append(incoming)
        return real(incoming)

    monkeypatch.setattr(app, "reply", counting)
    first, again = call(app, scope("GET /orders/7")), call(app, scope("GET /orders/7"))
    assert (first.body, len(asked)) == (again.body, 1)
    call(app, scope("GET /orders/7", ("prefer", "code=404")))
    call(app, scope("GET /orders/8"))
    assert len(asked) == 3


def test_what_is_kept_is_bounded(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "MAX_KEPT_ANSWERS", 4)
    assert MAX_KEPT_ANSWERS > 4
    for number in range(9):
        call(app, scope(f"GET /nowhere/{number}"))
    assert len(app._kept) == 4


def test_each_exchange_is_told() -> None:
    told: list[Exchanged] = []
    app = Application(Responder([api()]), on_exchange=told.append)
    call(app, scope("GET /orders?limit=x"))
    call(app, scope("GET /orders/7"))
    app.answer(Incoming("GET", "/orders/7"))
    assert [(one.method, one.target, one.status, one.operation, len(one.breaches)) for one in told] == [
        ("GET", "/orders?limit=x", 400, "listOrders", 1),
        ("GET", "/orders/7", 200, "getOrder", 0),
        ("GET", "/orders/7", 200, "getOrder", 0),
    ]
    assert all(one.milliseconds >= 0 for one in told)


def test_a_fault_of_ours_does_not_end_the_server(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Exchanged] = []
    app = Application(Responder([api()]), on_exchange=told.append)

    def broken(incoming: Incoming) -> Reply:
        raise AssertionError

    monkeypatch.setattr(app._responder, "reply", broken)
    assert call(app, scope("GET /orders/7")).status == 500
    assert "AssertionError" in told[0].remarks[0]


def test_invented_headers_can_not_break_the_message(app: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = (("X-A", "a\r\nSet-Cookie: b"), ("Transfer-Encoding", "chunked"), ("Content-Length", "99"), ("X-U", "ü"))
    monkeypatch.setattr(app._responder, "reply", lambda incoming: Reply(200, headers, b"abc"))
    answer = call(app, scope("GET /orders/7"))
    assert answer.header("x-a") == "a  Set-Cookie: b"
    assert answer.header("transfer-encoding") is None
    assert answer.header("content-length") == "3"
    assert answer.header("x-u") == "ü"


def test_a_mounted_application_knows_its_root(app: Application) -> None:
    asked = scope("GET /sub/orders/7")
    asked["root_path"] = "/sub"
    assert call(app, asked).status == 200


def test_lifespan_and_websocket(app: Application) -> None:
    messages: list[Message] = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]
    sent = talk(app, {"type": "lifespan"}, messages)
    assert [each["type"] for each in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    sent = talk(app, {"type": "websocket"}, [{"type": "websocket.connect"}])
    assert [each["type"] for each in sent] == ["websocket.close"]
