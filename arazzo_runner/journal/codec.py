"""Records of the engine to JSON and back, by the types of their fields.

A record is an object: ``is`` is the name of its class, its members are its fields in camelCase, those left out that
have their default. Fields that are no part of a record's identity (`compare=False`) are left out. Tuples and sets are
arrays, enumerations their values. A value of the run (`Value`) stands as JSON; what JSON has no form for is an object
with a single member whose name begins with ``$``:

- ``$text`` or ``$base64``: bytes;
- ``$number``: a number that is not finite, or an integer too long for base 10;
- ``$nothing``: no value, with its reason;
- ``$body``: bytes that stand in the journal more than once (`journal.lines`);
- ``$object``: an object that would look like one of these.
"""

from __future__ import annotations

import dataclasses
import math
import re
import types
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, Final, TypeVar, Union, get_args, get_origin, get_type_hints

from arazzo_runner.values import JSON, Nothing

MAX_DEPTH: Final = 200
"""Values nested deeper are left out of a journal, and the place says so."""

HUGE_BITS: Final = 8192
"""Integers with more bits are not written in base 10, which takes a time that grows with the square of their length."""

_TOLD: Final = 40  # characters of a faulty word

_TOO_LARGE: Final = 2**1023
"""Integers from here on are no numbers that could be counted with."""

_FORMS: Final = frozenset({"$text", "$base64", "$number", "$nothing", "$object", "$body"})
_NOT_FINITE: Final = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}

_T = TypeVar("_T")


class Undecodable(ValueError):
    """The data do not stand for a record of the wanted type; the text says what was found."""


def encode(value: object, depth: int = 0) -> JSON:
    """Return a record, or any plain value in one, as JSON data."""
    match value:
        case None | bool():
            return value
        case Enum():
            return encode(value.value)
        case str():
            return value
        case int():
            return value if value.bit_length() <= HUGE_BITS else {"$number": hex(value)}
        case float():
            return value if math.isfinite(value) else {"$number": _not_finite(value)}
        case bytes():
            return _bytes(value)
        case Nothing(reason=reason, optional=optional):
            return {"$nothing": {"reason": reason, "optional": optional}}
        case _ if depth > MAX_DEPTH:
            return f"(left out: nested deeper than {MAX_DEPTH} levels)"
        case list() | tuple():
            return [encode(item, depth + 1) for item in value]
        case frozenset() | set():
            return [encode(item, depth + 1) for item in sorted(value)]
        case Mapping():
            members: dict[str, JSON] = {str(name): encode(member, depth + 1) for name, member in value.items()}
            return {"$object": members} if len(members) == 1 and not _FORMS.isdisjoint(members) else members
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return _record(value, depth)
    raise AssertionError(f"a {type(value).__name__} has no place in a journal")


def decode(kind: type[_T], data: JSON) -> _T:
    """Return the record of that type (or one of a union of types) that the data stand for.

    Raises:
        Undecodable: they stand for none.
    """
    wanted: Any = kind
    decoded: _T = _decoder(wanted)(data)
    return decoded


def tag(kind: type) -> str:
    """Return what stands under ``is`` for a class."""
    return kind.__name__[0].lower() + kind.__name__[1:]


