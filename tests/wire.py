"""A server on loopback that keeps the bytes of each request as they came, and answers as a script says.

It speaks no HTTP of its own: whatever an answer is made of, sound or not, goes out as it is. Nothing here sleeps; who
waits, waits for the other side, for an event, or for the server to be closed.
"""

from __future__ import annotations

import gzip
import json
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

CERTIFICATE = Path(__file__).with_name("loopback.pem")
"""A certificate for localhost and 127.0.0.1 that signed itself, and its key."""

PATIENCE = 10.0
"""Seconds after which a test that waits for something gives up."""

TICK = 0.02
"""Seconds between two drops of an answer that drips."""


@dataclass(frozen=True)
class Received:
    """One request: its first line, its header fields in their order, its body, and all of its bytes."""

    line: str
    headers: tuple[tuple[str, bytes], ...]
    body: bytes
    raw: bytes

    def values(self, name: str) -> list[str]:
        """Return the values of all header fields of that name."""
        return [value.decode() for key, value in self.headers if key.lower() == name.lower()]

    @property
    def target(self) -> str:
        return self.line.split(" ")[1]


@dataclass
class Peer:
    """The server's side of one connection."""

    connection: socket.socket
    stopped: threading.Event

    def send(self, content: bytes) -> bool:
        """Send bytes; tell whether the client was still there to take them."""
        try:
            self.connection.sendall(content)
        except OSError:
            return False
        return not self.stopped.is_set()

    def secure(self) -> None:
        """Go on with TLS, as behind a proxy's tunnel."""
        self.connection = _context().wrap_socket(self.connection, server_side=True)

    def gone(self, seconds: float) -> bool:
        """Wait at most so long for the client to close, and tell whether it did."""
        with suppress(OSError, ValueError):
            readable, _, _ = select.select([self.connection], [], [], seconds)
            return bool(readable) and not self.connection.recv(65536)
        return True


Behaviour = Callable[[Peer], bool]
"""Answers one request; tells whether the connection stays open."""


class Wire:
    """A server that answers the n-th request with the n-th behaviour, and all later ones with the last.

    `by_request` decides in their place, by what was asked. `greeting` goes out before anything is asked.
    """

    def __init__(
        self,
        *behaviours: Behaviour,
        secure: bool = False,
        host: str = "127.0.0.1",
        greeting: bytes = b"",
        by_request: Callable[[Peer, Received], bool] | None = None,
    ) -> None:
        self.received: list[Received] = []
        self.connections = 0
        self.closed = threading.Semaphore(0)
        self.takes_bodies = True
        self._greeting, self._by_request = greeting, by_request
        self._behaviours = behaviours or (answer(200),)
        self._context = _context() if secure else None
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._threads: list[threading.Thread] = []
        self._listener = socket.create_server((host, 0), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if secure else 'http'}://{f'[{host}]' if ':' in host else host}:{self.port}"

    def __enter__(self) -> Wire:
        self._spawn(self._accept)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(PATIENCE)
            assert not thread.is_alive(), "a thread of the server did not end"

    @property
    def lines(self) -> list[str]:
        return [request.line for request in self.received]

    def wait_closed(self, count: int = 1) -> None:
        """Wait until the client has closed that many connections."""
        for _ in range(count):
            assert self.closed.acquire(timeout=PATIENCE), "the client left a connection open"

    def _spawn(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._stopped.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
            self._spawn(self._serve, connection)

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            connection.settimeout(PATIENCE)
            with suppress(OSError):
                secured = self._context.wrap_socket(connection, server_side=True) if self._context else connection
                peer = Peer(secured, self._stopped)
                try:
                    self._converse(peer)
                finally:
                    peer.connection.close()
        self.closed.release()

    def _converse(self, peer: Peer) -> None:
        peer.send(self._greeting)
        while not self._stopped.is_set():
            request = _read(peer, self.takes_bodies)
            if request is None:
                return
            with self._lock:
                behaviour = self._behaviours[min(len(self.received), len(self._behaviours) - 1)]
                self.received.append(request)
            if not (self._by_request(peer, request) if self._by_request else behaviour(peer)):
                return


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    return context


def _read(peer: Peer, whole: bool) -> Received | None:
    """Read one request, with its body if `whole`; None when the client has closed the connection, or the server is closed."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        more = _more(peer)
        if not more:
            return None
        raw += more
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *fields = head.split(b"\r\n")
    headers = tuple((name.decode("latin-1"), value.strip()) for name, _, value in (f.partition(b":") for f in fields))
    length = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
    while whole and len(body) < length and (more := _more(peer)):
        body += more
    return Received(first.decode("latin-1"), headers, body[:length], head + b"\r\n\r\n" + body)


def _more(peer: Peer) -> bytes:
    while not peer.stopped.is_set():
        pending = peer.connection.pending() if isinstance(peer.connection, ssl.SSLSocket) else 0
        if pending or select.select([peer.connection], [], [], TICK)[0]:
            return peer.connection.recv(65536)
    return b""


# ---------------------------------------------------------------- behaviours


def head(status: int, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """The bytes of a status line and header fields."""
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers)]
    return "\r\n".join([*lines, "\r\n"]).encode()


def answer(status: int = 200, body: bytes = b"", *headers: tuple[str, str]) -> Behaviour:
    """Answer soundly, and keep the connection."""
    return raw(head(status, [*headers, ("Content-Length", str(len(body)))]) + body, keep=True)


def json_answer(data: object, status: int = 200, *headers: tuple[str, str]) -> Behaviour:
    return answer(status, json.dumps(data).encode(), ("Content-Type", "application/json"), *headers)


def raw(content: bytes, *, keep: bool = False) -> Behaviour:
    """Send these bytes, and close unless told to keep the connection."""

    def behave(peer: Peer) -> bool:
        return peer.send(content) and keep

    return behave


def close() -> Behaviour:
    return raw(b"")


def reset(content: bytes = b"") -> Behaviour:
    """Send these bytes, and break the connection off as a crashed server does."""

    def behave(peer: Peer) -> bool:
        peer.send(content)
        peer.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        return False

    return behave


def hang(content: bytes = b"") -> Behaviour:
    """Send these bytes, and nothing more until the client goes."""
    return drip(b"", content)


def drip(drop: bytes, before: bytes = b"") -> Behaviour:
    """Send what comes before at once, then a drop now and then until the client goes."""

    def behave(peer: Peer) -> bool:
        peer.send(before)
        while not peer.stopped.is_set() and not peer.gone(TICK):
            if drop and not peer.send(drop):
                break
        return False

    return behave


def endless(piece: bytes, before: bytes) -> Behaviour:
    """Send a piece again and again, as fast as the client takes it, until it goes."""

    def behave(peer: Peer) -> bool:
        peer.send(before)
        while peer.send(piece):
            pass
        return False

    return behave


def chunk(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(content), content)


CHUNKED = head(200, [("Transfer-Encoding", "chunked"), ("Content-Type", "text/plain")])


def bomb(megabytes: int) -> Behaviour:
    """Answer with so many megabytes, compressed to almost nothing."""
    packed = gzip.compress(bytes(megabytes * 1024 * 1024), 9)
    return answer(200, packed, ("Content-Encoding", "gzip"), ("Content-Type", "application/octet-stream"))


def refusing_port() -> int:
    """A port of this machine on which nothing listens."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
    return port
