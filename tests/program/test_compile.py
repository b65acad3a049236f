"""From a description to a program: what is reached, what is refused, and what is not looked at."""

from __future__ import annotations

import pytest

from arazzo_runner.expressions.template import Template, Whole
from arazzo_runner.program.compile import MAX_SHOWN, Compilation, compile_program
from arazzo_runner.program.model import OperationCall, WorkflowKey
from tests.engine.programs import HEAD, compile_text, description_of, program_of, registry_of
from tests.program.marked import codes, errors, refused

FINE = "steps: [{stepId: s, operationId: x}]"
BROKEN = "steps: [{stepId: s, operationId: nowhere}]"


def reached(text: str, **options: str) -> list[str]:
    return [key.workflow_id for key in program_of(text, **options).workflows]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        pytest.param("steps: [{stepId: s, operationId: x}]", ["w"], id="nothing else"),
        pytest.param(
            "steps: [{stepId: s, workflowId: v}]", ["w", "v", "u"], id="a called workflow, and what it leads to"
        ),
        pytest.param(f"dependsOn: [u]\n  {FINE}", ["w", "u"], id="a dependency"),
        pytest.param(
            "steps: [{stepId: s, operationId: x, onSuccess: [{name: a, type: goto, workflowId: u}]}]",
            ["w", "u"],
            id="a goto",
        ),
        pytest.param(
            "steps: [{stepId: s, operationId: x, onFailure: [{name: a, type: retry, workflowId: u}]}]",
            ["w", "u"],
            id="a retry",
        ),
        pytest.param(
            f"failureActions: [{{name: a, type: retry, workflowId: u}}]\n  {FINE}",
            ["w", "u"],
            id="an action of the workflow",
        ),
        pytest.param("steps: [{stepId: s, workflowId: w}]", ["w"], id="SUB-14: itself"),
    ],
)
def test_what_a_workflow_leads_to(field: str, expected: list[str]) -> None:
    text = f"""workflows:
- workflowId: w
  {field}
- workflowId: v
  steps: [{{stepId: s, workflowId: u}}]
- workflowId: u
  {FINE}
- workflowId: broken
  {BROKEN}
"""
    assert reached(text) == expected


def test_what_is_not_reached_is_not_judged() -> None:
    compiled = compile_text(f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{workflowId: v, {BROKEN}, dependsOn: [v]}}\n")
    assert compiled.program is not None
    assert compiled.diagnostics == ()


def test_several_faults_are_told_at_once() -> None:
    found = refused(
        """workflows:
- workflowId: w
  dependsOn: [«vv»]
  steps:
  - {stepId: s, operationId: «nowhere»}
  - {stepId: t, workflowId: v, outputs: {o: «x»}}
  - {stepId: u, operationId: x, onFailure: [{name: a, type: goto, stepId: «sss»}]}
- workflowId: v
  steps: [{stepId: s, operationId: «nowhere-too»}]
"""
    )
    assert [one.code for one in found] == [
        "reference-unknown-workflow",
        "operation-unknown",
        "expression-malformed",
        "reference-unknown-step",
        "operation-unknown",
    ]


def test_every_finding_of_compiling_knows_its_place() -> None:
    text = """workflows:
- workflowId: w
  dependsOn: [vv, w]
  inputs: {type: strng}
  parameters: [{name: X, in: header, value: 'Bearer $inputs.a'}, {reference: $components.parameters.none}]
  steps:
  - {stepId: s, workflowId: nowhere, outputs: {o: x}, successCriteria: [{condition: '= 1'}]}
  - {stepId: t, operationId: nowhere}
  outputs: {p: 'a{$steps.s.outputs.o}'}
"""
    description = description_of(text)
    found = compile_program(description, registry_of(description), "w").diagnostics
    assert len(found) >= 7
    for one in found:
        assert one.at is not None, one.concise()
        assert one.span is not None
        assert one.span.line == description.span(one.at).line


CIRCLES = {
    "DEP-07": ({"w": "v", "v": "w"}, "w", "w -> v -> w"),
    "DEP-07 itself": ({"w": "w"}, "w", "w -> w"),
    "over three": ({"w": "v", "v": "u", "u": "w"}, "w", "w -> v -> u -> w"),
    "further down": ({"w": "v", "v": "u", "u": "v"}, "w", "v -> u -> v"),
}


def depending(graph: dict[str, str]) -> str:
    flows = [
        f"- {{workflowId: {name}, dependsOn: [{', '.join(needs.split())}], {FINE}}}" for name, needs in graph.items()
    ]
    return "workflows:\n" + "\n".join(flows) + "\n"


