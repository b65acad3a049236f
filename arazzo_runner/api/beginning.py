"""Making the run of a prepared workflow: its inputs settled, its secrets known, nothing sent yet."""

from __future__ import annotations

import secrets as chance
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeAlias

from arazzo_runner.api.inventing import with_invented
from arazzo_runner.api.picturing import picture_of
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.api.profiles import inputs_under
from arazzo_runner.diagnostics import Diagnostic, did_you_mean, warning
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import InputsError
from arazzo_runner.graph.model import Graph
from arazzo_runner.program.inputs import settle
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.security import secrets
from arazzo_runner.values import Value

InputsFor: TypeAlias = Mapping[str, Mapping[str, Value]]
"""Inputs for workflows that a run depends on, by their ids."""


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
