"""From a loaded description to something that can run, with everything judged that can be known before."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from arazzo_runner.api.options import Options
from arazzo_runner.diagnostics import Diagnostic, did_you_mean, error
from arazzo_runner.document.model import Description
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.request import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.program.model import OperationCall, Program
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.registry import Registry, gather
from arazzo_runner.sources.security import Credentials, Schemes, from_environment, from_flag, merged, schemes_of
from arazzo_runner.sources.servers import Unreachable, absolute_url, unknown_variable
from arazzo_runner.validate.check import check as check_document
from arazzo_runner.validate.check import check_workflow

MOCK_SERVER = "https://mock.invalid"
"""Stands in for a server that the description does not name, where no connection is opened anyway."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A workflow ready to run, as often as one likes.

    `warnings` are the findings that stop nothing; `settings` is what the engine is told.
    """

    program: Program
    description: Description = field(repr=False)
    registry: Registry = field(repr=False)
    options: Options
    settings: Settings
    warnings: tuple[Diagnostic, ...] = ()


def check(description: Description, options: Options | None = None) -> tuple[Diagnostic, ...]:
    """Judge a description: every workflow, with its sources. Returns the findings, errors first.

    Raises:
        UsageError: an option names something that does not exist.
    """
    options = options or Options()
    return check_document(description, _gathered(description, options), strict=options.strict)


def prepare(description: Description, workflow: str | None = None, options: Options | None = None) -> Prepared:
    """Make one workflow ready to run; sends nothing to any API.

    `workflow` may be left out where the document has one only (WF-15).

    Raises:
        UsageError: no such workflow, or an option names something that does not exist.
        DocumentError: the document can't run; it carries all findings.
    """
    options = options or Options()
    workflow_id = _chosen(description, workflow)
    registry = _gathered(description, options, _wanted(description, workflow_id))
    checked = check_workflow(description, registry, workflow_id, strict=options.strict)
    if checked.program is None:
        raise DocumentError(checked.diagnostics)
    settings = _settings(checked.program, options)
    _check_servers(checked.program, settings)
    return Prepared(checked.program, description, registry, options, settings, checked.diagnostics)


def _wanted(description: Description, workflow_id: str) -> Collection[str] | None:
    """Return the sources that a workflow may need; None, for all, where it leads into other Arazzo documents.

    Those may lead back to any workflow of this one, which their text alone would tell.
    """
    wanted = sources_in_reach(description, [workflow_id])
    leads_out = any(one.name in wanted and one.type in ("arazzo", None) for one in description.source_descriptions)
    return None if leads_out else wanted


def _gathered(description: Description, options: Options, wanted: Collection[str] | None = None) -> Registry:
    """Load the sources: all of them, or those that a workflow may need (SRC-09)."""
    return gather(description, overrides=options.sources, base_dir=options.base_dir, wanted=wanted)


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


def _settings(program: Program, options: Options) -> Settings:
    called = operations(program)
    _check_names(called, options)
    return Settings(
        seed=options.seed,
        strict=options.strict,
        limits=Limits(max_steps=options.max_steps, request_timeout=options.timeout),
        servers=options.servers,
        server_variables=options.server_variables,
        credentials=_credentials(schemes_of(called), options),
        fallback_server=MOCK_SERVER if options.mock else "",
    )


def _credentials(schemes: Schemes, options: Options) -> Credentials:
    flags = [from_flag(text, schemes) for text in options.auth]
    return merged(options.credentials, *flags, from_environment(options.environ, schemes))


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
    wrong = unknown_variable(options.server_variables, called)
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
