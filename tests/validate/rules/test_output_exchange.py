from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.output_exchange import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

HELP = "declare the output on the step"


def case(value: str, step: str = "$statusCode", version: str = "1.1.0", code: str = "") -> Case:
    text = f"""
workflows:
- workflowId: w
  steps: [{{stepId: s, operationId: x, outputs: {{o: {step}}}}}]
  outputs: {{a: {value}}}
"""
    return Case(text, code, Severity.WARNING, HELP if code else "", version=version)


def doubt(value: str, version: str = "1.1.0") -> Case:
    return case(value, version=version, code="output-without-exchange")


FIRES = {
    "the status": doubt("«$statusCode»"),
    "a body": doubt("'«$response.body#/x»'"),
    "a request": doubt("«$request.header.X»", "1.0.1"),
    "the URL": doubt("«$url»"),
    "in a selector": doubt("{context: «$response.body», selector: $.a, type: jsonpath}"),
}
SILENT = {
    "an output of a step": case("$steps.s.outputs.o"),
    "an input": case("$inputs.x"),
    "in a step": case("$steps.s.outputs.o", "$response.body"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
