"""Queries as schemas: which values have a node at the end of a path, and which have none.

Each schema is enough for what is wanted; it need not be all that would do. Paths to all descendants are followed a
few levels deep.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from arazzo_runner.mock import wishes
from arazzo_runner.mock.instances.pattern_spelling import spelt
from arazzo_runner.mock.limits import MAX_ITEMS
from arazzo_runner.mock.solving.plan import FLIPPED, OPPOSITE
from arazzo_runner.mock.solving.queries import (
    Compare,
    Count,
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
from arazzo_runner.values import JSON

_DESCENT: Final = 3


def some(path: Segments, inner: JSON) -> JSON:
    """Return the schema of values in which a path leads to a node for which `inner` holds; False where none can."""
    if not path:
        return inner
    below = some(path[1:], inner)
    if below is False:
        return False
    wish = either([_selected(selector, below) for selector in path[0].selectors])
    for _ in range(_DESCENT if path[0].descend else 0):
        wish = either([wish, _item(wish), wishes.some_member(wish)])
    return wish


def none(path: Segments, otherwise: JSON = False) -> JSON:
    """Return the schema of values in which a path leads to no node, or to nodes for which `otherwise` holds."""
    if not path:
        return otherwise
    below = none(path[1:], otherwise)
    wish = both([part for selector in path[0].selectors for part in _excluded(selector, below)])
    for _ in range(_DESCENT if path[0].descend else 0):
        wish = both([wish, {"items": wish}, {"additionalProperties": wish}])
    return wish


def _selected(selector: Selector, below: JSON) -> JSON:
    match selector:
        case Name(name):
            return {"type": "object", "required": [name], "properties": {name: below}}
        case Index(index):
            return wishes.nested((index,), below) if index >= 0 else _all_items(-index, below)
        case Slice(start, end):
            first = start or 0
            after = -end if end is not None and end < 0 else 0
            return _all_items(first + 1 + after if first >= 0 else 1 + after, below)
        case Filter(test):
            wish = both([holds(test, True), below])
            return False if wish is False else either([_item(wish), wishes.some_member(wish)])
    assert_never(selector)


def _item(wish: JSON) -> JSON:
    return {"type": "array", "minItems": 1, "contains": wish}


def _all_items(least: int, below: JSON) -> JSON:
    if least > MAX_ITEMS:
        return False
    return {"type": "array", "minItems": least, "items": below}


def _excluded(selector: Selector, below: JSON) -> Iterator[JSON]:
    match selector:
        case Name(name):
            yield {"properties": {name: below}}
        case Index(index) if 0 <= index < MAX_ITEMS:
            before: list[JSON] = [True] * index
            yield {"maxItems": index} if below is False else {"prefixItems": [*before, below]}
        case Index() | Slice():
            yield {"items": below}
        case Filter(test):
            kept = either([holds(test, False), below])
            yield {"items": kept}
            yield {"additionalProperties": kept}


def either(options: Sequence[JSON]) -> JSON:
    """Return the schema for which one of several holds."""
    kept = [option for option in options if option is not False]
    if any(option is True for option in kept):
        return True
    return {"anyOf": kept} if len(kept) > 1 else kept[0] if kept else False


def both(parts: Sequence[JSON]) -> JSON:
    """Return the schema for which all of several hold."""
    if any(part is False for part in parts):
        return False
    kept = [part for part in parts if part is not True]
    return {"allOf": kept} if len(kept) > 1 else kept[0] if kept else True


def holds(test: Test, wanted: bool) -> JSON:
    """Return the schema of the children that pass a test, or fail it."""
    match test:
        case Free():
            return True
        case Everything():
            return wanted
        case Every(parts) | Some(parts):
            found = [holds(part, wanted) for part in parts]
            return both(found) if isinstance(test, Every) is wanted else either(found)
        case Not(part):
            return holds(part, not wanted)
        case Exists(path):
            return some(path, True) if wanted else none(path)
        case Matches(path, pattern, whole):
            wish: JSON = {"type": "string", "pattern": spelt(f"^(?:{pattern})$" if whole else pattern)}
            return some(path, wish) if wanted else either([some(path, {"not": wish}), none(path)])
        case Compare(operator, left, right):
            return _compared(operator, left, right, wanted)
    assert_never(test)


def _compared(operator: str, left: Operand, right: Operand, wanted: bool) -> JSON:
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right, operator = right, left, FLIPPED[operator]
    if not isinstance(right, Literal) or isinstance(left, Literal | Free):
        return both([some(side.path, True) for side in (left, right) if isinstance(side, Exists)])
    holding = operator if wanted else OPPOSITE[operator]
    match left:
        case Exists(path):
            # Nothing equals only nothing, and is in no order: a test that is to fail, or to differ, may find nothing.
            nothing = none(path) if (holding == "!=" or not wanted) and holding != "==" else False
            return either([some(path, value(holding, right.value)), nothing])
        case Length(path, of_objects):
            return either([some(path, sized(*bounds(each), of_objects)) for each in _ranges(holding, right.value)])
        case Count(path):
            return either([counted(path, *bounds(each)) for each in _ranges(holding, right.value)])
    assert_never(left)


def value(operator: str, constant: JSON) -> JSON:
    """Return the schema of the values that compare so with a constant by RFC 9535: by type and with case."""
    if operator == "==":
        return {"const": constant}
    if operator == "!=":
        return {"not": {"const": constant}}
    if isinstance(constant, str):
        return {"type": "string", "enum": wishes.ordered_texts(operator, constant)}
    if isinstance(constant, int | float) and not isinstance(constant, bool):
        return {"type": "number", wishes.KEYWORDS[operator]: constant}
    return {"const": constant} if operator in ("<=", ">=") else False


def _ranges(operator: str, wanted: JSON) -> list[tuple[str, float]]:
    """Return comparisons of a whole number that give one range each."""
    if isinstance(wanted, bool) or not isinstance(wanted, int | float):
        return [(">=", 0)] if operator == "!=" else []
    return [(">", wanted), ("<", wanted)] if operator == "!=" else [(operator, wanted)]


def bounds(compared: tuple[str, float]) -> tuple[int, int | None]:
    """Return the least and the most that a count may be; the most is negative where there is no such count."""
    operator, wanted = compared
    match operator:
        case "==":
            return (int(wanted), int(wanted)) if wanted == int(wanted) else (0, -1)
        case ">":
            return max(0, math.floor(wanted) + 1), None
        case ">=":
            return max(0, math.ceil(wanted)), None
        case "<":
            return 0, math.ceil(wanted) - 1
        case _:
            return 0, math.floor(wanted)


def sized(low: int, high: int | None, of_objects: bool) -> JSON:
    """Return the schema of the values whose length lies within bounds."""
    if high is not None and (high < 0 or low > high):
        return False
    kinds = [("array", "Items"), ("string", "Length"), *([("object", "Properties")] if of_objects else [])]
    options: list[JSON] = [
        {"type": kind, f"min{name}": low, **({} if high is None else {f"max{name}": high})} for kind, name in kinds
    ]
    return either(options)


def counted(path: Segments, low: int, high: int | None) -> JSON:
    """Return the schema of the values in which a path leads to so many nodes."""
    if high is not None and (high < 0 or low > high):
        return False
    if high == 0:
        return none(path)
    if not path:
        return low <= 1 and (high is None or high >= 1)
    spread = next((at for at, segment in enumerate(path) if not _is_single(segment)), None)
    if spread is None:
        return (some(path, True) if low == 1 else True) if low <= 1 else False
    head, (segment, *rest) = path[:spread], path[spread:]
    inner = some(tuple(rest), True)
    tail = _many(segment, inner, low, high)
    return either([some(head, tail), none(head) if low <= 0 else False])


def _many(segment: Segment, inner: JSON, low: int, high: int | None) -> JSON:
    """Return the schema of arrays, or objects, of which so many children are selected."""
    selector = segment.selectors[0]
    if low > MAX_ITEMS:
        return False
    if isinstance(selector, Filter) and not isinstance(selector.test, Everything):
        limit: dict[str, JSON] = {} if high is None else {"maxContains": high}
        wish = both([holds(selector.test, True), inner])
        return (
            False
            if wish is False
            else {"type": "array", "minItems": low, "contains": wish, "minContains": low, **limit}
        )
    items: dict[str, JSON] = {"type": "array", "minItems": low, "items": inner}
    members: dict[str, JSON] = {"type": "object", "minProperties": low, "additionalProperties": inner}
    if high is not None:
        items["maxItems"] = members["maxProperties"] = high
    return either([items, members])


def _is_single(segment: Segment) -> bool:
    return len(segment.selectors) == 1 and not segment.descend and isinstance(segment.selectors[0], Name | Index)
