"""The mock server against clients that mean no good: it goes on answering, and its log shows no traceback.

The server is a process of its own, as people run it; clients are bare sockets.
"""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from arazzo_runner.mock.server.limits import MAX_REQUEST_BODY, MAX_REQUEST_HEAD
from tests.mock.server.orders import ORDERS

HOST = b"host: localhost\r\n"
GOOD = b"GET /orders/7 HTTP/1.1\r\n" + HOST + b"connection: close\r\n\r\n"


@dataclass
class Server:
    """A server that runs; `log` is what it wrote on standard error so far."""

    port: int
    process: subprocess.Popen[bytes]
    log: list[bytes] = field(default_factory=list)

    def send(self, *parts: bytes) -> bytes:
        """Send bytes, read until the server closes or is silent after an answer, and return what came."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as connection:
            with contextlib.suppress(OSError):  # the server may close before it has read all
                for part in parts:
                    connection.sendall(part)
                connection.shutdown(socket.SHUT_WR)
            return everything(connection)

    def answers(self) -> bool:
        """Tell whether a good request is still answered."""
        return self.send(GOOD).startswith(b"HTTP/1.1 200 ")


def everything(connection: socket.socket) -> bytes:
    found = b""
    with contextlib.suppress(ConnectionError):
        while part := connection.recv(65536):
            found += part
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("api")
    (folder / "orders.yml").write_text(ORDERS, "utf-8")
    command = [sys.executable, "-m", "arazzo_runner", "mock", "orders.yml", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONDEVMODE": "1"}
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line.startswith(b"http://127.0.0.1:"), line
        server = Server(int(line.rpartition(b":")[2]), process)
        reader = Thread(target=server.log.extend, args=(process.stderr,), daemon=True)
        reader.start()
        try:
            yield server
        finally:
            assert server.answers(), "it went on to the end"
            process.terminate()
            assert process.wait(20) == 0
            reader.join()
    told = b"".join(server.log).decode()
    assert "Traceback" not in told, told
    assert "fault of arazzo" not in told, told
    assert "Warning" not in told, told


@pytest.mark.parametrize(
    "sent",
    [
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /orders\r\n\r\n",
        b"GET /orders HTTP/9.9\r\n" + HOST + b"\r\n",
        b"GET  /orders  HTTP/1.1\r\n" + HOST + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(256)),  # a client of TLS
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET /orders HTTP/1.1\r\n\r\n",  # HTTP/1.1 without Host
        b"GET /orders HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
        b"GET /orders HTTP/1.1\r\n" + HOST + b"bad header: 1\r\n\r\n",
        b"GET /orders HTTP/1.1\r\n" + HOST + b"x: a\x00b\r\n\r\n",
        b"GET /orders HTTP/1.1\r\n" + HOST + b"x: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET /orders HTTP/1.1\r\n" + HOST + b"x: a\r\n" * 30_000 + b"\r\n",
        b"GET /" + b"a" * (MAX_REQUEST_HEAD + 1) + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
        "GET /é HTTP/1.1\r\n".encode() + HOST + b"\r\n",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"transfer-encoding: chunked\r\n\r\nzz\r\n",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"transfer-encoding: chunked\r\n\r\nffffffffffffffffffff\r\nab",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"transfer-encoding: chunked\r\n\r\n5\r\nabcdefgh\r\n",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"content-length: -1\r\n\r\n",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"content-length: 1\r\ncontent-length: 2\r\n\r\nab",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"content-length: 99999999999999999999999\r\n\r\nab",
        b"POST /orders HTTP/1.1\r\n" + HOST + b"content-length: 10\r\n\r\nab",  # and then silence
        b"GET /orders HTTP/1.1\r\n" + HOST + b"upgrade: websocket\r\nconnection: upgrade\r\n\r\n",
        b"CONNECT localhost:80 HTTP/1.1\r\n" + HOST + b"\r\n",
        b"OPTIONS * HTTP/1.1\r\n" + HOST + b"\r\n",
    ],
    ids=lambda sent: repr(sent[:60]),
)
def test_malformed_requests(server: Server, sent: bytes) -> None:
    answer = server.send(sent)
    assert answer == b"" or answer.startswith(b"HTTP/1.1 "), answer
    assert server.answers()


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"/orders/%00", 400),
        (b"/orders/a%2Fb", 400),
        (b"/orders/%2e%2e", 400),
        (b"/orders/../orders/7", 404),
        (b"/orders/%ff%fe", 400),
        (b"/orders/%zz", 400),
        (b"/orders/%F0%9F%98%80", 400),
        (b"//orders", 404),
        (b"/orders//", 404),
        (b"/" * 5_000, 404),
        (b"/orders?" + b"limit=1&" * 5_000, 200),
        (b"/orders?" + b"a=1&" * 12_000, 400),
        (b"/orders?limit=" + b"9" * 5_000, 400),
        (b"/orders?%00=%00&=&&&;", 200),
        (b"http://localhost/orders/7", 200),
        (b"http://evil.example/orders/7", 403),
        (b"http://[::1/orders/7", 403),
        (b"orders/7", 404),
        (b"/orders#fragment", 404),
        (b"/orders/7?\x1b[2J", 400),
    ],
    ids=lambda each: repr(each)[:50],
)
def test_odd_targets(server: Server, target: bytes, status: int) -> None:
    answer = server.send(b"GET " + target + b" HTTP/1.1\r\n" + HOST + b"connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 %d " % status), answer[:300]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (b"application/json", b"[" * 200_000),
        (b"application/json", b'{"item": ' * 50_000),
        (b"application/json", b"\xff" * 1_000),
        (b"application/json", b"1" * 100_000),
        (b"application/json; charset=idna", b"{}"),
        (b"application/json; charset=\xff", b"{}"),
        (b"multipart/form-data; boundary=x", b"--x\r\n" * 20_000),
        (b"multipart/form-data; boundary=", b"--\r\n"),
        (b"application/x-www-form-urlencoded", b"a[" * 20_000),
        (b"\x7f/\x7f", b"x"),
        (b"application/xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
    ],
    ids=lambda each: repr(each[:40]),
)
def test_odd_bodies(server: Server, content_type: bytes, body: bytes) -> None:
    head = b"POST /orders HTTP/1.1\r\n" + HOST + b"connection: close\r\ncontent-type: " + content_type
    answer = server.send(head + b"\r\ncontent-length: %d\r\n\r\n" % len(body), body)
    assert answer.split(b" ")[1] in (b"400", b"415", b"422"), answer[:300]


def test_a_body_over_the_limit(server: Server) -> None:
    head = b"POST /orders HTTP/1.1\r\n" + HOST + b"content-length: %d\r\n\r\n" % (MAX_REQUEST_BODY + 2**20)
    answer = server.send(head, *[b"x" * 2**20] * (MAX_REQUEST_BODY // 2**20 + 1))
    assert answer == b"" or answer.startswith(b"HTTP/1.1 413 "), answer[:300]  # closed while there is more to read
    assert server.answers()


def test_requests_in_a_row_are_answered_in_their_order(server: Server) -> None:
    sent = b"".join(b"GET /orders/%d HTTP/1.1\r\n" % number + HOST + b"\r\n" for number in range(50))
    assert server.send(sent + GOOD).count(b"HTTP/1.1 200 ") == 51


def test_random_bytes(server: Server) -> None:
    random = Random(7)
    for _ in range(40):
        mutated = bytearray(GOOD * 2)
        for _ in range(random.randrange(1, 6)):
            mutated[random.randrange(len(mutated))] = random.randrange(256)
        server.send(bytes(mutated))
    assert server.answers()


def drop(server: Server, count: int) -> None:
    """Open connections and drop them: unused, after half a request, after a whole one, and by a reset."""
    for number in range(count):
        connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
        with contextlib.suppress(OSError):
            connection.sendall((b"", GOOD[:20], GOOD, b"\x00")[number % 4])
        if number % 3 == 0:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
        connection.close()


def test_connections_that_are_dropped(server: Server) -> None:
    drop(server, 500)
    assert server.answers()


@pytest.mark.long
def test_ten_thousand_connections_that_are_dropped(server: Server) -> None:
    drop(server, 10_000)
    assert server.answers()


def test_slow_clients_keep_nobody_else_waiting(server: Server) -> None:
    with contextlib.ExitStack() as held:
        for _ in range(200):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", server.port), timeout=30))
            connection.sendall(b"GET /orders HTTP/1.1\r\nhost: loc")
        assert server.answers()
