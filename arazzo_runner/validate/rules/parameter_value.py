"""parameter-value: a constant that the schema of the parameter can't accept.

What: the value of a parameter is a constant, and not as the API description says: another type, none of an `enum`,
too long. It is judged as it travels, as text: the text `5` is an integer, `a,b` an array, and the number 5 a text.
Why: the API will most likely refuse the request. It is sent all the same: descriptions are often stricter than servers.
Example: `{name: status, in: query, value: solid}` where the schema has `enum: [available, pending, sold]`.
Instead: give a value that the description allows, or correct the description.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from arazzo_runner.contract.requests import parameter_breaches
from arazzo_runner.diagnostics import Diagnostic, Related
from arazzo_runner.expressions.template import Constant
from arazzo_runner.program.model import BoundParameter
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import Path, Value


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find constants that their parameter does not take (PAR-20)."""
    for step, _, call in subject.calls():
        for parameter in call.parameters:
            if parameter.is_declared and isinstance(parameter.value, Constant) and parameter.value.value is not None:
                value: Value = parameter.value.value  # type: ignore[assignment]  # JSON is a Value
                yield from _judged(subject, step.step_id, parameter, value)


def _judged(subject: Subject, step_id: str, parameter: BoundParameter, value: Value) -> Iterator[Diagnostic]:
    breaches = [tuple(parameter_breaches(parameter.declared, one, subject.schemas)) for one in _readings(value)]
    if all(breaches):
        breach = breaches[0][0]
        at = _value_place(subject, parameter)
        help = "give a value that the API description allows, or correct the description"
        found = subject.warning("parameter-value", f"step '{step_id}': {breach.message}", at, help)
        yield replace(found, related=(Related("the description says so here", breach.span),))


def _readings(value: Value) -> Iterator[Value]:
    """Yield what a value is on the wire: without what is null, and a text as the items or the JSON that it may be."""
    yield _given(value)
    if not isinstance(value, list | dict):
        yield [value]
    if isinstance(value, str):
        for delimiter in ",| ":
            yield [*value.split(delimiter)]
        with suppress(ValueError, RecursionError):
            yield json.loads(value)


def _given(value: Value) -> Value:
    """Return a value without its members and items that are null: those are left out of a request."""
    match value:
        case dict():
            return {name: _given(inner) for name, inner in value.items() if inner is not None}
        case list():
            return [_given(inner) for inner in value if inner is not None]
        case _:
            return value


def _value_place(subject: Subject, parameter: BoundParameter) -> Path:
    written = subject.compilation.characters(subject.description).node(parameter.at)
    return (*parameter.at, "value") if isinstance(written, dict) and "value" in written else parameter.at
