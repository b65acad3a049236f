from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.output_unread import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def case(step: str, workflow: str, code: str = "", second: str = "") -> Case:
    text = f"""
workflows:
- workflowId: w
  steps:
  - {{stepId: s, operationId: x, outputs: {step}}}
  - {{stepId: t, operationId: z{second}}}
  {workflow}
"""
    return Case(text, code, Severity.NOTE, "read it, name it under `outputs`" if code else "")


OWN = "outputs: {o: $steps.s.outputs.b}"
FIRES = {
    "one of two": case("{b: $statusCode, «c»: $statusCode}", OWN, "output-unread"),
    "another that begins so": case("{b: $statusCode, «bb»: $statusCode}", OWN, "output-unread"),
}
SILENT = {
    "of the workflow": case("{b: $statusCode}", OWN),
    "in another step": case(
        "{b: $statusCode, c: $url}", OWN, second=", requestBody: {payload: {a: $steps.s.outputs.c}}"
    ),
    "in a condition": case(
        "{b: $statusCode, c: $url}", OWN, second=", successCriteria: [{condition: $steps.s.outputs.c == 1}]"
    ),
    "in a text": case(
        "{b: $statusCode, c: $url}", OWN, second=", requestBody: {payload: {a: 'x{$steps.s.outputs.c}'}}"
    ),
    "all at once": case("{b: $statusCode, c: $url}", "outputs: {o: $steps.s.outputs}"),
    "a workflow without outputs": case("{b: $statusCode}", ""),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
