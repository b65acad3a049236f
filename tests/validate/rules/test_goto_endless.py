from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.goto_endless import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def case(*steps: str, code: str = "", more: str = "", components: str = "") -> Case:
    listed = "".join(f"  - {{stepId: {one}}}\n" for one in steps)
    text = f"workflows:\n- workflowId: w\n  {more}\n  steps:\n{listed}{components}"
    return Case(text, code, Severity.WARNING, "give the action criteria" if code else "")


def back(to: str, criteria: str = "") -> str:
    listed = f", criteria: [{{condition: {criteria}}}]" if criteria else ""
    return f", onSuccess: [{{name: g, type: goto, stepId: {to}{listed}}}]"


COMPONENT = "components: {successActions: {again: {name: g, type: goto, stepId: «a»}}}\n"
FIRES = {
    "itself": case("a, operationId: x" + back("«a»"), code="goto-endless"),
    "two": case("a, operationId: x", "b, operationId: x" + back("«a»"), "c, operationId: x", code="goto-endless"),
    "an action of all steps": case(
        "a, operationId: x", more="successActions: [{name: g, type: goto, stepId: «a»}]", code="goto-endless"
    ),
    "a component": case(
        "a, operationId: x, onSuccess: [{reference: $components.successActions.again}]",
        code="goto-endless",
        components=COMPONENT,
    ),
    "another that may not leave": case(
        "a, operationId: x",
        "b, operationId: x, onFailure: [{name: f, type: goto, stepId: a}]" + back("«a»"),
        code="goto-endless",
    ),
}
SILENT = {
    "with criteria": case("a, operationId: x" + back("a", "$statusCode == 202"), "b, operationId: x"),
    "a failure that ends": case("a, operationId: x, onFailure: [{name: f, type: end}]" + back("a")),
    "a step on the way that may leave": case(
        "a, operationId: x, onSuccess: [{name: e, type: end, criteria: [{condition: $statusCode == 204}]}]",
        "b, operationId: x" + back("a"),
    ),
    "forward": case("a, operationId: x" + back("b"), "b, operationId: x"),
    "never entered": case("a, operationId: x, onSuccess: [{name: e, type: end}]", "b, operationId: x" + back("b")),
    "a failure that tries again": case("a, operationId: x, onFailure: [{name: g, type: goto, stepId: a}]"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
