from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.dependency_needless import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

FLOW = """
workflows:
- workflowId: w
  steps:
  - {stepId: call, workflowId: v}
  - {stepId: a, operationId: x}
  - {stepId: b, operationId: x, DEPENDS}
  - {stepId: c, MORE}
- {workflowId: v, steps: [{stepId: s, operationId: x}]}
"""
PLAIN = "operationId: x, dependsOn: [b]"


def case(depends: str, more: str = PLAIN) -> Case:
    text = FLOW.replace("DEPENDS", depends).replace("MORE", more)
    return Case(text, "dependency-needless", Severity.NOTE, "leave it out", version="1.1.0")


FIRES = {
    "DEP-34, at each of them": case("dependsOn: «[a]»", "operationId: x, dependsOn: «[a, b]»"),
    "beside a step of another workflow": case("dependsOn: [$workflows.v.steps.s, «a»]", "operationId: x"),
}
SILENT = {
    "no dependsOn": case("description: d", "operationId: x"),
    "the steps are reordered": case("dependsOn: [c]", "operationId: x"),
    "the steps are reordered, and another is in order": case("dependsOn: [c]", "operationId: x, dependsOn: [a]"),
    "the steps are reordered by what they read": case(
        "dependsOn: [a], parameters: [{name: n, in: query, value: $steps.c.outputs.o}]",
        "operationId: x, outputs: {o: $response.body}",
    ),
    "an action goes to a step": case(
        "dependsOn: [a], onFailure: [{name: n, type: goto, stepId: c}]", "operationId: x, dependsOn: [a]"
    ),
    "order can't say it of another workflow": case("dependsOn: [$workflows.v.steps.s]", "operationId: x"),
    "a step with a channel": case("dependsOn: [a]", "channelPath: x, action: receive"),
    "a step that receives": case("dependsOn: [a]", "operationId: x, action: receive"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
