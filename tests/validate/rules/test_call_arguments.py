from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.call_arguments import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def case(
    parameters: str,
    code: str = "",
    severity: Severity = Severity.WARNING,
    help: str = "",
    called: str = "v",
    more: str = "",
    before: str = "",
) -> Case:
    return Case(
        f"""
workflows:
- workflowId: w
  {before}
  steps: [{{stepId: s, workflowId: {called}, parameters: [{parameters}]}}]
- workflowId: v
  inputs:
    type: object
    required: [user, level]
    properties: {{user: {{type: string}}, level: {{type: integer, default: 1}}, note: {{}}}}
    {more}
  steps: [{{stepId: t, operationId: x}}]
- {{workflowId: free, inputs: {{type: object}}, steps: [{{stepId: t, operationId: x}}]}}
- {{workflowId: bare, steps: [{{stepId: t, operationId: x}}]}}
""",
        code,
        severity,
        help,
    )


USER = "{name: user, value: a}"
TRACE = "parameters: [{name: trace, in: header, value: a}]"
FIRES = {
    "INP-14": case(
        "{name: note, value: 1}", "call-input-missing", help="add `- {name: user, value: ...}`", called="«v»"
    ),
    "SUB-04 a name of its own": case(
        USER + ", {name: «nte», value: 1}", "call-input-undeclared", Severity.WARNING, "did you mean 'note'?"
    ),
    "a closed schema": case(
        USER + ", {name: «nte», value: 1}",
        "call-input-undeclared",
        help="did you mean 'note'?",
        more="additionalProperties: false",
    ),
    "SUB-05 a parameter of the workflow": case(
        USER, "call-parameter-kept", help="declare 'trace' in the inputs of 'v'", called="«v»", before=TRACE
    ),
    "another type": case("{name: user, value: «5»}", "call-input-value", help="give a value that its schema accepts"),
    "another type beside a default": case(USER + ", {name: level, value: «high»}", "call-input-value"),
}
SILENT = {
    "an expression of another type": case("{name: user, value: $inputs.a}"),
    "given; a default stands in": case(USER),
    "all given": case(USER + ", {name: level, value: 2}, {name: note, value: x}"),
    "an open schema": case(USER + ", {name: nte, value: 1}", more="additionalProperties: true"),
    "a schema without names": case("{name: any, value: 1}", called="free"),
    "no schema": case("{name: any, value: 1}", called="bare"),
    "inherited from the workflow (SUB-05)": case("", before="parameters: [{name: user, value: a}]"),
    "given by the step too": case(USER + ", {name: trace, value: 1}", before=TRACE, more="additionalProperties: true"),
    "the called workflow has one of its own": Case(
        f"""
workflows:
- workflowId: w
  {TRACE}
  steps: [{{stepId: s, workflowId: v}}]
- workflowId: v
  steps: [{{stepId: t, operationId: x, parameters: [{{name: trace, in: header, value: b}}]}}]
"""
    ),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)


def test_the_near_match_of_a_missing_input_is_the_one_that_was_given() -> None:
    wrong = case("{name: usr, value: a}", called="v")
    from tests.validate.rules.cases import found_by

    assert [found.help for found in found_by(check, wrong)] == [
        "the step gives 'usr': did you mean 'user'?",
        "did you mean 'user'?",
    ]
