import pytest

from arazzo_runner.criteria.simple.syntax import StatusClass
from arazzo_runner.expressions.grammar import Exchange, Method, StatusCode
from arazzo_runner.mock.limits import MAX_PLANS
from arazzo_runner.mock.solving.plan import (
    FREE,
    Plan,
    StatusSet,
    StatusTest,
    all_of,
    any_of,
    placed,
    reads_answer,
    tokens_of,
)

BODY = Exchange("$response.body#/a", "response", "body", "", ("a",), (0,))
HEADER = Exchange("$response.header.X-A", "response", "header", "X-A")


def test_plans_join_and_are_bounded() -> None:
    one, two = Plan(body=(True,)), Plan(body=(False,))
    assert all_of([(one, two), (one,)]) == (Plan(body=(True, True)), Plan(body=(False, True)))
    assert all_of([]) == FREE
    assert all_of([(one,), ()]) == ()
    assert any_of([(one,), (), (two,)]) == (one, two)
    assert len(all_of([(one,) * 20] * 3)) == MAX_PLANS


def test_a_status_has_to_pass_every_test() -> None:
    plan = Plan((StatusTest("==", StatusClass(2)), StatusSet(frozenset({201, 404}))))
    assert [status for status in range(200, 500) if plan.allows(status)] == [201]


def test_a_wish_stands_at_its_place() -> None:
    [there, absent] = placed(BODY, {"const": 1}, absent=True)
    assert "'const': 1" in str(there.body)
    assert "'maxItems': 0" in str(absent.body)
    assert placed(HEADER, True)[0].headers == (("x-a", True),)
    assert placed(StatusCode("$statusCode"), True) == ()
    assert tokens_of(BODY) == ("a", 0)


@pytest.mark.parametrize(
    ("expression", "reads"), [(BODY, True), (StatusCode("$statusCode"), True), (Method("$method"), False)]
)
def test_what_reads_the_answer(expression: Exchange | StatusCode | Method, reads: bool) -> None:
    assert reads_answer(expression) is reads
