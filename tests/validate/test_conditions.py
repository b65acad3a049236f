from __future__ import annotations

import pytest

from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Dialect
from arazzo_runner.validate.conditions import alternatives, never_holds, tree_of

NEVER = [
    "$statusCode == 200 && $statusCode == 404",
    "$statusCode == 200 && $statusCode != 200",
    "$statusCode == 200 && $statusCode > 300",
    "$statusCode == 200 && $statusCode >= 300",
    "$statusCode == 200 && $statusCode < 200",
    "$statusCode == 200 && $statusCode <= 199",
    "$statusCode < 200 && $statusCode > 300",
    "$statusCode < 200 && $statusCode >= 200",
    "200 == $statusCode && 300 < $statusCode",
    "$inputs.a == 'x' && $inputs.a == 'y'",
    "$inputs.a == true && $inputs.a == false",
    "$inputs.a == null && $inputs.a == 1",
    "$statusCode == 4XX && $statusCode == 200",
    "!($statusCode != 200) && $statusCode == 404",
    "($statusCode == 200 || $statusCode == 201) && $statusCode == 404",
    "!($statusCode == 200 || $statusCode > 1) && $statusCode == 200",
    "$statusCode != 4XX && $statusCode == 404",
]
MAY = [
    "$statusCode == 200",
    "$statusCode == 200 && $statusCode == '200'",
    "$inputs.a == 'x' && $inputs.a == 'X'",
    "$inputs.a == 'true' && $inputs.a == true",
    "$inputs.a == 1 && $inputs.b == 2",
    "$statusCode >= 200 && $statusCode <= 200",
    "$statusCode > 200 && $statusCode < 201",
    "$statusCode != 200 && $statusCode != 201",
    "$inputs.a == 'x' && $inputs.a < 'y'",
    "$statusCode == 200 || $statusCode == 404",
    "$inputs.a == $inputs.b && $inputs.a == 1",
    "$inputs.a && $inputs.a == 1",
    "$statusCode == 4XX && $statusCode == 404",
    "$statusCode > 200 && $statusCode > 300",
]


def never(condition: str, negated: bool = False) -> bool:
    tree = tree_of(Criterion(condition, ()), Dialect(v1_1=True))
    assert tree is not None
    return never_holds(alternatives(tree, negated=negated))


@pytest.mark.parametrize("condition", NEVER)
def test_what_can_not_hold(condition: str) -> None:
    assert never(condition)
    assert not never(condition, negated=True)


@pytest.mark.parametrize("condition", MAY)
def test_what_can(condition: str) -> None:
    assert not never(condition)


@pytest.mark.parametrize(
    "condition", ["$statusCode != 200 || $statusCode != 404", "$statusCode >= 200 || $statusCode < 300"]
)
def test_what_always_holds(condition: str) -> None:
    assert never(condition, negated=True)


def test_too_many_alternatives_can_be_anything() -> None:
    part = "($inputs.a == 1 || $inputs.a == 2)"
    assert not never(" && ".join([part] * 20 + ["$inputs.b == 1", "$inputs.b == 2"]))


def test_other_types_have_no_tree() -> None:
    assert tree_of(Criterion("a", (), type=ExpressionType("regex")), Dialect()) is None
    assert tree_of(Criterion("a ==", ()), Dialect()) is None
