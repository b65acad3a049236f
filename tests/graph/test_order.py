import pytest

from arazzo_runner.graph.order import ordered, steps_in_order
from arazzo_runner.values import JSON
from tests.graph.flows import document, flow


@pytest.mark.parametrize(
    ("steps", "order"),
    [
        pytest.param(["a", "b"], "ab", id="as written"),
        pytest.param([{"stepId": "a", "dependsOn": ["b"]}, "b"], "ba", id="after what is named"),
        pytest.param(
            [{"stepId": "a", "parameters": [{"name": "n", "in": "query", "value": "$steps.b.outputs.x"}]}, "b"],
            "ab",
            id="reading alone orders nothing",
        ),
        pytest.param(
            [
                {"stepId": "a", "requestBody": {"payload": {"x": ["{$steps.c.outputs.x}"]}}},
                {"stepId": "b", "dependsOn": ["a"]},
                "c",
            ],
            "cab",
            id="after what is read, where one has dependsOn",
        ),
        pytest.param(
            [
                {"stepId": "a", "dependsOn": ["b"], "onSuccess": [{"name": "g", "type": "goto", "stepId": "a"}]},
                "b",
            ],
            "ab",
            id="goto keeps the order",
        ),
        pytest.param([{"stepId": "a", "dependsOn": ["b"]}, {"stepId": "b", "dependsOn": ["a"]}], "ab", id="a circle"),
        pytest.param([{"stepId": "a", "dependsOn": ["b"]}, "a", "b"], "aab", id="two of one id"),
    ],
)
def test_the_order_of_steps(steps: list[JSON], order: str) -> None:
    description = document(flow(*steps))
    assert "".join(step.step_id for step in steps_in_order(description, description.workflows[0])) == order


def test_what_no_step_is_orders_nothing() -> None:
    assert ordered("ab", {"a": ["z", "b"]}) == ("b", "a")
    assert ordered("ab", {"a": ["b"], "b": ["a"]}) is None
