import pytest

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.simple.compile import compile_tree
from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.verdict import Check, Verdict
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Dialect, Exchange, Expression
from arazzo_runner.expressions.parse import UNKNOWN
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock.plans import (
    Plan,
    StatusTest,
    backward,
    is_possible,
    is_understood,
    joined,
    onward,
    plans_for,
    success,
    tied,
    turned,
)
from arazzo_runner.program.model import BoundAction

SCOPE = Scope(inputs={"n": 5, "flag": True})


def check(condition: str) -> Check:
    tree = parse_condition(condition, Dialect(v1_1=True), UNKNOWN).tree
    assert tree is not None, condition
    return compile_tree(condition, tree)


def plans(*conditions: str) -> tuple[Plan, ...]:
    return plans_for([check(condition) for condition in conditions], SCOPE)


class Opaque:
    """A criterion of another kind."""

    condition = "$.items[?@.id]"
    expressions: tuple[Expression, ...] = (Exchange("$response.body", "response", "body"),)

    def check(self, scope: Scope) -> Verdict:
        return Verdict(scope.response is not None)


@pytest.mark.parametrize(
    ("condition", "allowed"),
    [
        ("$statusCode == 201", [201]),
        ("$statusCode != 201", [200, 299, 404, 503]),
        ("$statusCode >= 200 && $statusCode < 300", [200, 201, 299]),
        ("$statusCode == 5XX", [503]),
        ("$statusCode != 2XX", [404, 503]),
        ("404 <= $statusCode", [404, 503]),
        ("!($statusCode == 404)", [200, 201, 299, 503]),
        ("$statusCode", [200, 201, 299, 404, 503]),
        ("$statusCode == 200 || $statusCode == 404", [200, 404]),
        ("!($statusCode < 300 || $statusCode == 404)", [503]),
    ],
)
def test_statuses_that_a_condition_allows(condition: str, allowed: list[int]) -> None:
    found = plans(condition)
    assert [status for status in (200, 201, 299, 404, 503) if any(plan.allows(status) for plan in found)] == allowed


@pytest.mark.parametrize(
    ("condition", "ways"),
    [
        ("true", 1),
        ("false", 0),
        ("$inputs.n == 5", 1),
        ("$inputs.n > 5", 0),
        ("!$inputs.flag", 0),
        ("$inputs.flag || $response.body#/x == 1", 2),
        ("$inputs.n == 6 || $response.body#/x == 1", 1),
        ("!$statusCode", 0),
        ("$response.body#/x == null", 2),
        ("$response.body#/x < null", 0),
    ],
)
def test_what_does_not_hang_on_the_answer_is_decided(condition: str, ways: int) -> None:
    assert len(plans(condition)) == ways


def test_conditions_are_joined() -> None:
    [plan] = plans("$statusCode == 200", "$response.body#/a == 1", "$response.header.X-A == 'b'")
    assert (len(plan.statuses), len(plan.body), [name for name, _ in plan.headers]) == (1, 1, ["x-a"])


def test_the_number_of_ways_is_bounded() -> None:
    either = " || ".join(f"$response.body#/p{number} == 1" for number in range(10))
    assert len(plans(*[either] * 10)) == 64


def test_two_places_of_the_answer_are_tied_both_ways() -> None:
    first, second = plans("$response.body#/a > $response.body#/b")
    assert [(tie.operator, tie.left.text) for plan in (first, second) for tie in plan.ties] == [
        (">", "$response.body#/a"),
        ("<", "$response.body#/b"),
    ]
    [found] = tied(first.ties[0], 7)
    [schema] = found.body
    assert "'exclusiveMaximum': 7" in str(schema)


def test_ways_onward_keep_actions_from_going_back() -> None:
    back = BoundAction("back", "goto", (check("$response.body#/a == 1"), check("$statusCode == 200")), "first")
    on = BoundAction("on", "goto", (check("$statusCode == 200"),), "later")
    always = BoundAction("always", "goto", (), "first")
    assert backward((back, on, always), {"first"}) == (back,)
    body, gone, status = onward((back, on, always), {"first"}, SCOPE)
    assert gone.body == ({"type": "object", "properties": {"a": False}},)
    assert len(body.body) == 1
    assert not status.allows(200)
    assert onward((on,), {"first"}, SCOPE) == (Plan(),)
    assert joined((status,), plans("$statusCode == 200"))[0].statuses == (*status.statuses, StatusTest("==", 200))


def test_one_criterion_can_be_turned_either_way() -> None:
    [passing] = turned(check("$statusCode == 200"), True, SCOPE)
    [failing] = turned(check("$statusCode == 200"), False, SCOPE)
    assert [plan.allows(200) for plan in (passing, failing)] == [True, False]
    assert turned(check("$inputs.n == 6"), True, SCOPE) == ()


@pytest.mark.parametrize(
    ("conditions", "possible"),
    [
        (["$statusCode == 200", "$response.body#/a == 1"], True),
        (["$statusCode == 200", "$statusCode == 201"], False),
        (["$response.body#/a == 1", "$response.body#/a == 2"], False),
        (["$response.body#/a > 1 || $statusCode == 200", "$response.body#/a < 1"], True),
        (["$response.header.A == 'x'", "$response.header.A == 'y'"], False),
        (["$inputs.n == 6"], False),
    ],
)
def test_criteria_that_exclude_each_other_are_seen(conditions: list[str], possible: bool) -> None:
    assert is_possible(tuple(map(check, conditions)), SCOPE) is possible


def test_a_step_without_criteria_succeeds_below_400() -> None:
    [plan] = success((), SCOPE)
    assert plan.allows(399)
    assert not plan.allows(400)


def test_other_kinds_of_criteria_are_left_to_the_judge() -> None:
    assert plans_for([Opaque()], SCOPE) == (Plan(),)
    assert not is_understood(Opaque())
    assert is_understood(check("$statusCode == 200"))


def test_a_condition_that_is_data_is_compared_with_its_context() -> None:
    criterion = Criterion('{"a": 1}', (), "$response.body")
    found = compile_criterion(criterion, Dialect(v1_1=True)).check
    assert found is not None
    [plan] = plans_for([found], SCOPE)
    assert plan.body == ({"anyOf": [{"const": {"a": 1}}]},)
