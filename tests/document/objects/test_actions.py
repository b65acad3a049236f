from collections.abc import Callable
from typing import Any

import pytest

from arazzo_runner.document import Action, Description, Parameter

Described = Callable[..., Description]
Faults = Callable[..., list[str]]

STEP = "workflows/0/steps/0"
END = {"name": "a", "type": "end"}
GOTO = {"name": "a", "type": "goto"}
RETRY = {"name": "a", "type": "retry"}


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (END, []),
        (RETRY, []),
        ({**RETRY, "retryAfter": 0.5, "retryLimit": 0}, []),
        ({**RETRY, "retryLimit": 3.0}, []),
        ({**RETRY, "stepId": "second"}, []),
        ({**RETRY, "workflowId": "other"}, []),
        ({**GOTO, "stepId": "second"}, []),
        (5, ["error structure-wrong-type /"]),
        ({"type": "end"}, ["strict structure-missing-field /"]),
        ({"name": "a"}, ["error structure-missing-field /"]),
        ({**END, "type": "abort"}, ["error structure-unknown-value /type"]),
        ({**END, "type": "End"}, ["error structure-unknown-value /type"]),
        (GOTO, ["error structure-missing-field /"]),
        ({**GOTO, "stepId": "second", "workflowId": "other"}, ["error structure-exclusive-fields /stepId"]),
        ({**RETRY, "stepId": "second", "workflowId": "other"}, ["error structure-exclusive-fields /stepId"]),
        ({**END, "stepId": "second", "workflowId": "other"}, ["error structure-exclusive-fields /stepId"]),
        ({**END, "stepId": "second"}, ["warning structure-ignored-field /stepId"]),
        ({**END, "stepId": "", "workflowId": ""}, [
            "strict structure-empty-field /stepId", "strict structure-empty-field /workflowId"
        ]),
        ({**END, "retryLimit": 2}, ["warning structure-ignored-field /retryLimit"]),
        ({**RETRY, "retryLimit": -1}, ["error structure-out-of-range /retryLimit"]),
        ({**RETRY, "retryLimit": 1.5}, ["error structure-wrong-type /retryLimit"]),
        ({**RETRY, "retryLimit": "3"}, ["error structure-wrong-type /retryLimit"]),
        ({**RETRY, "retryAfter": -1}, ["error structure-out-of-range /retryAfter"]),
        ({**RETRY, "retryAfter": True}, ["error structure-wrong-type /retryAfter"]),
        ({**END, "criteria": []}, ["warning structure-empty-list /criteria"]),
        ({**END, "criteria": {}}, ["error structure-wrong-type /criteria"]),
        ({**RETRY, "workflowId": "other", "parameters": []}, ["strict document-newer-feature /parameters"]),
        ({**END, "foo": 1}, ["strict structure-unknown-field /foo"]),
        ({**END, "x-foo": 1}, []),
    ],
)  # fmt: skip
def test_faults_of_a_failure_action(faults: Faults, action: Any, found: list[str]) -> None:
    at = f"/{STEP}/onFailure/0"
    assert faults({f"{STEP}/onFailure": [action]}) == [fault.replace(" /", f" {at}/").rstrip("/") for fault in found]


@pytest.mark.parametrize("place", [f"{STEP}/onSuccess", "workflows/0/successActions"])
def test_a_success_action_cannot_retry(described: Described, place: str) -> None:
    (found,) = described({place: [RETRY]}).diagnostics
    assert found.code == "structure-unknown-value"
    assert "onFailure" in found.help


def test_retry_fields_are_unknown_to_a_success_action(faults: Faults) -> None:
    found = faults({f"{STEP}/onSuccess": [{**END, "retryLimit": 1}]})
    assert found == [f"strict structure-unknown-field /{STEP}/onSuccess/0/retryLimit"]


P = {"name": "p", "value": 1}


@pytest.mark.parametrize(
    ("action", "found"),
    [
        ({**GOTO, "workflowId": "other", "parameters": [P]}, []),
        ({**GOTO, "workflowId": "other", "parameters": [{**P, "in": "query"}]}, [
            "strict structure-ignored-field /parameters/0/in"
        ]),
        ({**GOTO, "stepId": "second", "parameters": [P]}, ["strict structure-ignored-field /parameters"]),
        ({**GOTO, "workflowId": "other", "parameters": [{"reference": "$components.successActions.stop"}]}, [
            "error structure-reference-form /parameters/0/reference"
        ]),
    ],
)  # fmt: skip
def test_parameters_of_an_action(faults: Faults, action: Any, found: list[str]) -> None:
    at = f"/{STEP}/onSuccess/0"
    expected = [fault.replace(" /", f" {at}/") for fault in found]
    assert faults({f"{STEP}/onSuccess": [action]}, "1.1.0") == expected


def test_the_model_of_an_action(described: Described) -> None:
    changes = {
        f"{STEP}/onFailure": [{**RETRY, "retryAfter": 1, "retryLimit": 3.0, "workflowId": "other", "parameters": [P]}]
    }
    (new,) = described(changes, "1.1.0").workflows[0].steps[0].on_failure
    (old,) = described(changes).workflows[0].steps[0].on_failure
    assert isinstance(new, Action)
    assert isinstance(old, Action)
    assert (new.type, new.retry_after, new.retry_limit, new.workflow_id) == ("retry", 1, 3, "other")
    assert [one.name for one in new.parameters if isinstance(one, Parameter)] == ["p"]
    assert old.parameters == ()
