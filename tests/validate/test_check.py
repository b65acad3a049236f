"""What is an error, and for whom: `check` judges a document, `check_workflow` one run (readings: severity)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Diagnostic, Severity, has_errors
from arazzo_runner.program.names import workflow_names
from arazzo_runner.program.steps import bind_step
from arazzo_runner.validate.check import Checked, check, check_workflow
from tests.engine.programs import HEAD, as_yaml, description_of, registry_of

FINE = "steps: [{stepId: s, operationId: $sourceDescriptions.api.x}]"
BROKEN = "steps: [{stepId: s, description: it calls nothing}]"
LOST = "steps: [{stepId: s, operationId: $sourceDescriptions.api.nowhere}]"


def judged(
    text: str,
    workflow: str = "w",
    *,
    version: str = "1.0.1",
    strict: bool = False,
    files: Mapping[str, str] | None = None,
) -> tuple[Checked, tuple[Diagnostic, ...]]:
    """Judge a workflow as a run does, and the document that it stands in."""
    description = description_of(text, version)
    registry = registry_of(description, files)
    return check_workflow(description, registry, workflow, strict=strict), check(description, registry, strict=strict)


def told(found: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.severity.value) for one in found]


ELSEWHERE = {
    "structure in another workflow": (
        f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{workflowId: v, {BROKEN}}}\n",
        "structure-missing-field",
    ),
    "a workflow that is no object": (f"workflows:\n- {{workflowId: w, {FINE}}}\n- 5\n", "structure-wrong-type"),
    "a workflow without id": (f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{{FINE}}}\n", "structure-missing-field"),
    "an unused component": (
        f"workflows: [{{workflowId: w, {FINE}}}]\ncomponents: {{parameters: {{p: {{name: p}}}}}}\n",
        "structure-missing-field",
    ),
    "an unused section": (
        f"workflows: [{{workflowId: w, {FINE}}}]\ncomponents: {{failureActions: []}}\n",
        "structure-wrong-type",
    ),
    "an unused source": (
        f"- {{name: far, url: openapi.yaml, type: raml}}\nworkflows: [{{workflowId: w, {FINE}}}]\n",
        "structure-unknown-value",
    ),
    "a source that is not there": (
        f"- {{name: far, url: far.yaml, type: openapi}}\nworkflows: [{{workflowId: w, {FINE}}}]\n",
        "source-unreadable",
    ),
}


@pytest.mark.parametrize(("text", "code"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_a_fault_elsewhere_is_a_warning_of_the_run_and_an_error_of_the_document(text: str, code: str) -> None:
    run, document = judged(text)
    assert run.program is not None
    assert told(run.diagnostics) == [(code, "warning")]
    assert run.program.warnings == run.diagnostics
    assert told(document) == [(code, "error")]


def test_faults_that_compiling_finds_elsewhere_are_not_told_to_the_run() -> None:
    run, document = judged(f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{workflowId: v, {LOST}}}\n")
    assert run.program is not None
    assert told(run.diagnostics) == []
    assert told(document) == [("operation-unknown", "error")]


def test_an_unused_schema_is_judged_with_the_document_alone() -> None:
    run, document = judged(f"workflows: [{{workflowId: w, {FINE}}}]\ncomponents: {{inputs: {{i: {{type: strng}}}}}}\n")
    assert told(run.diagnostics) == []
    assert told(document) == [("inputs-schema", "error")]  # INP-16


REACHED = {
    "structure": (f"workflows: [{{workflowId: w, {BROKEN}}}]\n", "structure-missing-field"),
    "an operation": (f"workflows: [{{workflowId: w, {LOST}}}]\n", "operation-unknown"),
    "a called workflow": (
        f"workflows:\n- {{workflowId: w, steps: [{{stepId: s, workflowId: v}}]}}\n- {{workflowId: v, {BROKEN}}}\n",
        "structure-missing-field",
    ),
    "a component": (
        f"workflows: [{{workflowId: w, parameters: [{{reference: $components.parameters.p}}], {FINE}}}]\n"
        "components: {parameters: {p: {name: p, in: query}}}\n",
        "structure-missing-field",
    ),
    "a source": (
        "- {name: far, url: far.yaml, type: openapi}\n"
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: $sourceDescriptions.far.x}]}]\n",
        "source-unreadable",
    ),
    "two of one id": (
        f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{workflowId: w, {FINE}}}\n",
        "structure-duplicate-name",
    ),
    "the document at large": (f"workflows: [{{workflowId: w, {FINE}}}]\ncomponents: 5\n", "structure-wrong-type"),
    "a rule": (
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {o: $steps.t.outputs.o}}]}]\n",
        "reference-unknown-step",
    ),
}


@pytest.mark.parametrize(("text", "code"), REACHED.values(), ids=REACHED)
def test_a_fault_in_reach_is_an_error_for_both(text: str, code: str) -> None:
    run, document = judged(text)
    assert run.program is None
    assert (code, "error") in told(run.diagnostics)
    assert (code, "error") in told(document)


def test_of_two_sources_that_are_not_there_the_needed_one_is_the_error() -> None:
    text = (
        "- {name: far, url: far.yaml, type: openapi}\n- {name: unused, url: unused.yaml, type: openapi}\n"
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: $sourceDescriptions.far.x}]}]\n"
    )
    run, document = judged(text)
    assert [(one.severity.value, one.message[:12]) for one in run.diagnostics] == [
        ("error", "source 'far'"),
        ("warning", "source 'unus"),
    ]
    assert told(document) == [("source-unreadable", "error")] * 2


def other(text: str, version: str = "1.0.1") -> dict[str, str]:
    return {"other.yaml": HEAD.format(version=version) + text}


CALLING = """- {name: other, url: other.yaml, type: arazzo}
workflows: [{workflowId: w, steps: [{stepId: s, workflowId: $sourceDescriptions.other.v}]}]
"""
THEIRS = {
    "in the called workflow": (f"workflows: [{{workflowId: v, {BROKEN}}}]\n", "1.0.1", "structure-missing-field"),
    "a component of it": (
        f"workflows: [{{workflowId: v, parameters: [{{reference: $components.parameters.p}}], {FINE}}}]\n"
        "components: {parameters: {p: {name: p, in: query}}}\n",
        "1.0.1",
        "structure-missing-field",
    ),
    "its version": (f"workflows: [{{workflowId: v, {FINE}}}]\n", "7.0.0", "document-unsupported-version"),
    "its operation": (f"workflows: [{{workflowId: v, {LOST}}}]\n", "1.0.1", "operation-unknown"),
}


@pytest.mark.parametrize(("text", "version", "code"), THEIRS.values(), ids=THEIRS)
def test_a_fault_of_another_document_in_reach_is_an_error(text: str, version: str, code: str) -> None:
    run, document = judged(CALLING, files=other(text, version))
    assert run.program is None
    assert (code, "error") in told(run.diagnostics)
    assert (code, "error") in told(document)
    assert [one.span.name for one in run.diagnostics if one.code == code and one.span] == ["/d/other.yaml"]


def test_a_fault_of_another_document_out_of_reach_is_a_warning() -> None:
    theirs = other(f"workflows:\n- {{workflowId: v, {FINE}}}\n- {{workflowId: u, {BROKEN}}}\n")
    run, document = judged(CALLING, files=theirs)
    assert told(run.diagnostics) == [("structure-missing-field", "warning")]
    assert told(document) == [("structure-missing-field", "error")]


def test_a_document_that_is_not_reached_at_all_stops_nothing() -> None:
    text = f"- {{name: other, url: other.yaml, type: arazzo}}\nworkflows: [{{workflowId: w, {FINE}}}]\n"
    run, document = judged(text, files=other(f"workflows: [{{workflowId: v, {FINE}}}]\n", "7.0.0"))
    assert run.program is not None
    assert told(run.diagnostics) == [("document-unsupported-version", "warning")]
    assert told(document) == [("document-unsupported-version", "error")]


STRAY = {
    "structure": f"workflows: [{{workflowId: w, oops: 1, {FINE}}}]\n",
    "an expression": "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {o: $response.body.a}}]}]\n",
    "another document": CALLING,
}


@pytest.mark.parametrize("text", STRAY.values(), ids=STRAY)
def test_what_strays_is_told_in_practice_and_refused_strictly(text: str) -> None:
    files = other(f"workflows: [{{workflowId: v, oops: 1, {FINE}}}]\n")
    run, document = judged(text, files=files)
    assert run.program is not None
    assert {severity for _, severity in told(run.diagnostics)} == {"warning"}
    strictly, document_strictly = judged(text, strict=True, files=files)
    assert strictly.program is None
    assert not has_errors(document)
    assert has_errors(document_strictly)


def test_what_strays_elsewhere_stops_no_strict_run() -> None:
    run, document = judged(
        f"workflows:\n- {{workflowId: w, {FINE}}}\n- {{workflowId: v, oops: 1, {FINE}}}\n", strict=True
    )
    assert run.program is not None
    assert told(run.diagnostics) == [("structure-unknown-field", "warning")]
    assert told(document) == [("structure-unknown-field", "error")]


def test_errors_come_first_and_then_the_order_of_the_text() -> None:
    text = """workflows:
