"""Findings of the texts of a workflow stand at their exact place, however the text is written."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.expressions.grammar import Exchange, Input, StepOutput
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.model import Mention
from arazzo_runner.program.unit import MAX_FINDINGS
from tests.engine.programs import compile_text, description_of, program_of, registry_of
from tests.program.marked import in_document, place, refused

STEP = """workflows:
- workflowId: w
  inputs: {type: object, properties: {token: {type: string}, q: {type: string}}}
  steps:
  - stepId: s
    operationId: z
"""

FAULTS = {
    "plain": "    successCriteria:\n    - condition: $statusCode «= 200»\n",
    "after an operator": "    successCriteria:\n    - condition: $statusCode == 200 && «&& true»\n",
    "single quoted": "    successCriteria:\n    - condition: '$response.body#/a == ''x'' «= 1»'\n",
    "double quoted": '    successCriteria:\n    - condition: "$response.body#/a == \\"x\\" «= 1»"\n',
    "literal block": "    successCriteria:\n    - condition: |-\n        $statusCode == 200\n          && «= 1»\n",
    "folded block": "    successCriteria:\n    - condition: >\n        $statusCode == 200\n        && «= 1»\n",
    "plain over lines": "    successCriteria:\n    - condition: $statusCode == 200\n        && «= 1»\n",
    "in an action": "    onFailure:\n    - name: a\n      type: end\n      criteria: [{condition: $statusCode «= 200»}]\n",
    "an output": "    outputs:\n      o: $response.«bdy»\n",
    "a quoted output": "    outputs:\n      o: '«nothing»'\n",
    "a context": "    successCriteria:\n    - context: «body»\n      condition: $statusCode == 200\n",
    "a payload": '    requestBody:\n      payload:\n        a: [1, {b: "x «$inputs.token»"}]\n',
}


@pytest.mark.parametrize("text", FAULTS.values(), ids=FAULTS)
def test_a_fault_stands_at_its_column(text: str) -> None:
    found = refused(STEP + text)
    assert len(found) == 1


def test_faults_of_a_json_document() -> None:
    step = {
        "stepId": "s",
        "operationId": "x",
        "successCriteria": [{"condition": "$method\t== '\"' && $statusCode «= 1»"}],
    }
    line = json.dumps({"workflowId": "w", "steps": [step]}, ensure_ascii=False)
    assert len(refused(f"workflows:\n- {line}\n")) == 1


def test_several_faults_of_one_step_are_all_told() -> None:
    found = refused(
        STEP
        + "    successCriteria:\n    - condition: $statusCode «= 200»\n    - condition: '«&& 1»'\n"
        + "    outputs:\n      a: $response.«bdy»\n      b: $statusCode\n      c: «x»\n"
    )
    assert len(found) == 4


REMARKS = {
    "reading-P1": '    parameters: [{name: Authorization, in: header, value: "Bearer «$inputs.token»"}]\n',
    "reading-P2": "    outputs: {o: «$response.body.id»}\n",
    "reading-OUT-04": "    outputs: {o: '«u-{$response.body#/id}»'}\n",
    "expression-literal": '    requestBody:\n      payload: {a: "x «$inputs.nope y»"}\n',
    "criterion-context-ignored": "    successCriteria:\n    - condition: '«true»'\n      context: $response.body\n",
}


@pytest.mark.parametrize(("code", "text"), REMARKS.items(), ids=REMARKS)
def test_a_practical_reading_is_told_at_its_column(code: str, text: str) -> None:
    told = in_document(STEP + text)
    compiled = compile_text(told.text)
    assert compiled.program is not None
    found = [one for one in compiled.diagnostics if one.code == code]
    assert [(place(one), one.severity) for one in found] == [(told.places[0], Severity.WARNING)]
    assert found[0].at is not None


def mentions(text: str) -> Mapping[str, Mention]:
    return {mention.expression.text: mention for mention in program_of(STEP + text).workflow.mentions}


def test_every_expression_is_remembered_with_its_place() -> None:
    found = mentions(
        """    parameters: [{name: X-A, in: header, value: 'a {$inputs.q} {$inputs.token}'}]
    requestBody:
      payload: {a: [0, {b: $inputs.q#/x}]}
    successCriteria:
    - condition: $statusCode == 200
    - {condition: '{"a": 1}', context: $response.body}
    onFailure: [{name: n, type: end, criteria: [{condition: $response.header.X == 1}]}]
    outputs: {o: $response.body#/o}
  outputs: {p: $steps.s.outputs.o}
"""
    )
    step = ("workflows", 0, "steps", 0)
    assert {text: mention.at for text, mention in found.items()} == {
        "$inputs.q": (*step, "parameters", 0, "value"),
        "$inputs.token": (*step, "parameters", 0, "value"),
        "$inputs.q#/x": (*step, "requestBody", "payload", "a", 1, "b"),
        "$statusCode": (*step, "successCriteria", 0, "condition"),
        "$response.body": (*step, "successCriteria", 1, "context"),
        "$response.header.X": (*step, "onFailure", 0, "criteria", 0, "condition"),
        "$response.body#/o": (*step, "outputs", "o"),
        "$steps.s.outputs.o": ("workflows", 0, "outputs", "p"),
    }
    assert [mention.step_id for mention in found.values()] == ["s"] * 7 + [None]
    assert isinstance(found["$inputs.q"].expression, Input)
    assert isinstance(found["$response.body"].expression, Exchange)
    assert isinstance(found["$steps.s.outputs.o"].expression, StepOutput)


def test_an_expression_that_stands_twice_in_one_text_is_one_mention() -> None:
    text = STEP + "    parameters: [{name: X-A, in: header, value: '{$inputs.q} {$inputs.q}'}]\n"
    assert [mention.expression.text for mention in program_of(text).workflow.mentions] == ["$inputs.q"]


def test_there_is_an_end_to_findings_but_not_to_errors() -> None:
    doubts = "\n".join(f"        a{number}: x $inputs.nope" for number in range(MAX_FINDINGS + 10))
    text = f"{STEP}    requestBody:\n      payload:\n{doubts}\n    outputs: {{a: x, b: y}}\n"
    description = description_of(text)
    found = Compilation(description, registry_of(description)).program("w").diagnostics
    assert len(found) == MAX_FINDINGS + 1
    assert found[-1].severity is Severity.ERROR


def test_expressions_of_a_selector_are_told_at_its_fields() -> None:
    selector = "{context: $steps.s.outputs.o, selector: '/{$inputs.q}', type: jsonpointer}"
    text = STEP + f"    requestBody: {{payload: {{a: [{selector}]}}}}\n    outputs: {{o: {selector}}}\n"
    step = ("workflows", 0, "steps", 0)
    found = [(mention.expression, mention.at) for mention in program_of(text, version="1.1.0").workflow.mentions]
    for at in ((*step, "requestBody", "payload", "a", 0), (*step, "outputs", "o")):
        assert (StepOutput("$steps.s.outputs.o", "s", "o"), (*at, "context")) in found
        assert (Input("$inputs.q", "q"), (*at, "selector")) in found
    assert len(found) == 4


def test_a_selector_of_a_payload_has_its_faults_at_its_fields() -> None:
    selector = "{context: $response.body, selector: «$.a», type: jsonpointer}"
    assert len(refused(STEP + f"    requestBody: {{payload: {{a: {selector}}}}}\n", version="1.1.0")) == 1