@pytest.mark.parametrize(("graph", "entry", "path"), CIRCLES.values(), ids=CIRCLES)
def test_dependencies_in_a_circle(graph: dict[str, str], entry: str, path: str) -> None:
    compiled = compile_text(depending(graph), entry)
    assert compiled.program is None
    found = errors(compiled.diagnostics)
    assert {one.code for one in found} == {"dependency-circle"}
    assert found[0].message == f"workflows depend on each other in a circle: {path}"
    assert found[0].at is not None
    assert found[0].at[2:] == ("dependsOn", 0)


@pytest.mark.parametrize("graph", [{"w": "v u", "v": "t", "u": "t", "t": ""}, {"w": "v", "v": ""}])
def test_dependencies_without_circle(graph: dict[str, str]) -> None:
    program = program_of(depending(graph))
    assert [key.workflow_id for key in program.workflow.depends_on] == graph["w"].split()
    assert len(program.workflows) == len(graph)  # DEP-08


def test_a_long_circle_is_shown_in_part() -> None:
    count = 40
    compiled = compile_text(depending({f"w{number}": f"w{(number + 1) % count}" for number in range(count)}), "w0")
    message = errors(compiled.diagnostics)[0].message
    assert message.count("->") == MAX_SHOWN + 1
    assert message.endswith(f"... ({count - MAX_SHOWN} more) -> w0")


def other(text: str, version: str = "1.0.1") -> str:
    return HEAD.format(version=version) + text


ENTRY = """- {name: other, url: other.yaml, type: arazzo}
workflows:
- workflowId: w
  steps:
  - {stepId: s, workflowId: $sourceDescriptions.other.v, outputs: {o: $outputs.o}}
"""


def test_each_document_keeps_to_its_own_version() -> None:
    step = "{stepId: s, operationId: x, timeout: 1000, outputs: {o: $response.body#/o}}"
    theirs = f"workflows: [{{workflowId: v, steps: [{step}], outputs: {{o: $steps.s.outputs.o}}}}]"
    for own, version, timeout in (("1.1.0", "1.0.1", None), ("1.0.1", "1.1.0", 1.0)):
        program = program_of(ENTRY, version=own, files={"other.yaml": other(theirs, version)})
        callee = program.workflows[WorkflowKey("file:///d/other.yaml", "v")]
        assert callee.steps[0].timeout == timeout  # SRC-12


def test_each_document_has_its_own_sources() -> None:
    theirs = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: theirs.yaml, type: openapi}]
workflows: [{workflowId: v, steps: [{stepId: s, operationId: only}], outputs: {o: $statusCode}}]
"""
    api = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://theirs.example}]
paths: {/only: {get: {operationId: only, responses: {'200': {description: ok}}}}}
"""
    program = program_of(ENTRY, files={"other.yaml": theirs, "theirs.yaml": api})
    call = program.workflows[WorkflowKey("file:///d/other.yaml", "v")].steps[0].call
    assert isinstance(call, OperationCall)
    assert call.operation.path == "/only"  # SRC-14, SUB-12


def test_the_document_of_a_called_workflow_is_judged_too() -> None:
    theirs = other(
        f"workflows: [{{workflowId: v, {BROKEN}, outputs: {{o: $statusCode}}}}, {{workflowId: u, {BROKEN}}}]"
    )
    compiled = compile_text(ENTRY, files={"other.yaml": theirs})
    assert compiled.program is None
    found = errors(compiled.diagnostics)
    assert [one.code for one in found] == ["operation-unknown"]
    assert found[0].span is not None
    assert found[0].span.name.endswith("other.yaml")


def test_documents_that_call_each_other_end() -> None:
    theirs = other(
        "- {name: back, url: arazzo.yaml, type: arazzo}\n"
        "workflows: [{workflowId: v, steps: [{stepId: s, workflowId: $sourceDescriptions.back.w}], outputs: {o: $statusCode}}]"
    )
    description = description_of(ENTRY)
    compiled = compile_program(description, registry_of(description, {"other.yaml": theirs}), "w")
    assert compiled.program is not None
    assert [key.document[-11:] for key in compiled.reached] == ["arazzo.yaml", "/other.yaml"]  # SRC-13


LEFT_OUT = {
    "a source that can not be read": (
        "- {name: gone, url: gone.yaml, type: openapi}\n",
        "operationId: $sourceDescriptions.gone.x",
    ),
    "a structure that is wrong": ("", "description: it calls nothing"),
}


