"""Examining a document: what it needs to run here and now, told for each workflow whether it can run or not.

Nothing is sent to any API. Sources are read as for a run, over the network too unless `Options.access` says otherwise;
names of hosts are looked up only by the `resolves` of the caller. A credential or an input that is still to be given
is no obstacle, since a command gives it; whatever `prepare` refuses is one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from arazzo_runner.api.checking import gathered, wanted_sources
from arazzo_runner.api.credentials import given_credentials
from arazzo_runner.api.inventing import with_invented
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared, prepare_with
from arazzo_runner.api.readiness.calls import Call, calls_of, operations_of, step_facts
from arazzo_runner.api.readiness.commands import beginning, live_words, mock_words
from arazzo_runner.api.readiness.credentials import assumed, credential_facts
from arazzo_runner.api.readiness.inputs import input_facts, invented
from arazzo_runner.api.readiness.servers import Resolves, server_facts
from arazzo_runner.api.readiness.sources import source_facts
from arazzo_runner.api.trust import unnamed_hosts
from arazzo_runner.diagnostics import Diagnostic, did_you_mean, has_errors
from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.model import WorkflowKey
from arazzo_runner.reports.doctor.readiness import (
    InputFact,
    Obstacle,
    Readiness,
    ServerFact,
    SourceFact,
    WorkflowFact,
)
from arazzo_runner.sources.location import STDIN_NAME
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.registry import Registry
from arazzo_runner.sources.security import Credentials, schemes_of
from arazzo_runner.values import JSON

GivenInputs: TypeAlias = Callable[[Prepared], Mapping[tuple[str, str], str]]
"""Says of a workflow that can run who gives which input: by workflow (empty: itself) and name, in words.

