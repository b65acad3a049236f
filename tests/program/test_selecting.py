"""Selector Objects at work: what they give, and what they say where they give nothing."""

from __future__ import annotations

import pytest

from arazzo_runner.criteria.filled import MAX_FILLED_LENGTH
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.expressions.template import fill
from arazzo_runner.program.selectors import compile_selector
from arazzo_runner.query.jsonpath import walk
from arazzo_runner.query.jsonpath.walk import Walk
from arazzo_runner.values import Nothing, Value

BODY: Value = {"a": [{"id": "x", "n": 1}, {"id": "y", "n": 2}], "1": "one"}
DECLARED = Declared(inputs=frozenset({"id", "o", "gone"}))


def selected(selector: str, type: str, context: str = "$response.body", **inputs: Value) -> Value | Nothing:
    given = {"context": context, "selector": selector, "type": type}
    result = compile_selector(dict(given), Dialect(v1_1=True), DECLARED)
    assert result.faults == ()
    return fill(result.value, Scope(inputs=inputs, response=Received(200, (), BODY)))


@pytest.mark.parametrize(
    ("selector", "type", "given", "value"),
    [
        ("/a/0/n", "jsonpointer", "", 1),
        ("/a/{$inputs.id}/n", "jsonpointer", 1, 2),
        ("/{$inputs.id}", "jsonpointer", 1, "one"),
        ("{$inputs.id}", "jsonpointer", "/a/0/id", "x"),
        ("$.a[?@.id == '{$inputs.id}'].n", "jsonpath", "y", [2]),
        ("$.a[?@.n == {$inputs.id}].id", "jsonpath", 2, ["y"]),
        ("$.a[{$inputs.id}].id", "jsonpath", 1, "y"),
    ],
)
def test_sel_11_selectors_are_filled_in(selector: str, type: str, given: Value, value: Value) -> None:
    assert selected(selector, type, id=given) == value


@pytest.mark.parametrize(
    ("selector", "type", "given", "told"),
    [
        ("$.none", "jsonpath", "", "the selector '$.none' on $response.body: it finds nothing"),
        ("/none", "jsonpointer", "", "the selector '/none' on $response.body: '#/none' finds nothing"),
        ("/{$inputs.id}", "jsonpointer", "hidden", "the selector '/{$inputs.id}' on $response.body: it finds nothing"),
        ("$.a[?@.id == '{$inputs.id}']", "jsonpath", "hidden' ||", "$inputs.id: its value has the quote"),
        ("$.a[{$inputs.id}]", "jsonpath", "'hidden'[", "can't be read with its expressions filled in"),
        ("/a", "xpath", "", "of type object is no XML"),
        ("/{$inputs.id}", "jsonpointer", "h" * MAX_FILLED_LENGTH, "longer than"),
        ("$.a[{$inputs.id}]", "jsonpath", b"\xff", "binary"),
        ('$.a[?@.id == "{$inputs.id}"].n', "jsonpath", "it's hidden", "it finds nothing"),
    ],
)
def test_sel_10_what_gives_nothing_says_why_and_shows_no_value(
    selector: str, type: str, given: Value, told: str
) -> None:
    found = selected(selector, type, id=given)
    assert isinstance(found, Nothing)
    assert told in found.reason
    assert selector in found.reason
    assert "hidden" not in found.reason
    assert not found.optional


@pytest.mark.parametrize("inputs", [{}, {"o": {"b": 1}}])
def test_p14_what_is_selected_from_an_absent_input_is_optional(inputs: dict[str, Value]) -> None:
    found = selected("/a", "jsonpointer", "$inputs.o", **inputs)
    assert isinstance(found, Nothing)
    assert found.optional


def test_an_absent_input_in_a_selector_is_empty_text() -> None:
    assert selected("/a{$inputs.gone}/0/n", "jsonpointer") == 1


def test_a_context_that_has_no_value_says_so() -> None:
    found = selected("/a", "jsonpointer", "$request.body")
    assert found == Nothing("no request has been sent here")


def test_a_limit_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "MAX_QUERY_STEPS", 5)
    monkeypatch.setattr("arazzo_runner.query.jsonpath.query.Walk", lambda root: Walk(root, steps=5))
    found = selected("$..*..*", "jsonpath")
    assert isinstance(found, Nothing)
    assert "max_query_steps" in found.reason
