"""What a client may take its time for; the rest of the server's manners stand in tests/hostile/test_mock_server.py."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.mock.server import listening
from arazzo_runner.mock.server.application import Application
from arazzo_runner.mock.server.listening import Listening, bind, url_of
from arazzo_runner.mock.server.responder import Responder
from tests.mock.server.orders import api

GET = b"GET /orders/7 HTTP/1.1\r\nhost: localhost\r\n\r\n"


@contextlib.contextmanager
def served() -> Iterator[int]:
    bound = bind("127.0.0.1", 0)
    with Listening(Application(Responder([api()])), bound).in_thread():
        yield bound.getsockname()[1]


def open_to(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=20)


def everything(connection: socket.socket) -> bytes:
    """Read until the server closes."""
    found = b""
    with contextlib.suppress(ConnectionResetError):
        while part := connection.recv(65536):
            found += part
    return found


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("HEAD_TIMEOUT", b""),
        ("HEAD_TIMEOUT", b"GET /orders HTTP/1.1\r\nhost: loc"),
        ("BODY_TIMEOUT", b"POST /orders HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{"),
    ],
)
def test_half_a_request_has_its_time(monkeypatch: pytest.MonkeyPatch, name: str, sent: bytes) -> None:
    monkeypatch.setattr(listening, name, 0.05)
    with served() as port, open_to(port) as connection:
        connection.sendall(sent)
        assert everything(connection) == b""  # ends, since the server closes


def test_an_idle_connection_has_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "IDLE_TIMEOUT", 0)
    with served() as port, open_to(port) as connection:
        connection.sendall(GET)
        assert everything(connection).startswith(b"HTTP/1.1 200 ")


def test_one_connection_too_many_closes_one_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "MAX_CONNECTIONS", 1)
    with served() as port, open_to(port) as first:
        first.sendall(GET)
        assert first.recv(12) == b"HTTP/1.1 200"
        with open_to(port) as second:
            assert everything(first).count(b"HTTP/1.1") == 0
            second.sendall(GET)
            assert second.recv(12) == b"HTTP/1.1 200"


def test_it_stops_with_a_request_under_way() -> None:
    with served() as port:
        connection = open_to(port)
        connection.sendall(b"POST /orders HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\n{")
    with connection:
        assert everything(connection) == b""


@pytest.mark.parametrize(
    ("host", "port", "message"),
    [("256.256.256.256", 0, "no address of this machine"), ("192.0.2.1", 0, "can't listen on 192.0.2.1")],
)
def test_what_can_not_be_listened_on(host: str, port: int, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def look_up(host: str, *rest: object, **more: object) -> list[object]:
        if host.startswith("256"):
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", (host, 0))]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with pytest.raises(UsageError, match=message):
        bind(host, port)


def test_the_url_that_a_client_of_this_machine_uses() -> None:
    with bind("127.0.0.1", 0) as bound:
        port = bound.getsockname()[1]
        assert url_of(bound, "localhost") == f"http://localhost:{port}"
        assert url_of(bound, "0.0.0.0") == f"http://127.0.0.1:{port}"
        assert url_of(bound, "::") == f"http://[::1]:{port}"
