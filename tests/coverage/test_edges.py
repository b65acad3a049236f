import pytest

from arazzo_runner.coverage.edges import edges_of
from tests.engine.programs import as_yaml, program_of
from tests.mock.scenarios.shop import shop


def test_every_way_out_of_every_step_is_an_edge() -> None:
    assert [(edge.wish, edge.outcome, edge.target) for edge in edges_of(shop()) if edge.step.step_id != "order"] == [
        ("wait.poll", "success", "on to step wait"),
        ("wait.never", "success", "the workflow ends"),
        ("wait=success", "success", "on to step tell"),
        ("wait=failure", "failure", "the workflow fails"),
        ("tell=success", "success", "the workflow ends"),
        ("tell.once-more", "failure", "again"),
        ("tell.shrug", "failure", "the workflow fails"),
        ("tell.too-late", "failure", "the workflow fails"),
        ("mail=success", "success", "on to step second"),
        ("mail.fallback", "failure", "on to step second"),
        ("mail=failure", "failure", "the workflow fails"),
        ("second=success", "success", "the workflow ends"),
        ("second=failure", "failure", "the workflow fails"),
    ]


def test_an_edge_has_the_place_of_its_action_or_of_its_step() -> None:
    places = {edge.wish: edge.place for edge in edges_of(shop())}
    assert places["order.skip"] == "arazzo.yaml:15:7"
    assert places["order=failure"] == "arazzo.yaml:10:13"


@pytest.mark.parametrize(
    ("action", "target"),
    [
        ({"type": "goto", "workflowId": "v"}, "on to workflow v"),
        ({"type": "retry", "stepId": "a", "retryLimit": 1}, "step a first, then again"),
        ({"type": "retry", "workflowId": "v", "retryLimit": 1}, "workflow v first, then again"),
    ],
)
def test_an_edge_says_where_it_leads(action: dict[str, object], target: str) -> None:
    steps = [{"stepId": "a", "operationId": "x", "onFailure": [{"name": "n", **action}]}]
    called = {"workflowId": "v", "steps": [{"stepId": "b", "operationId": "x"}]}
    program = program_of(as_yaml([{"workflowId": "w", "steps": steps}, called]))
    assert {edge.target for edge in edges_of(program) if edge.name == "n"} == {target}
