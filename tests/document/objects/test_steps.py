from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Description

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

STEP = "workflows/0/steps/0"


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({STEP: 5}, ["error structure-wrong-type /workflows/0/steps/0"]),
        ({f"{STEP}/stepId": ...}, ["error structure-missing-field /workflows/0/steps/0"]),
        ({f"{STEP}/stepId": ""}, ["error structure-missing-field /workflows/0/steps/0/stepId"]),
        ({f"{STEP}/stepId": 5}, ["error structure-wrong-type /workflows/0/steps/0/stepId"]),
        ({f"{STEP}/stepId": "my.step"}, ["warning structure-name-pattern /workflows/0/steps/0/stepId"]),
        ({f"{STEP}/stepId": "second"}, ["error structure-duplicate-name /workflows/0/steps/1/stepId"]),
        ({f"{STEP}/stepId": "only"}, []),
        ({f"{STEP}/stepId": "Second"}, []),
        ({f"{STEP}/description": 5}, ["strict structure-wrong-type /workflows/0/steps/0/description"]),
        ({f"{STEP}/operationId": ...}, ["error structure-missing-field /workflows/0/steps/0"]),
        ({f"{STEP}/operationId": ""}, [
            "error structure-missing-field /workflows/0/steps/0",
            "strict structure-empty-field /workflows/0/steps/0/operationId",
        ]),
        ({f"{STEP}/operationId": 5}, ["error structure-wrong-type /workflows/0/steps/0/operationId"]),
        ({f"{STEP}/operationPath": "x"}, ["error structure-exclusive-fields /workflows/0/steps/0/operationPath"]),
        ({"workflows/0/steps/1/requestBody": {}}, ["warning structure-ignored-field /workflows/0/steps/1/requestBody"]),
        ({f"{STEP}/successCriteria": []}, ["warning structure-empty-list /workflows/0/steps/0/successCriteria"]),
        ({f"{STEP}/successCriteria": {}}, ["error structure-wrong-type /workflows/0/steps/0/successCriteria"]),
        ({f"{STEP}/foo": 1}, ["strict structure-unknown-field /workflows/0/steps/0/foo"]),
        ({f"{STEP}/StepId": "x"}, ["strict structure-unknown-field /workflows/0/steps/0/StepId"]),
        ({f"{STEP}/x-foo": 1}, []),
        ({f"{STEP}/timeout": 5}, ["strict document-newer-feature /workflows/0/steps/0/timeout"]),
        ({f"{STEP}/dependsOn": ["a"]}, ["strict document-newer-feature /workflows/0/steps/0/dependsOn"]),
        ({f"{STEP}/action": "x"}, ["strict document-newer-feature /workflows/0/steps/0/action"]),
        ({f"{STEP}/correlationId": "x"}, ["strict document-newer-feature /workflows/0/steps/0/correlationId"]),
        ({f"{STEP}/onSuccess": None}, ["strict structure-empty-field /workflows/0/steps/0/onSuccess"]),
        ({f"{STEP}/onFailure": []}, []),
    ],
)  # fmt: skip
def test_faults_of_a_step(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes) == found


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({f"{STEP}/timeout": 1}, []),
        ({f"{STEP}/timeout": 5.0}, []),
        ({f"{STEP}/timeout": 0}, ["error structure-out-of-range /workflows/0/steps/0/timeout"]),
        ({f"{STEP}/timeout": -1}, ["error structure-out-of-range /workflows/0/steps/0/timeout"]),
        ({f"{STEP}/timeout": 1.5}, ["error structure-wrong-type /workflows/0/steps/0/timeout"]),
        ({f"{STEP}/timeout": "5s"}, ["error structure-wrong-type /workflows/0/steps/0/timeout"]),
        ({f"{STEP}/timeout": True}, ["error structure-wrong-type /workflows/0/steps/0/timeout"]),
        ({f"{STEP}/dependsOn": ["second"]}, []),
        ({f"{STEP}/dependsOn": []}, ["strict structure-empty-list /workflows/0/steps/0/dependsOn"]),
        ({f"{STEP}/dependsOn": "second"}, ["error structure-wrong-type /workflows/0/steps/0/dependsOn"]),
        ({f"{STEP}/dependsOn": ["a", "a"]}, ["strict structure-duplicate-entry /workflows/0/steps/0/dependsOn/1"]),
        ({f"{STEP}/dependsOn": ["a", 5]}, ["error structure-wrong-type /workflows/0/steps/0/dependsOn/1"]),
        ({f"{STEP}/successCriteria": []}, ["strict structure-empty-list /workflows/0/steps/0/successCriteria"]),
        ({f"{STEP}/action": "send"}, []),
        ({f"{STEP}/action": "publish"}, ["error structure-unknown-value /workflows/0/steps/0/action"]),
        ({f"{STEP}/action": "receive", f"{STEP}/correlationId": "a"}, []),
        ({f"{STEP}/action": "receive", f"{STEP}/correlationId": 5}, [
            "strict structure-wrong-type /workflows/0/steps/0/correlationId"
        ]),
        ({f"{STEP}/action": "receive", f"{STEP}/correlationId": {}}, [
            "error structure-wrong-type /workflows/0/steps/0/correlationId"
        ]),
        ({f"{STEP}/action": "send", f"{STEP}/correlationId": "a"}, [
            "strict structure-ignored-field /workflows/0/steps/0/correlationId"
        ]),
        ({"workflows/0/steps/1/action": "send"}, ["strict structure-ignored-field /workflows/0/steps/1/action"]),
        ({f"{STEP}/operationId": ..., f"{STEP}/channelPath": "x", f"{STEP}/action": "send"}, []),
        ({f"{STEP}/operationId": ..., f"{STEP}/channelPath": "x"}, [
            "error structure-missing-field /workflows/0/steps/0"
        ]),
        ({f"{STEP}/channelPath": "x", f"{STEP}/action": "send"}, [
            "error structure-exclusive-fields /workflows/0/steps/0/channelPath"
        ]),
    ],
)  # fmt: skip
def test_faults_of_what_1_1_added(faults: Faults, changes: dict[str, Any], found: list[str]) -> None:
    assert faults(changes, "1.1.0") == found


