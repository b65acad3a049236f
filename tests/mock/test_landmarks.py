import pytest

from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.mock.landmarks import is_held, landmarks
from arazzo_runner.mock.plans import Tie
from arazzo_runner.values import JSON


def tie(operator: str) -> Tie:
    a, b = (Exchange(f"$response.body#/{name}", "response", "body", "", (name,)) for name in "ab")
    return Tie(operator, a, b)


def test_the_values_of_the_tied_members_come_first_and_are_few() -> None:
    properties: JSON = {"c": {"enum": list(range(100, 200))}, "b": {"maximum": 5}, "a": {"const": "x"}}
    found = landmarks({"properties": properties, "minimum": True}, tie(">"))
    assert set(found[:2]) == {5, "x"}
    assert len(found) == 12


def test_endless_schemas_are_left() -> None:
    deep: JSON = {}
    for _ in range(5_000):
        deep = {"items": deep}
    assert landmarks(deep, tie(">")) == ()
    assert landmarks(True, tie(">")) == ()


@pytest.mark.parametrize(
    ("operator", "left", "right", "held"),
    [("==", 1, 1, True), ("!=", 1, 1, False), (">", 2, 1, True), ("<", 2, 1, False), ("contains", 2, 1, True)],
)
def test_whether_a_tie_holds(operator: str, left: JSON, right: JSON, held: bool) -> None:
    assert is_held(tie(operator), left, right) is held  # type: ignore[arg-type]  # JSON is a Value
