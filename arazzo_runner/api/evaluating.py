"""Expressions and conditions that a person types, judged in the scope of a run.

What can be asked is what a document can say: a runtime expression, a text with expressions in braces, a condition;
and an expression with a selector behind a bar (``$response.body | $.items[0].id``). They are read as the document that
the scope belongs to reads its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.embed import CompiledResult, Place, compile_value
from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Expression,
    Fault,
    Input,
    Remark,
    StepOutput,
    StepOutputs,
)
from arazzo_runner.expressions.parse import parse
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import CompiledValue, Whole, expressions_of, fill
from arazzo_runner.program.model import BoundStep, BoundWorkflow, Program
from arazzo_runner.program.selectors import compile_selector
from arazzo_runner.values import JSON, Nothing, Value

BAR: Final = re.compile(r"\s+\|\s+(?=\S)")
"""What parts an expression from its selector."""

_OPERATOR = re.compile(r"[=<>!]|&&|\|\||\s(?:contains|matches)\s")
_XPATH = "xpath "


@dataclass(frozen=True, slots=True)
class Reading:
    """How texts are read: the dialect, and the names that are declared where they are asked."""

    dialect: Dialect = field(default_factory=lambda: Dialect(v1_1=True))
    declared: Declared = field(default_factory=lambda: Declared(open_inputs=True))


@dataclass(frozen=True, slots=True)
class Answered:
    """What a text gave: its value, or why it has none; `help` says what to do then.

    A condition gives true or false, with the values of its operands. `remarks` tell how the text was read where it
    strays from the specification.
    """

    value: Value | Nothing
    operands: tuple[Operand, ...] = ()
    remarks: tuple[str, ...] = ()
    is_condition: bool = False
    help: str = ""


Answer: TypeAlias = Answered | Fault


def reading_of(program: Program, bound: BoundStep, *, strict: bool = False) -> Reading:
    """Return how the document of a step reads its texts."""
    features = None if bound.document is None else bound.document.features
    workflow = workflow_of(program, bound)
    declared = Declared(open_inputs=True) if workflow is None else _declared(workflow)
    return Reading(Dialect(v1_1=features is None or features.v1_1, strict=strict), declared)


def workflow_of(program: Program, bound: BoundStep) -> BoundWorkflow | None:
    """Return the workflow that a step belongs to."""
    for workflow in program.workflows.values():
        index = workflow.positions.get(bound.step_id)
        if index is None or workflow.document is not bound.document:
            continue
        if workflow.steps[index].at == bound.at:
            return workflow
    return None


def _declared(workflow: BoundWorkflow) -> Declared:
    return Declared(
        inputs=frozenset(workflow.inputs.properties),
        open_inputs=True,
        steps={step.step_id: frozenset(name for name, _ in step.outputs) for step in workflow.steps},
    )


def answer(text: str, scope: Scope, reading: Reading) -> Answer:
    """Evaluate a text that is an expression or, where it is none, a condition."""
    has_operator = _OPERATOR.search(text) is not None
    if has_operator and not BAR.search(text) and not isinstance(judged := check(text, scope, reading), Fault):
        return judged  # a pointer would take the operator for a part of itself
    found = evaluate(text, scope, reading)
    if not isinstance(found, Fault):
        return found
    judged = check(text, scope, reading)
    return found if isinstance(judged, Fault) and not has_operator else judged


def evaluate(text: str, scope: Scope, reading: Reading) -> Answer:
    """Evaluate an expression, a text with expressions, or an expression with a selector; never raises."""
    compiled = _compiled(text, reading)
    if isinstance(compiled, Fault):
        return compiled
    value = fill(compiled.value, scope)
    remarks = tuple(remark.message for _, remark in compiled.remarks)
    help = _help(compiled.value, scope) if isinstance(value, Nothing) else ""
    return Answered(value, remarks=remarks, help=help)


def check(text: str, scope: Scope, reading: Reading) -> Answer:
    """Judge a simple condition; what can't be decided has no value. Never raises."""
    compiled = compile_criterion(Criterion(text, ()), reading.dialect, reading.declared)
    if compiled.check is None:
        return compiled.fault or Fault("this is no condition", 0)
    verdict = compiled.check.check(scope)
    remarks = tuple(remark.message for remark in compiled.remarks)
    value: Value | Nothing = Nothing(verdict.reason) if verdict.reason else verdict.passed
    return Answered(value, verdict.operands, remarks, is_condition=True)


def _compiled(text: str, reading: Reading) -> CompiledResult | Fault:
    bar = BAR.search(text)
    if bar is not None and text.startswith("$") and "||" not in text[: bar.start()]:
        return _selected(text, bar.start(), bar.end(), reading)
    parsed = parse(text, reading.dialect, reading.declared)
    if parsed.expression is not None:
        return CompiledResult(Whole(parsed.expression), (), _at_root(parsed.remarks))
    if "{$" in text:
        found = compile_value(text, reading.dialect, reading.declared, Place.PAYLOAD)
        if expressions_of(found.value) and not found.faults:
            return found
    fault = parsed.fault or Fault("this is no expression", 0)
    if text.startswith(("$.", "$[")):
        return replace(fault, help=f"a JSONPath stands behind what it looks into: $response.body | {text}")
    return fault


def _at_root(remarks: tuple[Remark, ...]) -> tuple[tuple[tuple[str | int, ...], Remark], ...]:
    return tuple(((), remark) for remark in remarks)


def _selected(text: str, end: int, start: int, reading: Reading) -> CompiledResult | Fault:
    """Compile an expression up to `end` with the selector from `start` on; a fault's offset counts in the whole."""
    kind, selector = _language(text[start:])
    begins = len(text) - len(selector)
    written: Mapping[str, JSON] = {"context": text[:end], "type": kind, "selector": selector}
    found = compile_selector(written, reading.dialect, reading.declared)
    for path, fault in found.faults:
        return replace(fault, offset=fault.offset + (begins if path == ("selector",) else 0))
    return found


def _language(selector: str) -> tuple[str, str]:
    """Return the language that a selector is written in: by its first character, XPath by its name."""
    if selector.startswith(_XPATH):
        return "xpath", selector[len(_XPATH) :].lstrip()
    return ("jsonpointer" if selector.startswith("/") else "jsonpath"), selector


def _help(compiled: CompiledValue, scope: Scope) -> str:
    return next((told for one in expressions_of(compiled) if (told := _near(one, scope))), "")


def _near(expression: Expression, scope: Scope) -> str:
    """Name what is there, where an expression names what is not."""
    match expression:
        case Input(name=name) if name not in scope.inputs:
            return did_you_mean(name, scope.inputs)
        case StepOutput(step=step) | StepOutputs(step=step) if step not in scope.steps:
            return did_you_mean(step, scope.steps) if scope.steps else "no step has run yet"
        case StepOutput(step=step, name=name) if name not in scope.steps[step]:
            return did_you_mean(name, scope.steps[step])
        case _:
            return ""
