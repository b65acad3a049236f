"""From an effect to its outcome over a transport: what goes wrong on the network becomes a `Failed`, no exception.

A transport of the caller's own need not know our exceptions: those of httpx, httpx2 and the standard library's
sockets are understood too. Anything else that it raises is a fault of its own, and goes up to the caller.
"""

from __future__ import annotations

import inspect
from time import monotonic
from typing import Any

from arazzo_runner.engine.effects import Request, SendRequest
from arazzo_runner.engine.outcomes import Failed, Responded, Response
from arazzo_runner.errors import UsageError
from arazzo_runner.transports.failures import failure_of
from arazzo_runner.transports.transport import AsyncTransport, Transport, TransportFailure


def exchange(transport: Transport, effect: SendRequest) -> Responded | Failed:
    """Send the request of an effect over a transport, and return what came of it.

    Raises:
        UsageError: the transport gave something else than a response.
    """
    try:
        return Responded(answer_over(transport, effect.request, effect.deadline))
    except TransportFailure as failure:
        return _told(failure)


def answer_over(transport: Transport, request: Request, timeout: float | None) -> Response:
    """Send one request over a transport, and return its answer.

    Raises:
        TransportFailure: no answer came.
        UsageError: the transport gave something else than a response.
    """
    began = monotonic()
    try:
        return checked(transport.send(request, timeout))
    except TransportFailure:
        raise
    except Exception as fault:
        raise failure_of(fault, request, monotonic() - began) from fault


async def exchange_async(transport: AsyncTransport, effect: SendRequest) -> Responded | Failed:
    """Send the request of an effect over an asynchronous transport, and return what came of it; see `exchange`."""
    began = monotonic()
    try:
        found: Any = await transport.send(effect.request, effect.deadline)
        return Responded(checked(await found if inspect.isawaitable(found) else found))
    except Exception as fault:
        return _failed(fault, effect, began)


def _failed(fault: Exception, effect: SendRequest, began: float) -> Failed:
    if not isinstance(fault, TransportFailure):
        fault = failure_of(fault, effect.request, monotonic() - began)
    return _told(fault)


def _told(failure: TransportFailure) -> Failed:
    return Failed(failure.kind, failure.message, code=failure.code, traffic=failure.traffic)


def checked(found: object) -> Response:
    """Return what a transport gave, if it is a response.

    Raises:
        UsageError: it is something else.
    """
    if isinstance(found, Response):
        return found
    if inspect.iscoroutine(found):
        found.close()
    kind = type(found).__name__
    raise UsageError(f"the transport's send() gave a {kind}", "it returns a Response of arazzo_runner.engine.outcomes")
