"""Running what was prepared: in this thread, in an event loop, or as a stream of events."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from arazzo_runner.api.beginning import InputsFor, begin, identified
from arazzo_runner.api.fingerprint import Fingerprint
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.worlds import World, async_authorizer, async_sender, both, world_of
from arazzo_runner.drivers import blocking
from arazzo_runner.drivers.clock import RealTime
from arazzo_runner.drivers.tape import Tape
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import LimitReached, RunStopped, UsageError
from arazzo_runner.redact import Redactor
from arazzo_runner.transports.exchange import exchange_async
from arazzo_runner.values import Value

if TYPE_CHECKING:
    from types import TracebackType

    from arazzo_runner.journal.writer import Recorder

OnEvent = Callable[[Stamped], None]


def execute(
    prepared: Prepared,
    inputs: Mapping[str, Value] | None = None,
    *,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    transport: Any = None,
    hold: blocking.Hold | None = None,
    journal: str | os.PathLike[str] | None = None,
) -> RunResult:
    """Run a prepared workflow in this thread, and return its result.

    `transport` is a `Client` of httpx2 or httpx that the caller owns, or any object with the one method of
    `Transport`; without it, a client of our own is used. `on_event` gets each event, redacted. `hold` is asked before
    and after each try of a step (`Checkpoint`). The `journal` is a file, not there yet, that the run is recorded in, so
    that it can be reported, replayed and gone on with later.

    Raises:
        InputsError: the inputs do not fit; nothing was sent.
        LimitReached: a limit of the run was reached; `result` of the exception holds what was done.
        RunStopped: `hold` ended the run; `result` as above.
    """
    with EventStream(
        prepared, inputs, inputs_for=inputs_for, transport=transport, hold=hold, journal=journal
    ) as stream:
        stream.unheard = on_event is None and journal is None
        for event in stream:
            if on_event is not None:
                on_event(event)
        return stream.result


class EventStream:
    """A run as an iterator of its events (`Stamped`), which moves as far as it is read; `result` ends it.

    Whoever may give it up midway closes it, or uses it in a `with` statement. Its constructor raises as `execute`
    does; nothing is sent before the first event is read. A `fingerprint` is taken of what is sent and answered. The
    `journal` is the file that the run is recorded in; it must not be there yet.
    """

    def __init__(
        self,
        prepared: Prepared,
        inputs: Mapping[str, Value] | None = None,
        *,
        inputs_for: InputsFor | None = None,
        transport: Any = None,
        fingerprint: Fingerprint | None = None,
        hold: blocking.Hold | None = None,
        journal: str | os.PathLike[str] | None = None,
    ) -> None:
        if hold is not None:
            prepared = replace(prepared, settings=replace(prepared.settings, pauses=True))
        prepared = identified(prepared, wanted=journal is not None)
        run = begin(prepared, inputs, inputs_for)
        world, close = world_of(prepared, transport)
        if fingerprint is not None:
            answer, authorize = fingerprint.answering(world.answer), fingerprint.authorizing(world.authorize)
            world = replace(world, answer=answer, authorize=authorize)
        recorder = _recorder(prepared, run, journal, world.time.read())
        self._open(run, world, close if recorder is None else both(recorder.close, close), hold, recorder)

    @classmethod
    def of(
        cls,
        run: Run,
        world: World,
        close: Callable[[], None],
        tape: Tape | None = None,
        hold: blocking.Hold | None = None,
    ) -> EventStream:
        """Return the stream of a run that was made elsewhere; `close` is called at its end."""
        stream = cls.__new__(cls)
        stream._open(run, world, close, hold, tape)
        return stream

    def _open(
        self,
        run: Run,
        world: World,
        close: Callable[[], None],
        hold: blocking.Hold | None,
        tape: Tape | None = None,
    ) -> None:
        self._run, self._close = run, close
        self.unheard = False
        self._events = self._drive(world, hold, tape)

    def __iter__(self) -> Iterator[Stamped]:
        """Return the iterator of the events."""
        return self

    def __next__(self) -> Stamped:
        """Go on to the next event."""
        return next(self._events)

    def __enter__(self) -> EventStream:
        """Return the stream itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        """Close it."""
        self.close()

    @property
    def result(self) -> RunResult:
        """The result, in the clear; reads the rest of the run first.

        Raises:
            LimitReached: a limit of the run was reached.
            UsageError: the run was given up before its end.
        """
        for _ in self._events:
            pass
        return finished(self._run)

    @property
    def redactor(self) -> Redactor:
        """What hides the secrets that the run has met so far, for whoever shows more of it than its events."""
        return self._run.redactor

    def close(self) -> None:
        """Give the run up where it stands, and close its connections."""
        self._events.close()
        self._close()

    def _drive(self, world: World, hold: blocking.Hold | None, tape: Tape | None) -> Generator[Stamped, None, None]:
        try:
            answer, time, authorize = world.answer, world.time, world.authorize
            yield from blocking.stream(self._run, answer, time, authorize, hold, tape, unheard=self.unheard)
        finally:
            self._close()


def finished(run: Run) -> RunResult:
    """Return the result of a run.

    Raises:
        LimitReached, RunStopped: a limit was reached, or whoever holds the run ended it.
        UsageError: it was given up before its end.
    """
    if run.result is None:
        raise UsageError("the run was given up before its end, so it has no result")
    if run.result.status is Status.STOPPED:
        if not run.result.limit:
            raise RunStopped(run.result.reason, run.result)
        raise LimitReached(run.result.limit, run.result.reason, run.result)
    return run.result


async def aexecute(
    prepared: Prepared,
    inputs: Mapping[str, Value] | None = None,
    *,
    inputs_for: InputsFor | None = None,
    on_event: OnEvent | None = None,
    transport: Any = None,
    journal: str | os.PathLike[str] | None = None,
) -> RunResult:
    """Run a prepared workflow inside the running event loop; see `execute`.

    `transport` is an `AsyncClient` of httpx2 or httpx, an object whose `send` is a coroutine, or a synchronous one,
    which is then called in a thread.
    """
    import asyncio  # for those that have a loop already

    from arazzo_runner.drivers import live

    if prepared.options.mock:
        with EventStream(prepared, inputs, inputs_for=inputs_for, transport=transport, journal=journal) as stream:
            for event in stream:
                if on_event is not None:
                    on_event(event)
                await asyncio.sleep(0)
            return stream.result
    prepared = identified(prepared, wanted=journal is not None)
    run = begin(prepared, inputs, inputs_for)
    sender, close = async_sender(prepared, transport)
    time = RealTime()
    try:
        authorize = async_authorizer(prepared, sender)
        recorder = _recorder(prepared, run, journal, time.read())
        try:
            await live.drive(run, lambda effect: exchange_async(sender, effect), time, on_event, authorize, recorder)
        finally:
            if recorder is not None:
                recorder.close()
    finally:
        await close()
    return finished(run)


def _recorder(prepared: Prepared, run: Run, journal: str | os.PathLike[str] | None, clock: Clock) -> Recorder | None:
    """Begin the journal of a run; None where none is wanted."""
    if journal is None:
        return None
    from arazzo_runner.api.recording import record  # only a run with a journal needs it

    return record(prepared, run, journal, clock)
