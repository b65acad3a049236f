"""Compiled values filled (P14, BOD-17) and JSON templates (BOD-08 to BOD-10)."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Input, StepOutput
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import (
    MAX_FILLED_CHARACTERS,
    CompiledValue,
    Constant,
    ListValue,
    ObjectValue,
    Whole,
    expressions_of,
    fill,
    fill_as_json,
    template,
)
from arazzo_runner.values import JSON, Nothing, Value

GONE = Input("$inputs.gone", "gone")
LOST = StepOutput("$steps.s.outputs.x", "s", "x")
GIVEN = Input("$inputs.v", "v")

ABSENT: list[tuple[str, CompiledValue, Value]] = [
    ("object member", ObjectValue((("a", Whole(GONE)), ("b", Constant(1)))), {"b": 1}),
    ("array item", ListValue((Whole(GONE), Constant(1))), [None, 1]),
    ("template", template(("x=", GONE, ";"), ""), "x=;"),
    ("template in an object", ObjectValue((("a", template(("x", GONE), "")),)), {"a": "x"}),
    ("object in a list", ListValue((ObjectValue((("a", Whole(GONE)),)),)), [{}]),
]


@pytest.mark.parametrize(("compiled", "value"), [case[1:] for case in ABSENT], ids=[case[0] for case in ABSENT])
def test_p14_an_absent_optional_input_leaves_no_trace(compiled: CompiledValue, value: Value) -> None:
    assert fill(compiled, Scope()) == value


@pytest.mark.parametrize(
    "compiled",
    [
        Whole(LOST),
        ListValue((Constant(1), Whole(LOST))),
        ObjectValue((("a", Whole(GONE)), ("b", ListValue((Whole(LOST),))))),
        template(("a", LOST), ""),
    ],
)
def test_bod_17_any_other_missing_value_is_the_result(compiled: CompiledValue) -> None:
    assert fill(compiled, Scope()) == Nothing("step 's' has not run")


def test_a_whole_value_that_is_absent_is_optional() -> None:
    found = fill(Whole(GONE), Scope())
    assert isinstance(found, Nothing)
    assert found.optional


def test_res_23_a_filled_container_is_a_new_one() -> None:
    compiled = ObjectValue((("a", ListValue((Whole(GIVEN),))),))
    scope = Scope(inputs={"v": 1})
    first = fill(compiled, scope)
    assert first == fill(compiled, scope) == {"a": [1]}
    assert first is not fill(compiled, scope)


def test_res_24_what_is_filled_in_is_not_read_again() -> None:
    scope = Scope(inputs={"v": "{$inputs.v} $inputs.v"})
    assert fill(template(("<", GIVEN, ">"), ""), scope) == "<{$inputs.v} $inputs.v>"


def test_binary_content_can_not_stand_in_a_text() -> None:
    found = fill(template(("a", GIVEN), ""), Scope(inputs={"v": b"\xff"}))
    assert isinstance(found, Nothing)
    assert not found.optional


QUOTED = template(('{"a": "', GIVEN, '"}'), "")
BARE = template(('{"a": ', GIVEN, "}"), "")

JSON_TEXTS: list[tuple[str, CompiledValue, JSON, str]] = [
    ("BOD-09 quote", QUOTED, 'a"b', '{"a": "a\\"b"}'),
    ("BOD-09 object", QUOTED, {"x": "y"}, '{"a": "{\\"x\\":\\"y\\"}"}'),
    ("BOD-09 line break", QUOTED, "a\nb", '{"a": "a\\nb"}'),
    ("BOD-09 number", QUOTED, 5, '{"a": "5"}'),
    ("BOD-10 list", BARE, [1, 2], '{"a": [1,2]}'),
    ("BOD-10 number", BARE, 5, '{"a": 5}'),
    ("BOD-10 null", BARE, None, '{"a": null}'),
    ("BOD-10 text", BARE, "bob", '{"a": "bob"}'),
    ("BOD-10 NaN", BARE, "NaN", '{"a": "NaN"}'),
    ("EMB-04 JSON text", BARE, '{"x": 1}', '{"a": {"x": 1}}'),
]


@pytest.mark.parametrize(("compiled", "value", "text"), [c[1:] for c in JSON_TEXTS], ids=[c[0] for c in JSON_TEXTS])
def test_a_json_template_stays_json(compiled: CompiledValue, value: JSON, text: str) -> None:
    filled = fill_as_json(compiled, Scope(inputs={"v": value}))  # type: ignore[arg-type, dict-item]  # templates, and JSON is a Value
    assert filled == text
    assert isinstance(json.loads(text), dict)


def test_an_absent_optional_input_in_a_json_template() -> None:
    assert fill_as_json(template(('{"a": "', GONE, '", "b": ', GONE, "}"), ""), Scope()) == '{"a": "", "b": null}'


def test_a_missing_value_in_a_json_template_is_the_result() -> None:
    assert fill_as_json(template(('"', LOST, '"'), ""), Scope()) == Nothing("step 's' has not run")
    assert fill_as_json(template((LOST,), ""), Scope()) == Nothing("step 's' has not run")


@pytest.mark.parametrize(
    ("parts", "quoted"),
    [
        (('"a', GIVEN, '"', GIVEN), (False, True, True, False)),
        (('"a\\"', GIVEN, '"'), (False, True, True)),
        (('"a\\\\"', GIVEN), (False, False)),
        ((GIVEN, '"', GIVEN), (False, False, True)),
    ],
)
def test_a_template_knows_which_parts_stand_in_json_strings(
    parts: tuple[str | Input, ...], quoted: tuple[bool, ...]
) -> None:
    assert template(parts, "").quoted == quoted


def test_what_is_too_large_with_its_expressions_filled_in_has_no_value() -> None:
    half = "x" * (MAX_FILLED_CHARACTERS // 2)
    text, many = template((GIVEN, GIVEN), ""), ListValue((Whole(GIVEN), Whole(GIVEN)))
    for compiled in (text, many):
        assert not isinstance(fill(compiled, Scope(inputs={"v": half})), Nothing)
        found = fill(compiled, Scope(inputs={"v": half + "x"}))
        assert isinstance(found, Nothing)
        assert "max_filled_characters" in found.reason
    assert isinstance(fill_as_json(text, Scope(inputs={"v": f'"{half}"'})), Nothing)


def test_shared_parts_count_at_each_use() -> None:
    value: Value = 1
    for _ in range(60):
        value = [value, value]
    found = fill(ListValue((Whole(GIVEN),)), Scope(inputs={"v": value}))
    assert isinstance(found, Nothing)
    assert "max_filled_values" in found.reason
    assert fill(Whole(GIVEN), Scope(inputs={"v": value})) is value, "a whole expression copies nothing"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
        st.lists,
    )
)
def test_any_value_between_json_quotes_stays_one_string(value: JSON) -> None:
    filled = fill_as_json(QUOTED, Scope(inputs={"v": value}))  # type: ignore[dict-item]  # JSON is a Value
    assert isinstance(filled, str)
    assert isinstance(json.loads(filled)["a"], str)


def test_the_expressions_of_a_value_in_their_order() -> None:
    compiled = ObjectValue(
        (("a", Whole(GONE)), ("b", ListValue((template(("x", GIVEN), ""), Constant(1), Whole(LOST)))))
    )
    assert expressions_of(compiled) == (GONE, GIVEN, LOST)
