"""Parameters that stand in the wrong place, and can only be meant for the path (checklist PAR-16, practical mode).

A step that gives `{in: query}` for a variable of its operation's path leaves the path without a value, and gives the
operation a query parameter that it does not have: one slip explains both.
"""

from __future__ import annotations

from dataclasses import replace

from arazzo_runner.document.model import Parameter
from arazzo_runner.expressions.grammar import Remark
from arazzo_runner.program.unit import Unit
from arazzo_runner.sources.openapi.paths import template_names
from arazzo_runner.sources.operations import Operation


def placed(unit: Unit, parameters: tuple[Parameter, ...], operation: Operation | None) -> tuple[Parameter, ...]:
    """Return the parameters of a step, each in its place; one that was put into the path is remarked on."""
    if operation is None or unit.dialect.strict:
        return parameters
    given = {parameter.name for parameter in parameters if parameter.location == "path"}
    open_names = {name for name in template_names(operation.path) if name not in given}
    return tuple(_placed(unit, parameter, operation, open_names) for parameter in parameters)


def _placed(unit: Unit, parameter: Parameter, operation: Operation, open_names: set[str]) -> Parameter:
    name, location = parameter.name, parameter.location
    if location is None or name not in open_names or operation.parameter(name, location) is not None:
        return parameter
    open_names.remove(name)
    message = f"'{name}' is given in {location}, and is read as the value of {{{name}}} in the path {operation.path}"
    unit.remark(Remark("reading-PAR-16", message, 0, "`in: path`"), (*parameter.at, "in"))
    return replace(parameter, location="path")
