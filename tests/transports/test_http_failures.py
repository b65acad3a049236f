"""Limits and faults, over our own clients and over those of a caller."""

from __future__ import annotations

import asyncio
import gzip
import tracemalloc
from typing import Any

import httpx
import httpx2
import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import MAX_BODY_BYTES
from arazzo_runner.engine.outcomes import FailureKind, Response
from arazzo_runner.transports.http import AsyncHttpTransport, HttpTransport
from arazzo_runner.transports.transport import TransportFailure
from tests import wire
from tests.transports.sending import LONG, SHORT, Send, both, send
from tests.wire import Wire

# ---------------------------------------------------------------- limits


@both
@pytest.mark.parametrize("size", [0, 999, 1000])
def test_a_body_may_be_as_large_as_the_limit(send: Send, size: int) -> None:
    with Wire(wire.answer(200, b"x" * size)) as server:
        assert len(send(Request("GET", server.url + "/"), max_body=1000).body) == size


LARGE = {
    "declared": wire.raw(wire.head(200, [("Content-Length", "200000000")])),
    "declared-with-zeros": wire.raw(wire.head(200, [("Content-Length", "0000200000000")])),
    "declared-by-one": wire.answer(200, b"x" * 1001),
    "chunked": wire.endless(wire.chunk(b"x" * 100), wire.CHUNKED),
    "until-closed": wire.endless(b"x" * 100, wire.head(200)),
    "compressed": wire.bomb(1),
}


@both
@pytest.mark.parametrize("behaviour", LARGE.values(), ids=LARGE)
def test_a_body_over_the_limit_is_not_read(send: Send, behaviour: wire.Behaviour) -> None:
    with Wire(behaviour) as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", server.url + "/?key=hidden"), max_body=1000)
    assert caught.value.kind is FailureKind.TOO_LARGE
    assert caught.value.message == f"GET {server.url}: the answer is larger than 1000 bytes"


@both
def test_the_limit_is_64_mib(send: Send) -> None:
    assert MAX_BODY_BYTES == 64 * 1024 * 1024
    with Wire(wire.endless(wire.chunk(b"x" * 65536), wire.CHUNKED)) as server:
        with pytest.raises(TransportFailure, match="larger than 64 MiB"):
            send(Request("GET", server.url + "/"))
        server.wait_closed()


def test_a_bomb_in_a_bomb_is_defused() -> None:
    packed = gzip.compress(gzip.compress(bytes(100 * 1024 * 1024), 9), 9)
    answer = wire.answer(200, packed, ("Content-Encoding", "gzip, gzip"))
    with Wire(answer) as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", server.url + "/"))
    assert caught.value.kind is FailureKind.TOO_LARGE


@both
@pytest.mark.parametrize("name", ["chunked", "compressed"])
def test_a_body_over_the_limit_takes_no_more_memory_than_the_limit(send: Send, name: str) -> None:
    behaviour = wire.bomb(50) if name == "compressed" else wire.endless(wire.chunk(b"x" * 65536), wire.CHUNKED)
    with Wire(behaviour) as server:
        tracemalloc.start()
        try:
            with pytest.raises(TransportFailure, match="larger than 2 MiB"):
                send(Request("GET", server.url + "/"), max_body=2 * 1024 * 1024)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 12 * 1024 * 1024


TIMEOUTS = {
    "silence": (wire.hang(), "no answer within"),
    "head-stops": (wire.hang(b"HTTP/1.1 200 OK\r\nX-"), "no answer within"),
    "head-drips": (wire.drip(b"X-A: b\r\n", b"HTTP/1.1 200 OK\r\n"), "no answer within"),
    "interim-answers-for-ever": (wire.endless(wire.head(103) * 50, b""), "no answer within"),
    "body-stops": (wire.hang(wire.head(200, [("Content-Length", "9")]) + b"abc"), "was not complete within"),
    "body-drips": (wire.drip(b"x", wire.head(200, [("Content-Length", "9999")])), "was not complete within"),
    "chunks-drip": (wire.drip(wire.chunk(b"x"), wire.CHUNKED), "was not complete within"),
    "chunk-size-drips": (wire.drip(b"0", wire.CHUNKED), "was not complete within"),
}


@both
@pytest.mark.parametrize(("behaviour", "words"), TIMEOUTS.values(), ids=TIMEOUTS)
def test_the_time_limit_holds_for_the_whole_exchange(send: Send, behaviour: wire.Behaviour, words: str) -> None:
    with Wire(behaviour) as server:
        with pytest.raises(TransportFailure) as caught:
            send(Request("GET", server.url + "/secret?key=hidden"), SHORT)
        server.wait_closed()
    assert caught.value.kind is FailureKind.TIMEOUT
    assert caught.value.message.startswith(f"GET {server.url}: ")
    assert f"{words} " in caught.value.message


