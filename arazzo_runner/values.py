"""The values that travel through a run: JSON values, bytes, and `Nothing`.

An expression that finds no value does not give ``None``: JSON's null is a value. It gives a `Nothing`, which keeps
the reason, so that whoever needs the value later can say why it is missing (practical reading P19).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, TypeGuard, Union

# The rule is off twice below: at run time `|` takes no forward reference, and an alias of itself needs one.
JSON: TypeAlias = Union[bool, int, float, str, list["JSON"], dict[str, "JSON"], None]  # noqa: UP007 -- see above
"""A value of RFC 8259, as `json.loads` gives it."""

Value: TypeAlias = Union[  # noqa: UP007 -- see above
    bool, int, float, str, bytes, list["Value"], dict[str, "Value"], None
]
"""What an expression can give and a request can carry: a JSON value, with bytes for binary content."""

Path: TypeAlias = tuple[str | int, ...]
"""A place in a document: the member names and array indexes from the root down."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value, with its reason.

    `reason` is a whole clause for a person ("step 'login' gave no output 'token': ..."). `optional` is true where the
    value was free to be absent (an optional input that nobody gave): such a parameter or object member is left out of
    a request, while any other `Nothing` fails the step that needs it.
    """

    reason: str
    optional: bool = False

    def __bool__(self) -> bool:
        return False


def is_value(found: Value | Nothing) -> TypeGuard[Value]:
    """Tell whether an evaluation found a value (JSON null counts as one)."""
    return not isinstance(found, Nothing)


def kind(value: Value | JSON | Nothing) -> str:
    """Name the JSON type of a value for a message: ``integer``, ``string``, ``object``, ``no value`` ..."""
    match value:
        case Nothing():
            return "no value"
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case bytes():
            return "bytes"
        case list():
            return "array"
        case dict():
            return "object"


def same(left: Value | JSON, right: Value | JSON) -> bool:
    """Compare two values deeply, as JSON does: 1 equals 1.0, true does not equal 1."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[name], right[name]) for name in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(same(a, b) for a, b in zip(left, right, strict=True))
    return left == right
