"""Digest authentication (RFC 7616): the client library answers the challenge; here its two requests are sent.

The library's own way would read the whole body of the refusal, however large. Ours is closed unread.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import Any

from arazzo_runner.engine.outcomes import FailureKind
from arazzo_runner.sources.security import Login
from arazzo_runner.transports.failures import place_of
from arazzo_runner.transports.transport import TransportFailure


def respond(client: Any, request: Any, login: Login | None) -> Any:
    """Send a request of the client library, a second time if it is challenged; return its response, unread.

    Raises:
        TransportFailure: the challenge can't be answered.
    """
    flow = _flow(client, request, login)
    request = next(flow)
    while True:
        response = client.send(request, stream=True, follow_redirects=False)
        try:
            again = _answered(flow, response, request)
        except TransportFailure:
            response.close()
            raise
        if again is None:
            return response
        response.close()
        request = again


async def respond_async(client: Any, request: Any, login: Login | None) -> Any:
    """Send a request in an event loop; see `respond`."""
    flow = _flow(client, request, login)
    request = next(flow)
    while True:
        response = await client.send(request, stream=True, follow_redirects=False)
        try:
            again = _answered(flow, response, request)
        except TransportFailure:
            await response.aclose()
            raise
        if again is None:
            return response
        await response.aclose()
        request = again


def _flow(client: Any, request: Any, login: Login | None) -> Generator[Any, Any, None]:
    if login is None:
        return _once(request)
    homes = (kind.__module__.partition(".")[0] for kind in type(client).__mro__)
    library = sys.modules[next((home for home in homes if home in ("httpx", "httpx2")), "httpx2")]
    found: Generator[Any, Any, None] = library.DigestAuth(login.username, login.password).auth_flow(request)
    return found


def _once(request: Any) -> Generator[Any, Any, None]:
    yield request


def _answered(flow: Generator[Any, Any, None], response: Any, request: Any) -> Any:
    """Return the request that answers a challenge, or None where there is none, or it was answered before."""
    try:
        return flow.send(response)
    except StopIteration:
        return None
    except Exception:  # whatever a hostile challenge brings the library to
        message = f"{request.method} {place_of(str(request.url))}: the challenge for digest can't be answered"
        raise TransportFailure(FailureKind.PROTOCOL, message) from None
