from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.validate.rules.reference_unknown import check
from tests.validate.rules.cases import Case, assert_fires, assert_silent

CLOSED = ", additionalProperties: false"


def reading(
    step: str = "", inputs: str = "", outputs: str = "", rest: str = "", outputs_of_a: str = "{token: $statusCode}"
) -> str:
    return f"""workflows:
- workflowId: w
  inputs: {{type: object, properties: {{user: {{}}, n: {{}}}}{inputs}}}
  steps:
  - {{stepId: login, operationId: x, outputs: {outputs_of_a}}}
  - stepId: s
    operationId: z
{step}  - {{stepId: c, workflowId: v, outputs: {{o: $outputs.id}}}}
{outputs}- workflowId: v
  inputs: {{type: object, properties: {{p: {{}}}}{CLOSED}}}
  steps: [{{stepId: s, operationId: x}}]
  outputs: {{id: $inputs.p}}
- workflowId: apart
  steps: [{{stepId: s, operationId: x}}]
  outputs: {{id: $url}}
{rest}"""


def value(expression: str) -> str:
    return f"    parameters: [{{name: q, in: query, value: {expression}}}]\n"


def case(code: str, text: str, help: str = "", severity: Severity = Severity.ERROR) -> Case:
    return Case(text, code, severity, help)


