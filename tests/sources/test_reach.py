import pytest

from arazzo_runner.document import Description
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.values import JSON
from tests.sources.inline import INFO, description_of

SOURCES: JSON = [
    {"name": "a", "url": "a.json", "type": "openapi"},
    {"name": "b", "url": "b.json"},
    {"name": "b.c", "url": "c.json", "type": "openapi"},
    {"name": "flows", "url": "flows.json", "type": "arazzo"},
]


def describe(**workflows: JSON) -> Description:
    flows: JSON = [{"workflowId": name, "steps": steps} for name, steps in workflows.items()]
    action: JSON = {"name": "x", "type": "goto", "workflowId": "$sourceDescriptions.flows.rescue"}
    return description_of(
        {
            "arazzo": "1.0.1",
            "info": INFO,
            "sourceDescriptions": SOURCES,
            "workflows": flows,
            "components": {"failureActions": {"rescue": action}},
        }
    )


@pytest.mark.parametrize(
    ("step", "needed"),
    [
        ({"operationId": "$sourceDescriptions.a.x"}, {"a"}),
        ({"operationId": "$sourceDescriptions.b.c.x"}, {"b.c"}),
        ({"operationPath": "{$sourceDescriptions.b.url}#/paths/~1x/get"}, {"b"}),
        ({"operationPath": "a#/paths/~1x/get"}, {"a"}),
        ({"operationId": "x"}, {"a", "b", "b.c"}),
        ({"operationId": "a.x"}, {"a", "b", "b.c"}),
        ({"operationPath": "GET /x"}, {"a", "b", "b.c"}),
        ({"workflowId": "$sourceDescriptions.flows.other"}, {"flows"}),
        ({"workflowId": "flow", "onFailure": [{"reference": "$components.failureActions.rescue"}]}, {"flows"}),
        ({"workflowId": "second"}, {"a"}),
        ({"workflowId": "flow", "dependsOn": ["$sourceDescriptions.flows.x"]}, {"flows"}),
        ({"workflowId": "nowhere", "parameters": [{"name": "x", "value": "$sourceDescriptions.nobody.x"}]}, set()),
    ],
)
def test_a_workflow_reaches_what_it_mentions(step: JSON, needed: set[str]) -> None:
    second: JSON = [{"stepId": "two", "operationId": "$sourceDescriptions.a.x"}]
    one: JSON = [{"stepId": "one", **step}] if isinstance(step, dict) else []
    assert sources_in_reach(describe(flow=one, second=second), ["flow"]) == needed


def test_without_a_choice_every_workflow_counts() -> None:
    description = describe(
        one=[{"stepId": "s", "operationId": "$sourceDescriptions.a.x"}],
        two=[{"stepId": "s", "operationId": "$sourceDescriptions.b.x"}],
    )
    assert sources_in_reach(description) == {"a", "b"}
    assert sources_in_reach(description, ["nobody"]) == frozenset()
