"""From an effect to its outcome over a transport: what goes wrong on the network becomes a `Failed`, no exception.

A transport of the caller's own need not know our exceptions: those of httpx, httpx2 and the standard library's
sockets are understood too. Anything else that it raises is a fault of its own, and goes up to the caller.
"""

from __future__ import annotations

import inspect
from time import monotonic
from typing import Any

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Failed, Responded, Response
from arazzo_runner.errors import UsageError
from arazzo_runner.transports.failures import failure_of
from arazzo_runner.transports.transport import AsyncTransport, Transport, TransportFailure


def exchange(transport: Transport, effect: SendRequest) -> Responded | Failed:
    """Send the request of an effect over a transport, and return what came of it.

    Raises:
        UsageError: the transport gave something else than a response.
    """
    began = monotonic()
    try:
        return Responded(_checked(transport.send(effect.request, effect.deadline)))
    except Exception as fault:
        return _failed(fault, effect, began)


async def exchange_async(transport: AsyncTransport, effect: SendRequest) -> Responded | Failed:
    """Send the request of an effect over an asynchronous transport, and return what came of it; see `exchange`."""
    began = monotonic()
    try:
        found: Any = await transport.send(effect.request, effect.deadline)
        return Responded(_checked(await found if inspect.isawaitable(found) else found))
    except Exception as fault:
        return _failed(fault, effect, began)


def _failed(fault: Exception, effect: SendRequest, began: float) -> Failed:
    if not isinstance(fault, TransportFailure):
        fault = failure_of(fault, effect.request, monotonic() - began)
    return Failed(fault.kind, fault.message)


def _checked(found: object) -> Response:
    if isinstance(found, Response):
        return found
    if inspect.iscoroutine(found):
        found.close()
    kind = type(found).__name__
    raise UsageError(f"the transport's send() gave a {kind}", "it returns a Response of arazzo_runner.engine.outcomes")
