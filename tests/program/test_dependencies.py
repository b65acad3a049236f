"""What steps name in dependsOn: the three forms, and what is said of anything else."""

from __future__ import annotations

import pytest

from arazzo_runner.program.model import StepKey, WorkflowKey
from tests.engine.programs import program_of
from tests.program.marked import refused

OWN = "file:///d/arazzo.yaml"
OTHER = """
arazzo: 1.1.0
info: {title: Other, version: '1'}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows: [{workflowId: far.off, steps: [{stepId: t, operationId: x}]}]
"""
TEXT = """- {{name: more, url: other.yaml, type: arazzo}}
workflows:
- workflowId: w
  steps:
  - {{stepId: s, operationId: x, dependsOn: [{0}]}}
  - {{stepId: a.b, operationId: x}}
- workflowId: v.w
  steps: [{{stepId: t, operationId: x}}]
"""


@pytest.mark.parametrize(
    ("name", "document", "workflow", "step"),
    [
        pytest.param("a.b", OWN, "w", "a.b", id="DEP-22"),
        pytest.param("$workflows.v.w.steps.t", OWN, "v.w", "t", id="DEP-23"),
        pytest.param("$workflows.w.steps.a.b", OWN, "w", "a.b", id="DEP-23 of its own workflow"),
        pytest.param("$sourceDescriptions.more.far.off.steps.t", "file:///d/other.yaml", "far.off", "t", id="DEP-24"),
    ],
)
def test_the_three_forms(name: str, document: str, workflow: str, step: str) -> None:
    program = program_of(TEXT.format(name), version="1.1.0", files={"other.yaml": OTHER})
    (dependency,) = next(one for one in program.workflow.steps if one.step_id == "s").depends_on
    assert dependency.step == StepKey(WorkflowKey(document, workflow), step)
    assert dependency.at == ("workflows", 0, "steps", 0, "dependsOn", 0)
    assert list(program.workflows) == [program.entry], "DEP-27: it leads nowhere"


@pytest.mark.parametrize(
    ("name", "code", "help"),
    [
        pytest.param("A.b", "reference-unknown-step", "did you mean 'a.b'?", id="DEP-22 case counts"),
        pytest.param("t", "reference-unknown-step", "write $workflows.v.w.steps.t", id="DEP-22 of another workflow"),
        pytest.param("$workflows.vw.steps.t", "reference-unknown-workflow", "did you mean 'v.w'?", id="DEP-23"),
        pytest.param("$workflows.v.w.steps.tt", "reference-unknown-step", "did you mean 't'?", id="DEP-23 its step"),
        pytest.param(
            "$workflows.v.w", "reference-malformed", "write it as $workflows.WORKFLOW.steps.STEP", id="DEP-23 no step"
        ),
        pytest.param("$workflows.$sourceDescriptions.more.far.off.steps.t", "reference-malformed", "", id="two roots"),
        pytest.param("$workflows..steps.t", "reference-malformed", "", id="no workflow"),
        pytest.param("$sourceDescriptions.nobody.x.steps.t", "reference-unknown-source", "", id="DEP-24"),
        pytest.param("$sourceDescriptions.api.x.steps.t", "reference-wrong-source", "", id="DEP-24 its type"),
        pytest.param("$sourceDescriptions.more.x.steps.t", "reference-unknown-workflow", "", id="DEP-24 its workflow"),
        pytest.param("$sourceDescriptions.more.far.off.steps.u", "reference-unknown-step", "", id="DEP-24 its step"),
        pytest.param(
            "$sourceDescriptions.more.far.off",
            "reference-malformed",
            "write it as $sourceDescriptions.NAME.WORKFLOW.steps.STEP",
            id="DEP-24 no step",
        ),
        pytest.param("$steps.a.b", "reference-malformed", "write a.b", id="DEP-25"),
        pytest.param("$steps.x", "reference-malformed", "write the id of a step of this workflow", id="DEP-25 unknown"),
    ],
)
def test_anything_else_is_refused_with_advice(name: str, code: str, help: str) -> None:
    (found,) = refused(TEXT.format(f"a.b, «{name}»"), version="1.1.0", files={"other.yaml": OTHER})
    assert (found.code, found.help[: len(help)]) == (code, help)
    assert found.at == ("workflows", 0, "steps", 0, "dependsOn", 1)
