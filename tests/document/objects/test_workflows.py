from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"workflows/1": 5}, ["error structure-wrong-type /workflows/1"]),
        ({"workflows/1/workflowId": ...}, ["error structure-missing-field /workflows/1"]),
        ({"workflows/1/workflowId": 404}, ["error structure-wrong-type /workflows/1/workflowId"]),
        ({"workflows/1/workflowId": "my flow"}, ["warning structure-name-pattern /workflows/1/workflowId"]),
        ({"workflows/1/workflowId": "main"}, ["error structure-duplicate-name /workflows/1/workflowId"]),
        ({"workflows/1/workflowId": "Main"}, []),
        ({"workflows/1/summary": 5}, ["strict structure-wrong-type /workflows/1/summary"]),
        ({"workflows/1/steps": ...}, ["error structure-missing-field /workflows/1"]),
        ({"workflows/1/steps": None}, ["error structure-missing-field /workflows/1/steps"]),
        ({"workflows/1/steps": []}, ["error structure-empty-list /workflows/1/steps"]),
        ({"workflows/1/steps": {}}, ["error structure-wrong-type /workflows/1/steps"]),
        ({"workflows/1/dependsOn": ["main"]}, []),
        ({"workflows/1/dependsOn": "main"}, ["error structure-wrong-type /workflows/1/dependsOn"]),
        ({"workflows/1/dependsOn": ["a", "a"]}, ["strict structure-duplicate-entry /workflows/1/dependsOn/1"]),
        ({"workflows/1/inputs": True}, []),
        ({"workflows/1/inputs": []}, ["error structure-wrong-type /workflows/1/inputs"]),
        ({"workflows/1/inputs": None}, ["strict structure-empty-field /workflows/1/inputs"]),
        ({"workflows/1/outputs": {"a b": "$url"}}, ["strict structure-name-pattern /workflows/1/outputs/a b"]),
        ({"workflows/1/outputs": []}, ["error structure-wrong-type /workflows/1/outputs"]),
        ({"workflows/1/foo": 1}, ["strict structure-unknown-field /workflows/1/foo"]),
    ],
)
def test_faults_of_a_workflow(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


def test_a_duplicate_shows_where_the_first_is(described: Described) -> None:
    (found,) = described({"workflows/1/workflowId": "main"}).diagnostics
    assert [one.span.text for one in found.related] == [found.span.text if found.span else ""]
    assert found.related[0].span < found.span if found.span else False


def test_a_workflow_without_an_id_does_not_double_another(faults: Faults) -> None:
    changes = {"workflows/0/workflowId": ..., "workflows/1/workflowId": ...}
    assert faults(changes) == [
        "error structure-missing-field /workflows/0",
        "error structure-missing-field /workflows/1",
    ]


def test_dependencies_are_kept_once(described: Described) -> None:
    assert described({"workflows/1/dependsOn": ["main", "main", 5]}).workflows[1].depends_on == ("main",)
