"""Many runs at once, with a bound on how many rows are under way.

A row is under way from the moment at which it is taken from its source until what came of it has been taken by whoever
asked. That one number bounds the runs, the connections and the memory.
"""

from __future__ import annotations

import asyncio
import queue
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Iterator
from contextlib import aclosing, suppress
from typing import Final, TypeAlias, cast

from arazzo_runner.api.loop_thread import LoopThread, ended
from arazzo_runner.api.pace import Pace
from arazzo_runner.api.rows import AsyncRows, Row, RowDone, Rows, iterated, shut
from arazzo_runner.errors import UsageError

Perform: TypeAlias = Callable[[int, Row], Awaitable[RowDone]]
"""Runs one row, and returns what came of it."""

_CLOSED: Final = "the runner was closed while its rows were being run"
_HOW: Final = "read all results inside of its with statement"


class LoopCrowd:
    """Runs inside the running event loop."""

    def __init__(self, perform: Perform, most: int, pace: Pace) -> None:
        self._perform, self._pace = perform, pace
        self._places = asyncio.Semaphore(most)
        self._running: set[asyncio.Task[RowDone]] = set()
        self._ready: asyncio.Queue[asyncio.Task[RowDone] | None] = asyncio.Queue()
        self._feeding: asyncio.Task[None] | None = None
        self._cancelled = False

    def cancel(self) -> None:
        """Take no more rows, and end the runs; what has ended is still yielded."""
        self._cancelled = True
        for task in (*self._running, *((self._feeding,) if self._feeding else ())):
            task.cancel()

    async def results(self, rows: AsyncRows) -> AsyncGenerator[RowDone, None]:
        """Yield what comes of the rows, in the order in which they end."""
        self._feeding = feeding = asyncio.create_task(self._feed(rows))
        feeding.add_done_callback(lambda _: self._ready.put_nowait(None))
        try:
            while not (feeding.done() and not self._running and self._ready.empty()):
                task = await self._ready.get()
                if task is not None and not (self._cancelled and task.cancelled()):
                    self._places.release()
                    yield task.result()
            if not self._cancelled:
                feeding.result()  # raises what the source of the rows did
        finally:
            await ended(cast("set[asyncio.Task[object]]", {feeding, *self._running}))
            self._look_away()

    def _look_away(self) -> None:
        """Take note of faults that nobody asks for any more, since the first one ended all."""
        while not self._ready.empty():
            task = self._ready.get_nowait()
            if task is not None and not task.cancelled():
                task.exception()

    async def _feed(self, rows: AsyncRows) -> None:
        async with aclosing(cast("AsyncGenerator[Row, None]", iterated(rows))) as taken:
            number = 0
            while True:
                await self._places.acquire()
                while (seconds := self._pace.left()) > 0:
                    await asyncio.sleep(seconds)
                try:
                    row = await anext(taken)
                except StopAsyncIteration:
                    return
                self._pace.start()
                number += 1
                self._begin(number, row)

    def _begin(self, number: int, row: Row) -> None:
        task = asyncio.ensure_future(self._perform(number, row))
        assert isinstance(task, asyncio.Task), "what performs a row is a coroutine"
        self._running.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[RowDone]) -> None:
        self._running.discard(task)
        self._ready.put_nowait(task)


class Crowd:
    """Runs in the event loop of a thread, asked for by another one, which takes the rows."""

    def __init__(self, thread: LoopThread, perform: Perform, most: int, pace: Pace) -> None:
        self._thread, self._perform, self._most, self._pace = thread, perform, most, pace
        self._running: set[asyncio.Task[RowDone]] = set()
        self._ready: queue.SimpleQueue[asyncio.Task[RowDone]] = queue.SimpleQueue()
        self._is_open, self._cancelled = True, False
        self._taken = self._under_way = 0
        self._fault: Exception | None = None

    def cancel(self) -> None:
        """Take no more rows, and end the runs; what has ended is still yielded."""
        self._cancelled = True
        self._thread.soon(self._cancel_all)

    def _cancel_all(self) -> None:
        for task in self._running:
            task.cancel()

    def results(self, rows: Rows) -> Generator[RowDone, None, None]:
        """Yield what comes of the rows, in the order in which they end."""
        source = iter(rows)
        try:
            while self._takes or self._under_way:
                if self._thread.loop.is_closed():
                    raise UsageError(_CLOSED, _HOW)
                self._fill(source)
                task = self._next()
                if task is not None:
                    self._under_way -= 1
                    if not (self._cancelled and task.cancelled()):
                        yield _result(task)
            if self._fault is not None:
                raise self._fault
        finally:
            shut(source)
            if self._under_way and not self._thread.loop.is_closed():
                self._thread.wait_for(self._end_all)

    @property
    def _takes(self) -> bool:
        """Whether there may be more rows."""
        return self._is_open and not self._cancelled

    def _fill(self, source: Iterator[Row]) -> None:
        """Take rows and begin their runs, as many as there is place and time for."""
        while self._takes and self._under_way < self._most and self._pace.left() <= 0:
            try:
                row = next(source)
            except StopIteration:
                self._is_open = False
            except Exception as fault:
                self._is_open, self._fault = False, fault
            else:
                self._pace.start()
                self._taken += 1
                self._under_way += 1
                self._begin(self._taken, row)

    def _next(self) -> asyncio.Task[RowDone] | None:
        """Return the next run that has ended; None where the next row is to be begun first."""
        waits = self._takes and self._under_way < self._most
        if not (waits or self._under_way):
            return None
        with suppress(queue.Empty):
            return self._ready.get(timeout=self._pace.left() if waits else None)
        return None

    def _begin(self, number: int, row: Row) -> None:
        def begin() -> None:
            task = asyncio.ensure_future(self._perform(number, row))
            assert isinstance(task, asyncio.Task), "what performs a row is a coroutine"
            self._running.add(task)
            task.add_done_callback(self._end)

        self._thread.soon(begin)

    def _end(self, task: asyncio.Task[RowDone]) -> None:
        self._running.discard(task)
        self._ready.put(task)

    async def _end_all(self) -> None:
        await ended(cast("set[asyncio.Task[object]]", set(self._running)))


def _result(task: asyncio.Task[RowDone]) -> RowDone:
    if task.cancelled():
        raise UsageError(_CLOSED, _HOW)
    return task.result()
