from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.call_recursive import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

HELP = "repeat with a goto"


def case(own: str, other: str, code: str = "", third: str = "operationId: x") -> Case:
    text = f"""
workflows:
- workflowId: w
  steps: [{{stepId: a, {own}}}]
- workflowId: v
  steps: [{{stepId: b, {other}}}]
- workflowId: u
  steps: [{{stepId: c, {third}}}]
"""
    return Case(text, code, Severity.WARNING, HELP if code else "")


FIRES = {
    "itself": case("workflowId: «w»", "operationId: x", "call-recursive"),
    "two": case("workflowId: «v»", "workflowId: «w»", "call-recursive"),
    "three": case("workflowId: «v»", "workflowId: «u»", "call-recursive", "workflowId: «w»"),
}
SILENT = {
    "a call": case("workflowId: v", "operationId: x"),
    "a chain": case("workflowId: v", "workflowId: u"),
    "a goto back": case("workflowId: v", "operationId: x, onSuccess: [{name: g, type: goto, workflowId: w}]"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
