"""reference-unknown-output: an expression names a step, an output or an input that is not declared.

What: `$steps.login.outputs.token` where the workflow has no step `login`, or that step declares no output `token`;
`$inputs.usr` where the input schema does not declare `usr`; `$workflows.auth.outputs.t` likewise.
Why: it can never have a value (RES-22). An undeclared input is an error only where the schema allows no others:
otherwise a caller may still give it.
Example: `value: $steps.loginUser.outputs.token` where the step is called `loginStep`.
Instead: write the name as it is declared, or declare the output on the step.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from arazzo_runner.criteria.verdict import Check
from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.document.model import Step
from arazzo_runner.expressions.grammar import Expression, Input, StepOutput, WorkflowField
from arazzo_runner.expressions.template import CompiledValue, expressions_of
from arazzo_runner.program.model import BoundStep, OperationCall
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path

Outputs: TypeAlias = tuple[tuple[str, CompiledValue], ...]


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find names that nothing declares (RES-22, OUT-12)."""
    for step, bound in subject.steps():
        for expression in _read_by(bound):
            yield from _judge(subject, expression, step.at, f"step '{step.step_id}'")
        yield from _outputs(subject, bound.outputs, step.at, f"step '{step.step_id}'")
    name = f"workflow '{subject.workflow.workflow_id}'"
    yield from _outputs(subject, subject.bound.outputs, subject.workflow.at, name)


def _outputs(subject: Subject, outputs: Outputs, at: Path, who: str) -> Iterator[Diagnostic]:
    for name, compiled in outputs:
        for expression in expressions_of(compiled):
            yield from _judge(subject, expression, (*at, "outputs", name), who)


def _read_by(step: BoundStep) -> Iterator[Expression]:
    """Yield the expressions of a step but for its outputs."""
    if isinstance(step.call, OperationCall):
        for parameter in step.call.parameters:
            yield from expressions_of(parameter.value)
        if step.call.body is not None and step.call.body.payload is not None:
            yield from expressions_of(step.call.body.payload)
    else:
        for argument in step.call.arguments:
            yield from expressions_of(argument.value)
    yield from _of_checks(step.criteria)
    for action in (*step.on_success, *step.on_failure):
        yield from _of_checks(action.criteria)


def _of_checks(checks: tuple[Check, ...]) -> Iterator[Expression]:
    for one in checks:
        yield from one.expressions


def _judge(subject: Subject, expression: Expression, at: Path, who: str) -> Iterator[Diagnostic]:
    match expression:
        case StepOutput(step=step_id, name=name):
            yield from _step_output(subject, expression.text, step_id, name, at, who)
        case Input(name=name):
            yield from _input(subject, expression.text, name, at, who)
        case WorkflowField(workflow=workflow_id, side=side, name=name):
            yield from _workflow_field(subject, expression.text, workflow_id, side, name, at, who)


def _step_output(subject: Subject, text: str, step_id: str, name: str, at: Path, who: str) -> Iterator[Diagnostic]:
    step: Step | None = subject.workflow.step(step_id)
    if step is None:
        ids = [one.step_id for one in subject.workflow.steps]
        message = f"{who} reads {text}, but the workflow has no step '{step_id}'"
        yield subject.error("reference-unknown-step", message, at, did_you_mean(step_id, ids))
    elif name not in step.outputs:
        message = f"{who} reads {text}, but step '{step_id}' declares no output '{name}'"
        help = did_you_mean(name, step.outputs) if step.outputs else f"declare it under `outputs` of step '{step_id}'"
        yield subject.error("reference-unknown-output", message, at, help)


def _input(subject: Subject, text: str, name: str, at: Path, who: str) -> Iterator[Diagnostic]:
    inputs = subject.bound.inputs
    if name in inputs.properties or inputs.opens or (inputs.schema is True and subject.workflow.inputs is not None):
        return
    message = f"{who} reads {text}, but the inputs of workflow '{subject.workflow.workflow_id}' do not declare '{name}'"
    make = subject.error if inputs.closed else subject.warning
    yield make("reference-unknown-input", message, at, did_you_mean(name, inputs.properties))


def _workflow_field(
    subject: Subject, text: str, workflow_id: str, side: str, name: str, at: Path, who: str
) -> Iterator[Diagnostic]:
    known = {key.workflow_id: workflow for key, workflow in subject.program.workflows.items()}
    workflow = known.get(workflow_id)
    if workflow is None:
        message = f"{who} reads {text}, but workflow '{workflow_id}' is not run before"
        yield subject.warning("reference-unknown-workflow", message, at, did_you_mean(workflow_id, known))
        return
    declared = dict(workflow.outputs) if side == "outputs" else dict(workflow.inputs.properties)
    if name not in declared and not (side == "inputs" and not workflow.inputs.closed):
        message = f"{who} reads {text}, but workflow '{workflow_id}' declares no '{name}' in its {side}"
        yield subject.error("reference-unknown-output", message, at, did_you_mean(name, declared))