@pytest.mark.parametrize(("sources", "target"), LEFT_OUT.values(), ids=LEFT_OUT)
def test_a_step_that_is_left_out_leaves_no_program(sources: str, target: str) -> None:
    description = description_of(
        f"{sources}workflows: [{{workflowId: w, steps: [{{stepId: s, {target}}}, {{stepId: t, operationId: x}}]}}]"
    )
    compiled = compile_program(description, registry_of(description), "w")
    assert compiled.program is None
    assert errors(compiled.diagnostics) == []  # it has been told with the registry or the document


def test_a_document_of_an_unknown_version_leaves_no_program() -> None:
    theirs = other(f"workflows: [{{workflowId: v, {FINE}, outputs: {{o: $statusCode}}}}]", "3.0.0")
    description = description_of(ENTRY)
    compiled = compile_program(description, registry_of(description, {"other.yaml": theirs}), "w")
    assert compiled.program is None
    assert len(compiled.reached) == 2


def test_an_unknown_workflow_leaves_no_program() -> None:
    description = description_of(f"workflows: [{{workflowId: w, {FINE}}}]")
    assert compile_program(description, registry_of(description), "v").program is None


def test_strictly_what_strays_is_an_error() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {o: $response.body.id}}]}]"
    assert codes(compile_text(text).diagnostics) == []
    assert codes(compile_text(text, strict=True).diagnostics) == ["expression-malformed"]


def test_expressions_are_read_by_the_version_of_their_document() -> None:
    """In 1.0 a name goes on to the end; in 1.1 it can't hold a slash (P5, EXP)."""
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, parameters: [{name: q, in: query, value: $inputs.a/b}]}]}]"
    kinds = []
    for version in ("1.0.1", "1.1.0"):
        call = program_of(text, version=version, strict=True).workflow.steps[0].call
        assert isinstance(call, OperationCall)
        kinds.append(isinstance(call.parameters[0].value, Whole | Template))
    assert kinds == [True, False]


def test_names_of_other_documents_are_in_reach_and_the_own_win() -> None:
    theirs = other(
        f"workflows: [{{workflowId: v, {FINE}, outputs: {{o: $statusCode}}}}, {{workflowId: w, {FINE}, outputs: {{z: $statusCode}}}}]"
    )
    description = description_of(ENTRY)
    names = Compilation(description, registry_of(description, {"other.yaml": theirs})).names(description)
    assert {name: set(each.outputs) for name, each in names.items()} == {"v": {"o"}, "w": set()}  # DEP-11


def test_a_workflow_is_bound_once() -> None:
    text = f"workflows:\n- {{workflowId: w, steps: [{{stepId: s, workflowId: v}}]}}\n- {{workflowId: v, {FINE}}}\n"
    description = description_of(text)
    compilation = Compilation(description, registry_of(description))
    first, second = compilation.program("w").program, compilation.program("v").program
    assert first is not None
    assert second is not None
    key = WorkflowKey("file:///d/arazzo.yaml", "v")
    assert first.workflows[key] is second.workflows[key]


def test_of_two_workflows_with_one_id_the_first_is_meant() -> None:
    description = description_of(f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{workflowId: w, {BROKEN}}}\n")
    assert compile_program(description, registry_of(description), "w").program is not None


SOUND = f"workflows: [{{workflowId: w, {FINE}, outputs: {{apiKey: $url}}}}]\n"


def test_a_bound_workflow_knows_its_document() -> None:
    workflow = program_of(SOUND).workflow
    assert workflow.source_fields == {"api": {"name": "api", "url": "openapi.yaml", "type": "openapi"}}
    assert workflow.secret_outputs == {"apiKey"}
    assert workflow.positions == {"s": 0}


@pytest.mark.parametrize(
    ("line", "version", "uri"),
    [
        ("", "1.1.0", None),
        ("$self: https://x.example/flows/a.yaml\n", "1.1.0", "https://x.example/flows/a.yaml"),
        ("$self: flows/a.yaml\n", "1.1.0", "file:///d/flows/a.yaml"),
        ("$self: https://x.example/flows/a.yaml\n", "1.0.1", None),
    ],
)
def test_self_is_the_uri_that_the_document_gives_itself(line: str, version: str, uri: str | None) -> None:
    assert program_of(SOUND + line, version=version).workflow.self_uri == uri  # RES-18
