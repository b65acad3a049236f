from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.input_default import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent


def case(schema: str, code: str = "", components: str = "") -> Case:
    text = f"workflows:\n- workflowId: w\n  inputs: {schema}\n  steps: [{{stepId: s, operationId: x}}]\n{components}"
    return Case(text, code, Severity.WARNING, "write a default that fits" if code else "")


def doubt(schema: str, components: str = "") -> Case:
    return case(schema, "input-default", components)


SHARED = "components: {inputs: {i: {type: object, properties: {a: {type: integer, default: x}}}}}\n"
FIRES = {
    "another type": doubt("{type: object, properties: {a: {type: integer, default: «x»}}}"),
    "none of the enum": doubt("{type: object, properties: {a: {enum: [b, c], default: «d»}}}"),
    "one of two": doubt("{properties: {a: {type: integer, default: 1}, b: {type: string, default: «5»}}}"),
    "beside what is required": doubt("{required: [z], properties: {a: {type: integer, default: «x»}}}"),
    "of a component": doubt("«{$ref: '#/components/inputs/i'}»", SHARED),
}
SILENT = {
    "fits": case("{type: object, properties: {a: {type: integer, default: 1}}}"),
    "no default": case("{type: object, required: [b], properties: {a: {type: integer}, b: {type: string}}}"),
    "no inputs": case("true"),
    "anything": case("{properties: {a: {default: x}}}"),
}


@pytest.mark.parametrize("each", FIRES.values(), ids=FIRES)
def test_it_fires(each: Case) -> None:
    assert_fires(check, each)


@pytest.mark.parametrize("each", SILENT.values(), ids=SILENT)
def test_it_is_silent(each: Case) -> None:
    assert_silent(check, each)
