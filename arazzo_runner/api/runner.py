"""A workflow that is run again and again: prepared once, over connections that stay open.

What runs share: the prepared program, the compiled schemas, the connections, and fetched tokens (inside one event loop;
`run` fetches its own). What each has alone: its state, its budget and time, its cookies, what it knows of secrets.

Many runs (`map`, `amap`) hold at most `concurrency` rows at a time, from the moment at which a row is taken to that at
which whoever asked takes what came of it. So neither an endless source of rows nor a slow reader fills the memory.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakKeyDictionary, WeakSet

from arazzo_runner.api import Document, prepared_of
from arazzo_runner.api.beginning import InputsFor, begin, identified
from arazzo_runner.api.crowd import Crowd, LoopCrowd
from arazzo_runner.api.loop_thread import LoopThread
from arazzo_runner.api.options import Options
from arazzo_runner.api.pace import CONCURRENCY, MAX_CONCURRENCY, Pace
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.rows import AsyncRows, Row, RowDone, Rows, checked_row
from arazzo_runner.api.running import OnEvent, execute, finished
from arazzo_runner.api.shared_tokens import SharedTokens
from arazzo_runner.api.worlds import async_authorizer, async_sender, sync_sender, world_of
from arazzo_runner.drivers import blocking, live, unheard
from arazzo_runner.drivers.clock import RealTime
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Failed, Responded
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import ArazzoError, UsageError
from arazzo_runner.transports.exchange import exchange_async
from arazzo_runner.values import Value

if TYPE_CHECKING:
    from types import TracebackType


_TIME: Final = RealTime()


@dataclass(frozen=True, slots=True)
class _Outside:
    """What runs inside one event loop share: who sends, how that is closed, the tokens."""

    sender: Any
    close: Callable[[], Awaitable[None]]
    tokens: SharedTokens

    async def answer(self, effect: SendRequest) -> Responded | Failed:
        """Send a request, and return what came of it."""
        return await exchange_async(self.sender, effect)


class Runner:
    """Runs one workflow many times.

    `document` is a path, a URL, a loaded description or a prepared workflow, `workflow` its id (left out where there is
    one). `transport` is as for `run` (and for `arun`, where only `arun` and `amap` are called); without it, connections
    of our own are kept open until the runner is closed. Use it in a `with` or an `async with` statement.

    Raises:
        UsageError, DocumentError: as `run` does; nothing was sent.
    """

    def __init__(
        self,
        document: Document,
        workflow: str | None = None,
        options: Options | None = None,
        *,
        transport: Any = None,
    ) -> None:
        self._prepared = prepared_of(document, workflow, options)
        self._given = transport
        self._own: Any = None
        self._outside: WeakKeyDictionary[asyncio.AbstractEventLoop, _Outside] = WeakKeyDictionary()
        self._thread: LoopThread | None = None
        self._crowds: WeakSet[Crowd | LoopCrowd] = WeakSet()
        self._closed = False

    @property
    def prepared(self) -> Prepared:
        """The workflow that it runs."""
        return self._prepared

    # ---------------------------------------------------------------- without an event loop

    def run(
        self,
        inputs: Mapping[str, Value] | None = None,
        *,
        inputs_for: InputsFor | None = None,
        on_event: OnEvent | None = None,
    ) -> RunResult:
        """Run the workflow once in this thread; see `run` of the package. Several threads may call it."""
        self._check_open()
        sender = self._given
        if sender is None and not self._prepared.options.mock:
            self._own = sender = self._own or sync_sender(self._prepared)
        return execute(self._prepared, inputs, inputs_for=inputs_for, on_event=on_event, transport=sender)

    def map(
        self,
        rows: Rows,
        *,
        concurrency: int = CONCURRENCY,
        rate: float | None = None,
        inputs_for: InputsFor | None = None,
    ) -> Generator[RowDone, None, None]:
        """Run the workflow once for each row, and yield what came of the rows in the order in which they end.

        Rows are taken in this thread, while results are waited for; the runs go on in a thread of the runner's own. At
        most `rate` runs start a second. A row whose inputs do not fit fails alone. What the source of the rows raises
        comes out after the runs that have begun were finished. Whoever stops reading closes the iterator: runs that
        have not ended are ended where they stand. A mocked workflow runs in this thread, one row after the other.

        Raises:
            UsageError: a number is out of its range, or the transport is asynchronous (call `amap`).
        """
        self._check_open()
        pace, most = Pace(rate), _concurrency(concurrency)
        if self._prepared.options.mock:
            return self._in_turn(rows, pace, inputs_for)
        self._sync_only()
        self._thread = self._thread or LoopThread()
        crowd = Crowd(self._thread, lambda number, row: self._row(number, row, inputs_for), most, pace)
        self._crowds.add(crowd)
        return crowd.results(rows)

    # ---------------------------------------------------------------- inside an event loop

    async def arun(
        self,
        inputs: Mapping[str, Value] | None = None,
        *,
        inputs_for: InputsFor | None = None,
        on_event: OnEvent | None = None,
    ) -> RunResult:
        """Run the workflow once inside the running event loop; see `arun` of the package."""
        self._check_open()
        run = begin(identified(self._prepared, False), inputs, inputs_for)
        await self._drive(run, on_event)
        return finished(run)

    def amap(
        self,
        rows: AsyncRows,
        *,
        concurrency: int = CONCURRENCY,
        rate: float | None = None,
        inputs_for: InputsFor | None = None,
    ) -> AsyncGenerator[RowDone, None]:
        """Run the workflow once for each row inside the running event loop; otherwise as `map`.

        `rows` may be asynchronous. Other rows are taken inside the loop, so they should not have to be waited for.
        """
        self._check_open()
        pace, most = Pace(rate), _concurrency(concurrency)
        crowd = LoopCrowd(lambda number, row: self._row(number, row, inputs_for), most, pace)
        self._crowds.add(crowd)
        return crowd.results(rows)

    def cancel(self) -> None:
        """End the runs of `map` and `amap` where they stand, and take no more rows; what has ended is still yielded.

        Runs of `amap` are ended from inside their event loop alone; those of `map` from any thread.
        """
        for crowd in tuple(self._crowds):
            crowd.cancel()

    # ---------------------------------------------------------------- one run

    async def _row(self, number: int, row: Row, inputs_for: InputsFor | None) -> RowDone:
        try:
            run = begin(identified(self._prepared, False), checked_row(row), inputs_for)
        except ArazzoError as problem:
            return RowDone(number, None, problem)
        await self._drive(run, None)
        return _done(number, run)

    async def _drive(self, run: Run, on_event: OnEvent | None) -> None:
        if self._prepared.options.mock:
            world, _ = world_of(self._prepared, self._given)
            for event in blocking.stream(run, world.answer, world.time, world.authorize):
                if on_event is not None:
                    on_event(event)
            await asyncio.sleep(0)
            return
        outside = self._around()
        authorize = outside.tokens.for_run()
        if on_event is None:
            await unheard.drive(run, outside.answer, _TIME, authorize)
        else:
            await live.drive(run, outside.answer, _TIME, on_event, authorize)

    def _in_turn(self, rows: Rows, pace: Pace, inputs_for: InputsFor | None) -> Generator[RowDone, None, None]:
        for number, row in enumerate(rows, 1):
            _TIME.wait(pace.left())
            pace.start()
            try:
                run = begin(identified(self._prepared, False), checked_row(row), inputs_for)
            except ArazzoError as problem:
                yield RowDone(number, None, problem)
                continue
            world, _ = world_of(self._prepared, self._given)
            blocking.drive(run, world.answer, world.time, None, world.authorize)
            yield _done(number, run)

    def _around(self) -> _Outside:
        """Return what the runs of the running loop share."""
        loop = asyncio.get_running_loop()
        found = self._outside.get(loop)
        if found is None:
            sender, close = async_sender(self._prepared, self._given)
            found = _Outside(sender, close, SharedTokens(async_authorizer(self._prepared, sender)))
            self._outside[loop] = found
        return found

    def _sync_only(self) -> None:
        if hasattr(self._given, "aclose"):
            raise UsageError("this transport is asynchronous", "call amap, or hand in a synchronous client")

    # ---------------------------------------------------------------- the end

    def _check_open(self) -> None:
        if self._closed:
            raise UsageError("the runner is closed", "run inside of its with statement")

    def close(self) -> None:
        """End the runs of `map` that go on, and close the connections, those of the running loop excepted."""
        self._closed = True
        if self._thread is not None:
            thread, self._thread = self._thread, None
            outside = self._outside.pop(thread.loop, None)
            thread.close(outside.close if outside is not None else None)
        if self._own is not None:
            self._own.close()
            self._own = None

    async def aclose(self) -> None:
        """Close the connections of the running loop too."""
        outside = self._outside.pop(asyncio.get_running_loop(), None)
        try:
            if outside is not None:
                await outside.close()
        finally:
            self.close()

    def __enter__(self) -> Runner:
        """Return the runner itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    async def __aenter__(self) -> Runner:
        """Return the runner itself."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None
    ) -> None:
        """Close it."""
        await self.aclose()


def _done(number: int, run: Run) -> RowDone:
    assert run.result is not None, "it was driven to its end"
    try:
        finished(run)
    except ArazzoError as stopped:
        return RowDone(number, run.result, stopped, run.redactor)
    return RowDone(number, run.result, None, run.redactor)


def _concurrency(wanted: int) -> int:
    if isinstance(wanted, int) and not isinstance(wanted, bool) and 0 < wanted <= MAX_CONCURRENCY:
        return wanted
    raise UsageError(f"{wanted!r} rows can't be run at the same time", f"give a number from 1 to {MAX_CONCURRENCY}")
