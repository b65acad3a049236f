"""The loopback redirect of the authorization code flow (RFC 8252, section 7.3): one answer from the browser."""

from __future__ import annotations

from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.sources.security.origins import is_loopback
from arazzo_runner.transports.authorization.conversation import Refusal

PATH: Final = "/callback"
MAX_TARGET: Final = 16 * 1024
"""Characters of a redirect that are read."""

_PAGE: Final = b"<!doctype html><title>arazzo</title><p>You can close this window and go back to arazzo.</p>"


class Redirect:
    """Listens on this machine alone, for one redirect to `uri`.

    Raises:
        Refusal: the address that the caller wants is none of this machine, or is taken.
    """

    def __init__(self, wanted: str = "") -> None:
        host, port, self._path = _place(wanted)
        try:
            self._server = _Server((host, port), _Handler)
        except OSError as fault:
            raise Refusal(f"the redirect can't be listened for on {host}:{port}: {fault.strerror}") from None
        self._server.path = self._path
        self.uri = wanted or f"http://{host}:{self._server.server_address[1]}{self._path}"

    def wait(self, left: Callable[[], float]) -> str:
        """Return the query of the redirect; `left` says how many seconds there are, and raises when there are none."""
        while not self._server.query:
            self._server.timeout = min(left(), 1.0)
            self._server.handle_request()
        return self._server.query

    def close(self) -> None:
        """Stop listening."""
        self._server.server_close()


class _Server(HTTPServer):
    query = ""
    path = PATH

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: whoever broke off can ask again."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5.0

    def do_GET(self) -> None:  # the name is the library's
        target = urlsplit(self.path)
        good = target.path == self.server.path and bool(target.query) and len(self.path) <= MAX_TARGET
        self.send_response(200 if good else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Content-Length", str(len(_PAGE) if good else 0))
        self.end_headers()
        if good:
            self.wfile.write(_PAGE)
            self.server.query = target.query

    def log_message(self, format: str, *args: object) -> None:
        """Log nothing: the code is in the request's line."""


def _place(wanted: str) -> tuple[str, int, str]:
    if not wanted:
        return "127.0.0.1", 0, PATH
    try:
        parts = urlsplit(wanted)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    if not host or not is_loopback(host) or port is None or parts.scheme != "http":
        raise Refusal("the REDIRECT_URI must be on this machine with a port, such as http://127.0.0.1:8765/callback")
    return "127.0.0.1" if host == "localhost" else host, port, parts.path or "/"
