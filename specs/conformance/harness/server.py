"""A real HTTP server on loopback that answers from a script and keeps every request as it came."""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from .observed import SeenRequest
from .script import Script

DOCS = "/docs/"
LONGEST_SILENCE = 15.0


class LoopbackServer:
    """Serves one case after another; `url` stays the same."""

    def __init__(self) -> None:
        self._http = _Server(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self._http.server_address[1]}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def begin(self, rules: list[dict[str, Any]], files: dict[str, str], media: dict[str, str]) -> None:
        """Take up the script and the documents of a case."""
        self._http.begin(Script(rules, time.time), files, media)

    @property
    def requests(self) -> list[SeenRequest]:
        """The requests of the case so far."""
        return list(self._http.requests)

    @property
    def fetches(self) -> dict[str, int]:
        """How often each document was fetched."""
        return dict(self._http.fetches)

    def close(self) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self.lock = threading.Lock()
        self.begin(Script([], time.time), {}, {})

    def begin(self, script: Script, files: dict[str, str], media: dict[str, str]) -> None:
        with self.lock:
            self.script, self.files, self.media = script, files, media
            self.requests: list[SeenRequest] = []
            self.fetches: dict[str, int] = {}

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: a client that goes away is part of some cases."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def handle_one_request(self) -> None:
        """Read one request, of whatever method, and answer it."""
        self.raw_requestline = self.rfile.readline(65537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        # The standard library joins slashes at the start of `path`; the line has the target as it was sent.
        target = self.raw_requestline.split()[1].decode("latin-1")
        request = SeenRequest(self.command, target, list(self.headers.items()), self._body(), time.monotonic())
        document = unquote(urlsplit(target).path).removeprefix(DOCS)
        if target.startswith(DOCS):
            self._send(self._document(document))
            return
        with self.server.lock:
            self.server.requests.append(request)
            answer = self.server.script.answer(request)
        self._answer(answer)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", "").lower():
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        chunks = []
        while size := int(self.rfile.readline().split(b";")[0], 16):
            chunks.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(chunks)

    def _document(self, name: str) -> dict[str, Any]:
        with self.server.lock:
            self.server.fetches[name] = self.server.fetches.get(name, 0) + 1
            text = self.server.files.get(name)
        if text is None:
            return {"status": 404, "headers": [], "content": b"no such document"}
        kind = self.server.media.get(name, "application/yaml")
        return {"status": 200, "headers": [("Content-Type", kind)], "content": text.encode()}

    def _answer(self, answer: dict[str, Any]) -> None:
        if answer["fail"] == "refused":
            self.close_connection = True
            return
        if answer["fail"] == "timeout":
            self.connection.settimeout(LONGEST_SILENCE)
            with suppress(OSError):
                self.connection.recv(1)  # until the client gives up
            self.close_connection = True
            return
        time.sleep(answer["delay"])
        self._send(answer)

    def _send(self, answer: dict[str, Any]) -> None:
        status, content = answer["status"], answer["content"]
        empty = status in (204, 304) or self.command == "HEAD"
        lines = [f"HTTP/1.1 {status} Scripted", *(f"{name}: {value}" for name, value in answer["headers"])]
        lines += [] if empty else [f"Content-Length: {len(content)}"]
        head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")
        self.wfile.write(head + (b"" if empty else content))
        self.wfile.flush()
