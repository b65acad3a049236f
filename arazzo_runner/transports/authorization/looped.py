"""Fetching tokens inside an event loop: the flow waits in a thread of its own, its requests go out in the loop."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any, Final

from arazzo_runner.engine.effects import Authorize, Request
from arazzo_runner.engine.outcomes import Authorized, Failed, Response
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.security import Flow
from arazzo_runner.transports.authorization.authorizer import Authorizer, Suppliers, World, supplied, supplier_of
from arazzo_runner.transports.exchange import checked
from arazzo_runner.transports.threaded import in_thread
from arazzo_runner.transports.transport import AsyncTransport

GRACE: Final = 0.5
"""Seconds that a transport may take beyond its limit before its request is given up from outside."""


class AsyncAuthorizer:
    """`Authorizer` over an asynchronous transport; callables of the caller may be asynchronous too."""

    def __init__(
        self,
        transport: AsyncTransport,
        suppliers: Suppliers | None = None,
        world: World | None = None,
        egress: Egress = OPEN,
    ) -> None:
        self._transport, self._suppliers, self._world = transport, suppliers or {}, world
        self._egress = egress

    async def answer(self, effect: Authorize) -> Authorized | Failed:
        """Return what was fetched; see `Authorizer.answer`."""
        if effect.grant.flow is Flow.CALLABLE:
            found = await in_thread(supplier_of(effect, self._suppliers))
            return supplied(await found if inspect.isawaitable(found) else found)
        looped = _Looped(self._transport, asyncio.get_running_loop())
        return await in_thread(lambda: Authorizer(looped, {}, self._world, self._egress).answer(effect))


class _Looped:
    """Sends the requests of a thread in the loop."""

    def __init__(self, transport: AsyncTransport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport, self._loop = transport, loop

    def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request; see `Transport.send`."""
        sent = asyncio.run_coroutine_threadsafe(self._sent(request, timeout), self._loop)
        return sent.result()

    async def _sent(self, request: Request, timeout: float | None) -> Response:
        limit = None if timeout is None else timeout + GRACE
        found: Any = await asyncio.wait_for(self._transport.send(request, timeout), limit)
        return checked(found)
