import pytest
from jsonschema import Draft202012Validator

from arazzo_runner.criteria.simple.compile import compile_tree
from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.expressions.grammar import Dialect
from arazzo_runner.expressions.parse import UNKNOWN
from arazzo_runner.mock.demands.conditions import Asked, asked_by
from arazzo_runner.values import JSON


def asked(condition: str, wanted: bool = True) -> tuple[Asked, ...]:
    tree = parse_condition(condition, Dialect(v1_1=True), UNKNOWN).tree
    assert tree is not None
    return asked_by(compile_tree(condition, tree), wanted=wanted)


@pytest.mark.parametrize(
    ("condition", "wanted", "names"),
    [
        ("$inputs.a == 1", True, ["a"]),
        ("$inputs.a == 1 && $inputs.b == 2", True, ["a", "b"]),
        ("$inputs.a == 1 || $inputs.b == 2", True, ["a"]),
        ("$inputs.a == 1 || $inputs.b == 2", False, ["a", "b"]),
        ("$inputs.a == 1 || $statusCode == 200", True, []),
        ("!($inputs.a == 1 || $inputs.b == 2)", True, ["a", "b"]),
        ("$response.body#/a == 1", True, []),
        ("$inputs.a", True, ["a"]),
        ("true", True, []),
    ],
)
def test_whose_values_matter(condition: str, wanted: bool, names: list[str]) -> None:
    assert [one.expression.text.removeprefix("$inputs.") for one in asked(condition, wanted)] == names


@pytest.mark.parametrize(
    ("condition", "wanted", "value", "fits"),
    [
        ("$inputs.a == 'x'", True, "X", True),
        ("$inputs.a == 'x'", True, "y", False),
        ("$inputs.a == 'x'", False, "y", True),
        ("3 < $inputs.a", True, 4, True),
        ("3 < $inputs.a", True, 3, False),
        ("$inputs.a >= 3", False, 2, True),
        ("$inputs.a", False, "", True),
    ],
)
def test_what_is_wanted(condition: str, wanted: bool, value: JSON, fits: bool) -> None:
    (one,) = asked(condition, wanted)
    assert Draft202012Validator(one.must).is_valid(value) is fits


def test_two_values_of_before_are_tied_and_the_answer_is_named() -> None:
    one, other = asked("$inputs.a == $inputs.b")
    assert one.tie is not None
    assert one.tie.other == other.expression
    (compared,) = asked("$response.body#/k == $inputs.a")
    assert compared.answer is not None
