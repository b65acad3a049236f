"""A synchronous transport inside an event loop: each request waits in a thread, not in the loop."""

from __future__ import annotations

import asyncio

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.transports.transport import Transport


class Threaded:
    """Makes an `AsyncTransport` of a `Transport`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request in a thread; see `Transport.send`."""
        return await asyncio.to_thread(self._transport.send, request, timeout)
