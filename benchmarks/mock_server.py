"""How many requests a second the mock server answers, beside a bare application on the same server.

    python -m benchmarks.mock_server

Each application is served by a process of its own, and asked over connections that are kept open; the two take turns,
and the best turn of each counts. The bare one answers with the same bytes, and knows nothing of the request.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

DOCUMENT: Final = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
REQUEST: Final = (
    b"POST /api/hubs/chat/:generateToken?api-version=2024-01-01 HTTP/1.1\r\n"
    b"host: 127.0.0.1\r\nauthorization: Bearer secret\r\naccept: application/json\r\ncontent-length: 0\r\n\r\n"
)
CONNECTIONS: Final = 8
TURNS: Final = 3
SECONDS: Final = 2.0
ROOT: Final = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Throughput:
    """Requests a second of the two, and milliseconds from the start of the command to its first answer."""

    mock: float
    bare: float
    first_answer: float

    @property
    def ratio(self) -> float:
        """What part of the bare application's throughput the mock has."""
        return self.mock / self.bare


def measure(turns: int = TURNS, seconds: float = SECONDS) -> Throughput:
    """Serve both, and ask them in turns."""
    best = {"mock": 0.0, "bare": 0.0}
    began = time.perf_counter()
    with _serving("mock") as mock:
        asyncio.run(_asked(mock, 0.0))
        first_answer = (time.perf_counter() - began) * 1000
        with _serving("bare") as bare:
            for _ in range(turns):
                for name, port in (("mock", mock), ("bare", bare)):
                    best[name] = max(best[name], asyncio.run(_asked(port, seconds)))
    return Throughput(best["mock"], best["bare"], first_answer)


@contextmanager
def _serving(which: str) -> Iterator[int]:
    """Serve in a process of its own; gives the port."""
    command = [sys.executable, "-m", "arazzo_runner", "mock", DOCUMENT, "--port", "0", "--quiet"]
    if which == "bare":
        command = [sys.executable, "-m", "benchmarks.mock_server", "bare"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None, "it is a pipe"
    try:
        yield int(process.stdout.readline().rpartition(":")[2])
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()


async def _asked(port: int, seconds: float) -> float:
    """Ask over some connections at once for a time, once each at least; returns requests a second."""
    began = time.perf_counter()
    counts = await asyncio.gather(*(_ask(port, began + seconds) for _ in range(CONNECTIONS)))
    return sum(counts) / (time.perf_counter() - began)


async def _ask(port: int, end: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    count = 0
    try:
        while True:
            writer.write(REQUEST)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 "), head
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            await reader.readexactly(length)
            count += 1
            if time.perf_counter() >= end:
                return count
    finally:
        writer.close()


class _Bare:
    """The least that an application can do."""

    def __init__(self, body: bytes) -> None:
        length = str(len(body)).encode()
        self._start = [(b"content-type", b"application/json"), (b"content-length", length)]
        self._body = body

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": self._start})
        await send({"type": "http.response.body", "body": self._body})


def _serve_bare() -> None:
    from arazzo_runner.mock.server.exchange import Incoming
    from arazzo_runner.mock.server.listening import Listening, bind, url_of
    from arazzo_runner.mocking import mock_application

    headers = (("authorization", "Bearer secret"), ("accept", "application/json"))
    asked = Incoming("POST", "/api/hubs/chat/:generateToken", "api-version=2024-01-01", headers)
    status, _, body = mock_application(ROOT / DOCUMENT).answer(asked)
    assert status == 200, body
    bound = bind("127.0.0.1", 0)
    Listening(_Bare(body), bound, lambda: print(url_of(bound, "127.0.0.1"), flush=True)).run()


def main() -> None:
    """Print the measurement."""
    found = measure()
    print(f"mock {found.mock:,.0f} requests/s, bare {found.bare:,.0f} requests/s: {found.ratio:.0%}")
    print(f"start of the command to its first answer: {found.first_answer:,.0f} ms")


if __name__ == "__main__":
    _serve_bare() if sys.argv[1:] == ["bare"] else main()
