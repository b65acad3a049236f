from __future__ import annotations

import pytest

from arazzo_runner.expressions.template import Selected, Template, Whole
from tests.engine.programs import compile_text, program_of
from tests.program.marked import codes, refused

STEP = "workflows:\n- workflowId: w\n  steps:\n  - stepId: s\n    operationId: x\n"
POINTER = "{context: $response.body, selector: /a, type: jsonpointer}"


def test_outputs_are_expressions_texts_and_selectors_in_their_order() -> None:
    outputs = f"    outputs:\n      z: $statusCode\n      y: {POINTER}\n      a: 'x{{$statusCode}}'\n"
    step = program_of(STEP + outputs, version="1.1.0").workflow.steps[0]
    assert [(name, type(value)) for name, value in step.outputs] == [("z", Whole), ("y", Selected), ("a", Template)]


def test_workflows_have_selected_outputs_too() -> None:
    text = (
        STEP
        + f"    outputs: {{b: {POINTER}}}\n  outputs: {{o: {{context: $steps.s.outputs.b, selector: $.c, type: jsonpath}}}}\n"
    )
    ((name, value),) = program_of(text, version="1.1.0").workflow.outputs
    assert (name, type(value)) == ("o", Selected)


@pytest.mark.parametrize(
    "output",
    [
        "{context: «body», selector: /a, type: jsonpointer}",
        "{context: $response.body, selector: «$.a», type: jsonpointer}",
        "{context: $response.body, selector: '«#/a»', type: jsonpointer}",
        "{context: $response.body, selector: '$.a «== 1»', type: jsonpath}",
    ],
)
def test_sel_05_a_fault_stands_at_its_field(output: str) -> None:
    refused(STEP + f"    outputs: {{o: {output}}}\n", version="1.1.0")


def test_a_type_that_is_told_with_the_document_is_not_told_again() -> None:
    selector = "{context: $response.body, selector: /a, type: {type: jsonpointer, version: rfc1}}"
    compiled = compile_text(STEP + f"    outputs: {{o: {selector}}}\n", version="1.1.0")
    assert compiled.program is None
    assert codes(compiled.diagnostics) == ["structure-unknown-value"]
