"""Reusable Objects and workflow ids: what they lead to, and what is told where they lead nowhere."""

from __future__ import annotations

import pytest

from arazzo_runner.expressions.template import Constant
from arazzo_runner.program.model import OperationCall, WorkflowCall, WorkflowKey
from tests.engine.programs import compile_text, program_of
from tests.program.marked import codes, refused

COMPONENTS = """
components:
  parameters:
    page: {name: page, in: query, value: 1}
    my.org.trace: {name: X-Trace, in: header, value: t}
    bare: {name: q, value: 1}
  successActions:
    stop: {name: stop, type: end}
  failureActions:
    again: {name: again, type: retry, retryLimit: 3}
"""


def workflow(step: str, components: str = COMPONENTS) -> str:
    return f"workflows:\n- workflowId: w\n  steps:\n  - stepId: s\n    operationId: x\n{step}{components}"


def parameters(text: str, **options: str) -> list[tuple[str, str, object]]:
    call = program_of(text, **options).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    return [(one.name, one.location, one.value) for one in call.parameters]


@pytest.mark.parametrize("version", ["1.0.0", "1.0.1", "1.1.0"])
@pytest.mark.parametrize(
    ("item", "expected"),
    [
        pytest.param("{reference: $components.parameters.page}", ("page", "query", Constant(1)), id="CMP-05"),
        pytest.param("{reference: $components.parameters.page, value: 7}", ("page", "query", Constant(7)), id="CMP-08"),
        pytest.param(
            "{reference: $components.parameters.page, value: null}", ("page", "query", Constant(None)), id="CMP-08 null"
        ),
        pytest.param(
            "{reference: $components.parameters.my.org.trace}", ("X-Trace", "header", Constant("t")), id="CMP-17"
        ),
        pytest.param(
            "{reference: $components.parameters.page, name: other, in: header, value: 2}",
            ("page", "query", Constant(2)),
            id="CMP-10 CMP-12",
        ),
    ],
)
def test_a_reference_is_the_component(item: str, expected: tuple[str, str, object], version: str) -> None:
    assert parameters(workflow(f"    parameters:\n    - {item}\n"), version=version) == [expected]


def test_an_action_is_the_component_and_has_no_value() -> None:
    text = workflow(
        "    onSuccess: [{reference: $components.successActions.stop, value: 1}]\n"
        "    onFailure: [{reference: $components.failureActions.again}]\n"
    )
    step = program_of(text).workflow.steps[0]
    assert [action.name for action in (*step.on_success, *step.on_failure)] == ["stop", "again"]
    assert step.on_failure[0].retry_limit == 3
    assert "structure-ignored-field" in [one.code for one in compile_text(text).diagnostics]  # CMP-09


@pytest.mark.parametrize("version", ["1.0.1", "1.1.0"])
@pytest.mark.parametrize(
    ("field", "reference", "code"),
    [
        pytest.param("parameters", "«$components.parameters.pag»", "reference-unknown-component", id="CMP-07"),
        pytest.param(
            "onSuccess", "«$components.successActions.stp»", "reference-unknown-component", id="CMP-07 success"
        ),
        pytest.param(
            "onFailure", "«$components.failureActions.agin»", "reference-unknown-component", id="CMP-07 failure"
        ),
        pytest.param("onSuccess", "«$components.parameters.page»", "structure-reference-form", id="CMP-06"),
        pytest.param("onSuccess", "«$components.failureActions.again»", "structure-reference-form", id="WF-09"),
        pytest.param("parameters", "«$inputs.x»", "structure-reference-form", id="no component"),
        pytest.param("parameters", "«'#/components/parameters/page'»", "structure-reference-form", id="a pointer"),
    ],
)
def test_a_reference_that_leads_nowhere_is_one_error_at_its_place(
    field: str, reference: str, code: str, version: str
) -> None:
    found = refused(workflow(f"    {field}:\n    - reference: {reference}\n"), version=version)
    assert [one.code for one in found] == [code]
    if code == "reference-unknown-component":
        assert found[0].help.startswith("did you mean '")
        assert found[0].at == ("workflows", 0, "steps", 0, field, 0, "reference")


def test_a_fault_in_an_overriding_value_stands_at_its_use() -> None:
    text = """workflows:
- workflowId: w
  inputs: {type: object, properties: {pw: {type: string, format: password}}}
  steps:
  - stepId: s
    workflowId: v
    parameters:
    - reference: $components.parameters.bare
      value: x «$inputs.pw»
- workflowId: v
  steps: [{stepId: t, operationId: x}]
"""
    found = refused(text + COMPONENTS)
    assert [one.code for one in found] == ["expression-secret"]
    assert found[0].at == ("workflows", 0, "steps", 0, "parameters", 0, "value")


