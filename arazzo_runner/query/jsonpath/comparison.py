"""How JSONPath compares values (RFC 9535, section 2.3.5.2.2): by type and with case, nothing equals only nothing."""

from __future__ import annotations

from arazzo_runner.query.jsonpath.walk import Walk
from arazzo_runner.values import Nothing, Value

NOTHING = Nothing("no node")
"""What a query without a node gives, and a function without a result."""

_TEXT_A_STEP = 256


def holds(operator: str, left: Value | Nothing, right: Value | Nothing, walk: Walk) -> bool:
    """Tell whether ``==``, ``!=``, ``<``, ``<=``, ``>`` or ``>=`` holds. Raises `Exhausted`."""
    match operator:
        case "==":
            return equal(left, right, walk)
        case "!=":
            return not equal(left, right, walk)
        case "<":
            return less(left, right)
        case ">":
            return less(right, left)
        case "<=":
            return less(left, right) or equal(left, right, walk)
        case _:
            return less(right, left) or equal(left, right, walk)


def equal(left: Value | Nothing, right: Value | Nothing, walk: Walk) -> bool:
    """Tell whether two values are equal, deeply."""
    if isinstance(left, Nothing) or isinstance(right, Nothing):
        return isinstance(left, Nothing) and isinstance(right, Nothing)
    pairs: list[tuple[Value, Value]] = [(left, right)]
    while pairs:
        walk.spend()
        one, other = pairs.pop()
        if isinstance(one, dict) and isinstance(other, dict):
            if one.keys() != other.keys():
                return False
            pairs += [(one[member], other[member]) for member in one]
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                return False
            pairs += zip(one, other, strict=True)
        elif not _same(one, other, walk):
            return False
    return True


def _same(one: Value, other: Value, walk: Walk) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, str) and isinstance(other, str):
        walk.spend(min(len(one), len(other)) // _TEXT_A_STEP)
    return one == other


def less(left: Value | Nothing, right: Value | Nothing) -> bool:
    """Tell whether a number or string is less than another; other values have no order."""
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, bool) or isinstance(right, bool):
        return False
    return isinstance(left, int | float) and isinstance(right, int | float) and left < right
