from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.action_parameter_place import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

HEAD = """
workflows:
- workflowId: w
  steps: [{stepId: s, operationId: x, onSuccess: [ACTION]}]
- workflowId: v
  inputs: {type: object, properties: {q: {}}}
  steps: [{stepId: t, operationId: x}]
components:
  parameters: {placed: {name: q, in: query, value: 1}, bare: {name: q, value: 1}}
"""
SHARED = "  successActions: {shared: {name: a, type: goto, workflowId: v, parameters: [{reference: REFERENCE}]}}\n"


def case(reference: str, code: str = "", severity: Severity = Severity.ERROR, strict: bool = True) -> Case:
    action = f"{{name: a, type: goto, workflowId: v, parameters: [{{reference: {reference}}}]}}"
    text = HEAD.replace("ACTION", action)
    return Case(text, code, severity, "write `- {name: q, value: ...}`" if code else "", "1.1.0", strict)


PLACED = "«$components.parameters.placed»"
FIRES = {
    "ACT-17": case(PLACED, "action-parameter-place"),
    "practical": case(PLACED, "action-parameter-place", Severity.WARNING, strict=False),
    "in a component": Case(
        HEAD.replace("ACTION", "{reference: $components.successActions.shared}") + SHARED.replace("REFERENCE", PLACED),
        "action-parameter-place",
        version="1.1.0",
        strict=True,
    ),
}
SILENT = {
    "without a place": case("$components.parameters.bare"),
    "unknown": case("$components.parameters.gone"),
    "of a step": Case(
        HEAD.replace("ACTION", "").replace("x, onS", "x, parameters: [{reference: $components.parameters.placed}], onS")
    ),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
