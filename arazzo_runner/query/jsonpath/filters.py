"""What filters are made of: tests, operands and functions, for every dialect (RFC 9535, sections 2.3.5 and 2.4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from arazzo_runner.query.jsonpath.comparison import NOTHING
from arazzo_runner.query.jsonpath.iregexp import compile_iregexp
from arazzo_runner.query.jsonpath.walk import Exhausted, Segment, Test, Walk, find
from arazzo_runner.query.regex import Pattern
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value

Operand: TypeAlias = Callable[[Value, Walk], Value | Nothing]
"""Gives a value for the value that a filter looks at."""

Nodes: TypeAlias = Callable[[Value, Walk], list[Value]]
"""Gives the values that a query finds for the value that a filter looks at."""

_WORK_A_STEP = 1_000


def every(parts: tuple[Test, ...]) -> Test:
    """Join tests by ``&&``."""
    return lambda value, run: all(part(value, run) for part in parts)


def some(parts: tuple[Test, ...]) -> Test:
    """Join tests by ``||``."""
    return lambda value, run: any(part(value, run) for part in parts)


def negated(part: Test) -> Test:
    """Turn a test round."""
    return lambda value, run: not part(value, run)


def nodes(segments: tuple[Segment, ...], *, from_root: bool) -> Nodes:
    """Make a query in a filter: from the value looked at (``@``), or from the root (``$``)."""

    def found(value: Value, run: Walk) -> list[Value]:
        return [node for node, _ in find(segments, run.root if from_root else value, run)]

    return found


def exists(found: Nodes) -> Test:
    """Test whether a query finds anything."""
    return lambda value, run: bool(found(value, run))


def constant(literal: Value) -> Operand:
    """Make an operand of a literal."""
    return lambda value, run: literal


def single(found: Nodes) -> Operand:
    """Make an operand of a query: the value of its only node, else nothing (also the function `value`)."""

    def operand(value: Value, run: Walk) -> Value | Nothing:
        values = found(value, run)
        return values[0] if len(values) == 1 else NOTHING

    return operand


def count(found: Nodes) -> Operand:
    """Make the function `count`: the number of nodes."""
    return lambda value, run: len(found(value, run))


def length_of(value: Value | Nothing) -> int | Nothing:
    """Return the length of a string, array or object; nothing for other values."""
    return len(value) if isinstance(value, str | list | dict) else NOTHING


def length(of: Operand) -> Operand:
    """Make the function `length`."""
    return lambda value, run: length_of(of(value, run))


def matching(text: Operand, pattern: Operand, *, whole: bool) -> Test:
    """Make the function `match`, or `search` where not `whole`; false for what is no text or no I-Regexp."""

    def test(value: Value, run: Walk) -> bool:
        subject, wanted = text(value, run), pattern(value, run)
        if not isinstance(subject, str) or not isinstance(wanted, str):
            return False
        compiled = compile_iregexp(wanted, whole)
        if compiled is None:
            return False
        return searched(compiled, subject, run)

    return test


def searched(pattern: Pattern, subject: str, run: Walk) -> bool:
    """Search for a pattern on the account of the evaluation. Raises `Exhausted`."""
    run.spend(1 + pattern.size * len(subject) // _WORK_A_STEP)
    found = pattern.search(subject)
    if isinstance(found, Undecided):
        raise Exhausted
    return found