- workflowId: w
  steps:
  - {stepId: a, operationId: x, outputs: {o: $response.body.a}}
  - {stepId: b, operationId: nowhere}
  - {stepId: c, operationId: nowhere}
"""
    found = judged(text)[0].diagnostics
    assert [one.severity for one in found] == [Severity.ERROR, Severity.ERROR, Severity.WARNING]
    assert [one.span.line for one in found if one.span] == [10, 11, 9]


def test_what_breaks_the_text_comes_before_what_follows_from_it() -> None:
    text = f"""workflows:
- {{workflowId: w, {FINE.replace("}]", ", parameters: [{reference: $components.parameters.p}]}]")}}}
components:
  parameters
    p: {{name: p, in: query, value: 1}}
"""
    for found in (judged(text)[0].diagnostics, judged(text)[1]):
        assert [one.code for one in found][:2] == ["syntax-yaml", "reference-unknown-component"]


def test_nothing_is_told_twice() -> None:
    text = """workflows:
- workflowId: w
  steps: [{stepId: s, workflowId: u}, {stepId: t, workflowId: u}]
- workflowId: v
  steps: [{stepId: s, workflowId: u}]
- workflowId: u
  parameters: [{name: p, in: query, value: 1}]
  steps: [{stepId: s, operationId: x}, {stepId: t, operationId: nowhere}]
