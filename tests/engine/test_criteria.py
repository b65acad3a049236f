from __future__ import annotations

import pytest

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.criteria import MAX_SHOWN, explain, judge, judge_status, show
from arazzo_runner.engine.result import Judged
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.redact import Redactor
from arazzo_runner.values import Nothing, Value
from tests.engine.programs import program_of


def test_every_criterion_is_judged_even_after_one_that_fails() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, successCriteria: [{condition: $statusCode == 1}, {condition: $statusCode == 200}]}]}]"
    judged = judge(program_of(text).workflow.steps[0].criteria, Scope(response=Received(200)))
    assert [(one.condition, one.passed) for one in judged] == [
        ("$statusCode == 1", False),
        ("$statusCode == 200", True),
    ]
    assert judged[0].operands == (Operand("$statusCode", 200),)


@pytest.mark.parametrize(("status", "passed"), [(199, True), (302, True), (399, True), (400, False), (500, False)])
def test_without_criteria_a_status_below_400_is_a_success(status: int, passed: bool) -> None:
    (judged,) = judge_status(Scope(response=Received(status)))
    assert (judged.condition, judged.passed) == ("$statusCode < 400", passed)
    assert judge_status(Scope()) == ()


def test_the_first_failure_is_explained_with_what_it_saw() -> None:
    judged = (
        Judged("a", True),
        Judged("$response.body#/state == 'done'", False, (Operand("$response.body#/state", "open"),)),
        Judged("c", False, reason="never"),
    )
    assert explain(judged, Redactor()) == (
        "criterion '$response.body#/state == 'done'' does not hold: $response.body#/state was \"open\""
    )
    assert explain(judged[2:], Redactor()) == "criterion 'c' does not hold: never"
    assert explain(judged[:1], Redactor()) == ""


def test_a_secret_operand_is_not_shown() -> None:
    judged = (Judged("$response.body#/token == 'x'", False, (Operand("$response.body#/token", "s3cr3t"),)),)
    assert "s3cr3t" not in explain(judged, Redactor())
    assert "s3cr3t" in explain(judged, Redactor(reveal=True))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        ("a", '"a"'),
        ({"a": [1]}, '{"a": [1]}'),
        (b"abc", "3 bytes"),
        (Nothing("the body has no member 'a'"), "no value (the body has no member 'a')"),
        (Nothing(""), "no value"),
        ("x" * 200, '"' + "x" * (MAX_SHOWN - 4) + "..."),
    ],
)
def test_show(value: Value | Nothing, text: str) -> None:
    assert show(value) == text
