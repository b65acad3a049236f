"""reference-unknown-output: an expression names an output that is not declared.

reference-unknown-step: an expression names a step that the workflow does not have.
reference-unknown-input: an expression names an input that the input schema does not declare.
reference-unknown-workflow: an expression names a workflow that is unknown, or that is not run before.

What: `$steps.login.outputs.token` where the workflow has no step `login`, or that step declares no output `token`;
`$inputs.usr` where the input schema does not declare `usr`; `$workflows.auth.outputs.t` and `$outputs.t` likewise.
Why: it can never have a value (RES-22). An undeclared input is an error only where the schema allows no others:
otherwise a caller may still give it. A workflow that nothing leads to may have run before in no way, which is told.
Example: `value: $steps.loginUser.outputs.token` where the step is called `loginStep`.
Instead: write the name as it is declared, or declare the output on the step.
Fix: unsafe: the one declared name that is close.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.expressions.grammar import Input, Output, StepOutput, WorkflowField, WorkflowFields, WorkflowNames
from arazzo_runner.program.model import Mention, WorkflowCall
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import JSON


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find names that nothing declares (RES-22, OUT-12)."""
    steps = {step.step_id: step.outputs for step in subject.workflow.steps}
    for mention in subject.bound.mentions:
        match mention.expression:
            case StepOutput() as expression:
                yield from _step_output(subject, mention, expression, steps)
            case Input() as expression:
                yield from _input(subject, mention, expression)
            case Output() as expression:
                yield from _output(subject, mention, expression)
            case WorkflowField() | WorkflowFields() as expression:
                yield from _workflow_field(subject, mention, expression)


def _who(subject: Subject, mention: Mention) -> str:
    """Begin a message with who reads what."""
    who = f"workflow '{subject.workflow.workflow_id}'" if mention.step_id is None else f"step '{mention.step_id}'"
    return f"{who} reads {mention.expression.text}"


def _step_output(
    subject: Subject, mention: Mention, expression: StepOutput, steps: Mapping[str, Mapping[str, JSON]]
) -> Iterator[Diagnostic]:
    declared = steps.get(expression.step)
    if declared is None:
        message = f"{_who(subject, mention)}, but the workflow has no step '{expression.step}'"
        help, fix = did_you_mean(expression.step, steps), subject.renaming(mention, expression.step, steps)
        yield subject.error("reference-unknown-step", message, mention.at, help, subject.span(mention), fix)
    elif expression.name not in declared:
        message = f"{_who(subject, mention)}, but step '{expression.step}' declares no output '{expression.name}'"
        help, fix = _missing_output(subject, expression, declared), None
        if expression.name not in _callee_outputs(subject, expression.step):
            fix = subject.renaming(mention, expression.name, declared)
        yield subject.error("reference-unknown-output", message, mention.at, help, subject.span(mention), fix)


def _missing_output(subject: Subject, expression: StepOutput, declared: Mapping[str, JSON]) -> str:
    """Advise on an output that a step does not declare; a called workflow's outputs are not the step's (SUB-08)."""
    if expression.name in _callee_outputs(subject, expression.step):
        return f"declare `{expression.name}: $outputs.{expression.name}` under `outputs` of step '{expression.step}'"
    if declared:
        return did_you_mean(expression.name, declared)
    return f"declare it under `outputs` of step '{expression.step}'"


def _callee_outputs(subject: Subject, step_id: str | None) -> tuple[str, ...]:
    call = _workflow_call(subject, step_id)
    return () if call is None else subject.outputs_of(call.workflow)


def _workflow_call(subject: Subject, step_id: str | None) -> WorkflowCall | None:
    index = subject.bound.positions.get(step_id or "")
    call = subject.bound.steps[index].call if index is not None else None
    return call if isinstance(call, WorkflowCall) else None


def _input(subject: Subject, mention: Mention, expression: Input) -> Iterator[Diagnostic]:
    inputs = subject.bound.inputs
    anything = inputs.opens or (inputs.schema is True and subject.workflow.inputs is not None)
    if expression.name in inputs.properties or anything:
        return
    workflow_id = subject.workflow.workflow_id
    message = f"{_who(subject, mention)}, but the inputs of workflow '{workflow_id}' do not declare '{expression.name}'"
    make = subject.error if inputs.closed else subject.warning
    help = did_you_mean(expression.name, inputs.properties)
    fix = subject.renaming(mention, expression.name, inputs.properties)
    yield make("reference-unknown-input", message, mention.at, help, subject.span(mention), fix)


def _output(subject: Subject, mention: Mention, expression: Output) -> Iterator[Diagnostic]:
    """Judge `$outputs.name` where a step calls a workflow: there it reads that workflow's outputs (SUB-07)."""
    call = _workflow_call(subject, mention.step_id)
    if call is None or expression.name in subject.outputs_of(call.workflow):
        return
    name = call.workflow.workflow_id
    message = f"{_who(subject, mention)}, but workflow '{name}' declares no output '{expression.name}'"
    known = subject.outputs_of(call.workflow)
    help, fix = did_you_mean(expression.name, known), subject.renaming(mention, expression.name, known)
    yield subject.error("reference-unknown-output", message, mention.at, help, subject.span(mention), fix)


def _workflow_field(
    subject: Subject, mention: Mention, expression: WorkflowField | WorkflowFields
) -> Iterator[Diagnostic]:
    name, known = expression.workflow, subject.names()
    names = known.get(name)
    if names is None:
        message = f"{_who(subject, mention)}, but there is no workflow '{name}'"
        help, fix = did_you_mean(name, known), subject.renaming(mention, name, known)
        yield subject.error("reference-unknown-workflow", message, mention.at, help, subject.span(mention), fix)
    elif isinstance(expression, WorkflowField) and _undeclared(expression, names):
        message = (
            f"{_who(subject, mention)}, but workflow '{name}' declares no '{expression.name}' in its {expression.side}"
        )
        declared = names.outputs if expression.side == "outputs" else names.inputs or ()
        help, fix = did_you_mean(expression.name, declared), subject.renaming(mention, expression.name, declared)
        yield subject.error("reference-unknown-output", message, mention.at, help, subject.span(mention), fix)
    elif name not in subject.reached:
        message = f"{_who(subject, mention)}, but workflow '{name}' is not run before"
        help = f"add '{name}' to `dependsOn`, or call it in a step before"
        yield subject.warning("reference-unknown-workflow", message, mention.at, help, subject.span(mention))


def _undeclared(expression: WorkflowField, names: WorkflowNames) -> bool:
    if expression.side == "outputs":
        return expression.name not in names.outputs
    return names.inputs is not None and expression.name not in names.inputs
