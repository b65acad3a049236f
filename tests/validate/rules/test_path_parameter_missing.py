from __future__ import annotations

import pytest

from arazzo_runner.validate.rules.path_parameter_missing import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

STEP = (
    "workflows:\n- workflowId: w\n  steps:\n  - stepId: {id}\n    operationId: item\n    parameters: [{parameters}]\n"
)


def sending(parameters: str, step_id: str = "s") -> str:
    return STEP.format(id=step_id, parameters=parameters)


def missing(text: str, help: str, strict: bool = False) -> Case:
    return Case(text, "parameter-path-missing", help=help, strict=strict)


FIRES = {
    "PAR-16": missing(sending("", "«s»"), "add `- {name: id, in: path, value: ...}`"),
    "in another place": missing(
        sending("{name: id, in: «query», value: 1}"), "'id' is given in query: write `in: path`", strict=True
    ),
    "misspelt": missing(sending("{name: «ID», in: path, value: 1}"), "the step has 'ID': did you mean 'id'?"),
    "by reference, in another place": missing(
        sending("{reference: $components.parameters.i}")
        + "components: {parameters: {i: {name: id, in: «header», value: 1}}}\n",
        "'id' is given in header",
        strict=True,
    ),
    "by reference, with a value": missing(
        sending("{reference: «$components.parameters.i», value: 1}")
        + "components: {parameters: {i: {name: ids, in: path, value: 1}}}\n",
        "the step has 'ids'",
    ),
}

GATEWAY = """
openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /a/{rest+}/{ b }:
    get: {operationId: item, responses: {'200': {description: ok}}}
"""

SILENT = {
    "given": Case(sending("{name: id, in: path, value: 1}")),
    "inherited": Case(sending("").replace("  steps:", "  parameters: [{name: id, in: path, value: 1}]\n  steps:")),
    "the ways of gateways": Case(
        sending("{name: rest, in: path, value: 1}, {name: b, in: path, value: 1}"), files={"openapi.yaml": GATEWAY}
    ),
    "no variables": Case(sending("").replace("operationId: item", "operationId: x")),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
