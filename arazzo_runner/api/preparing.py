"""From a loaded description to something that can run, with everything judged that can be known before."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from arazzo_runner.api.binding import unbound
from arazzo_runner.api.checking import gathered, others, wanted_sources
from arazzo_runner.api.confinement import confined, egress_of, forbidden
from arazzo_runner.api.credentials import given_credentials
from arazzo_runner.api.options import Options
from arazzo_runner.api.profiles import credentials_of, server_variables_of, servers_of
from arazzo_runner.api.trust import untrusted
from arazzo_runner.contract import Contract
from arazzo_runner.diagnostics import Diagnostic, did_you_mean, error
from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.model import Description
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Level, Settings
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.graph.model import Graph
from arazzo_runner.program.model import OperationCall, Program
from arazzo_runner.sources.egress import OPEN
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.registry import Registry
from arazzo_runner.sources.security import Credentials, merged, schemes_of
from arazzo_runner.sources.security.origins import normal_hosts
from arazzo_runner.sources.servers import Unreachable, absolute_url, forbidden_value, unknown_variable
from arazzo_runner.validate.check import check_workflow
from arazzo_runner.validate.suppression import without_hidden

MOCK_SERVER = "https://mock.invalid"
"""Stands in for a server that the description does not name, where no connection is opened anyway."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workflow ready to run, as often as one likes.

    `warnings` are the findings that stop nothing; `settings` is what the engine is told; `contract` keeps the schemas
    that its runs have compiled, `drawn` the picture of the workflow, once there is one.
    """

    program: Program
    description: Description = field(repr=False)
    registry: Registry = field(repr=False)
    options: Options
    settings: Settings
    warnings: tuple[Diagnostic, ...] = ()
    contract: Contract = field(default_factory=Contract, repr=False, compare=False)
    drawn: list[Graph] = field(default_factory=list, repr=False, compare=False)


def prepare(description: Description, workflow: str | None = None, options: Options | None = None) -> Prepared:
    """Make one workflow ready to run; sends nothing to any API.

    `workflow` may be left out where the document has one only (WF-15).

    Raises:
        UsageError: no such workflow, or an option names something that does not exist.
        DocumentError: the document can't run; it carries all findings.
    """
    options = options or Options()
    workflow_id = _chosen(description, workflow)
    registry = gathered(description, options, wanted_sources(description, workflow_id))
    return prepare_with(description, registry, workflow_id, options)


@collector_paused()
def prepare_with(description: Description, registry: Registry, workflow_id: str, options: Options) -> Prepared:
    """Make a workflow of a description whose sources are gathered ready to run; raises as `prepare` does."""
    options = confined(options, description)
    checked = check_workflow(description, registry, workflow_id, strict=options.strict)
    told = without_hidden(description, checked.diagnostics, others(description, registry))
    if checked.program is None:
        raise DocumentError(told)
    program = replace(checked.program, warnings=told)
    called = operations(program)
    _check_names(called, options)
    schemes = schemes_of(called)
    given = given_credentials(schemes, options)
    own = credentials_of(options, program, schemes, given)
    settings = _settings(called, options, merged(given, own, schemes=schemes))
    _check_servers(program, settings)
    refused = tuple(forbidden(program, settings))
    if not options.mock:
        refused += tuple(untrusted(program, registry, settings, options.auth_hosts, all_strange=options.untrusted))
    refused += tuple(unbound(program, settings, own, options.auth_hosts))
    if refused:
        raise DocumentError(refused)
    return Prepared(program, description, registry, options, settings, told)


def _chosen(description: Description, workflow: str | None) -> str:
    ids = [one.workflow_id for one in description.workflows if one.workflow_id]
    if workflow is None:
        if len(ids) == 1:
            return ids[0]
        if not ids:
            raise DocumentError(description.diagnostics)
        listed = "\n    ".join(ids)
        raise UsageError(f"{description.source.name} has {len(ids)} workflows", f"name one of them:\n    {listed}")
    if workflow in ids:
        return workflow
    if not ids and description.diagnostics:
        raise DocumentError(description.diagnostics)
    raise UsageError(f"there is no workflow '{workflow}' in {description.source.name}", did_you_mean(workflow, ids))


def operations(program: Program) -> tuple[Operation, ...]:
    """Return the operations that a program can call, in the order of the document."""
    steps = (step for workflow in program.workflows.values() for step in workflow.steps)
    return tuple(step.call.operation for step in steps if isinstance(step.call, OperationCall))


def _settings(called: tuple[Operation, ...], options: Options, credentials: Credentials) -> Settings:
    return Settings(
        seed=options.seed,
        strict=options.strict,
        limits=_limits(options),
        servers=servers_of(options, called),
        server_variables=server_variables_of(options, called),
        credentials=credentials,
        auth_hosts=normal_hosts(tuple(options.auth_hosts)),
        fallback_server=MOCK_SERVER if options.mock else "",
        follow_redirects=options.follow_redirects and not options.mock,  # where nothing is sent, nothing leads on
        keep_cookies=options.cookies,
        idempotency_keys=options.idempotency_keys,
        trace=_trace(options.traceparent),
        trusted_hosts=frozenset(host.strip().lower() for host in options.insecure_hosts),
        check_requests=options.check in ("all", "requests"),
        check_responses=options.check in ("all", "responses") and not options.mock,
        check_level=_level(options),
        egress=OPEN if options.mock else egress_of(options),
    )


def _trace(wanted: bool | str) -> str | None:
    """Return whose trace a run is part of: nobody's, one of its own (empty), or that of a caller."""
    return wanted if isinstance(wanted, str) else "" if wanted else None


def _level(options: Options) -> Level:
    """Return what a breach does: a mocked run shows that what flows through a workflow fits the API."""
    if options.check_level is not None:
        return Level(options.check_level)
    return Level.FLOW if options.mock else Level.WARN


def _limits(options: Options) -> Limits:
    return Limits(
        max_steps=options.max_steps,
        max_depth=options.max_depth,
        request_timeout=options.timeout,
        run_timeout=options.run_timeout,
        max_wait=options.max_wait,
        max_redirects=options.max_redirects,
        max_bytes=options.max_bytes,
    )


def _check_names(called: tuple[Operation, ...], options: Options) -> None:
    """See that every server named is a URL, and every source and variable exists."""
    sources = list(dict.fromkeys(operation.source for operation in called))
    for name, url in options.servers.items():
        if name and name not in sources:
            raise UsageError(
                f"no source '{name}' is called, so it can't have another server", did_you_mean(name, sources)
            )
        found = absolute_url(url)
        if isinstance(found, Unreachable):
            raise UsageError(found.reason, found.help)
    replaced, variables = servers_of(options, called), server_variables_of(options, called)
    described = [one for one in called if one.source not in replaced and "" not in replaced]
    wrong = unknown_variable(options.server_variables, called) or forbidden_value(variables, described)
    if wrong is not None:
        raise UsageError(wrong.reason, wrong.help)


def _check_servers(program: Program, settings: Settings) -> None:
    """See that each step has a server to call.

    Raises:
        DocumentError: one has none.
    """
    found = []
    for workflow in program.workflows.values():
        for step in workflow.steps:
            if isinstance(step.call, OperationCall):
                server = find_server(step.call.operation, settings)
                if isinstance(server, Unreachable):
                    found.append(error("server-missing", server.reason, step.span, server.help))
    if found:
        raise DocumentError(tuple(dict.fromkeys(found)))
