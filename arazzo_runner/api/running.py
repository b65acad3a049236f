"""Running what was prepared: in this thread, in an event loop, or as a stream of events."""

from __future__ import annotations

import inspect
import os
import secrets as chance
from collections.abc import Awaitable, Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from arazzo_runner.api.credentials import suppliers_of
from arazzo_runner.api.fingerprint import Fingerprint
from arazzo_runner.api.inventing import with_invented
from arazzo_runner.api.options import Options
from arazzo_runner.api.picturing import picture_of
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.profiles import inputs_under
from arazzo_runner.api.trust import certificate_hosts
from arazzo_runner.diagnostics import Diagnostic, did_you_mean, warning
from arazzo_runner.drivers import blocking
from arazzo_runner.drivers.clock import RealTime, SimulatedTime, Timepiece
from arazzo_runner.drivers.tape import Tape
from arazzo_runner.engine.effects import Authorize, SendRequest
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.limits import MAX_BODY_BYTES
from arazzo_runner.engine.outcomes import Authorized, Clock, Failed, Responded
from arazzo_runner.engine.result import RunResult, Status
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import InputsError, LimitReached, RunStopped, UsageError
from arazzo_runner.graph.model import Graph
from arazzo_runner.program.inputs import settle
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.security import secrets
from arazzo_runner.transports.exchange import exchange, exchange_async
from arazzo_runner.transports.proxies import ProxyOptions
from arazzo_runner.transports.tls import ClientCertificate, TlsOptions
from arazzo_runner.values import Value

if TYPE_CHECKING:
    from types import TracebackType

    from arazzo_runner.journal.writer import Recorder
    from arazzo_runner.transports.http import AsyncHttpTransport, HttpTransport

OnEvent = Callable[[Stamped], None]
InputsFor = Mapping[str, Mapping[str, Value]]


def begin(prepared: Prepared, inputs: Mapping[str, Value] | None = None, inputs_for: InputsFor | None = None) -> Run:
    """Make the run of a prepared workflow: inputs settled, nothing sent yet.

    `inputs_for` holds inputs for workflows that it depends on, by their ids. What a mocked run lacks is invented.

    Raises:
        InputsError: the inputs do not fit the input schema of the workflow or of one that it depends on.
    """
    program = prepared.program
    inputs, inputs_for = inputs_under(prepared.options, program, inputs or {}, inputs_for or {})
    given = inputs
    if prepared.options.mock:
        completed = with_invented(prepared, inputs, inputs_for)
        inputs, inputs_for = completed.inputs, completed.inputs_for
        prepared = replace(prepared, settings=replace(prepared.settings, given=frozenset(given)))
    redactor = Redactor(reveal=prepared.options.show_secrets)
    redactor.learn(secrets(prepared.settings.credentials))
    settled = settle(program.workflow.inputs, inputs or {})
    problems = [*settled.problems, *_problems_of_dependencies(prepared, inputs or {}, inputs_for or {})]
    if problems:
        redactor.learn([value for name, value in settled.inputs.items() if name in program.workflow.inputs.secret])
        head = f"the inputs of workflow '{program.entry.workflow_id}' do not fit"
        raise InputsError(f"{head}:\n  " + "\n  ".join(map(redactor.text, problems)), "nothing was sent")
    unnamed = tuple(name for name in settled.undeclared if name in given)
    told = (*program.warnings, *undeclared(prepared, unnamed))
    return run_of(prepared, settled.inputs, inputs_for or {}, redactor, told)


def run_of(
    prepared: Prepared,
    inputs: Mapping[str, Value],
    inputs_for: InputsFor,
    redactor: Redactor,
    warnings: tuple[Diagnostic, ...],
) -> Run:
    """Make the run of a prepared workflow with inputs that are settled already."""
    program = replace(prepared.program, warnings=warnings)
    return Run(
        program,
        inputs,
        prepared.settings,
        inputs_for=inputs_for,
        redactor=redactor,
        contract=prepared.contract,
        graph=_graph(prepared),
    )


def _graph(prepared: Prepared) -> Graph:
    """Return the picture of a workflow, drawn for its first run."""
    if not prepared.drawn:
        prepared.drawn.append(picture_of(prepared.program, prepared.description, prepared.registry))
    return prepared.drawn[0]