@both
def test_the_time_limit_holds_while_a_large_body_is_taken_slowly(send: Send) -> None:
    def never_reads(peer: wire.Peer) -> bool:
        return peer.stopped.wait(wire.PATIENCE)

    body = b"x" * 50_000_000
    with Wire(never_reads) as server:
        server.takes_bodies = False
        with pytest.raises(TransportFailure) as caught:
            send(Request("POST", server.url + "/", (), body), SHORT)
    assert caught.value.kind is FailureKind.TIMEOUT


@both
@pytest.mark.parametrize("left", [0.0, -1.0])
def test_no_time_left_is_a_timeout_and_sends_nothing(send: Send, left: float) -> None:
    with Wire() as server, pytest.raises(TransportFailure, match="no time was left for the request") as caught:
        send(Request("GET", server.url + "/"), left)
    assert caught.value.kind is FailureKind.TIMEOUT
    assert server.connections == 0


# ---------------------------------------------------------------- faults of the network


FAULTS = {
    "close": (wire.close(), FailureKind.RESET, "the connection was closed without an answer"),
    "reset": (wire.reset(), FailureKind.RESET, "the connection broke off"),
    "reset-in-body": (
        wire.reset(wire.head(200, [("Content-Length", "9")]) + b"abc"),
        FailureKind.RESET,
        "the connection broke off",
    ),
    "close-in-head": (wire.raw(b"HTTP/1.1 200 OK\r\nX-A: "), FailureKind.RESET, "closed without an answer"),
    "close-in-body": (
        wire.raw(wire.head(200, [("Content-Length", "9")]) + b"abc"),
        FailureKind.RESET,
        "closed before the answer was complete",
    ),
    "close-in-chunk": (wire.raw(wire.CHUNKED + b"9\r\nabc"), FailureKind.RESET, "before the answer was complete"),
    "garbage": (wire.raw(b"hidden\x00\x01\r\n\r\n"), FailureKind.PROTOCOL, "no sound HTTP (illegal status line)"),
    "bad-header": (
        wire.raw(b"HTTP/1.1 200 OK\r\nSet-Cookie: hidden\x00\r\n\r\n"),
        FailureKind.PROTOCOL,
        "no sound HTTP",
    ),
    "two-lengths": (
        wire.raw(wire.head(200, [("Content-Length", "1"), ("Content-Length", "2")])),
        FailureKind.PROTOCOL,
        "no sound HTTP (conflicting Content-Length headers)",
    ),
    "length-that-no-integer-holds": (
        wire.raw(wire.head(200, [("Content-Length", "9" * 5000)])),
        FailureKind.PROTOCOL,
        "no sound HTTP",
    ),
    "chunk-size": (wire.raw(wire.CHUNKED + b"hidden\r\n"), FailureKind.PROTOCOL, "no sound HTTP"),
    "endless-head": (wire.endless(b"X-A: hidden\r\n", b"HTTP/1.1 200 OK\r\n"), FailureKind.PROTOCOL, "no sound HTTP"),
    "upgrade": (wire.raw(wire.head(101, [("Upgrade", "x")])), FailureKind.PROTOCOL, "no sound HTTP"),
    "coding": (
        wire.answer(200, b"hidden", ("Content-Encoding", "gzip")),
        FailureKind.CODING,
        "the body of the answer is not in its content coding",
    ),
    "too-many-codings": (
        wire.answer(200, b"", ("Content-Encoding", "gzip, gzip, gzip, gzip, gzip, gzip")),
        FailureKind.CODING,
        "content coding",
    ),
}


