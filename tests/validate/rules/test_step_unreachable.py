from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.step_unreachable import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

END = ", onSuccess: [{name: a, type: end}]"
MAYBE = ", onSuccess: [{name: a, type: end, criteria: [{condition: $statusCode == 201}]}]"


def case(*steps: str, code: str = "", more: str = "") -> Case:
    listed = "".join(f"  - {{stepId: {one}}}\n" for one in steps)
    text = f"workflows:\n- workflowId: w\n  {more}\n  steps:\n{listed}"
    return Case(text, code, Severity.WARNING, "give the action before it criteria" if code else "")


ALL = "successActions: [{name: b, type: end}]"
FIRES = {
    "after an end": case(
        "a, operationId: x" + END, "«b», operationId: x", "c, operationId: x", code="step-unreachable"
    ),
    "passed over": case(
        "a, operationId: x, onSuccess: [{name: a, type: goto, stepId: c}]",
        "«b», operationId: x",
        "c, operationId: x",
        code="step-unreachable",
    ),
    "an action of all steps": case("a, operationId: x", "«b», operationId: x", code="step-unreachable", more=ALL),
}
SILENT = {
    "in order": case("a, operationId: x", "b, operationId: x" + END),
    "perhaps": case("a, operationId: x" + MAYBE, "b, operationId: x"),
    "after a failure": case(
        "a, operationId: x" + END + ", onFailure: [{name: f, type: goto, stepId: b}]", "b, operationId: x"
    ),
    "a step that is not known": case("a, operationId: gone" + END, "b, operationId: x"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
