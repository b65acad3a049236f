"""A server that keeps a ledger of what it was asked: run as a process of its own, so that nothing dies with a client.

``GET /ledger`` gives the number of times that each unsafe request was carried out, ``DELETE /ledger`` begins anew.
``/work/N?before=X`` answers with a value that follows from N and X; a POST to an N that ten divides is answered with
503 the first time. A POST with an `Idempotency-Key` that was seen is answered as before, and carried out once.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from time import monotonic
from urllib.parse import parse_qs, urlsplit

SLOWNESS = 0.002
"""Seconds that an answer takes, so that kills fall into requests too."""

LOCK = Lock()
DONE: Counter[str] = Counter()
ANSWERED: dict[str, tuple[int, bytes]] = {}


class Ledger(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        if self.path == "/ledger":
            self._answer(200, json.dumps(DONE).encode())
        else:
            self._work()

    def do_POST(self) -> None:
        self._work()

    def do_DELETE(self) -> None:
        with LOCK:
            DONE.clear()
            ANSWERED.clear()
        self._answer(200, b"{}")

    def _work(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        ends = monotonic() + SLOWNESS
        where = urlsplit(self.path)
        number, before = where.path.rpartition("/")[2], parse_qs(where.query).get("before", [""])[0]
        key = self.headers.get("Idempotency-Key", "")
        with LOCK:
            known = ANSWERED.get(key) if key else None
            if known is None:
                known = self._carried_out(number, before)
                if key:
                    ANSWERED[key] = known
        while monotonic() < ends:
            pass
        self._answer(*known)

    def _carried_out(self, number: str, before: str) -> tuple[int, bytes]:
        times = DONE[number]
        if self.command == "POST":
            DONE[number] += 1
            if int(number) % 10 == 0 and times == 0:
                return 503, b"{}"
        value = hashlib.sha256(f"{number} {before}".encode()).hexdigest()[:12]
        return 200, json.dumps({"value": value}).encode()

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Ledger)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # clients are killed all the time
    print(server.server_address[1], flush=True)
    sys.stdout.close()
    server.serve_forever()
