"""Settling inputs: defaults, judgement, and what may be said about a wrong value (INP-03, INP-09 to INP-13, P15)."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.program.inputs import MAX_DEFAULTS, Settled, settle
from arazzo_runner.program.model import InputSchema
from arazzo_runner.values import Value
from tests.program.test_input_schema import sound


def settled(schema: Any, given: dict[str, Value], components: dict[str, Any] | None = None) -> Settled:
    return settle(sound(schema, components), given)


def properties(**members: Any) -> dict[str, Any]:
    return {"type": "object", "properties": members}


NESTED = properties(a=properties(b={"default": 1}, c={"default": 2}))


@pytest.mark.parametrize(
    ("schema", "given", "inputs"),
    [
        pytest.param(properties(n={"type": "integer", "default": 60}), {}, {"n": 60}, id="INP-09"),
        pytest.param(properties(n={"default": 60}), {"n": 5}, {"n": 5}, id="what is given wins"),
        pytest.param(properties(n={"default": 60}), {"n": None}, {"n": None}, id="null is given"),
        pytest.param(properties(n={"default": None}), {}, {"n": None}, id="null is a default"),
        pytest.param(NESTED, {"a": {"b": 7}}, {"a": {"b": 7, "c": 2}}, id="P15 nested"),
        pytest.param(NESTED, {}, {}, id="an object that is not there gets none"),
        pytest.param(properties(a={"default": {}, **NESTED["properties"]["a"]}), {}, {"a": {"b": 1, "c": 2}}, id="a default gets defaults"),
        pytest.param({"allOf": [properties(n={"default": 1})]}, {}, {"n": 1}, id="in allOf"),
        pytest.param(properties(n={"allOf": [{"default": 1}]}), {}, {"n": 1}, id="of a part"),
        pytest.param({"required": ["n"], **properties(n={"default": 1})}, {}, {"n": 1}, id="before it is judged"),
        pytest.param(properties(n={}), {}, {}, id="INP-10"),
        pytest.param(True, {"z": 1}, {"z": 1}, id="any input"),
        pytest.param(properties(n={"type": "integer"}), {"n": 5}, {"n": 5}, id="INP-12"),
    ],
)  # fmt: skip
def test_defaults(schema: Any, given: dict[str, Value], inputs: dict[str, Value]) -> None:
    before = repr(given)
    done = settled(schema, given)
    assert (done.inputs, done.problems) == (inputs, ())
    assert repr(given) == before


def test_defaults_by_reference() -> None:
    schema = properties(a={"$ref": "#/components/inputs/i"})
    assert settled(schema, {}, {"i": {"default": "x"}}).inputs == {"a": "x"}


def test_a_default_is_a_copy() -> None:
    schema = sound(properties(a={"default": {"list": []}}))
    first = settle(schema, {}).inputs["a"]
    assert isinstance(first, dict)
    first["list"] = "spoilt"
    assert settle(schema, {}).inputs == {"a": {"list": []}}


def test_a_schema_that_contains_itself_twice_ends() -> None:
    part = {"$ref": "#/components/inputs/i"}
    schema = {"i": {"properties": {"a": part, "b": part}, "default": {}}}
    done = settled({"$ref": "#/components/inputs/i"}, {}, schema)
    assert _count(done.inputs) == MAX_DEFAULTS


def _count(value: Value) -> int:
    return sum(1 + _count(member) for member in value.values()) if isinstance(value, dict) else 0


PROBLEMS = {
    "INP-03": ({"required": ["k"], **properties(k={})}, {}, "input 'k' is missing; it is required"),
    "with its description": (
        {"required": ["k"], **properties(k={"description": "The\n  key."})},
        {},
        "input 'k' is missing; it is required (The key.)",
    ),
    "nested and missing": (properties(a={"required": ["b"]}), {"a": {}}, "input 'a.b' is missing; it is required"),
    "a type": (properties(n={"type": "integer"}), {"n": "five"}, "input 'n' must be an integer, but is the string 'five'"),
    "types": (
        properties(n={"type": ["integer", "null"]}),
        {"n": [1]},
        "input 'n' must be a null or an integer, but is the array",
    ),
    "in an array": (
        properties(l={"items": {"type": "string"}}),
        {"l": ["a", 7]},
        "input 'l.1' must be a string, but is the integer 7",
    ),
    "an enumeration": (
        properties(c={"enum": ["red", "blue"]}),
        {"c": "rod"},
        "input 'c' does not fit its schema: the value is not one of \"red\" or \"blue\"; it is 'rod'",
    ),
    "a long value": (
        properties(c={"maxLength": 3}),
        {"c": "x" * 200},
        f"input 'c' does not fit its schema: the value is longer than 3 characters; it is '{'x' * 56}...",
    ),
    "INP-11 closed": (
        {**properties(message={}), "additionalProperties": False},
        {"mesage": "x"},
        "input 'mesage' is not declared, and the schema allows no others; did you mean 'message'?",
    ),
    "closed and nested": (
        properties(a={"properties": {}, "unevaluatedProperties": False}),
        {"a": {"z": 1}},
        "input 'a.z' is not declared, and the schema allows no others",
    ),
    "at the root": ({"minProperties": 2}, {"a": 1}, "the inputs do not fit their schema: the value has less than 2 properties"),
    "none is allowed": (False, {"a": 1}, "the inputs do not fit their schema: False schema does not allow the value"),
    "bytes are no number": (properties(b={"type": "integer"}), {"b": b"\xff\xff"}, "input 'b' must be an integer, but is 2 bytes"),
    "bytes are text and not shown": (properties(b={"maxLength": 1}), {"b": b"\xff\xff"}, "input 'b' does not fit its schema: the value is longer than 1 character; it is 2 bytes"),
}  # fmt: skip


@pytest.mark.parametrize(("schema", "given", "problem"), PROBLEMS.values(), ids=PROBLEMS)
def test_problems(schema: Any, given: dict[str, Value], problem: str) -> None:
    assert settled(schema, given).problems == (problem,)


def test_all_problems_are_told_at_once() -> None:
    schema = {"required": ["a", "b"], **properties(c={"type": "integer"})}
    assert len(settled(schema, {"c": "x"}).problems) == 3


SECRET = "hunter2-s3cret"
SECRETS = {
    "by its name": (properties(password={"type": "integer"}), {"password": SECRET}),
    "by its format": (properties(pin={"format": "password", "maxLength": 1}), {"pin": SECRET}),
    "inside of an object": (properties(user=properties(password={"type": "integer"})), {"user": {"password": SECRET}}),
    "inside of a secret": (properties(credentials={"items": {"type": "integer"}}), {"credentials": [SECRET]}),
    "by a format inside": (
        properties(user=properties(pin={"format": "password", "enum": [1]})),
        {"user": {"pin": SECRET}},
    ),
    "in the array of a reference": (
        {
            "$defs": {"d": {"format": "password", "type": "integer"}},
            **properties(list={"items": {"$ref": "#/$defs/d"}}),
        },
        {"list": [SECRET]},
    ),
    "at the root": ({"maxProperties": 0}, {"token": SECRET}),
    "in a combination": ({"anyOf": [{"required": ["x"]}, {"required": ["y"]}]}, {"token": SECRET}),
    "in a name that is refused": ({"propertyNames": {"maxLength": 1}}, {"token": SECRET}),
}


@pytest.mark.parametrize(("schema", "given"), SECRETS.values(), ids=SECRETS)
def test_no_secret_is_shown(schema: Any, given: dict[str, Value]) -> None:
    problems = settled(schema, given).problems
    assert problems
    assert not any(SECRET in problem for problem in problems)


@pytest.mark.parametrize(
    ("schema", "undeclared"),
    [
        pytest.param(properties(a={}), ("z",), id="INP-11"),
        pytest.param({**properties(a={}), "additionalProperties": {}}, (), id="the schema opens itself"),
        pytest.param({"type": "object"}, (), id="nothing is declared"),
        pytest.param(True, (), id="true"),
    ],
)
def test_undeclared_inputs_are_told(schema: Any, undeclared: tuple[str, ...]) -> None:
    done = settled(schema, {"a": 1, "z": 2})
    assert (done.undeclared, done.problems, done.inputs) == (undeclared, (), {"a": 1, "z": 2})


def test_without_a_schema_anything_goes() -> None:
    assert settle(InputSchema(True), {"a": 1}) == Settled({"a": 1})


SCALARS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)


@given(st.dictionaries(st.sampled_from("abc"), SCALARS), st.dictionaries(st.sampled_from("abcd"), SCALARS))
def test_settling_twice_changes_nothing(defaults: dict[str, Any], given: dict[str, Value]) -> None:
    schema = sound(properties(**{name: {"default": value} for name, value in defaults.items()}))
    once = settle(schema, given).inputs
    assert settle(schema, once).inputs == once == {**defaults, **given}
