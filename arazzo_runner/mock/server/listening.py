"""An application served on a port by uvicorn, with bounds on what a client may take its time for.

uvicorn waits for as long as a client likes for the rest of a request that has begun. Here the head and the body of a
request have a time each, and connections a number: a client that sends half a request keeps nothing for good.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from arazzo_runner.errors import UsageError
from arazzo_runner.mock.server.application import Receive, Scope, Send
from arazzo_runner.mock.server.limits import (
    BODY_TIMEOUT,
    HEAD_TIMEOUT,
    IDLE_TIMEOUT,
    MAX_CONNECTIONS,
    MAX_REQUEST_HEAD,
)

_BACKLOG: Final = 512  # accepted at one go, before any of them is read: so it stays below MAX_CONNECTIONS
_STOP: Final = 5.0
"""Seconds that a server is waited for when it stops."""


class Connection(H11Protocol):
    """One connection; the time for what a client owes runs from when it began to owe it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Malformed requests are answered with 400; that the log of somebody else's process tells of them helps nobody.
        self.logger = logging.Logger("arazzo.mock", logging.CRITICAL)
        self.logger.addHandler(logging.NullHandler())
        self.access_log = False
        self._patience: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > MAX_CONNECTIONS:
            _make_room(self.connections, self)
        self._wait(HEAD_TIMEOUT, self._close)

    def data_received(self, data: bytes) -> None:
        """Take in what the client sent; what it owes has a time."""
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._is_free():
            if self._patience is None and self.timeout_keep_alive_task is None:
                self._wait(HEAD_TIMEOUT, self._close)
        elif self.cycle.more_body:
            if self._patience is None or not self._waits_for_body:
                self._wait(BODY_TIMEOUT, self.transport.abort)
                self._waits_for_body = True
        else:
            self._rest()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._rest()
        super().connection_lost(exc)

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection without a request."""
        self._close()

    def shutdown(self) -> None:
        """Close the connection; a request that has not arrived yet is not waited for."""
        if self._is_free():
            self._close()
        else:
            self.transport.abort()

    _waits_for_body = False
    _since = 0.0

    def _is_free(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self, seconds: float, then: Callable[[], None]) -> None:
        self._rest()
        self._patience = self.loop.call_later(seconds, then)

    def _rest(self) -> None:
        self._waits_for_body = False
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _close(self) -> None:
        self.transport.close()


def _make_room(connections: Iterable[Any], newest: Connection) -> None:
    """Close the older half of the connections that have no request to be answered; the newest stays."""
    others = [one for one in connections if isinstance(one, Connection) and one is not newest]
    waiting = sorted((one for one in others if one._is_free()), key=lambda one: one._since)
    for one in waiting[: (len(waiting) + 1) // 2] or [newest]:
        one.transport.abort()


class _Server(uvicorn.Server):
    """A server that leaves signals to whoever runs it."""

    def __init__(self, config: uvicorn.Config, on_ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_ready = on_ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(_ignore)
        await super().startup(sockets)
        self._on_ready()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _ignore(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Go on: what goes wrong with one connection, or for want of files, is over with it."""


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens on a host's address; port 0 is any that is free.

    Raises:
        UsageError: there is no such address here, or its port is taken.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        bound = socket.socket(family, kind, protocol)
    except (OSError, OverflowError, UnicodeError) as fault:
        raise UsageError(f"--host {host}: no address of this machine: {_reason(fault)}") from None
    try:
        if sys.platform != "win32":  # there it would let two servers have one port
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(_BACKLOG)
        bound.setblocking(False)
    except (OSError, OverflowError) as fault:
        bound.close()
        if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
            raise UsageError(f"port {port} is taken", "name another one, or --port 0 for any that is free") from None
        raise UsageError(f"can't listen on {host}, port {port}: {_reason(fault)}") from None
    return bound


def url_of(bound: socket.socket, host: str) -> str:
    """Return the URL that a client of this machine reaches a listening socket by."""
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)
    return f"http://{f'[{shown}]' if ':' in shown else shown}:{bound.getsockname()[1]}"


class Listening:
    """An application served on a bound socket, in the thread that calls `run`; `stop` may be called from anywhere.

    `on_ready` is called when requests are answered.
    """

    def __init__(
        self,
        application: Callable[[Scope, Receive, Send], Awaitable[None]],
        bound: socket.socket,
        on_ready: Callable[[], None] | None = None,
    ) -> None:
        self._ready = threading.Event()
        self._bound = bound
        config = uvicorn.Config(
            application,
            http=Connection,
            ws="none",
            loop="asyncio",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            backlog=_BACKLOG,
            timeout_keep_alive=IDLE_TIMEOUT,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=MAX_REQUEST_HEAD,
        )
        self._server = _Server(config, on_ready or self._ready.set)

    def run(self) -> None:
        """Serve until `stop`; then requests that have arrived are answered, and all connections closed."""
        try:
            self._server.run([self._bound])
        finally:
            self._bound.close()
            self._ready.set()

    def stop(self) -> None:
        """End `run`, soon."""
        self._server.should_exit = True

    @contextlib.contextmanager
    def in_thread(self) -> Iterator[None]:
        """Serve in a thread of its own while the block runs; it is ready when the block begins."""
        thread = threading.Thread(target=self.run, name="arazzo-mock", daemon=True)
        thread.start()
        self._ready.wait()
        try:
            yield
        finally:
            self.stop()
            thread.join(_STOP)


def _reason(fault: Exception) -> str:
    return (fault.strerror if isinstance(fault, OSError) else None) or str(fault) or type(fault).__name__