def member_name(field: str) -> str:
    """Return the name of a field as it stands in JSON."""
    return re.sub(r"_([a-z])", lambda found: found[1].upper(), field)


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A field of a record: its name in Python and in JSON, its type, and its default (`MISSING`: it has none)."""

    name: str
    member: str
    kind: Any
    default: Any


@lru_cache(maxsize=256)
def parts_of(kind: Any) -> tuple[Part, ...]:
    """Return the fields of a record that stand in JSON."""
    hints = get_type_hints(kind)
    return tuple(
        Part(one.name, member_name(one.name), hints[one.name], _default(one))
        for one in dataclasses.fields(kind)
        if one.compare
    )


def _default(field: dataclasses.Field[Any]) -> Any:
    return field.default if field.default_factory is dataclasses.MISSING else field.default_factory()


def _record(value: Any, depth: int) -> JSON:
    kind: Any = type(value)
    found: dict[str, JSON] = {"is": tag(kind)}
    for part in parts_of(kind):
        member = getattr(value, part.name)
        if part.default is dataclasses.MISSING or member != part.default:
            found[part.member] = encode(member, depth + 1)
    return found


def _bytes(value: bytes) -> JSON:
    try:
        return {"$text": value.decode("utf-8")}
    except UnicodeDecodeError:
        return {"$base64": b64encode(value).decode("ascii")}


def _not_finite(value: float) -> str:
    return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


# ---------------------------------------------------------------- and back

_Decode = Callable[[Any], Any]


@lru_cache(maxsize=1024)
def _decoder(kind: Any) -> _Decode:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Union or origin is types.UnionType:
        return _of_union(arguments)
    if origin is tuple:
        return _of_tuple(arguments)
    if origin in (frozenset, list):
        each = _decoder(arguments[0])
        return lambda data: origin(map(each, _expect(data, list)))
    if origin is not None and issubclass(origin, Mapping):
        return _of_mapping(arguments[1])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda data: _enumerated(kind, data)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind) and kind is not Nothing:
        return lambda data: _of_record(kind, _expect(data, dict))
    if kind in (bytes, Nothing):
        return lambda data: _expect(value_of(data), kind)
    if kind is float:
        return _float
    return value_of if kind is Any else lambda data: _expect(data, kind)


def _of_union(arguments: tuple[Any, ...]) -> _Decode:
    """Return what reads one of several types: a value of the run, an optional one, or one of several records."""
    records = {tag(one): one for one in arguments if isinstance(one, type) and dataclasses.is_dataclass(one)}
    records.pop(tag(Nothing), None)
    if {int, str} == set(arguments):
        return lambda data: _expect(data, int if isinstance(data, int) else str)
    if {bool, float} <= set(arguments) or not records:
        others = [one for one in arguments if one is not type(None)]
        return _maybe(_decoder(others[0])) if len(others) == 1 else value_of

    def read(data: Any) -> Any:
        if data is None and type(None) in arguments:
            return None
        if isinstance(data, str) and str in arguments:
            return data
        found = records.get(str(_expect(data, dict).get("is", "")))
        if found is None:
            raise Undecodable(f"'{str(data.get('is'))[:_TOLD]}' where one of {', '.join(sorted(records))} is expected")
        return _of_record(found, data)

    return read


def _maybe(read: _Decode) -> _Decode:
    return lambda data: None if data is None else read(data)


def _of_tuple(arguments: tuple[Any, ...]) -> _Decode:
    if len(arguments) == 2 and arguments[1] is ...:
        each = _decoder(arguments[0])
        return lambda data: tuple(map(each, _expect(data, list)))
    readers = [_decoder(one) for one in arguments]

    def read(data: Any) -> Any:
        items = _expect(data, list)
        if len(items) != len(readers):
            raise Undecodable(f"{len(items)} items where {len(readers)} are expected")
        return tuple(reader(item) for reader, item in zip(readers, items, strict=True))

    return read


def _of_mapping(kind: Any) -> _Decode:
    each = _decoder(kind)

    def read(data: Any) -> Any:
        members = _expect(data, dict)
        if len(members) == 1 and isinstance(members.get("$object"), dict):
            members = members["$object"]
        return {name: each(member) for name, member in members.items()}

    return read


def _of_record(kind: type, data: dict[str, Any]) -> Any:
    if data.get("is") != tag(kind):
        raise Undecodable(f"'{str(data.get('is'))[:_TOLD]}' where {tag(kind)} is expected")
    given = {part.name: _decoder(part.kind)(data[part.member]) for part in parts_of(kind) if part.member in data}
    lacking = [part.member for part in parts_of(kind) if part.name not in given and part.default is dataclasses.MISSING]
    if lacking:
        raise Undecodable(f"{tag(kind)} lacks {', '.join(lacking)}")
    return kind(**given)


def value_of(data: JSON) -> Any:
    """Return the value of a run that JSON data stand for.

    Raises:
        Undecodable: an object of a single ``$`` member is none of the known forms.
    """
    match data:
        case list():
            return [value_of(item) for item in data]
        case dict() if len(data) == 1 and not _FORMS.isdisjoint(data):
            return _of_form(*next(iter(data.items())))
        case dict():
            return {name: value_of(member) for name, member in data.items()}
    return data


def _of_form(form: str, data: Any) -> Any:
    try:
        match form, data:
            case "$text", str():
                return data.encode("utf-8")
            case "$base64", str():
                return b64decode(data, validate=True)
            case "$number", str():
                return _NOT_FINITE[data] if data in _NOT_FINITE else int(data, 16)
            case "$nothing", {"reason": str(reason), "optional": bool(optional)}:
                return Nothing(reason, optional)
            case "$object", dict():
                return {name: value_of(member) for name, member in data.items()}
    except ValueError as fault:
        raise Undecodable(f"a faulty {form}: {fault}") from None
    raise Undecodable(f"a faulty {form}")


def _float(data: Any) -> float:
    found = value_of(data)
    if isinstance(found, float) or (isinstance(found, int) and not isinstance(found, bool) and abs(found) < _TOO_LARGE):
        return found
    raise Undecodable(f"{_named(found)} where a number is expected")


def _enumerated(kind: type[Enum], data: Any) -> Enum:
    try:
        return kind(data)
    except ValueError:
        known = ", ".join(str(each.value) for each in kind)
        raise Undecodable(f"'{str(data)[:_TOLD]}' where one of {known} is expected") from None


def _expect(data: Any, kind: type) -> Any:
    if isinstance(data, kind) and (kind is bool or not isinstance(data, bool)):
        return data
    raise Undecodable(f"{_named(data)} where {_NAMES.get(kind, kind.__name__)} is expected")


_NAMES: Final = {
    dict: "an object",
    list: "an array",
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    bytes: "a body",
    Nothing: "no value with its reason",
}


def _named(data: Any) -> str:
    return "null" if data is None else _NAMES.get(type(data), type(data).__name__)
