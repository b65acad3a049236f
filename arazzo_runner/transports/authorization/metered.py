"""What a token costs: the bytes that are sent and received for it are counted, and go where the caller allows alone.

The engine knows the URLs of a grant, but not those that the metadata of a server name.
"""

from __future__ import annotations

from dataclasses import replace

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind, Responded, Response
from arazzo_runner.engine.permission import size_of
from arazzo_runner.sources.egress import Egress
from arazzo_runner.sources.egress.policy import MAX_BYTES
from arazzo_runner.transports.failures import forbidden, place_of
from arazzo_runner.transports.transport import Transport, TransportFailure


class Metered:
    """A `Transport` before another. `traffic` is what was sent and received so far, `most` what may be at most."""

    def __init__(self, transport: Transport, egress: Egress, most: int | None = None) -> None:
        self._transport, self._egress, self._most = transport, egress, most
        self.traffic = 0

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; see `Transport.send`.

        Raises:
            TransportFailure: no answer came, or the request may not go there.
        """
        refused = self._egress.refusal(request.url)
        if refused is not None:
            raise forbidden(refused, request)
        self._spend(size_of(request), request)
        left = None if self._most is None else self._most - self.traffic
        try:
            response = self._transport.send(replace(request, most=left), timeout)
        except TransportFailure as failure:
            self.traffic += failure.traffic
            raise
        if isinstance(response, Response):  # what else a transport of the caller's gives is judged above
            self._spend(size_of(Responded(response)), request)
        return response

    def _spend(self, size: int, request: Request) -> None:
        self.traffic += size
        if self._most is not None and self.traffic > self._most:
            message = "no more bytes are left that the run may send and receive (--max-bytes)"
            place = f"{request.method} {place_of(request.url)}"
            raise TransportFailure(FailureKind.FORBIDDEN, f"{place}: {message}", MAX_BYTES)
