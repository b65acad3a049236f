"""A value that a step gives, as far as it is constant: with a stand-in where an expression is.

A stand-in has the type that its expression is known to give (a text with expressions in it is a string, a status code
a number), so that a schema can be asked; where nothing is known, nothing that is found there counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias, assert_never

from arazzo_runner.contract.schemas import Wrong
from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.expressions.template import (
    CompiledValue,
    Constant,
    ListValue,
    ObjectValue,
    Selected,
    Template,
    Whole,
)
from arazzo_runner.values import Path, Value

TypeOf: TypeAlias = Callable[[Expression], str | None]
"""Tells the JSON type that an expression gives, None where that is not known."""

_SAMPLES: Final[Mapping[str, Value]] = {
    "string": "text", "integer": 1, "number": 1, "boolean": True, "null": None, "object": {}, "array": [],
}  # fmt: skip

_OF_THE_WHOLE: Final = frozenset(
    ("type", "required", "additionalProperties", "minItems", "maxItems", "maxProperties", "dependentRequired")
)
"""Keywords whose fault lies with an object or array itself, whatever its members are."""


@dataclass(frozen=True, slots=True)
class Known:
    """A value with stand-ins: `typed` are the places of those whose type is known, `unknown` of the others."""

    value: Value
    typed: Mapping[Path, str] = field(default_factory=dict)
    unknown: frozenset[Path] = frozenset()

    def counts(self, wrong: Wrong) -> bool:
        """Tell whether a fault that a schema finds is one whatever the expressions will give."""
        at, keyword = wrong.at, wrong.keyword[-1] if wrong.keyword else ""
        if any(at[: len(hole)] == hole for hole in self.unknown):
            return False
        if any(at[: len(hole)] == hole for hole in self.typed):
            return at in self.typed and keyword == "type"
        holes = [hole for hole in (*self.typed, *self.unknown) if hole[: len(at)] == at]
        return not holes or keyword in _OF_THE_WHOLE


def known(compiled: CompiledValue, type_of: TypeOf) -> Known:
    """Return what is known of a value."""
    typed: dict[Path, str] = {}
    unknown: set[Path] = set()

    def stand_in(kind: str | None, at: Path) -> Value:
        if kind is None:
            unknown.add(at)
            return None
        typed[at] = kind
        return _SAMPLES[kind]

    def build(one: CompiledValue, at: Path) -> Value:
        match one:
            case Constant(value):
                return value  # type: ignore[return-value]  # JSON is a Value; lists are only invariant
            case Whole(expression):
                return stand_in(type_of(expression), at)
            case Template():
                return stand_in("string", at)
            case Selected():
                return stand_in(None, at)
            case ListValue(items):
                return [build(item, (*at, index)) for index, item in enumerate(items)]
            case ObjectValue(members):
                return {name: build(inner, (*at, name)) for name, inner in members}
            case _:
                assert_never(one)

    value = build(compiled, ())
    return Known(value, typed, frozenset(unknown))