"""
    for found in (judged(text)[0].diagnostics, judged(text)[1]):
        assert told(found) == [("operation-unknown", "error"), ("reading-P16", "warning")]


def test_a_workflow_is_judged_once_however_many_lead_to_it() -> None:
    """What reads another workflow's outputs is judged where it can run; every later run to it finds the same."""
    text = """workflows:
- {workflowId: w, dependsOn: [first], steps: [{stepId: s, workflowId: reads}]}
- {workflowId: reads, steps: [{stepId: s, operationId: x, outputs: {o: $workflows.first.outputs.id}}]}
- {workflowId: first, steps: [{stepId: s, operationId: x, outputs: {id: $url}}], outputs: {id: $steps.s.outputs.id}}
"""
    run, document = judged(text)
    assert told(run.diagnostics) == told(document) == []
    assert told(judged(text, "reads")[0].diagnostics) == [("reference-unknown-workflow", "warning")]


def test_a_big_document_costs_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workflows that lead to each other are bound once each, and their names are read once a document."""
    bound: list[str] = []
    named: list[str] = []
    monkeypatch.setattr(
        "arazzo_runner.program.compile.bind_step", _counting(bind_step, bound, lambda args: args[1].workflow_id)
    )
    monkeypatch.setattr(
        "arazzo_runner.program.compile.workflow_names", _counting(workflow_names, named, lambda args: "read")
    )
    count = 30
    flows = [
        {
            "workflowId": f"w{number}",
            "dependsOn": [f"w{number - 1}"] if number else [],
            "steps": [{"stepId": "s", "operationId": "x"}],
        }
        for number in range(count)
    ]
    description = description_of(as_yaml(flows))
    assert check(description, registry_of(description)) == ()
    assert sorted(bound) == sorted(f"w{number}" for number in range(count))
    assert named == ["read"]


def _counting(
    original: Callable[..., Any], seen: list[str], name: Callable[[tuple[Any, ...]], str]
) -> Callable[..., Any]:
    def call(*args: Any) -> Any:
        seen.append(name(args))
        return original(*args)

    return call


def test_an_empty_document_has_findings_and_no_workflow() -> None:
    description = description_of("workflows: []\n")
    assert told(check(description, registry_of(description))) == [("structure-empty-list", "error")]


# ---------------------------------------------------------------- the two agree

TARGETS: list[dict[str, Any]] = [
    {"operationId": "x"},
    {"operationId": "$sourceDescriptions.api.item"},
    {"operationId": "nowhere"},
    {"operationPath": "{$sourceDescriptions.api.url}#/paths/~1y/get"},
    {"operationPath": "{$sourceDescriptions.api.url}#/paths/~1none/get"},
    {"workflowId": "v"},
    {"workflowId": "w"},
    {"workflowId": "nowhere"},
    {},
    {"operationId": "x", "workflowId": "v"},
]
VALUES: list[Any] = [
    1, None, "$inputs.a", "$inputs.b", "Bearer $inputs.a", "$steps.s0.outputs.o", "$steps.s0.outputs.none", "{$steps.none.outputs.o}",
    "$steps.s0.outputs.o[0]/x", {"deep": ["$workflows.v.outputs.o"]}, "$workflows.none.outputs.o", "$response.body#/a",
]  # fmt: skip
CONDITIONS = [
    "$statusCode == 200",
    "$statusCode = 200",
    "$steps.s0.outputs.none == 1",
    "$inputs.a == 1",
    "&& 1",
    "true",
]
OUTPUTS = [
    "$statusCode",
    "$response.body.id",
    "$response.bdy",
    "x",
    "u-{$inputs.a}",
    "$outputs.o",
    "$steps.s1.outputs.o",
]


def some(pool: list[Any], most: int = 2) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(pool), max_size=most)


@st.composite
def steps(draw: st.DrawFn, index: int) -> dict[str, Any]:
    places = st.sampled_from(["path", "query", "header", None])
    parameters = [
        {"name": draw(st.sampled_from(["id", "need", "z"])), "value": value} | ({"in": place} if place else {})
        for value, place in [(value, draw(places)) for value in draw(some(VALUES))]
    ]
    action = {
        "name": "a",
        "type": draw(st.sampled_from(["goto", "end", "stop"])),
        "stepId": draw(st.sampled_from(["s0", "s9"])),
    }
    return {
        "stepId": f"s{index}",
        **draw(st.sampled_from(TARGETS)),
        "parameters": parameters,
        "successCriteria": [{"condition": condition} for condition in draw(some(CONDITIONS))],
        "onFailure": [action] if draw(st.booleans()) else [],
        "outputs": {"o": draw(st.sampled_from(OUTPUTS))},
    }


@st.composite
def flows(draw: st.DrawFn, workflow_id: str) -> dict[str, Any]:
    inputs: list[Any] = [
        True,
        {"properties": {"a": {}}},
        {"properties": {"a": {}}, "additionalProperties": False},
        {"type": "strng"},
        5,
    ]
    return {
        "workflowId": workflow_id,
        "inputs": draw(st.sampled_from(inputs)),
        "dependsOn": draw(some(["v", "w", "nowhere"], 1)),
        "steps": [draw(steps(index)) for index in range(draw(st.integers(1, 2)))],
        "outputs": {"o": draw(st.sampled_from(["$steps.s0.outputs.o", "$steps.s5.outputs.o", "$inputs.a"]))},
    }


@given(flows("w"), flows("v"), st.booleans(), st.sampled_from(["1.0.1", "1.1.0"]))
def test_a_document_has_an_error_exactly_where_a_run_is_refused(
    first: dict[str, Any], second: dict[str, Any], strict: bool, version: str
) -> None:
    description = description_of(as_yaml([first, second]), version)
    registry = registry_of(description)
    runs = [check_workflow(description, registry, name, strict=strict) for name in ("w", "v")]
    document = check(description, registry, strict=strict)
    for run in runs:
        assert (run.program is None) == has_errors(run.diagnostics)
        assert {one for one in run.diagnostics if one.severity is Severity.ERROR} <= set(document)
    assert has_errors(document) == any(run.program is None for run in runs)
    assert all(one.span is not None for one in document)


def test_what_a_rule_notes_is_told_to_the_author_and_not_at_each_run() -> None:
    steps = "[{stepId: a, operationId: x}, {stepId: b, operationId: x, dependsOn: [a]}]"
    of_run, of_document = judged(f"workflows: [{{workflowId: w, steps: {steps}}}]", version="1.1.0")
    assert told(of_document) == [("dependency-needless", "note")]  # DEP-34
    assert of_run.diagnostics == ()