def test_components_belong_to_their_document() -> None:
    other = f"""
arazzo: 1.0.1
info: {{title: T, version: '1'}}
sourceDescriptions: [{{name: api, url: openapi.yaml, type: openapi}}]
workflows:
- workflowId: v
  steps:
  - {{stepId: s, operationId: x, parameters: [{{reference: $components.parameters.page}}]}}
{COMPONENTS.replace("value: 1", "value: theirs")}"""
    text = "- {name: other, url: other.yaml, type: arazzo}\n" + workflow("").replace(
        "operationId: x", "workflowId: $sourceDescriptions.other.v"
    )
    program = program_of(text, files={"other.yaml": other})
    call = program.workflows[WorkflowKey("file:///d/other.yaml", "v")].steps[0].call
    assert isinstance(call, OperationCall)
    assert [one.value for one in call.parameters] == [Constant("theirs")]  # CMP-04, SUB-11


OTHER = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows:
- workflowId: v
  steps: [{stepId: s, operationId: x}]
- workflowId: v.w
  steps: [{stepId: s, operationId: x}]
"""
SOURCES = """- {name: other, url: other.yaml, type: arazzo}
- {name: dotted.name, url: other.yaml, type: arazzo}
"""


def calling(target: str, sources: str = SOURCES) -> str:
    return f"""{sources}workflows:
- workflowId: w
  steps:
  - stepId: s
    workflowId: {target}
- workflowId: local
  steps: [{{stepId: s, operationId: $sourceDescriptions.api.x}}]
"""


@pytest.mark.parametrize("version", ["1.0.1", "1.1.0"])
@pytest.mark.parametrize(
    ("target", "document", "workflow_id"),
    [
        pytest.param("local", "arazzo", "local", id="SUB-01"),
        pytest.param("$sourceDescriptions.other.v", "other", "v", id="SUB-02"),
        pytest.param("$sourceDescriptions.other.v.w", "other", "v.w", id="an id with a dot"),
        pytest.param("$sourceDescriptions.dotted.name.v", "other", "v", id="a source with a dot (SRC-03)"),
    ],
)
def test_a_workflow_is_found(target: str, document: str, workflow_id: str, version: str) -> None:
    program = program_of(calling(target), version=version, files={"other.yaml": OTHER})
    call = program.workflow.steps[0].call
    assert isinstance(call, WorkflowCall)
    assert call.workflow == WorkflowKey(f"file:///d/{document}.yaml", workflow_id)
    assert call.workflow in program.workflows


@pytest.mark.parametrize("version", ["1.0.1", "1.1.0"])
@pytest.mark.parametrize(
    ("target", "code", "help"),
    [
        pytest.param("«locl»", "reference-unknown-workflow", "did you mean 'local'?", id="SUB-01"),
        pytest.param("«Local»", "reference-unknown-workflow", "did you mean 'local'?", id="SUB-01 case counts"),
        pytest.param(
            "«v»",
            "reference-unknown-workflow",
            "source 'other' has it: write $sourceDescriptions.other.v",
            id="SUB-02 DEP-03",
        ),
        pytest.param(
            "«other.v»",
            "reference-unknown-workflow",
            "source 'other' has it: write $sourceDescriptions.other.v",
            id="half qualified",
        ),
        pytest.param(
            "«$sourceDescriptions.other.vv»",
            "reference-unknown-workflow",
            "did you mean 'v'?",
            id="SUB-03 unknown there",
        ),
        pytest.param(
            "«$sourceDescriptions.othr.v»", "reference-unknown-source", "did you mean 'other'?", id="no such source"
        ),
        pytest.param(
            "«$sourceDescriptions.api.x»",
            "reference-wrong-source",
            "a workflow comes from a source of type arazzo",
            id="SUB-03",
        ),
        pytest.param(
            "«$inputs.which»", "reference-malformed", "write the id of a workflow of this document, or", id="OPR-18"
        ),
        pytest.param(
            '«"{$sourceDescriptions.other.v}"»',
            "reference-malformed",
            "write the id of a workflow of this",
            id="braces",
        ),
    ],
)
def test_a_workflow_that_is_not_there(target: str, code: str, help: str, version: str) -> None:
    found = refused(calling(target), version=version, files={"other.yaml": OTHER})
    assert [one.code for one in found] == [code]
    assert found[0].help.startswith(help)
    assert found[0].at == ("workflows", 0, "steps", 0, "workflowId")


def test_a_source_that_can_not_be_read_says_so_where_it_is_used() -> None:
    compiled = compile_text(calling("$sourceDescriptions.other.v"))
    assert compiled.program is None
    assert sorted(set(codes(compiled.diagnostics))) == ["reference-wrong-source", "source-unreadable"]
    assert any("that could be read" in one.message for one in compiled.diagnostics)