def identified(prepared: Prepared, wanted: bool) -> Prepared:
    """Give a run an id of its own, where one is wanted; a mocked run has the same each time."""
    settings = prepared.settings
    if prepared.options.mock or not (wanted or settings.idempotency_keys or settings.trace is not None):
        return prepared
    return replace(prepared, settings=replace(settings, run_id=chance.token_hex(8)))


def both(one: Callable[[], None], other: Callable[[], None]) -> Callable[[], None]:
    """Return what closes the one and then the other, whatever becomes of the one."""

    def close() -> None:
        try:
            one()
        finally:
            other()

    return close


def undeclared(prepared: Prepared, names: tuple[str, ...]) -> Iterator[Diagnostic]:
    """Make a warning for each input that the schema does not name: it is readable all the same (INP-11)."""
    program = prepared.program
    workflow = prepared.description.workflow(program.entry.workflow_id)
    at = (*workflow.at, "inputs") if workflow else ()
    for name in names:
        message = f"the inputs of workflow '{program.entry.workflow_id}' do not declare '{name}', which was given"
        help = did_you_mean(name, program.workflow.inputs.properties)
        yield warning("input-undeclared", message, prepared.description.span(at, key=True), help)


def _problems_of_dependencies(prepared: Prepared, inputs: Mapping[str, Value], given: InputsFor) -> Iterator[str]:
    """Judge what the workflows get that run before the chosen one, so that nothing is sent in vain (DEP-09)."""
    workflows = prepared.program.workflows
    known = {key.workflow_id: workflow for key, workflow in workflows.items() if key != prepared.program.entry}
    for name in given:
        if name not in known:
            yield f"there is no workflow '{name}' that this one depends on; {did_you_mean(name, known)}"
    queue = list(prepared.program.workflow.depends_on)
    for key in queue:
        dependency = workflows[key]
        queue += [one for one in dependency.depends_on if one not in queue]
        shared = {name: value for name, value in inputs.items() if name in dependency.inputs.properties}
        for problem in settle(dependency.inputs, shared | dict(given.get(key.workflow_id, {}))).problems:
            yield f"workflow '{key.workflow_id}', which runs before: {problem}"


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


@dataclass(frozen=True, slots=True)
class World:
    """Who answers the requests, whose time it is, and who fetches tokens."""

    answer: blocking.Answer
    time: Timepiece
    authorize: blocking.Authorizer


def world_of(prepared: Prepared, transport: Any) -> tuple[World, Callable[[], None]]:
    """Return the world of a run, and how to close it."""
    if prepared.options.mock:
        _refuse_transport(transport)
        from arazzo_runner.mock.answer import Mock  # only a mocked run needs what invents answers
        from arazzo_runner.mock.state.state import State

        memory = None if prepared.options.stateless else State()
        mock, time = Mock(prepared.options.seed, memory=memory, program=prepared.program), SimulatedTime()
        if prepared.options.scenario:
            from arazzo_runner.mock.scenarios.reading import read_scenario
            from arazzo_runner.mock.scenarios.script import Scenario

            orders = read_scenario(prepared.options.scenario, prepared.program)
            scenario = Scenario(prepared.program, orders)
            mock = mock.following(scenario, time.wait, memory, scenario.aims)
        return World(mock.answer, time, mock.authorize), _nothing
    if transport is None:
        own = sync_sender(prepared)
        return World(lambda effect: exchange(own, effect), RealTime(), _authorizer(prepared, own)), own.close
    given = _adapted(transport, prepared.options.max_body, prepared.settings.egress)
    return World(lambda effect: exchange(given, effect), RealTime(), _authorizer(prepared, given)), _nothing


def _authorizer(prepared: Prepared, transport: Any) -> blocking.Authorizer:
    """Return who fetches tokens over a transport; the flows are loaded when the first token is wanted."""

    def authorize(effect: Authorize) -> Authorized | Failed:
        from arazzo_runner.transports.authorization import Authorizer, World

        world = World(interactive=prepared.options.interactive)
        egress = prepared.settings.egress
        return Authorizer(transport, suppliers_of(prepared.options), world, egress).answer(effect)

    return authorize


