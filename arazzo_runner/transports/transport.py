"""The seam to the network: one method, for callers that bring their own.

Any object with this one method can stand for the network: a test double, a recorder, a client of another library.
"""

from __future__ import annotations

from typing import Protocol

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind, Response


class Transport(Protocol):
    """Sends one request and returns its response."""

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; wait at most `timeout` seconds (None: the transport's own limit).

        Raises:
            TransportFailure: no answer came; the step fails and its failure actions see it.
        """


class AsyncTransport(Protocol):
    """Sends one request and returns its response, inside an event loop."""

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request as `Transport.send` does."""


class TransportFailure(Exception):
    """No answer came: `kind` says why in one word, `message` for a person (host, port, reason).

    `code` is the name of the limit that forbids the request (`FailureKind.FORBIDDEN`); `traffic` the bytes of the
    answer that were read before it failed.
    """

    def __init__(self, kind: FailureKind, message: str, code: str = "", traffic: int = 0) -> None:
        super().__init__(message)
        self.kind, self.message = kind, message
        self.code, self.traffic = code, traffic
