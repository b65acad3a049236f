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
    return Case(text, "dependency-needless", Severity.NOTE, "write the steps in the order", version="1.1.0")


FIRES = {"DEP-34, once a workflow": case("dependsOn: «[a]»")}
SILENT = {
    "no dependsOn": case("description: d", "operationId: x"),
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
