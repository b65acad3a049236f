"""call-input-missing: a step calls a workflow without an input that it requires.
call-input-undeclared: a step gives a called workflow an input that it does not declare.
call-parameter-kept: a parameter of the whole workflow does not reach a workflow that it calls.
call-input-value: a step gives a called workflow a constant that the schema of the input does not accept.

What: parameters of a step with `workflowId` are the inputs of that workflow, by name (SUB-04). One that its schema
requires and gives no default is not there; or one is there that its schema does not name; or a constant is of another
type than its schema has, none of its `enum`, or the like. Parameters of the calling workflow reach the called one only
where it declares inputs of their names (SUB-05); one that it neither declares nor gives its own steps is told.
Why: without a required input, or with one that a closed schema does not name, the call fails before its first step
(INP-14), and the failure actions of the step are tried. An input that nobody declares is mostly misspelt.
Example: `parameters: [{name: pasword, value: $inputs.p}]` for a workflow that declares `password`.
Instead: write the name as the called workflow declares it, or declare the input there.
Fix: unsafe, for `call-input-undeclared`: the one declared name that is close.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.diagnostics import Diagnostic, did_you_mean, near_matches, renaming
from arazzo_runner.document.model import Description, Parameter, Reusable, Step
from arazzo_runner.expressions.template import Constant
from arazzo_runner.program.model import InputSchema, WorkflowCall
from arazzo_runner.validate.subject import Subject

MAX_FAULTS: Final = 50
"""Faults of a value that are looked at."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find inputs of called workflows that are missing or not declared (SUB-04, INP-11, INP-14)."""
    for step, bound in subject.steps():
        if isinstance(bound.call, WorkflowCall):
            schema = subject.compilation.inputs_of(bound.call.workflow)
            yield from _missing(subject, step, bound.call, schema)
            yield from _undeclared(subject, step, bound.call, schema)
            yield from _values(subject, step, bound.call, schema)
            yield from _kept(subject, step, bound.call, schema)


def _missing(subject: Subject, step: Step, call: WorkflowCall, schema: InputSchema) -> Iterator[Diagnostic]:
    given = [argument.name for argument in call.arguments]
    for name in schema.required:
        declared = schema.properties.get(name)
        if name in given or (isinstance(declared, dict) and ("default" in declared or "$ref" in declared)):
            continue
        callee = call.workflow.workflow_id
        message = f"step '{step.step_id}' calls workflow '{callee}' without the input '{name}', which it requires"
        close = near_matches(name, [other for other in given if other not in schema.properties], 1)
        help = (
            f"the step gives '{close[0]}': did you mean '{name}'?" if close else f"add `- {{name: {name}, value: ...}}`"
        )
        yield subject.warning("call-input-missing", message, (*step.at, "workflowId"), help)


def _undeclared(subject: Subject, step: Step, call: WorkflowCall, schema: InputSchema) -> Iterator[Diagnostic]:
    if schema.opens or not (schema.properties or schema.closed):
        return
    names = {parameter.at: parameter.name for parameter in step.parameters if not isinstance(parameter, Reusable)}
    for at, name in names.items():
        if name not in schema.properties:
            callee = call.workflow.workflow_id
            message = f"step '{step.step_id}' gives '{name}' to workflow '{callee}', which declares no such input"
            place, help = (*at, "name"), did_you_mean(name, schema.properties)
            fix = renaming(name, schema.properties, place)
            yield subject.warning("call-input-undeclared", message, place, help, fix=fix)


def _kept(subject: Subject, step: Step, call: WorkflowCall, schema: InputSchema) -> Iterator[Diagnostic]:
    """Yield parameters of the workflow that the called one neither takes as inputs nor has of its own (SUB-05)."""
    callee = subject.compilation.model(call.workflow)
    if not subject.workflow.parameters or callee is None:
        return
    there = subject.compilation.documents[call.workflow.document]
    own = [*_names(there, callee.parameters), *(name for one in callee.steps for name in _names(there, one.parameters))]
    taken = {*schema.properties, *own, *_names(subject.description, step.parameters)}
    for name in dict.fromkeys(_names(subject.description, subject.workflow.parameters)):
        if name in taken:
            continue
        message = (
            f"step '{step.step_id}' calls workflow '{callee.workflow_id}', which does not get the parameter '{name}'"
        )
        help = f"declare '{name}' in the inputs of '{callee.workflow_id}' and use it in its steps, if they need it"
        yield subject.warning("call-parameter-kept", message, (*step.at, "workflowId"), help)


def _names(description: Description, parameters: tuple[Parameter | Reusable, ...]) -> Iterator[str]:
    """Yield the names of parameters, references to components followed."""
    for one in parameters:
        named = one if isinstance(one, Parameter) else _component(description, one)
        if named is not None:
            yield named.name


def _component(description: Description, reusable: Reusable) -> Parameter | None:
    return description.components.parameters.get(reusable.reference.removeprefix("$components.parameters."))


def _values(subject: Subject, step: Step, call: WorkflowCall, schema: InputSchema) -> Iterator[Diagnostic]:
    own = {one.name: one.at for one in step.parameters if not isinstance(one, Reusable)}
    for argument in call.arguments:
        at = own.get(argument.name)
        if schema.validator is None or at is None or not isinstance(argument.value, Constant):
            continue
        for fault in islice(schema.validator.iter_errors({argument.name: argument.value.value}), MAX_FAULTS):
            if list(fault.instance_path)[:1] == [argument.name]:
                callee = call.workflow.workflow_id
                message = f"input '{argument.name}' of workflow '{callee}' does not accept the value: {fault.message}"
                help = "give a value that its schema accepts, or correct the schema"
                yield subject.warning("call-input-value", f"step '{step.step_id}': {message}", (*at, "value"), help)
                break
