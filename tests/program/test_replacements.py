"""Replacements bound: targets judged, expressions in them filled in (Arazzo 1.1, Payload Replacement Object)."""

from __future__ import annotations

import pytest

from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import Constant, Whole
from arazzo_runner.program.model import BoundReplacement, BoundWorkflow, OperationCall
from arazzo_runner.program.replacements import MAX_REPLACEMENTS
from arazzo_runner.query.jsonpath import Query
from arazzo_runner.query.target import BodyForm, Pointer
from arazzo_runner.query.xpath import XPath
from arazzo_runner.values import Nothing, Value
from tests.engine.programs import compile_text, program_of
from tests.program.marked import codes, refused

DATA, XML, TEXT = BodyForm.DATA, BodyForm.XML, BodyForm.TEXT


def document(replacements: str, kind: str = "application/json") -> str:
    return f"""workflows:
- workflowId: w
  inputs: {{type: object, properties: {{n: {{}}, p: {{}}, token: {{format: password}}}}}}
  steps:
  - stepId: s
    operationId: z
    requestBody:
      contentType: {kind}
      payload: $inputs.p
      replacements: {replacements}
"""


def workflow_of(replacements: str, version: str = "1.1.0", kind: str = "application/json") -> BoundWorkflow:
    return program_of(document(replacements, kind), version=version).workflow


def bound(replacements: str, version: str = "1.1.0", kind: str = "application/json") -> tuple[BoundReplacement, ...]:
    call = workflow_of(replacements, version, kind).steps[0].call
    assert isinstance(call, OperationCall)
    assert call.body is not None
    return call.body.replacements


def test_targets_and_values_are_compiled_in_their_order() -> None:
    first, second = bound("[{target: /a, value: 10}, {target: $.b, targetSelectorType: jsonpath, value: $inputs.n}]")
    assert (first.target, first.value) == ("/a", Constant(10))  # RPL-02
    assert isinstance(second.value, Whole)
    assert first.find(DATA, Scope()) == Pointer("/a", ("a",))
    assert isinstance(second.find(DATA, Scope()), Query)
    assert second.at == ("workflows", 0, "steps", 0, "requestBody", "replacements", 1)


def test_a_target_is_ready_for_whatever_the_body_turns_out_to_be() -> None:
    (replacement,) = bound("[{target: /a, value: 1}]")
    assert isinstance(replacement.find(XML, Scope()), XPath)
    found = replacement.find(TEXT, Scope())
    assert isinstance(found, Nothing)
    assert "plain text" in found.reason
    assert "expressions in braces" in found.reason, "what to do is said as well"


@pytest.mark.parametrize(
    ("replacement", "code"),
    [
        ("{target: «petId», value: 1}", "query-malformed"),
        ("{target: '«#/petId»', value: 1}", "query-malformed"),
        ("{target: «$request.body#/x», value: 1}", "query-malformed"),
        ("{target: '«items/{$inputs.n}»', value: 1}", "query-malformed"),
        ("{target: /a, targetSelectorType: «xpath», value: 1}", "replacement-language"),
        ("{target: '/a/{$inputs.n}', targetSelectorType: «xpath», value: 1}", "replacement-language"),
    ],
)
def test_faults_stand_at_their_places(replacement: str, code: str) -> None:
    assert [one.code for one in refused(document(f"[{replacement}]"), version="1.1.0")] == [code]


def test_too_many_replacements_are_refused() -> None:
    def listed(count: int) -> str:
        return "[" + ", ".join(f"{{target: /a{n}, value: 1}}" for n in range(count)) + "]"

    assert len(bound(listed(MAX_REPLACEMENTS))) == MAX_REPLACEMENTS
    assert codes(compile_text(document(listed(MAX_REPLACEMENTS + 1))).diagnostics) == ["replacement-too-many"]


def test_a_secret_without_braces_is_refused_as_in_payloads() -> None:
    compiled = compile_text(document("[{target: /a, value: 'Bearer $inputs.token'}]"))
    assert codes(compiled.diagnostics) != []  # P1


# ---------------------------------------------------------------- expressions in targets


@pytest.mark.parametrize(
    ("value", "tokens"),
    [(0, ("l", "0")), ("a/b", ("l", "a/b")), ("~", ("l", "~")), ("a", ("l", "a")), (True, ("l", "true"))],
)
def test_a_value_is_one_name_of_a_pointer(value: Value, tokens: tuple[str, ...]) -> None:
    (replacement,) = bound("[{target: '/l/{$inputs.n}', value: 1}]")
    found = replacement.find(DATA, Scope(inputs={"n": value}))
    assert isinstance(found, Pointer)
    assert found.tokens == tokens


def test_a_value_in_a_query_stays_in_its_quotes() -> None:
    (replacement,) = bound("[{target: \"$[?@.k == '{$inputs.n}']\", targetSelectorType: jsonpath, value: 1}]")
    found = replacement.find(DATA, Scope(inputs={"n": "x y"}))
    assert isinstance(found, Query)
    assert found.text == "$[?@.k == 'x y']"
    refusal = replacement.find(DATA, Scope(inputs={"n": "' || 'a' == 'a"}))
    assert isinstance(refusal, Nothing)  # CRI-18
    assert "quote" in refusal.reason


@pytest.mark.parametrize("kind", ["application/json", "application/xml"])
def test_a_target_without_its_value_is_nowhere(kind: str) -> None:
    (replacement,) = bound("[{target: '/l/{$inputs.n}', value: 1}]", kind=kind)
    found = replacement.find(XML if "xml" in kind else DATA, Scope())
    assert isinstance(found, Nothing)  # RES-20
    assert "$inputs.n" in found.reason


def test_what_a_filled_target_quotes_is_hidden() -> None:
    (replacement,) = bound("[{target: '$.{$inputs.n}', targetSelectorType: jsonpath, value: 1}]")
    found = replacement.find(DATA, Scope(inputs={"n": "my secret ["}))
    assert isinstance(found, Nothing)
    assert "secret" not in found.reason


def test_a_filled_target_is_bounded() -> None:
    (replacement,) = bound("[{target: '/{$inputs.n}', value: 1}]")
    found = replacement.find(DATA, Scope(inputs={"n": "x" * 100_001}))
    assert isinstance(found, Nothing)
    assert "100,000" in found.reason


def test_a_filled_target_has_no_place_in_text() -> None:
    (replacement,) = bound("[{target: '/{$inputs.n}', value: 1}]")
    assert isinstance(replacement.find(TEXT, Scope(inputs={"n": 1})), Nothing)


def test_expressions_of_targets_are_mentioned_with_their_place() -> None:
    mentions = workflow_of("[{target: '/l/{$inputs.n}', value: $inputs.p}]").mentions
    found = {(one.expression.text, one.at[-1], one.step_id) for one in mentions}
    assert {("$inputs.n", "target", "s"), ("$inputs.p", "value", "s")} <= found


def test_braces_that_hold_no_expression_are_part_of_the_name() -> None:
    (replacement,) = bound("[{target: '/{a}', value: 1}]")
    assert replacement.find(DATA, Scope()) == Pointer("/{a}", ("{a}",))