def async_authorizer(prepared: Prepared, transport: Any) -> Callable[[Authorize], Awaitable[Authorized | Failed]]:
    """Return who fetches tokens over an asynchronous transport."""

    async def authorize(effect: Authorize) -> Authorized | Failed:
        from arazzo_runner.transports.authorization import AsyncAuthorizer, World

        world = World(interactive=prepared.options.interactive)
        egress = prepared.settings.egress
        return await AsyncAuthorizer(transport, suppliers_of(prepared.options), world, egress).answer(effect)

    return authorize


def _refuse_transport(transport: Any) -> None:
    if transport is not None:
        raise UsageError("a mocked run sends nothing, so it takes no transport", "leave out one of the two")


def _nothing() -> None:
    """Close nothing: the caller owns it."""


def _tls(prepared: Prepared) -> TlsOptions:
    options = prepared.options
    client = None
    if options.client_cert is not None:
        hosts = certificate_hosts(prepared.program, prepared.settings, options.auth_hosts)
        client = ClientCertificate.of(options.client_cert, options.client_cert_password or "", hosts)
    return TlsOptions(options.insecure_hosts, options.cacert, client)


def proxies_of(options: Options) -> ProxyOptions:
    """Return what the caller says of proxies."""
    return ProxyOptions(options.proxy, None if options.no_proxy is None else ",".join(options.no_proxy))


def sync_sender(prepared: Prepared) -> HttpTransport:
    """Return a transport with connections of our own; whoever asks closes it."""
    from arazzo_runner.transports.http import HttpTransport  # nothing that sends nothing needs it

    options, egress = prepared.options, prepared.settings.egress
    return HttpTransport(tls=_tls(prepared), max_body=options.max_body, proxies=proxies_of(options), egress=egress)


def _adapted(transport: Any, max_body: int = MAX_BODY_BYTES, egress: Egress = OPEN) -> Any:
    """Wrap a client of httpx2 or httpx; anything else must have the one method."""
    if hasattr(transport, "aclose") or inspect.iscoroutinefunction(getattr(transport, "send", None)):
        raise UsageError("this transport is asynchronous", "call arun, or hand in a synchronous client")
    if hasattr(transport, "build_request"):
        from arazzo_runner.transports.http import HttpTransport

        return HttpTransport(transport, max_body=max_body, egress=egress)
    return _checked(transport, egress)


def _checked(transport: Any, egress: Egress) -> Any:
    if not callable(getattr(transport, "send", None)):
        kind = type(transport).__name__
        raise UsageError(
            f"a {kind} can't send requests", "hand in a client of httpx2 or httpx, or an object with send()"
        )
    if egress.deny_private and getattr(transport, "egress", None) != egress:
        raise UsageError(
            "a transport of your own opens its connections itself, so the addresses that it connects to can't be "
            "judged (deny_private)",
            "hand in none, or leave out deny_private and untrusted",
        )
    return transport


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


def async_sender(prepared: Prepared, transport: Any) -> tuple[Any, Callable[[], Any]]:
    """Return an asynchronous transport (one of our own where `transport` is None), and how to close it."""
    from arazzo_runner.transports.http import AsyncHttpTransport
    from arazzo_runner.transports.threaded import Threaded

    most, egress = prepared.options.max_body, prepared.settings.egress
    if transport is None:
        proxies = proxies_of(prepared.options)
        own: AsyncHttpTransport = AsyncHttpTransport(tls=_tls(prepared), max_body=most, proxies=proxies, egress=egress)
        return own, own.close
    if hasattr(transport, "aclose") and hasattr(transport, "build_request"):
        return AsyncHttpTransport(transport, max_body=most, egress=egress), _nothing_async
    if hasattr(transport, "build_request"):
        wrapped = Threaded(_adapted(transport, most, egress))
        return wrapped, _nothing_async
    checked = _checked(transport, egress)
    return checked if inspect.iscoroutinefunction(checked.send) else Threaded(checked), _nothing_async


async def _nothing_async() -> None:
    """Close nothing: the caller owns it."""


def answer_of(transport: Any) -> Callable[[SendRequest], Responded | Failed]:
    """Return what answers effects over a transport, for drivers of the caller's own."""
    given = _adapted(transport)
    return lambda effect: exchange(given, effect)