OUTPUT, STEP, INPUT, WORKFLOW = (f"reference-unknown-{what}" for what in ("output", "step", "input", "workflow"))
OTHER = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows:
- {workflowId: far, steps: [{stepId: s, operationId: x}], outputs: {id: $url}}
"""

FIRES = {
    "RES-22 step": case(STEP, reading(value("«$steps.logn.outputs.token»")), "did you mean 'login'?"),
    "RES-22 output": case(OUTPUT, reading(value("«$steps.login.outputs.tokn»")), "did you mean 'token'?"),
    "a step without outputs": case(
        OUTPUT, reading(value("«$steps.s.outputs.o»")), "declare it under `outputs` of step 's'"
    ),
    "case counts": case(OUTPUT, reading(value("«$steps.login.outputs.Token»")), "did you mean 'token'?"),
    "SUB-08": case(
        OUTPUT, reading(value("«$steps.c.outputs.id»")), "declare `id: $outputs.id` under `outputs` of step 'c'"
    ),
    "neither the step's nor the callee's": case(OUTPUT, reading(value("«$steps.c.outputs.idd»")), "known: 'o'"),
    "in a text": case(STEP, reading(value("'Bearer {«$steps.logn.outputs.token»}'"))),
    "in a payload": case(
        OUTPUT,
        reading('    requestBody: {payload: {a: [1, {b: "x{«$steps.login.outputs.tokn»}"}]}}\n'),
        "did you mean 'token'?",
    ),
    "in a condition": case(
        OUTPUT, reading("    successCriteria: [{condition: $statusCode == 200 && «$steps.login.outputs.t» == 1}]\n")
    ),
    "in a block": case(
        STEP,
        reading(
            "    successCriteria:\n    - condition: >-\n        $statusCode == 200\n          && «$steps.x.outputs.t» == 1\n"
        ),
    ),
    "in a context": case(
        OUTPUT, reading("    successCriteria: [{context: «$steps.login.outputs.t», condition: '{\"a\": 1}'}]\n")
    ),
    "in the criteria of an action": case(
        OUTPUT,
        reading("    onFailure: [{name: a, type: end, criteria: [{condition: «$steps.login.outputs.t» == 1}]}]\n"),
    ),
    "in an output of a step": case(OUTPUT, reading("    outputs: {o: «$steps.login.outputs.t»}\n")),
    "OUT-12": case(STEP, reading(outputs="  outputs: {o: «$steps.nowhere.outputs.t»}\n"), "known: "),
    "in a component": case(
        STEP,
        reading(
            "    parameters: [{reference: $components.parameters.p}]\n",
            rest="components: {parameters: {p: {name: q, in: query, value: «$steps.x.outputs.t»}}}\n",
        ),
    ),
    "an argument": case(
        INPUT,
        reading(inputs=CLOSED).replace(
            "workflowId: v, out", "workflowId: v, parameters: [{name: p, value: «$inputs.m»}], out"
        ),
    ),
    "RES-22 input": case(INPUT, reading(value("«$inputs.usr»"), CLOSED), "did you mean 'user'?"),
    "RES-22 input, where others may be given": case(
        INPUT, reading(value("«$inputs.usr»")), "did you mean 'user'?", Severity.WARNING
    ),
    "no inputs at all": case(
        INPUT,
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {o: «$inputs.a»}}]}]\n",
        "there is none",
        Severity.WARNING,
    ),
    "RES-22 workflow": case(WORKFLOW, reading(value("«$workflows.vv.outputs.id»")), "did you mean 'v'?"),
    "RES-22 output of a workflow": case(OUTPUT, reading(value("«$workflows.v.outputs.nope»")), "known: 'id'"),
    "EXP-13 all outputs of a workflow": case(
        WORKFLOW, reading(value("«$workflows.apart.outputs»")), "add 'apart' to `dependsOn`", Severity.WARNING
    ),
    "an input of a workflow": case(OUTPUT, reading(value("«$workflows.v.inputs.q»")), "known: 'p'"),
    "RES-14": case(
        WORKFLOW, reading(value("«$workflows.apart.outputs.id»")), "add 'apart' to `dependsOn`", Severity.WARNING
    ),
    "SUB-07": case(OUTPUT, reading().replace("$outputs.id}", "«$outputs.ident»}"), "known: 'id'"),
    "the first place that is the expression": case(
        OUTPUT, reading("    outputs: {o: 'a{$steps.login.outputs.token}{«$steps.login.outputs.tok»}'}\n")
    ),
    "in another document": Case(
        "- {name: other, url: other.yaml, type: arazzo}\n"
        + reading(value("«$workflows.far.outputs.idd»")).replace(
            "operationId: ", "operationId: $sourceDescriptions.api."
        ),
        OUTPUT,
        help="did you mean 'id'?",
        files={"other.yaml": OTHER},
    ),
}

SILENT = {
    "declared": Case(
        reading(value("$steps.login.outputs.token"), outputs="  outputs: {o: $steps.login.outputs.token}\n")
    ),
    "declared inputs": Case(reading(value("$inputs.user"), CLOSED)),
    "an open schema": Case(reading(value("$inputs.usr"), ", additionalProperties: true")),
    "inputs that may be anything": Case(
        "workflows: [{workflowId: w, inputs: true, steps: [{stepId: s, operationId: x, outputs: {o: $inputs.a}}]}]\n"
    ),
    "a called workflow": Case(reading(value("$workflows.v.outputs.id"))),
    "an open input of a workflow": Case(reading(value("$workflows.w.inputs.whatever"))),
    "a name with a dot": Case(
        reading(value("$steps.login.outputs.a.b"), outputs_of_a="{a.b: $statusCode}"), version="1.1.0"
    ),
    "navigation into an output": Case(reading(value("$steps.login.outputs.token#/x"))),
    "the outputs of a callee": Case(reading()),
    "$outputs elsewhere": Case(reading("    outputs: {o: $outputs.any}\n")),
    "a workflow of another document": Case(
        "- {name: other, url: other.yaml, type: arazzo}\n"
        + reading()
        .replace("operationId: ", "operationId: $sourceDescriptions.api.")
        .replace(
            "workflowId: v, outputs: {o: $outputs.id}",
            "workflowId: $sourceDescriptions.other.far, outputs: {o: $workflows.far.outputs.id}",
        ),
        files={"other.yaml": OTHER},
    ),
    "text that looks like it": Case(reading(value("'{$steps.logn}'"))),
}


@pytest.mark.parametrize("case", FIRES.values(), ids=FIRES)
def test_fires(case: Case) -> None:
    assert_fires(check, case)


@pytest.mark.parametrize("case", SILENT.values(), ids=SILENT)
def test_is_silent(case: Case) -> None:
    assert_silent(check, case)
