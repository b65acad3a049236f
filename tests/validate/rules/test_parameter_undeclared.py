from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.parameter_undeclared import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def sending(parameters: str, rest: str = "") -> str:
    return f"""workflows:
- workflowId: w
  steps:
  - stepId: s
    operationId: item
    parameters:
    - {{name: id, in: path, value: 1}}
    - {{name: need, in: query, value: 1}}
{parameters}{rest}"""


def doubt(text: str, help: str) -> Case:
    return Case(text, "reading-P16", Severity.WARNING, help)


FIRES = {
    "P16": doubt(sending("    - {name: «limit», in: query, value: 1}\n"), "check its name and place"),
    "PAR-01": doubt(sending("    - {name: «NEED», in: query, value: 1}\n"), "did you mean 'need'?"),
    "another place": doubt(sending("    - {name: «q», in: header, value: 1}\n"), "check its name and place"),
    "PAR-20": doubt(sending("    - {name: «X-Trace», in: header, value: 1}\n"), "check its name and place"),
    "inherited": doubt(
        sending("").replace("  steps:", "  parameters: [{name: «limit», in: query, value: 1}]\n  steps:"), "check"
    ),
    "by reference": doubt(
        sending(
            "    - {reference: $components.parameters.l}\n",
            "components: {parameters: {l: {name: «limit», in: query, value: 1}}}\n",
        ),
        "check",
    ),
    "by reference with a value": doubt(
        sending(
            "    - {reference: «$components.parameters.l», value: 2}\n",
            "components: {parameters: {l: {name: limit, in: query, value: 1}}}\n",
        ),
        "check",
    ),
    "a header of the connection": Case(
        sending("    - {name: «Host», in: header, value: x}\n"), "parameter-refused-header", help="remove it"
    ),
    "framing": Case(sending("    - {name: «content-length», in: header, value: 5}\n"), "parameter-refused-header"),
    "no name of a header": Case(sending("    - {name: «'a b'», in: header, value: 5}\n"), "parameter-refused-header"),
}

SILENT = {
    "declared": Case(sending("    - {name: q, in: query, value: 1}\n")),
    "a variable of the path": Case(sending("")),
    "a header in other case": Case(sending("    - {name: AUTHORIZATION, in: header, value: x}\n")),
    "Accept and Content-Type": Case(
        sending("    - {name: Accept, in: header, value: x}\n    - {name: content-type, in: header, value: x}\n")
    ),
    "a query parameter called host": Case(sending("    - {name: q, in: query, value: host}\n")),
    "a called workflow takes anything": Case(
        "workflows:\n- {workflowId: w, steps: [{stepId: s, workflowId: v, parameters: [{name: z, value: 1}]}]}\n"
        "- {workflowId: v, steps: [{stepId: s, operationId: x}]}\n"
    ),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
