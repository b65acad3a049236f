from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.input_unused import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def case(step: str, names: str = "{a: {}}", code: str = "", more: str = "") -> Case:
    text = f"""
workflows:
- workflowId: w
  inputs: {{type: object, properties: {names}}}
  steps: [{{stepId: s, operationId: x{step}}}]
{more}"""
    return Case(text, code, Severity.NOTE, "read it as $inputs." if code else "")


def parameter(value: str) -> str:
    return f", parameters: [{{name: q, in: query, value: {value}}}]"


FIRES = {
    "one": case("", "{«a»: {}}", "input-unused"),
    "one of two": case(parameter("$inputs.a"), "{a: {}, «b»: {}}", "input-unused"),
    "another that begins so": case(parameter("$inputs.ab"), "{«a»: {}, ab: {}}", "input-unused"),
}
COMPONENT = "components: {parameters: {q: {name: q, in: query, value: $inputs.a}}}\n"
SILENT = {
    "read": case(parameter("$inputs.a")),
    "in a text": case(parameter("'x{$inputs.a}'")),
    "without braces": case(parameter("x $inputs.a")),
    "in a condition": case(", successCriteria: [{condition: $inputs.a == 1}]"),
    "inside it": case(parameter("'$inputs.a#/b'")),
    "in an output": case(", outputs: {o: $inputs.a}"),
    "in a query": case(
        ", successCriteria: [{context: $response.body, condition: '$[?@.x == {$inputs.a}]', type: jsonpath}]"
    ),
    "in a component": case(", parameters: [{reference: $components.parameters.q}]", more=COMPONENT),
    "a step that is not known": case("y"),
    "by another workflow": case(", outputs: {o: $workflows.w.inputs.a}"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
