"""A synchronous transport inside an event loop: each request waits in a thread of its own, not in the loop.

Not in the loop's shared pool: that has few threads, so requests of many runs would use up their time in its queue,
and the end of the loop would wait for a request that was given up.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from contextvars import copy_context
from functools import partial
from threading import Thread
from typing import Any, TypeVar

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.transports.transport import Transport

_T = TypeVar("_T")


class Threaded:
    """Makes an `AsyncTransport` of a `Transport`."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport

    async def send(self, request: Request, timeout: float | None) -> Response:
        """Send the request in a thread; see `Transport.send`. A request that is given up ends by itself."""
        return await in_thread(lambda: self._transport.send(request, timeout))


async def in_thread(work: Callable[[], _T]) -> _T:
    """Do work in a thread of its own, and return what it gives; work that is given up ends by itself."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[_T] = loop.create_future()

    def worker() -> None:
        try:
            settle = partial(_give, answer, work())
        except BaseException as fault:
            settle = partial(_fail, answer, fault)
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle)

    Thread(target=copy_context().run, args=(worker,), name="arazzo-request", daemon=True).start()
    return await answer


def _give(answer: asyncio.Future[_T], found: _T) -> None:
    if not answer.done():
        answer.set_result(found)


def _fail(answer: asyncio.Future[Any], fault: BaseException) -> None:
    if isinstance(fault, StopIteration):
        fault = RuntimeError("the transport raised StopIteration")  # a future takes any exception but that one
    if not answer.done():
        answer.set_exception(fault)
