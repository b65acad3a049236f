"""Compiled conditions: short circuit, alternatives, what was seen."""

import pytest

from arazzo_runner.criteria.simple.compile import SimpleCheck, compile_tree
from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.verdict import Operand, Verdict
from arazzo_runner.expressions.grammar import Declared, Dialect, Input
from arazzo_runner.expressions.scope import Received, Scope, WorkflowRecord
from arazzo_runner.values import Nothing, Value

OPEN = Declared(open_inputs=True)


def compiled(text: str, declared: Declared = OPEN) -> SimpleCheck:
    parsed = parse_condition(text, Dialect(v1_1=True), declared)
    assert parsed.tree is not None
    return compile_tree(text, parsed.tree)


def test_a_verdict_lists_the_operands_and_their_values() -> None:
    verdict = compiled("$statusCode == 200 && $inputs.a > 1").check(Scope(inputs={"a": 2}, response=Received(200)))
    assert verdict == Verdict(True, (Operand("$statusCode", 200), Operand("$inputs.a", 2)))


def test_an_operand_is_listed_once() -> None:
    verdict = compiled("$statusCode >= 200 && $statusCode < 300").check(Scope(response=Received(404)))
    assert verdict == Verdict(False, (Operand("$statusCode", 404),))


def test_an_operand_without_value_is_listed_with_its_reason() -> None:
    verdict = compiled("$inputs.a == 1").check(Scope())
    assert verdict.operands == (Operand("$inputs.a", Nothing("no input 'a' was given", optional=True)),)
    assert (verdict.passed, verdict.reason) == (False, "")


@pytest.mark.parametrize(
    ("text", "passed", "seen"),
    [
        ("false && $inputs.a", False, []),
        ("true || $inputs.a", True, []),
        ("$inputs.a && $inputs.b", False, ["$inputs.a"]),
        ("$inputs.a || $inputs.b", True, ["$inputs.a", "$inputs.b"]),
        ("!$inputs.a", True, ["$inputs.a"]),
    ],
)
def test_sim_08_what_is_decided_is_not_looked_at(text: str, passed: bool, seen: list[str]) -> None:
    verdict = compiled(text).check(Scope(inputs={"a": False, "b": 1}))
    assert (verdict.passed, [operand.text for operand in verdict.operands]) == (passed, seen)


@pytest.mark.parametrize(
    ("inputs", "value"),
    [
        ({"a.b.c": 1, "a.b": {"c": 2}, "a": {"b": {"c": 3}}}, 1),
        ({"a.b": {"c": 2}, "a": {"b": {"c": 3}}}, 2),
        ({"a": {"b": {"c": 3}}}, 3),
        ({"a": {"b.c": 4}}, None),
    ],
)
def test_sim_18_the_exact_name_and_then_the_longest_that_exists(inputs: dict[str, Value], value: Value) -> None:
    verdict = compiled("$inputs.a.b.c == 0").check(Scope(inputs=inputs))
    found = verdict.operands[0].value
    assert (None if isinstance(found, Nothing) else found) == value


@pytest.mark.parametrize(
    "text", ["$outputs.a.b", "$steps.s.outputs.a.b", "$workflows.w.outputs.a.b", "$workflows.w.inputs.a.b"]
)
def test_sim_18_in_every_family(text: str) -> None:
    values: dict[str, Value | Nothing] = {"a": {"b": True}}
    scope = Scope(steps={"s": values}, outputs=values, workflows={"w": WorkflowRecord({"a": {"b": True}}, values)})
    check = compiled(text, Declared())
    assert check.check(scope).passed
    assert not check.check(Scope()).passed


def test_the_expressions_of_a_check_are_listed_once() -> None:
    check = compiled("$inputs.a == 1 || $inputs.a == 2 || $statusCode == 3")
    assert [expression.text for expression in check.expressions] == ["$inputs.a", "$statusCode"]


def test_one_expression_stands_for_its_alternatives() -> None:
    check = compiled("$inputs.a.b == 1", Declared(inputs=frozenset({"a"}), open_inputs=True))
    assert check.expressions == (Input("$inputs.a.b", "a", navigation=("b",)),)


def test_values_nested_too_deeply_are_undecided() -> None:
    left: Value = 1
    right: Value = 1
    for _ in range(100_000):
        left, right = [left], [right]
    verdict = compiled("$inputs.a == $inputs.b").check(Scope(inputs={"a": left, "b": right}))
    assert not verdict.passed
    assert verdict.reason == "the values compared are nested too deeply"


def test_a_long_condition_is_checked_without_a_stack() -> None:
    check = compiled(" && ".join(["$statusCode == 200"] * 2500))
    assert check.check(Scope(response=Received(200))).passed


@pytest.mark.parametrize(
    ("value", "pattern", "passed", "reason"),
    [
        ("abc", "^a", True, ""),
        ("abc", "^b", False, ""),
        (["a"], "\\[", True, ""),
        (None, ".*", False, ""),
        ("abc", "(", False, "can't be read, at character 1"),
        ("abc", 5, False, "integer is no regular expression"),
        ("abc", None, False, "null is no regular expression"),
        (b"\xff", "a", False, "binary"),
        ("a" * 60, "(?=a)(?:a|a)*b", False, "steps"),
    ],
)
def test_p9_a_pattern_may_come_from_an_expression(value: Value, pattern: Value, passed: bool, reason: str) -> None:
    verdict = compiled("$inputs.a matches $inputs.b").check(Scope(inputs={"a": value, "b": pattern}))
    assert verdict.passed is passed
    assert reason in verdict.reason
    assert bool(verdict.reason) is bool(reason)