@both
@pytest.mark.parametrize(("behaviour", "kind", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_server_is_a_failure(
    send: Send, behaviour: wire.Behaviour, kind: FailureKind, words: str
) -> None:
    with Wire(behaviour) as server, pytest.raises(TransportFailure) as caught:
        send(Request("GET", server.url + "/hidden?key=hidden", (("Authorization", "Bearer hidden"),)))
    assert caught.value.kind is kind
    assert caught.value.message.startswith(f"GET {server.url}: ")
    assert words in caught.value.message
    assert "hidden" not in caught.value.message
    assert len(caught.value.message) < 250


@both
def test_a_port_where_nothing_listens_refuses(send: Send) -> None:
    port = wire.refusing_port()
    with pytest.raises(TransportFailure) as caught:
        send(Request("GET", f"http://127.0.0.1:{port}/hidden"))
    assert caught.value.kind is FailureKind.REFUSED
    wanted = f"GET http://127.0.0.1:{port}: the connection was refused; is the server running there?"
    assert caught.value.message == wanted


@both
def test_a_host_that_nobody_knows(send: Send) -> None:
    with pytest.raises(TransportFailure) as caught:
        send(Request("GET", "https://api.nowhere.invalid/hidden"))
    assert caught.value.kind is FailureKind.DNS
    assert caught.value.message == "GET https://api.nowhere.invalid:443: the host name is not known"


@both
@pytest.mark.parametrize(
    "request_",
    [
        Request("GET", "http://127.0.0.1:1/", (("X-Gr\u00fcn", "hidden"),)),
        Request("GET", "http://127.0.0.1:1/\u00fc"),
        Request("GET", "http://127.0.0.1:99999999/"),
        Request("GET", "http://127.0.0.1:1/" + "a" * 70_000),
        Request("GET", "http://127.0.0.1:1/", (("X", "\ud800"),)),
    ],
    ids=["header-name", "url", "port", "length", "half-a-pair"],
)
def test_what_can_not_be_written_as_http_is_a_failure(send: Send, request_: Request) -> None:
    with pytest.raises(TransportFailure, match="the request can't be sent") as caught:
        send(request_)
    assert caught.value.kind is FailureKind.PROTOCOL
    assert "hidden" not in caught.value.message


@both
def test_a_header_that_would_split_the_request_is_a_failure_that_does_not_show_it(send: Send) -> None:
    with Wire() as server, pytest.raises(TransportFailure, match="the request can't be sent") as caught:
        send(Request("GET", server.url + "/", (("Authorization", "Bearer hidden\r\nX-Evil: 1"),)))
    assert "hidden" not in caught.value.message
    assert server.received == []


# ---------------------------------------------------------------- clients of the caller


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_client_of_the_caller_adds_what_it_is_set_up_to_add_and_stays_open(library: Any) -> None:
    client = library.Client(headers={"User-Agent": "theirs", "X-Theirs": "1"}, cookies={"b": "2"})
    with Wire(wire.answer(200, b"hi", ("Set-Cookie", "a=1"))) as server, client:
        for _ in range(2):
            with HttpTransport(client) as transport:
                assert transport.send(Request("put", server.url + "/a%2Fb?x='1'", (), b"x"), LONG).body == b"hi"
        assert not client.is_closed
    first, second = server.received
    assert first.line == "put /a%2Fb?x='1' HTTP/1.1"
    assert (first.values("User-Agent"), first.values("X-Theirs")) == (["theirs"], ["1"])
    assert (first.values("Cookie"), second.values("Cookie")) == (["b=2"], ["b=2; a=1"])
    assert server.connections == 1


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_an_asynchronous_client_of_the_caller(library: Any) -> None:
    async def main(url: str) -> tuple[Response, bool]:
        async with library.AsyncClient(headers={"X-Theirs": "1"}) as client:
            transport = AsyncHttpTransport(client)
            response = await transport.send(Request("GET", url + "/x", (("X-A", "1"), ("X-A", "2"))), LONG)
            await transport.close()
            return response, client.is_closed

    with Wire(wire.answer(200, b"hi")) as server:
        response, closed = asyncio.run(main(server.url))
    assert (response.body, closed) == (b"hi", False)
    assert (server.received[0].values("X-A"), server.received[0].values("X-Theirs")) == (["1", "2"], ["1"])


# httpx has no limit for codings; every other fault is one in both libraries.
FAULTS_OF_BOTH = {name: fault for name, fault in FAULTS.items() if name != "too-many-codings"}


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize(("behaviour", "kind", "words"), FAULTS_OF_BOTH.values(), ids=FAULTS_OF_BOTH)
def test_a_client_of_the_caller_fails_as_ours_does(
    library: Any, behaviour: wire.Behaviour, kind: FailureKind, words: str
) -> None:
    with Wire(behaviour) as server, library.Client() as client, pytest.raises(TransportFailure) as caught:
        HttpTransport(client).send(Request("GET", server.url + "/hidden?key=hidden"), LONG)
    assert caught.value.kind is kind
    assert words in caught.value.message
    assert "hidden" not in caught.value.message


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_client_of_the_caller_keeps_our_limits(library: Any) -> None:
    with Wire(wire.drip(wire.chunk(b"x"), wire.CHUNKED)) as server, library.Client() as client:
        with pytest.raises(TransportFailure) as caught:
            HttpTransport(client).send(Request("GET", server.url + "/"), SHORT)
        assert caught.value.kind is FailureKind.TIMEOUT
        with pytest.raises(TransportFailure, match="larger than 10 bytes"):
            HttpTransport(client, max_body=10).send(Request("GET", server.url + "/"), LONG)


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_without_a_limit_the_callers_own_holds(library: Any) -> None:
    client = library.Client(timeout=SHORT)
    with Wire(wire.hang()) as server, client, pytest.raises(TransportFailure) as caught:
        HttpTransport(client).send(Request("GET", server.url + "/"), None)
    assert caught.value.kind is FailureKind.TIMEOUT


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_mocked_client_needs_no_network(library: Any) -> None:
    def handle(request: Any) -> Any:
        return library.Response(201, json={"path": request.url.path}, headers={"X-A": "1"})

    with library.Client(transport=library.MockTransport(handle)) as client:
        response = HttpTransport(client).send(Request("GET", "https://api.example/x"), LONG)
    assert (response.status, response.header("x-a"), response.body) == (201, "1", b'{"path":"/x"}')


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_a_fault_in_the_callers_own_code_goes_up_to_the_caller(library: Any) -> None:
    def hook(request: Any) -> None:
        raise KeyError("mine")

    with library.Client(event_hooks={"request": [hook]}) as client, pytest.raises(KeyError, match="mine"):
        HttpTransport(client).send(Request("GET", "http://127.0.0.1:1/"), LONG)
