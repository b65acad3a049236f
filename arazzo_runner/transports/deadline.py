"""One limit for a whole exchange.

The client library gives each operation on a socket its time: a server that sends a byte now and then never uses it
up. So the time limit travels as an `Until`, a number of seconds that knows when they are over, and a `TimedBackend`
under the client gives each operation what is left of it. In an event loop that is kinder than to cancel from outside:
the library closes what it has opened.
"""

from __future__ import annotations

import select
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import select
import socket
import ssl

PIECE: Final = 64 * 1024
"""Bytes that are written at a time; the time that is left is looked at between two pieces."""


_READABLE: Final = getattr(select, "POLLIN", 1) | getattr(select, "POLLHUP", 16) | getattr(select, "POLLERR", 8)


class Until(float):
    """Seconds from the moment at which this was made: to whoever does not know it, a plain number."""

    __slots__ = ("_moment",)

    def __init__(self, seconds: float) -> None:
        self._moment = monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            TimeoutError: none are.
        """
        seconds = self._moment - monotonic()
        if seconds <= 0:
            raise TimeoutError
        return seconds


def _left(timeout: float | None) -> float | None:
    return timeout.left() if isinstance(timeout, Until) else timeout


class TimedBackend:
    """Makes connections as the network backend of httpcore2 that it stands before, in the time that is left."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> TimedStream:
        """Connect to a host."""
        return TimedStream(self._backend.connect_tcp(host, port, timeout=_left(timeout), **options))

    def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> TimedStream:
        """Connect to a socket of this machine."""
        return TimedStream(self._backend.connect_unix_socket(path, timeout=_left(timeout), **options))

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._backend.sleep(seconds)


class TimedStream:
    """A connection, each operation of which has the time that is left."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, at most `max_bytes`."""
        received: bytes = self._stream.read(max_bytes, timeout=_left(timeout))
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of the bytes."""
        view = memoryview(buffer)
        for start in range(0, len(view), PIECE):
            self._stream.write(view[start : start + PIECE], timeout=_left(timeout))

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> TimedStream:
        """Go on with TLS."""
        return TimedStream(self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        return self._stream.get_extra_info(info)


class AsyncTimedBackend:
    """`TimedBackend` for an event loop."""

    def __init__(self, backend: Any) -> None:
        self._backend = backend

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> AsyncTimedStream:
        """Connect to a host."""
        return AsyncTimedStream(await self._backend.connect_tcp(host, port, timeout=_left(timeout), **options))

    async def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> AsyncTimedStream:
        """Connect to a socket of this machine."""
        return AsyncTimedStream(await self._backend.connect_unix_socket(path, timeout=_left(timeout), **options))

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)


class AsyncTimedStream:
    """`TimedStream` for an event loop."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._readable: Readable | None = None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read what there is, at most `max_bytes`."""
        received: bytes = await self._stream.read(max_bytes, timeout=_left(timeout))
        return received

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write all of the bytes."""
        await self._stream.write(buffer, timeout=_left(timeout))

    async def aclose(self) -> None:
        """Close the connection."""
        await self._stream.aclose()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> AsyncTimedStream:
        """Go on with TLS."""
        return AsyncTimedStream(await self._stream.start_tls(ssl_context, server_hostname, _left(timeout)))

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection knows of itself."""
        if info != "is_readable":
            return self._stream.get_extra_info(info)
        # Asked of every idle connection before each request: the library gathers all that it knows each time.
        if self._readable is None:
            self._readable = Readable(self._stream.get_extra_info("socket"))
        return self._readable.now()


class Readable:
    """Tells whether there is something to read from a socket: for one that is idle, that the other side has gone."""

    def __init__(self, connection: socket.socket | None) -> None:
        self._connection = connection
        self._number = -1
        self._poll: Any = None

    def now(self) -> bool:
        """Return whether there is; True of a socket that is closed, as reading it would end at once."""
        number = -1 if self._connection is None else self._connection.fileno()
        if number < 0:
            return True
        poll = getattr(select, "poll", None)  # not on every system
        if poll is None:
            return bool(select.select([number], [], [], 0)[0])
        if number != self._number:
            self._number, self._poll = number, poll()
            self._poll.register(number, _READABLE)
        return bool(self._poll.poll(0))
