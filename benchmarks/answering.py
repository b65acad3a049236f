"""The API of the reference workflow, in a process of its own, and as little as can answer it: it knows two lines.

To a GET it tells the last segment of the path, and the number after it as the next.

It shares the machine with whoever asks, so it is the ratio of two askers that counts.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, cast

from benchmarks.process import PROJECT

TOKEN: Final = b'{"token": "eyJhbGciOiJIUzI1NiJ9.minted.signature"}'
_MINTED: Final = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (
    len(TOKEN),
    TOKEN,
)
_SENT: Final = b"HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n"
_LENGTH: Final = b"content-length: "
_ITEM: Final = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s"


@contextmanager
def answering() -> Iterator[str]:
    """Serve on loopback; gives the URL."""
    command = [sys.executable, "-m", "benchmarks.answering"]
    process = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None, "it is a pipe"
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


class _Answers(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._received = b""

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            _, _, length = head.lower().partition(_LENGTH)
            whole = end + 4 + int(length.partition(b"\r\n")[0] or 0)
            if len(self._received) < whole:
                return
            self._received = self._received[whole:]
            self._transport.write(_answer(head.partition(b"\r\n")[0]))


def _answer(line: bytes) -> bytes:
    if not line.startswith(b"GET "):
        return _MINTED if b":generateToken" in line else _SENT
    number = int(line.split(b" ")[1].rpartition(b"/")[2])
    body = b'{"id": "%d", "next": "%d"}' % (number, number + 1)
    return _ITEM % (len(body), body)


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Answers, "127.0.0.1", 0, backlog=1_000)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
