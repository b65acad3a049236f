"""Trying the workflows of one document, in this process: loaded once, its sources gathered once, then run by run."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from arazzo_runner.api.beginning import InputsFor
from arazzo_runner.api.blaming import Remarks, crashed, of_run, refused, unexpected
from arazzo_runner.api.checking import gathered, wanted_sources
from arazzo_runner.api.confinement import access_of
from arazzo_runner.api.fingerprint import Fingerprint
from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared, prepare_with
from arazzo_runner.api.running import EventStream, OnEvent
from arazzo_runner.contract import Contract
from arazzo_runner.coverage.edges import Edge, edges_of
from arazzo_runner.coverage.reasons import HELP, Reason
from arazzo_runner.coverage.trail import Trail
from arazzo_runner.coverage.trials import Failure, Trial, Unwalked
from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.model import Description
from arazzo_runner.engine.events import (
    RequestSent,
    RunEnded,
    RunStarted,
    Stamped,
    Warned,
)
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import ArazzoError, DocumentError, UsageError
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.model import InputSchema, WorkflowKey
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import Value


class Setup(Protocol):
    """What a test is made with; it goes to other processes, so it is pickled."""

    @property
    def workflows(self) -> Collection[str]:
        """The workflows to test; none for all."""

    @property
    def walks(self) -> bool:
        """Whether every edge is walked, and not only the main path taken."""

    def load(self, file: str) -> Description:
        """Load a document.

        Raises:
            UsageError: it can't be read.
        """

    def options(self, description: Description) -> Options:
        """Return the options for a document."""

    def inputs(self, prepared: Prepared) -> tuple[Mapping[str, Value], InputsFor]:
        """Return the inputs of a workflow, and those of workflows that run before it."""


@dataclass(frozen=True, slots=True)
class SameForAll:
    """The same options for every document; inputs for every workflow that declares them."""

    given: Options = field(default_factory=Options)
    values: Mapping[str, Value] = field(default_factory=dict)
    workflows: tuple[str, ...] = ()
    walks: bool = False

    def load(self, file: str) -> Description:
        """Load a document."""
        return load(file, access=access_of(self.given))

    def options(self, description: Description) -> Options:
        """Return the options, with the sources that the document has."""
        return with_own_sources(self.given, description)

    def inputs(self, prepared: Prepared) -> tuple[Mapping[str, Value], InputsFor]:
        """Return the values that the workflow declares."""
        schema = prepared.program.workflow.inputs
        return {name: value for name, value in self.values.items() if name in schema.properties}, {}


def with_own_sources(options: Options, description: Description) -> Options:
    """Return options without the sources that a document does not declare: they are for others."""
    declared = {each.name for each in description.source_descriptions}
    return replace(options, sources={name: at for name, at in options.sources.items() if name in declared})


OnBegin = Callable[[str], None]
"""Is told of a workflow before it is tested."""

Watch = Callable[[Prepared], OnEvent]
"""Makes what gets the events of all runs of a workflow."""


def chosen(description: Description, setup: Setup) -> list[str]:
    """Return the workflows of a document that are to be tested, in its order."""
    ids = [one.workflow_id for one in description.workflows if one.workflow_id]
    return [name for name in dict.fromkeys(ids) if not setup.workflows or name in setup.workflows]


def unnamed(description: Description) -> tuple[Failure, ...]:
    """Return why a document has no workflow, or one that can't be named and so not be tested."""
    if description.workflows and all(one.workflow_id for one in description.workflows):
        return ()
    return refused(DocumentError(description.diagnostics)) or (
        Failure(Reason.REFUSED, "the document has no workflow that could be tested", help=HELP[Reason.REFUSED]),
    )


def try_document(
    description: Description,
    setup: Setup,
    on_begin: OnBegin | None = None,
    passed_over: Collection[str] = (),
    watch: Watch | None = None,
) -> Iterator[Trial]:
    """Test the workflows of a document but those to pass over; yields each as it is done. Never raises for a fault."""
    bench = _Bench(description, setup, watch)
    for name in chosen(description, setup):
        if name in passed_over:
            continue
        if on_begin is not None:
            on_begin(name)
        begun = time.monotonic()
        try:
            yield _timed(bench.try_workflow(name), begun)
        except ArazzoError as error:
            yield _timed(Trial(name, refused(error)), begun)
        except Exception as fault:  # a fault of ours is told as one, and the others are tested all the same
            yield _timed(Trial(name, (crashed(fault),)), begun)


def _timed(trial: Trial, begun: float) -> Trial:
    return replace(trial, seconds=time.monotonic() - begun)


@dataclass(slots=True)
class _Bench:
    """A document on which workflows are tried; what was read for one serves the others."""

    description: Description
    setup: Setup
    watch: Watch | None = None
    registries: dict[frozenset[str] | None, Registry] = field(default_factory=dict)
    contract: Contract = field(default_factory=Contract)
    known: Options | None = None

    def try_workflow(self, name: str) -> Trial:
        """Test a workflow; raises what gathering sources does."""
        self.known = self.known or self.setup.options(self.description)
        wanted = wanted_sources(self.description, name)
        key = None if wanted is None else frozenset(wanted)
        if key not in self.registries:
            self.registries[key] = gathered(self.description, self.known, wanted)
        try:
            prepared = prepare_with(self.description, self.registries[key], name, self.known)
        except ArazzoError as error:
            return Trial(name, refused(error), inputs=self._declared(name, self.registries[key], self.known))
        try:
            trial = self._tried(replace(prepared, contract=self.contract))
        except ArazzoError as error:
            trial = Trial(name, refused(error))
        return replace(trial, inputs=_names(prepared.program.workflow.inputs))

    def _tried(self, prepared: Prepared) -> Trial:
        inputs, inputs_for = self.setup.inputs(prepared)
        watched = _Watched(None if self.watch is None else self.watch(prepared))
        go = _walked if self.setup.walks else _run
        return go(prepared, inputs, inputs_for, watched)

    def _declared(self, name: str, registry: Registry, options: Options) -> frozenset[str] | None:
        """Return the inputs of a workflow that can't be prepared: it declares them all the same."""
        compilation = Compilation(self.description, registry, strict=options.strict)
        return _names(compilation.inputs_of(WorkflowKey(self.description.source.uri, name)))


