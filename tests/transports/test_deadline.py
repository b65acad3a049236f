from __future__ import annotations

import asyncio
import select
import socket
import ssl
from typing import Any

import pytest

from arazzo_runner.transports import deadline
from arazzo_runner.transports.deadline import PIECE, AsyncTimedBackend, Readable, TimedBackend, Until


class Stream:
    """Stands for a connection, and keeps what is asked of it."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []
        self.time = 0.0

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.calls.append(("read", max_bytes, timeout))
        return b"x"

    def write(self, buffer: memoryview, timeout: float | None = None) -> None:
        self.calls.append(("write", bytes(buffer), timeout))

    def close(self) -> None:
        self.calls.append(("close",))

    def start_tls(self, context: ssl.SSLContext, host: str | None, timeout: float | None) -> Stream:
        self.calls.append(("tls", host, timeout))
        return self

    def get_extra_info(self, info: str) -> Any:
        return f"{info}!"


class Backend:
    def __init__(self) -> None:
        self.stream = Stream()
        self.naps: list[float] = []

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Stream:
        self.stream.calls.append(("connect", host, port, timeout, options))
        return self.stream

    def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> Stream:
        self.stream.calls.append(("connect", path, timeout, options))
        return self.stream

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)


class AsyncStream:
    """A `Stream` whose operations are awaited."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(memoryview(buffer), timeout)

    async def aclose(self) -> None:
        self.stream.close()

    async def start_tls(self, context: ssl.SSLContext, host: str | None, timeout: float | None) -> AsyncStream:
        self.stream.start_tls(context, host, timeout)
        return self

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


class AsyncBackend:
    def __init__(self) -> None:
        self.backend = Backend()

    async def connect_tcp(self, *where: Any, **options: Any) -> AsyncStream:
        return AsyncStream(self.backend.connect_tcp(*where, **options))

    async def connect_unix_socket(self, *where: Any, **options: Any) -> AsyncStream:
        return AsyncStream(self.backend.connect_unix_socket(*where, **options))

    async def sleep(self, seconds: float) -> None:
        self.backend.sleep(seconds)


class Time:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    clock = Time()
    monkeypatch.setattr(deadline, "monotonic", clock)
    return clock


def test_a_limit_is_a_number_that_knows_when_it_is_over(time: Time) -> None:
    limit = Until(5)
    assert limit == 5.0
    time.now += 4
    assert limit.left() == 1.0
    assert limit == 5.0
    time.now += 1
    with pytest.raises(TimeoutError):
        limit.left()


def test_each_operation_has_the_time_that_is_left(time: Time) -> None:
    backend, limit = Backend(), Until(10)
    stream = TimedBackend(backend).connect_tcp("host", 80, limit, local_address=None)
    for operation in (
        lambda: stream.read(9, limit),
        lambda: stream.write(b"ab", limit),
        lambda: stream.start_tls(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "host", limit).read(1, limit),
    ):
        time.now += 1
        operation()
    assert backend.stream.calls == [
        ("connect", "host", 80, 10.0, {"local_address": None}),
        ("read", 9, 9.0),
        ("write", b"ab", 8.0),
        ("tls", "host", 7.0),
        ("read", 1, 7.0),
    ]


def test_each_awaited_operation_has_the_time_that_is_left(time: Time) -> None:
    inner, limit = AsyncBackend(), Until(10)

    async def main() -> None:
        backend = AsyncTimedBackend(inner)
        stream = await backend.connect_tcp("host", 80, limit, local_address=None)
        time.now += 1
        await stream.read(9, limit)
        time.now += 1
        await stream.write(b"ab", limit)
        time.now += 1
        secured = await stream.start_tls(ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), "host", limit)
        await secured.read(1, limit)
        time.now += 7
        for operation in (secured.read(1, limit), secured.write(b"a", limit), backend.connect_unix_socket("/s", limit)):
            with pytest.raises(TimeoutError):
                await operation
        await secured.aclose()
        await (await backend.connect_unix_socket("/s")).read(1)
        await backend.sleep(3)
        assert secured.get_extra_info("socket") == "socket!"

    asyncio.run(main())
    assert inner.backend.stream.calls == [
        ("connect", "host", 80, 10.0, {"local_address": None}),
        ("read", 9, 9.0),
        ("write", b"ab", 8.0),
        ("tls", "host", 7.0),
        ("read", 1, 7.0),
        ("close",),
        ("connect", "/s", None, {}),
        ("read", 1, None),
    ]
    assert inner.backend.naps == [3]


def test_no_operation_begins_when_the_time_is_over(time: Time) -> None:
    backend, limit = Backend(), Until(1)
    stream = TimedBackend(backend).connect_unix_socket("/s", limit)
    time.now += 1
    for operation in (lambda: stream.read(1, limit), lambda: stream.write(b"a", limit)):
        with pytest.raises(TimeoutError):
            operation()
    stream.close()
    assert backend.stream.calls == [("connect", "/s", 1.0, {}), ("close",)]


def test_a_large_body_is_written_piece_by_piece() -> None:
    backend = Backend()
    body = bytes(range(256)) * 1024
    TimedBackend(backend).connect_tcp("host", 80).write(body, 3.0)
    written = [call[1] for call in backend.stream.calls if call[0] == "write"]
    assert [len(piece) for piece in written] == [PIECE] * 4
    assert b"".join(written) == body


@pytest.mark.parametrize("limit", [None, 2.5])
def test_a_plain_limit_is_passed_on(limit: float | None) -> None:
    backend = Backend()
    TimedBackend(backend).connect_tcp("host", 80, limit).read(1, limit)
    assert backend.stream.calls == [("connect", "host", 80, limit, {}), ("read", 1, limit)]


def test_the_rest_is_passed_on() -> None:
    backend = Backend()
    TimedBackend(backend).sleep(3)
    assert backend.naps == [3]
    assert TimedBackend(backend).connect_tcp("host", 80).get_extra_info("socket") == "socket!"


def test_a_connection_that_the_other_side_has_left_is_readable() -> None:
    ours, theirs = socket.socketpair()
    readable = Readable(ours)
    assert not readable.now()
    theirs.send(b"x")
    assert readable.now()
    assert ours.recv(1) == b"x"
    assert not readable.now()
    theirs.close()
    assert readable.now()
    ours.close()
    assert readable.now()
    assert Readable(None).now()


def test_without_poll_the_same_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(select, "poll", raising=False)
    ours, theirs = socket.socketpair()
    assert not Readable(ours).now()
    theirs.close()
    assert Readable(ours).now()
    ours.close()
