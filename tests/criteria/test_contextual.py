"""What criteria with a context have in common (checklist CRI-11 to CRI-13)."""

import pytest

from arazzo_runner.criteria.contextual import ContextualCheck, FilledCheck, Judge
from arazzo_runner.criteria.filled import FilledCondition, Quoting, Slot, as_text
from arazzo_runner.criteria.verdict import Operand, Verdict
from arazzo_runner.expressions.grammar import Exchange, Fault, Input
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Value

BODY = Exchange("$response.body", "response", "body")
NAME = Input("$inputs.a", "a")
SCOPE = Scope(inputs={"a": "x"}, response=Received(200, (), {"k": 1}))


def is_object(value: Value) -> bool | Undecided:
    return isinstance(value, dict)


def test_the_value_of_the_context_is_judged_and_shown() -> None:
    check = ContextualCheck("c", BODY, is_object)
    assert check.expressions == (BODY,)
    assert check.check(SCOPE) == Verdict(True, (Operand("$response.body", {"k": 1}),))


@pytest.mark.parametrize(
    ("scope", "reason"),
    [
        (Scope(), "the context $response.body has no value: no response has been received here"),
        (Scope(response=Received(200, (), None)), "the context $response.body is null"),
    ],
)
def test_cri_13_null_and_no_value_never_pass(scope: Scope, reason: str) -> None:
    def never(value: Value) -> bool:
        raise AssertionError("there is no value to judge")

    verdict = ContextualCheck("c", BODY, never).check(scope)
    assert (verdict.passed, verdict.reason) == (False, reason)


def test_cri_12_what_can_t_be_decided_says_why() -> None:
    verdict = ContextualCheck("c", BODY, lambda value: Undecided("too much", "limit")).check(SCOPE)
    assert (verdict.passed, verdict.reason) == (False, "$response.body: too much (limit)")


def filled_check(compiled: Judge | Fault) -> FilledCheck:
    condition = FilledCondition(("it is ", Slot(NAME)), Quoting())

    def compile_text(text: str) -> Judge | Fault:
        assert text == "it is x"
        return compiled

    return FilledCheck("it is {$inputs.a}", BODY, condition, as_text, compile_text)


def test_a_condition_is_compiled_once_its_expressions_are_known() -> None:
    check = filled_check(is_object)
    assert check.expressions == (BODY, NAME)
    assert check.check(SCOPE) == Verdict(
        True,
        (
            Operand("$response.body", {"k": 1}),
            Operand("$inputs.a", "x"),
            Operand("the condition, filled in,", "it is x"),
        ),
    )


def test_cri_11_what_can_t_be_read_once_filled_in_fails_and_tells_no_value() -> None:
    verdict = filled_check(Fault("unexpected 'secret' here", 6)).check(SCOPE)
    assert not verdict.passed
    assert (
        verdict.reason
        == "with its expressions filled in the condition can't be read, at character 7: unexpected '...' here"
    )


def test_what_can_t_be_filled_in_fails_and_says_why() -> None:
    verdict = filled_check(is_object).check(Scope(inputs={"a": b"\xff"}, response=SCOPE.response))
    assert not verdict.passed
    assert "$inputs.a can't be put into the condition" in verdict.reason
    assert [operand.text for operand in verdict.operands] == ["$response.body", "$inputs.a"]
