from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.dependency_unstarted import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

FLOW = """
workflows:
- workflowId: w
  MORE
  steps:
  - {stepId: a, operationId: x, dependsOn: [DEPENDS]}
  - {stepId: b, CALL}
- {workflowId: v, steps: [{stepId: s, operationId: x}]}
"""


def case(depends: str, call: str = "operationId: x", more: str = "") -> Case:
    text = FLOW.replace("DEPENDS", depends).replace("CALL", call).replace("MORE", more)
    return Case(text, "dependency-unstarted", Severity.WARNING, "add the workflow to", version="1.1.0")


FIRES = {"DEP-27": case("b, «$workflows.v.steps.s»")}
SILENT = {
    "its own step": case("b"),
    "a step calls it": case("$workflows.v.steps.s", "workflowId: v"),
    "an action hands over to it": case(
        "$workflows.v.steps.s", "operationId: x, onSuccess: [{name: n, type: goto, workflowId: v}]"
    ),
    "it runs before": case("$workflows.v.steps.s", more="dependsOn: [v]"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
