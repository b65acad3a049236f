"""Servers in processes of their own, asked over connections that are kept open: the mock, and a bare application.

The bare one answers with the same bytes on the same server, and knows nothing of the request. Processes that ask share
the machine with those that answer, so it is the ratio of the two that counts.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from benchmarks.process import PROJECT

CONNECTIONS: Final = 8


def post(path: str, body: bytes = b"") -> bytes:
    """Return a request as it is sent."""
    head = f"POST {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer secret\r\n"
    return f"{head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


@contextmanager
def mocked(document: Path) -> Iterator[int]:
    """Serve a document with `arazzo mock`; gives the port."""
    with _serving("arazzo_runner", "mock", str(document), "--port", "0", "--quiet") as port:
        yield port


@contextmanager
def bare(body: bytes) -> Iterator[int]:
    """Serve the least that an application can do, which has one body for all requests; gives the port."""
    with _serving("benchmarks.serving", body.decode()) as port:
        yield port


@contextmanager
def _serving(*arguments: str) -> Iterator[int]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("ARAZZO_")}
    command = [sys.executable, "-m", *arguments]
    process = subprocess.Popen(command, cwd=PROJECT, env=environ, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None, "it is a pipe"
    try:
        yield int(process.stdout.readline().rpartition(":")[2])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


def asking(port: int, requests: Callable[[], Sequence[bytes]]) -> Callable[[], bytes]:
    """Return what sends requests over some connections, and gives the body of an answer."""
    return lambda: asyncio.run(_asked(port, requests()))


async def _asked(port: int, requests: Sequence[bytes]) -> bytes:
    shares = (requests[number::CONNECTIONS] for number in range(CONNECTIONS))
    bodies = await asyncio.gather(*(_ask(port, share) for share in shares if share))
    return bodies[-1]


async def _ask(port: int, requests: Sequence[bytes]) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    body = b""
    try:
        for request in requests:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 2"), head
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            body = await reader.readexactly(length)
    finally:
        writer.close()
    return body


class _Bare:
    def __init__(self, body: bytes) -> None:
        length = str(len(body)).encode()
        self._start = [(b"content-type", b"application/json"), (b"content-length", length)]
        self._body = body

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._start})
        await send({"type": "http.response.body", "body": self._body})


def _serve_bare(body: bytes) -> None:
    from arazzo_runner.mock.server.listening import Listening, bind, url_of

    bound = bind("127.0.0.1", 0)
    Listening(_Bare(body), bound, lambda: print(url_of(bound, "127.0.0.1"), flush=True)).run()


if __name__ == "__main__":
    _serve_bare(sys.argv[1].encode())
