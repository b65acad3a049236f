"""Expressions that lead into a value that nobody has yet, led to a stand-in before a request is built.

What can be evaluated stays as the document has it, so that the request is built as in a run. Only an expression that
goes on into a stand-in (``$steps.a.outputs.list#/0/id``) would find nothing: it becomes an input of a name that no
document has, whose value is a stand-in for the whole expression.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from arazzo_runner.criteria.filled import FilledCondition, Slot
from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.grammar import (
    Exchange,
    Expression,
    Input,
    Inputs,
    Output,
    StatusCode,
    StepOutput,
    WorkflowField,
)
from arazzo_runner.expressions.pointer import element, encode, member
from arazzo_runner.expressions.print import write
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import (
    CompiledValue,
    ListValue,
    ObjectValue,
    Selected,
    Template,
    Whole,
    expressions_of,
    fill,
)
from arazzo_runner.preview.stand_ins import StandIns
from arazzo_runner.program.model import BoundBody, BoundParameter, BoundReplacement, OperationCall
from arazzo_runner.program.replacements import FilledTarget
from arazzo_runner.sources.openapi.styles import DEEP_OBJECT, DEFAULT_STYLES, STYLES
from arazzo_runner.values import Nothing, Path, Value


def reads_answer(compiled: CompiledValue) -> bool:
    """Tell whether a value is made of an answer."""
    return any(isinstance(one, StatusCode) or _is_answer(one) for one in expressions_of(compiled))


def _is_answer(expression: Expression) -> bool:
    return isinstance(expression, Exchange) and expression.side != "request"


def inputs_read(call: OperationCall) -> tuple[str, ...]:
    """Return the names of the inputs that the values of a call read, each once."""
    values: list[CompiledValue] = [parameter.value for parameter in call.parameters]
    if call.body is not None:
        values += [] if call.body.payload is None else [call.body.payload]
        values += [one.value for one in call.body.replacements]
    read = (one for value in values for one in expressions_of(value))
    return tuple(dict.fromkeys(one.name for one in read if isinstance(one, Input)))


@dataclass(slots=True)
class Leading:
    """Leads the expressions of one scope; `scope` afterwards is the one to evaluate in."""

    scope: Scope
    stand_ins: StandIns
    _own: dict[str, Value] = field(default_factory=dict)

    def filled(self, compiled: CompiledValue) -> Value | Nothing:
        """Return the value, with stand-ins for what nobody has yet."""
        led = self.value(compiled)
        return fill(led, self.scope)

    def call(self, call: OperationCall) -> OperationCall:
        """Return the call with its values led."""
        body = None if call.body is None else self._body(call.body)
        return replace(call, parameters=tuple(map(self._parameter, call.parameters)), body=body)

    def value(self, compiled: CompiledValue) -> CompiledValue:
        """Return a value with its expressions led."""
        match compiled:
            case Whole(expression):
                return Whole(self._expression(expression))
            case Template(parts):
                led = tuple(part if isinstance(part, str) else self._expression(part) for part in parts)
                return replace(compiled, parts=led)
            case ListValue(items):
                return ListValue(tuple(map(self.value, items)))
            case ObjectValue(members):
                return ObjectValue(tuple((name, self.value(each)) for name, each in members))
            case Selected():
                return self._selected(compiled)
            case _:
                return compiled

    def _parameter(self, parameter: BoundParameter) -> BoundParameter:
        """Lead a parameter; one whose value is a stand-in is written as a text, whatever it will be."""
        value = self.value(parameter.value)
        if self.stand_ins.label(fill(value, self.scope)) is None:
            return replace(parameter, value=value)
        declared = replace(parameter.declared, schema=None)
        if parameter.location in DEFAULT_STYLES and parameter.location != "querystring":
            style = declared.style
            wants_parts = style == DEEP_OBJECT or (style in STYLES and STYLES[style].lists_only)
            default = DEFAULT_STYLES[parameter.location]
            declared = replace(declared, content=None, style=default if wants_parts else style)
        return replace(parameter, value=value, declared=declared)

    def _body(self, body: BoundBody) -> BoundBody:
        payload = None if body.payload is None else self.value(body.payload)
        return replace(body, payload=payload, replacements=tuple(map(self._replacement, body.replacements)))

    def _replacement(self, one: BoundReplacement) -> BoundReplacement:
        find = one.find
        if isinstance(find, FilledTarget):
            find = replace(find, conditions={form: self._condition(each) for form, each in find.conditions.items()})
        return replace(one, find=find, value=self.value(one.value))

    def _condition(self, condition: FilledCondition) -> FilledCondition:
        parts = (
            replace(part, expression=self._expression(part.expression)) if isinstance(part, Slot) else part
            for part in condition.parts
        )
        return replace(condition, parts=tuple(parts))

    def _selected(self, selected: Selected) -> CompiledValue:
        """Lead a Selector Object: nothing can be selected from a stand-in, nor by one."""
        context = self._expression(selected.context)
        label = self.stand_ins.label(evaluate(context, self.scope))
        by = [self._expression(one) for one in selected.select.expressions]
        if label is None and not any(self.stand_ins.stand_in(evaluate(one, self.scope)) for one in by):
            return replace(selected, context=context)
        return Whole(self._instead(selected.context, f"{label or write(selected.context)} {selected.text}"))

    def _expression(self, expression: Expression) -> Expression:
        found = evaluate(expression, self.scope)
        if isinstance(expression, Inputs) and not expression.navigation and isinstance(found, dict) and self._own:
            given = {name: value for name, value in found.items() if name not in self._own}
            return self._named(expression, f"{self.stand_ins.mark} inputs", given)
        label = self._beyond(expression) if isinstance(found, Nothing) else None
        return expression if label is None else self._instead(expression, label)

    def _instead(self, expression: Expression, label: str) -> Expression:
        stand_in = self.stand_ins.make(label)
        return self._named(expression, stand_in, stand_in)

    def _named(self, expression: Expression, name: str, value: Value) -> Expression:
        """Return an input of that name and value in the place of the expression."""
        self._own[name] = value
        self.scope = replace(self.scope, inputs={**self.scope.inputs, name: value})
        return Input(expression.text, name)

    def _beyond(self, expression: Expression) -> str | None:
        """Return the label of what an expression finds behind a stand-in; None where no stand-in is on its way."""
        steps: Path = expression.navigation
        head: Expression = replace(expression, navigation=())
        if isinstance(head, Exchange | Input | Output | StepOutput | WorkflowField):
            steps = (*(head.pointer or ()), *steps)
            head = replace(head, pointer=None)
        found = evaluate(head, self.scope)
        for depth, step in enumerate(steps):
            label = self.stand_ins.label(found)
            if label is not None:
                return extended(label, steps[depth:])
            if isinstance(found, str) and self.stand_ins.stand_in(found):
                return write(expression)
            if isinstance(found, Nothing):
                return None
            found = element(found, step) if isinstance(step, int) else member(found, step)
        return None


def extended(label: str, steps: Iterable[str | int]) -> str:
    """Return the label of what a JSON Pointer finds in what a label names."""
    return f"{label}{'' if '#' in label else '#'}{encode(tuple(str(step) for step in steps))}"