May raise UsageError where what is given does not fit.
"""

_NOTHING: Final[Mapping[tuple[str, str], str]] = {}


@dataclass(frozen=True, slots=True)
class Carried:
    """What was said already and has to be said again: words for each command, and those for a run that sends.

    `inputs` are the texts of `-i`; that of a secret is not repeated.
    """

    always: tuple[str, ...] = ()
    live: tuple[str, ...] = ()
    inputs: tuple[str, ...] = ()


def examine(
    description: Description,
    workflow: str | None = None,
    options: Options | None = None,
    *,
    given: GivenInputs | None = None,
    carried: Carried | None = None,
    resolves: Resolves | None = None,
) -> Readiness:
    """Find out what a description needs to run; of one workflow, or of all where none is named.

    `options` are those of the run that is meant. `given` tells which inputs are given already, `carried` which words
    a command to run it must repeat. `resolves` is asked whether the host of a server's URL has an address.

    Raises:
        UsageError: no such workflow, or an option names something that does not exist.
        DocumentError: the document holds no workflow.
    """
    options = options or Options()
    flows = _chosen(description, workflow)
    registry = gathered(description, options, _sources_of(description, flows))
    examination = _Examination(description, registry, options, given, carried or Carried(), resolves)
    return examination.readiness(flows, None if workflow is None else [workflow])


def _chosen(description: Description, workflow: str | None) -> list[Workflow]:
    flows = [flow for flow in description.workflows if flow.workflow_id]
    ids = [flow.workflow_id for flow in flows]
    if not ids:
        raise DocumentError(description.diagnostics)
    if workflow is not None and workflow not in ids:
        raise UsageError(f"there is no workflow '{workflow}' in {description.source.name}", did_you_mean(workflow, ids))
    return [flow for flow in flows if workflow in (None, flow.workflow_id)]


def _sources_of(description: Description, flows: Iterable[Workflow]) -> Collection[str] | None:
    found: set[str] = set()
    for flow in flows:
        wanted = wanted_sources(description, flow.workflow_id)
        if wanted is None:
            return None
        found |= set(wanted)
    return found


@dataclass(slots=True)
class _Examination:
    description: Description
    registry: Registry
    options: Options
    given: GivenInputs | None
    carried: Carried
    resolves: Resolves | None
    compilation: Compilation = field(init=False)

    def __post_init__(self) -> None:
        self.compilation = Compilation(self.description, self.registry, strict=self.options.strict)

    def readiness(self, flows: list[Workflow], only: list[str] | None) -> Readiness:
        source = self.description.source
        info, profile = self.description.info, self.options.profile
        sources = source_facts(self.description, self.registry, sources_in_reach(self.description, only))
        calls = {flow.workflow_id: calls_of(self.compilation, flow.workflow_id) for flow in flows}
        called = operations_of(call for each in calls.values() for call in each)
        servers = server_facts(called, self.options, self.resolves)
        workflows = tuple(self._workflow(flow, calls[flow.workflow_id], sources, servers) for flow in flows)
        return Readiness(
            file="-" if source.name == STDIN_NAME else source.name,
            title=info.title,
            version=info.version,
            arazzo=self.description.version,
            profile=f"{profile.name or 'defaults'} of {profile.file}" if profile is not None else "",
            sources=sources,
            servers=servers,
            workflows=workflows,
        )

    def _workflow(
        self, flow: Workflow, calls: tuple[Call, ...], sources: tuple[SourceFact, ...], servers: tuple[ServerFact, ...]
    ) -> WorkflowFact:
        workflow_id = flow.workflow_id
        prepared, findings, obstacles = self._prepared(workflow_id)
        inputs, more = self._inputs(workflow_id, prepared)
        operations = operations_of(calls)
        credentials = prepared.settings.credentials if prepared is not None else self._credentials(calls)
        reached = sources_in_reach(self.description, [workflow_id])
        own = tuple(each for each in servers if each.source in {one.source for one in operations})
        obstacles += more
        wanted = credential_facts(calls, workflow_id, credentials)
        fact = WorkflowFact(
            workflow_id,
            flow.summary or flow.description,
            tuple(step_facts(calls)),
            wanted,
            self._hosts(prepared, assumed(wanted, credentials, schemes_of(operations))) if prepared is not None else (),
            inputs,
            self.compilation.inputs_of(self._key(workflow_id)).opens,
            tuple(each.name for each in sources if each.name in reached and not each.holder),
            findings,
            obstacles,
            runs=not (has_errors(findings) or obstacles or any(each.resolves is False for each in own)),
        )
        return self._with_commands(
            fact, [each for each in sources if each.holder or each.name in reached], own, prepared
        )

    def _hosts(self, prepared: Prepared, credentials: Credentials) -> tuple[tuple[str, str], ...]:
        settings = replace(prepared.settings, credentials=credentials)
        found = unnamed_hosts(
            prepared.program, self.registry, settings, self.options.auth_hosts, all_strange=self.options.untrusted
        )
        return tuple(dict(found).items())

    def _with_commands(
        self,
        fact: WorkflowFact,
        sources: list[SourceFact],
        servers: tuple[ServerFact, ...],
        prepared: Prepared | None,
    ) -> WorkflowFact:
        name = self.description.source.name
        file = "-" if name == STDIN_NAME else name
        carried = self.carried
        begun = (*beginning(file, fact, sources, self.options.sources), *carried.always)
        live = live_words(fact, servers, carried.inputs)
        mock = mock_words(fact.inputs, carried.inputs, self._values(fact, prepared))
        return replace(fact, command=(*begun, *carried.live, *live), mock_command=(*begun, *mock))

    def _values(self, fact: WorkflowFact, prepared: Prepared | None) -> Mapping[tuple[str, str], JSON]:
        """Return values for a mock: those that it would invent, else what the schema alone takes."""
        found: dict[tuple[str, str], JSON] = {}
        if prepared is not None:
            made = with_invented(prepared, {}, {}).invented
            found = {(one.workflow, one.name): one.value for one in made if not isinstance(one.value, bytes)}  # type: ignore[misc]  # a Value without bytes is JSON
        for workflow in dict.fromkeys(each.workflow for each in fact.inputs):
            schema = self.compilation.inputs_of(self._key(workflow or fact.workflow_id))
            lacking = tuple(each for each in fact.inputs if (each.workflow, each.name) not in found)
            for name, value in invented(schema, lacking, workflow).items():
                found[workflow, name] = value
        return found

    def _key(self, workflow_id: str) -> WorkflowKey:
        return WorkflowKey(self.description.source.uri, workflow_id)

    def _prepared(self, workflow_id: str) -> tuple[Prepared | None, tuple[Diagnostic, ...], tuple[Obstacle, ...]]:
        """Return the workflow ready to run, if it can be, and what was found on the way."""
        try:
            prepared = prepare_with(self.description, self.registry, workflow_id, self.options)
        except DocumentError as fault:
            return None, fault.diagnostics, ()
        except UsageError as fault:
            return None, (), (Obstacle(fault.message, fault.hint),)
        return prepared, prepared.warnings, ()

    def _inputs(
        self, workflow_id: str, prepared: Prepared | None
    ) -> tuple[tuple[InputFact, ...], tuple[Obstacle, ...]]:
        given, obstacles = _NOTHING, tuple[Obstacle, ...]()
        if self.given is not None and prepared is not None:
            try:
                given = self.given(prepared)
            except UsageError as fault:
                obstacles = (Obstacle(fault.message, fault.hint),)
        return input_facts(self.compilation, self._key(workflow_id), given), obstacles

    def _credentials(self, calls: tuple[Call, ...]) -> Credentials:
        """Return what is given where nothing is known of a profile, since the workflow can't run."""
        try:
            return given_credentials(schemes_of(operations_of(calls)), self.options)
        except UsageError:
            return {}
