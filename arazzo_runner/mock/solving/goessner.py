"""Queries of the draft of 2007 as trees: read with the library that reads them for the runner."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeAlias

from arazzo_runner.mock.solving.queries import (
    Compare,
    Every,
    Everything,
    Exists,
    Filter,
    Free,
    Index,
    Length,
    Literal,
    Matches,
    Name,
    Not,
    Operand,
    Segment,
    Segments,
    Selector,
    Slice,
    Some,
    Test,
)

if TYPE_CHECKING:
    from jsonpath_ng import JSONPath

_SCRIPT: Final = re.compile(r"\[\s*\(\s*@\.length\s*-\s*([1-9][0-9]{0,8})\s*\)\s*\]")

_Steps: TypeAlias = list[tuple["JSONPath", bool]]


def read_goessner(text: str) -> Segments:
    """Return the segments of a query that has been compiled before."""
    import warnings

    from jsonpath_ng.ext.parser import parse

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # old spellings, still read
        tree = parse(_SCRIPT.sub(r"[-\1]", text.strip()))
    return _segments(_steps(tree)[1:])


def _steps(tree: JSONPath) -> _Steps:
    """Return the steps of a query: the library has them as a tree that leans to the left."""
    from jsonpath_ng import Child, Descendants

    steps: _Steps = []
    while isinstance(tree, Child | Descendants):
        right = _steps(tree.right)
        steps[:0] = [(right[0][0], isinstance(tree, Descendants)), *right[1:]]
        tree = tree.left
    return [(tree, False), *steps]


def _segments(steps: _Steps) -> Segments:
    return tuple(Segment(_selectors(step), descend) for step, descend in steps)


def _selectors(step: JSONPath) -> tuple[Selector, ...]:
    from jsonpath_ng import Fields, Index as Indexes, Slice as Slices  # noqa: I001 -- one line, renamed for our own forms
    from jsonpath_ng.ext.filter import Filter as Filters

    match step:
        case Fields():
            return tuple(Name(str(name)) for name in step.fields)
        case Indexes():
            return tuple(Index(index) for index in step.indices)
        case Slices():
            return (Slice(step.start, step.end) if (step.start, step.end) != (None, None) else Filter(Everything()),)
        case Filters():
            return (Filter(Every(tuple(map(_test, step.expressions)))),)
        case _:
            return (Filter(Everything()),)


def _test(part: JSONPath) -> Test:
    from jsonpath_ng.ext.filter import And, Expression, Or

    match part:
        case And():
            return Every(tuple(map(_test, part.operands)))
        case Or():
            return Some(tuple(map(_test, part.operands)))
        case Expression():
            return _expression(part.target, part.op, part.value)
        case _:
            return Free()


def _expression(target: JSONPath, operator: str | None, value: object) -> Test:
    found = _operand(target)
    match operator:
        case None:
            return found if isinstance(found, Exists) else Free()
        case "!":
            return Not(found) if isinstance(found, Exists) else Free()
        case "=~":
            return Matches(found.path, str(value), False) if isinstance(found, Exists) else Free()
        case "=":
            operator = "=="
    return Compare(operator, found, _other(value))


def _other(value: object) -> Operand:
    from jsonpath_ng import JSONPath

    if isinstance(value, JSONPath):
        return _operand(value)
    return Literal(value) if isinstance(value, bool | int | float | str | None) else Free()


def _operand(target: JSONPath) -> Operand:
    from jsonpath_ng import Fields, Root, This

    steps = _steps(target)
    if isinstance(steps[0][0], Root):
        return Free()
    steps = steps[1:] if isinstance(steps[0][0], This) else steps
    last = steps[-1] if steps else None
    if last and isinstance(last[0], Fields) and tuple(last[0].fields) == ("length",) and not last[1]:
        return Length(_segments(steps[:-1]), of_objects=False)
    return Exists(_segments(steps))
