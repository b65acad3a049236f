"""From an effect to its outcome over a transport: whatever goes wrong becomes a `Failed`, never an exception."""

from __future__ import annotations

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Failed, Responded
from arazzo_runner.transports.transport import AsyncTransport, Transport, TransportFailure


def exchange(transport: Transport, effect: SendRequest) -> Responded | Failed:
    """Send the request of an effect over a transport, and return what came of it."""
    try:
        return Responded(transport.send(effect.request, effect.deadline))
    except TransportFailure as failure:
        return Failed(failure.kind, failure.message)


async def exchange_async(transport: AsyncTransport, effect: SendRequest) -> Responded | Failed:
    """Send the request of an effect over an asynchronous transport, and return what came of it."""
    try:
        return Responded(await transport.send(effect.request, effect.deadline))
    except TransportFailure as failure:
        return Failed(failure.kind, failure.message)