def test_a_second_target_is_named_together_with_the_first(described: Described) -> None:
    found = described({f"{STEP}/operationPath": "p", f"{STEP}/workflowId": "other"}).diagnostics
    exclusive = [one.message for one in found if one.code == "structure-exclusive-fields"]
    assert exclusive == [
        "step 'first': 'operationId' and 'operationPath' exclude each other",
        "step 'first': 'operationId' and 'workflowId' exclude each other",
    ]


def test_in_a_1_0_document_newer_members_are_absent_from_the_model(described: Described) -> None:
    newer = {"timeout": 5, "dependsOn": ["second"], "action": "send", "correlationId": "a", "channelPath": "x"}
    changes = {f"{STEP}/{name}": value for name, value in newer.items()}
    step = described(changes).workflows[0].steps[0]
    assert (step.timeout, step.depends_on, step.action, step.correlation_id, step.channel_path) == (
        (None, (), None, None, None)
    )
    step = described(changes, "1.1.0").workflows[0].steps[0]
    assert (step.timeout, step.depends_on, step.action, step.correlation_id, step.channel_path) == (
        (5, ("second",), "send", "a", "x")
    )


def test_a_step_that_needs_1_1_is_told_so(described: Described) -> None:
    found = described({f"{STEP}/operationId": ..., f"{STEP}/channelPath": "x"}).diagnostics
    assert "set 'arazzo: 1.1.0' to use 'channelPath'" in [one.help for one in found]


def test_a_number_as_correlation_id_is_its_text(described: Described) -> None:
    found = described({f"{STEP}/action": "receive", f"{STEP}/correlationId": 5}, "1.1.0")
    assert found.workflows[0].steps[0].correlation_id == "5"
