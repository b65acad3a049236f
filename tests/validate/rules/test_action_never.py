from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.action_never import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def case(success: str, kind: str, condition: str, code: str = "", target: str = "operationId: x") -> Case:
    listed = f"successCriteria: [{{condition: {success}}}], " if success else ""
    action = f"{{name: a, type: end, criteria: [{{condition: {condition}}}]}}"
    text = f"""
workflows:
- workflowId: w
  steps: [{{stepId: s, {target}, {listed}{kind}: [{action}]}}]
- workflowId: v
  steps: [{{stepId: t, operationId: x}}]
"""
    help = ("move it to onFailure" if kind == "onSuccess" else "move it to onSuccess") if code else ""
    return Case(text, code, Severity.WARNING, help)


def doubt(success: str, kind: str, condition: str) -> Case:
    return case(success, kind, f"«{condition}»", "action-never")


SHARED = """
workflows:
- workflowId: w
  successActions: [{name: b, type: end, criteria: [{condition: $statusCode == 404}]}]
  steps: [{stepId: s, operationId: x, onSuccess: [{reference: $components.successActions.a}]}]
components: {successActions: {a: {name: a, type: end, criteria: [{condition: $statusCode == 404}]}}}
"""
FIRES = {
    "another status": doubt("$statusCode == 200", "onSuccess", "$statusCode == 404"),
    "an error without criteria": doubt("", "onSuccess", "$statusCode == 404"),
    "a class of errors": doubt("", "onSuccess", "$statusCode >= 500"),
    "the demanded status after a failure": doubt("$statusCode == 200", "onFailure", "$statusCode == 200"),
    "a status of success after a failure": doubt("", "onFailure", "$statusCode == 200"),
}
SILENT = {
    "one of those allowed": case("$statusCode < 300", "onSuccess", "$statusCode == 201"),
    "a failure": case("$statusCode == 200", "onFailure", "$statusCode == 404"),
    "a failure without criteria": case("", "onFailure", "$statusCode == 404"),
    "a success without criteria": case("", "onSuccess", "$statusCode == 302"),
    "something else": case("$statusCode == 200", "onSuccess", "$response.body#/a == 1"),
    "may fail for another reason": case(
        "$statusCode == 200 && $response.body#/ok == true", "onFailure", "$statusCode == 200"
    ),
    "a called workflow": case("", "onFailure", "$statusCode == 200", target="workflowId: v"),
    "contradicts itself alone": case("", "onSuccess", "$statusCode == 201 && $statusCode == 202"),
    "a step that can't succeed": case("$statusCode == 1 && $statusCode == 2", "onSuccess", "$statusCode == 404"),
    "shared actions": Case(SHARED),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