def _names(inputs: InputSchema) -> frozenset[str] | None:
    """Return the names of the inputs that are declared; None where others may be given besides."""
    return None if inputs.opens else frozenset(inputs.properties)


MAX_BREACHES: Final = 50
"""Breaches of the API description that are told of one workflow."""

_BREACH: Final = "contract-"


@dataclass(slots=True)
class _Watched:
    """What the events of one run after the other tell; `also` gets them too."""

    also: OnEvent | None = None
    fingerprint: Fingerprint = field(default_factory=Fingerprint)
    remarks: list[tuple[tuple[str, ...], Diagnostic]] = field(default_factory=list)
    ended: list[tuple[RunResult | None, Remarks]] = field(default_factory=list)
    breaches: dict[str, None] = field(default_factory=dict)
    requests: int = 0

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        if self.also is not None:
            self.also(stamped)
        match stamped.event:
            case RunStarted():
                self.remarks = []
                self.ended.append((None, self.remarks))
            case RequestSent():
                self.requests += 1
            case Warned(diagnostic=told, step=step):
                self.remarks.append((step, told))
                if told.code.startswith(_BREACH) and len(self.breaches) < MAX_BREACHES:
                    self.breaches[told.message] = None
            case RunEnded(result=result):
                self.ended[-1] = (result, self.remarks)
            case _:
                pass


def _run(prepared: Prepared, inputs: Mapping[str, Value], inputs_for: InputsFor, watched: _Watched) -> Trial:
    """Take the main path."""
    edges = edges_of(prepared.program)
    trail = Trail(prepared.program, edges)
    taken: set[Edge] = set()
    with EventStream(prepared, inputs, inputs_for=inputs_for, fingerprint=watched.fingerprint) as events:
        for stamped in events:
            watched.on(stamped)
            edge = trail.on(stamped.event)
            if edge is not None:
                taken.add(edge)
    (result, remarks), *_ = watched.ended
    failures = of_run(prepared, result, remarks) if result is not None else ()
    name = prepared.program.entry.workflow_id
    return Trial(
        name,
        failures,
        1,
        watched.requests,
        len(edges),
        len(taken),
        fingerprint=watched.fingerprint.text,
        breaches=tuple(watched.breaches),
    )


def _walked(prepared: Prepared, inputs: Mapping[str, Value], inputs_for: InputsFor, watched: _Watched) -> Trial:
    """Walk every edge."""
    from arazzo_runner.api.walking import walk  # brings what only a walk needs

    coverage = walk(prepared, inputs, inputs_for=inputs_for, on_event=watched.on, fingerprint=watched.fingerprint)
    failures: list[Failure] = []
    for tour, (result, remarks) in zip(coverage.tours, watched.ended, strict=True):
        if tour.number == 1:
            failures += of_run(prepared, result, remarks) if result is not None else ()
        for told in tour.unexpected if tour.number > 1 or not failures else ():
            own = [
                one for one in _of_led(prepared, result, remarks) if told.startswith(f"step '{'/'.join(one.step)}' ")
            ]
            failures += unexpected(told, tour.number, tour.wishes, own[:1])
    if not coverage.succeeded and not failures:
        failures.append(Failure(Reason.ENDED, coverage.tours[0].reason, help=HELP[Reason.ENDED]))
    unwalked = tuple(Unwalked(one.edge.wish, one.edge.place, one.why) for one in coverage.edges if not one.taken)
    return Trial(
        coverage.workflow,
        tuple(failures),
        len(coverage.tours),
        watched.requests,
        len(coverage.edges),
        coverage.taken,
        unwalked,
        watched.fingerprint.text,
        breaches=tuple(watched.breaches),
    )


def _of_led(prepared: Prepared, result: RunResult | None, remarks: Remarks) -> tuple[Failure, ...]:
    """Return why steps of a run failed that was led; of one that was left midway nothing is known."""
    if result is None:
        return ()
    from arazzo_runner.api.blaming import of_step
    from arazzo_runner.engine.result import Status

    failed = [of_step(prepared, step, remarks) for step in result.steps if step.status is Status.FAILED]
    return tuple(one for one in failed if one is not None)


def read(file: str, setup: Setup) -> Description | str:
    """Load a document; return why it can't be read in place of raising."""
    try:
        description = setup.load(file)
    except UsageError as fault:
        return with_help(fault.message, fault.hint)
    return _unparsed(description) or description


def _unparsed(description: Description) -> str:
    """Return what keeps the text from being read as YAML or JSON, where no workflow was had from it; else nothing."""
    faults = [one for one in description.source.diagnostics if one.severity is Severity.ERROR]
    if not faults or description.workflows:
        return ""
    first = faults[0]
    place = f"line {first.span.line}, column {first.span.column}: " if first.span else ""
    return with_help(f"{place}[{first.code}] {first.message}", first.help)


def with_help(message: str, help: str) -> str:
    """Return a message with what to do about it."""
    return message + (f" ({' '.join(help.split())})" if help else "")
