import pytest

from arazzo_runner.document.model import Action, Criterion, ExpressionType
from arazzo_runner.graph.actions import MAX_LABEL, actions_of, is_certain, label_of, shortened
from arazzo_runner.values import JSON
from tests.graph.flows import document, flow

JSONPATH = Criterion("$.a", (), "$response.body", ExpressionType("jsonpath"))
SIMPLE = Criterion("$statusCode == 200", ())


@pytest.mark.parametrize(
    ("action", "label"),
    [
        (Action("n", "end", ()), ""),
        (Action("n", "end", (), criteria=(SIMPLE, JSONPATH)), "$statusCode == 200 and $response.body jsonpath $.a"),
        (Action("n", "goto", (), criteria=(Criterion("a\n  b", ()),)), "a b"),
        (Action("n", "retry", (), retry_limit=0), "retry up to 0 times"),
        (
            Action("n", "retry", (), retry_after=0.5, criteria=(SIMPLE,)),
            "retry up to 1 time after 0.5 s if $statusCode == 200",
        ),
    ],
)
def test_what_stands_beside_an_action(action: Action, label: str) -> None:
    assert label_of(action) == label


@pytest.mark.parametrize(
    ("action", "certain"),
    [
        (Action("n", "end", ()), True),
        (Action("n", "goto", (), criteria=(SIMPLE,)), False),
        (Action("n", "retry", ()), False),
    ],
)
def test_an_action_that_always_fires(action: Action, certain: bool) -> None:
    assert is_certain(action) is certain


def test_a_long_text_is_cut() -> None:
    assert shortened("a" * MAX_LABEL) == "a" * MAX_LABEL
    assert shortened("a" * (MAX_LABEL + 1)) == "a" * (MAX_LABEL - 1) + "…"
    assert len(shortened("word " * 10_000)) <= MAX_LABEL


def test_own_actions_come_first() -> None:
    inherited: JSON = [{"name": "a", "type": "end"}, {"name": "b", "type": "end"}]
    own: JSON = [{"name": "c", "type": "end"}, {"name": "a", "type": "retry"}]
    description = document(flow({"stepId": "s", "onFailure": own}, failureActions=inherited))
    [workflow] = description.workflows
    actions = actions_of(description, workflow, workflow.steps[0], passed=False)
    assert [(one.name, one.type) for one in actions] == [("c", "end"), ("a", "retry"), ("b", "end")]
    assert actions_of(description, workflow, workflow.steps[0], passed=True) == ()
