"""Conditions with expressions in them (checklist CRI-14 to CRI-18)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.filled import (
    MAX_FILLED_LENGTH,
    FilledCondition,
    Quoting,
    Slot,
    as_literal,
    as_text,
    fill_condition,
    quote_after,
    read_condition,
)
from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.expressions.grammar import Declared, Dialect, Input
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.values import Nothing, Value

PRACTICAL = Dialect(v1_1=True)
DECLARED = Declared(inputs=frozenset({"a", "n", "secret"}), secret_inputs=frozenset({"secret"}))
JSONPATH, XPATH, REGEX = Quoting("'\"", escapes=True), Quoting("'\""), Quoting()


def condition(text: str, quoting: Quoting = JSONPATH, *, unbraced: bool = False) -> FilledCondition:
    read = read_condition(text, PRACTICAL, DECLARED, quoting, unbraced=unbraced)
    assert read.condition is not None
    return read.condition


def filled(text: str, quoting: Quoting = JSONPATH, **inputs: Value) -> str | None:
    return fill_condition(condition(text, quoting), Scope(inputs=inputs), as_text).text


@pytest.mark.parametrize(
    ("text", "value", "result"),
    [
        ('$[?@.s == "{$inputs.a}"]', "x", '$[?@.s == "x"]'),
        ("^({$inputs.a})$", "a|b", "^(a|b)$"),
        ("{$inputs.a}{$inputs.a}", 5, "55"),
        ("x={$inputs.a}", True, "x=true"),
        ("x={$inputs.a}", None, "x=null"),
        ("x={$inputs.a}", {"k": [1]}, 'x={"k":[1]}'),
    ],
)
def test_cri_14_expressions_are_replaced_by_their_text(text: str, value: Value, result: str) -> None:
    assert filled(text, REGEX, a=value) == result


@pytest.mark.parametrize(
    "text", [r"^2\d{2}$", "a{1,3}", "map{'a': 1}", "function($x){$x}", "{$bad}", "{$inputs.a b}", "$inputs.a", "{a}"]
)
def test_cri_15_and_16_other_braces_and_names_stay(text: str) -> None:
    assert read_condition(text, Dialect(v1_1=True, strict=True), DECLARED, JSONPATH).condition is None


def test_cri_17_a_1_0_document_embeds_too() -> None:
    assert read_condition("$.x[?@.a == '{$inputs.a}']", Dialect(), DECLARED, JSONPATH).condition is not None


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("$[?@.a == '$inputs.a']", ["expression-literal"]),
        ("{$inputs.a b}", ["embedded-malformed"]),
        ("function($x){$x}", []),
        ("{$inputs.a.b}", ["reading-P2"]),
        ("{$inputs.a}", []),
    ],
)
def test_what_is_doubtful_leaves_a_remark(text: str, codes: list[str]) -> None:
    assert [remark.code for remark in read_condition(text, PRACTICAL, DECLARED, JSONPATH).remarks] == codes


def test_p1_names_without_braces_are_taken_only_if_asked_for() -> None:
    text = "$.a == '$inputs.a'"
    assert read_condition(text, PRACTICAL, DECLARED, JSONPATH).condition is None
    read = read_condition(text, PRACTICAL, DECLARED, JSONPATH, unbraced=True)
    assert read.condition is not None
    assert read.condition.parts == ("$.a == '", Slot(Input("$inputs.a", "a"), "'"), "'")
    assert [remark.code for remark in read.remarks] == ["reading-P1"]


@pytest.mark.parametrize(
    ("text", "quoting", "quotes"),
    [
        ("'{$inputs.a}' {$inputs.a}", JSONPATH, ["'", ""]),
        ('"it\'s {$inputs.a}"', JSONPATH, ['"']),
        (r"'\'{$inputs.a}'", JSONPATH, ["'"]),
        (r"'\'{$inputs.a}'", XPATH, [""]),
        ("'it''s {$inputs.a}'", XPATH, ["'"]),
        ("'{$inputs.a}'", REGEX, [""]),
    ],
)
def test_the_quote_around_an_expression_is_known(text: str, quoting: Quoting, quotes: list[str]) -> None:
    assert [part.quote for part in condition(text, quoting).parts if isinstance(part, Slot)] == quotes


@pytest.mark.parametrize(
    ("value", "quoting", "fits"),
    [
        ("O'Brien", XPATH, False),
        ("O''Brien", XPATH, True),
        ("' or '1'='1", XPATH, False),
        ('say "x"', XPATH, True),
        ("O'Brien", JSONPATH, False),
        (r"O\'Brien", JSONPATH, True),
        (r"O\\'Brien", JSONPATH, False),
        ("end\\", JSONPATH, False),
        ("' || @.x == '", JSONPATH, False),
    ],
)
def test_cri_18_a_value_can_t_leave_its_quotes(value: str, quoting: Quoting, fits: bool) -> None:
    filling = fill_condition(condition("'{$inputs.a}'", quoting), Scope(inputs={"a": value}), as_text)
    assert filling.text == (f"'{value}'" if fits else None)
    assert fits or "has the quote (') in it" in filling.reason
    assert filling.operands[0] == Operand("$inputs.a", value)


@given(st.text(alphabet="a'\"\\ "), st.sampled_from([XPATH, JSONPATH]), st.sampled_from("'\""))
def test_cri_18_whatever_goes_in_the_quotes_stay_closed(value: str, quoting: Quoting, quote: str) -> None:
    text = fill_condition(condition(f"{quote}{{$inputs.a}}{quote}", quoting), Scope(inputs={"a": value}), as_text).text
    if text is not None:
        assert quote_after(text, "", quoting) == ""
        assert quote_after(text[:-1], "", quoting) == quote


@pytest.mark.parametrize(
    ("slot", "value", "text"),
    [
        (Slot(Input("$inputs.a", "a")), "x", '"x"'),
        (Slot(Input("$inputs.a", "a")), 5, "5"),
        (Slot(Input("$inputs.a", "a")), None, "null"),
        (Slot(Input("$inputs.a", "a"), "'"), "it's \\ \"", "it\\'s \\\\ \\\""),
        (Slot(Input("$inputs.a", "a"), '"'), 'a"b', 'a\\"b'),
        (Slot(Input("$inputs.a", "a"), '"'), 5, "5"),
        (Slot(Input("$inputs.a", "a")), Nothing("no", optional=True), "null"),
        (Slot(Input("$inputs.a", "a"), "'"), Nothing("no", optional=True), ""),
        (Slot(Input("$inputs.a", "a")), Nothing("no"), Nothing("no")),
    ],
)
def test_p6_a_value_is_written_as_a_literal(slot: Slot, value: Value | Nothing, text: str | Nothing) -> None:
    assert as_literal(slot, value, JSONPATH) == text


def test_what_is_missing_is_told_and_an_optional_input_is_empty() -> None:
    needed = fill_condition(condition("{$inputs.a}"), Scope(inputs={}), as_text)
    assert needed.text == "" or "can't be put into the condition" in needed.reason
    step = read_condition("{$response.body#/x}", PRACTICAL, DECLARED, JSONPATH).condition
    assert step is not None
    filling = fill_condition(step, Scope(), as_text)
    assert filling.text is None
    assert "$response.body#/x can't be put into the condition: no response" in filling.reason


def test_binary_has_no_text() -> None:
    assert filled("{$inputs.a}", a=b"\xff") is None


def test_sec_09_what_is_filled_in_is_bounded() -> None:
    filling = fill_condition(condition("{$inputs.a}"), Scope(inputs={"a": "x" * MAX_FILLED_LENGTH + "x"}), as_text)
    assert filling.text is None
    assert "longer than" in filling.reason


def test_reports_see_the_values_and_the_condition_but_no_secret_in_it() -> None:
    scope = Scope(inputs={"a": "x", "secret": "pw", "n": 1})
    shown = fill_condition(condition("{$inputs.a}{$inputs.n}"), scope, as_text).operands
    assert shown == (Operand("$inputs.a", "x"), Operand("$inputs.n", 1), Operand("the condition, filled in,", "x1"))
    assert fill_condition(condition("{$inputs.a}{$inputs.secret}"), scope, as_text).operands == (
        Operand("$inputs.a", "x"),
        Operand("$inputs.secret", "pw"),
    )


def test_sec_11_a_name_that_sounds_secret_hides_the_condition() -> None:
    read = read_condition("{$steps.s.outputs.accessToken}", PRACTICAL, Declared(), JSONPATH)
    assert read.condition is not None
    filling = fill_condition(read.condition, Scope(steps={"s": {"accessToken": "abc"}}), as_text)
    assert filling.text == "abc"
    assert [operand.text for operand in filling.operands] == ["$steps.s.outputs.accessToken"]


@given(st.text(alphabet="{}$inputs.a'\"\\ "))
def test_no_text_makes_it_raise(text: str) -> None:
    read = read_condition(text, PRACTICAL, DECLARED, JSONPATH, unbraced=True)
    if read.condition is not None:
        fill_condition(read.condition, Scope(inputs={"a": "x'"}), as_text)
        fill_condition(read.condition, Scope(inputs={"a": "x'"}), as_literal)
