from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.api.checking import gathered
from arazzo_runner.api.loading import load
from arazzo_runner.api.options import Options
from arazzo_runner.api.picturing import picture, picture_of
from arazzo_runner.api.preparing import Prepared, prepare
from arazzo_runner.api.running import execute
from arazzo_runner.coverage.edges import edges_of
from arazzo_runner.engine.events import RunStarted, Stamped
from arazzo_runner.graph import EdgeKind, Graph, NodeKind
from arazzo_runner.sources.registry import Registry

ARAZZO = """
arazzo: 1.1.0
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: api.yml, type: openapi}
- {name: lib, url: lib.yml, type: arazzo}
workflows:
- workflowId: main
  steps:
  - {stepId: late, operationId: $sourceDescriptions.api.x, dependsOn: [call]}
  - {stepId: call, workflowId: $sourceDescriptions.lib.inner}
  - {stepId: path, operationPath: '{$sourceDescriptions.api.url}#/paths/~1x/get'}
- workflowId: alone
  steps: [{stepId: s, operationId: $sourceDescriptions.api.x}]
"""
LIB = """
arazzo: 1.0.1
info: {title: L, version: '1'}
sourceDescriptions: [{name: other, url: api.yml, type: openapi}]
workflows:
- workflowId: inner
  steps: [{stepId: i, operationId: x}]
"""
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://x.example'}]
paths: {/x: {get: {operationId: x, responses: {'200': {description: ok}}}}}
"""


@pytest.fixture
def prepared(tmp_path: Path) -> Prepared:
    (tmp_path / "api.yml").write_text(OPENAPI)
    (tmp_path / "lib.yml").write_text(LIB)
    (tmp_path / "arazzo.yml").write_text(ARAZZO)
    return prepare(load(tmp_path / "arazzo.yml"), "main", Options(mock=True))


def steps(graph: Graph) -> list[list[tuple[str, str]]]:
    """Return the steps of each figure, with what they call."""
    return [[(node.id, node.target) for node in figure.nodes if node.kind is NodeKind.STEP] for figure in graph.figures]


CALLS = [[("call", "workflow inner"), ("late", "GET /x"), ("path", "GET /x")], [("i", "GET /x")]]


def test_the_graph_of_a_program_has_what_it_calls_over_all_documents(prepared: Prepared) -> None:
    graph = picture_of(prepared.program, prepared.description, prepared.registry)
    assert [figure.workflow for figure in graph.figures] == ["main", "inner"]
    assert steps(graph) == CALLS


def test_its_steps_are_in_the_order_in_which_they_run(prepared: Prepared) -> None:
    graph = picture_of(prepared.program, prepared.description, prepared.registry)
    assert [step for step, _ in steps(graph)[0]] == [step.step_id for step in prepared.program.workflow.steps]


def test_the_graph_of_a_document_is_the_same_where_its_sources_are_there(prepared: Prepared) -> None:
    registry = gathered(prepared.description, Options())
    assert steps(picture(prepared.description, registry, "main")) == CALLS
    whole = picture(prepared.description, registry)
    assert [figure.workflow for figure in whole.figures] == ["main", "alone", "inner"]


def test_without_sources_it_has_what_the_document_says(prepared: Prepared) -> None:
    assert steps(picture(prepared.description, Registry({}, ()), "main")) == [
        [("call", "workflow lib.inner"), ("late", "api.x"), ("path", "GET /x")]
    ]


def test_a_run_begins_with_its_graph(prepared: Prepared) -> None:
    seen: list[Stamped] = []
    assert execute(prepared, on_event=seen.append).status.value == "succeeded"
    first = seen[0].event
    assert isinstance(first, RunStarted)
    assert first.graph == picture_of(prepared.program, prepared.description, prepared.registry)


def test_the_ways_out_of_steps_are_the_edges_that_coverage_counts(tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text(OPENAPI)
    (tmp_path / "lib.yml").write_text(LIB)
    (tmp_path / "arazzo.yml").write_text(BRANCHING)
    program = prepare(load(tmp_path / "arazzo.yml"), "main", Options(mock=True)).program
    graph = picture(load(tmp_path / "arazzo.yml"), Registry({}, ()), "main")
    drawn = {
        (figure.workflow, edge.source, edge.outcome, edge.name)
        for figure in graph.figures
        for edge in figure.edges
        if edge.outcome and edge.kind is not EdgeKind.CALL
    }
    counted = {
        (edge.step.workflow.workflow_id, edge.step.step_id, edge.outcome, edge.name) for edge in edges_of(program)
    }
    assert drawn == counted
    assert len(drawn) == 14


BRANCHING = """
arazzo: 1.1.0
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
components:
  failureActions: {later: {name: later, type: retry, criteria: [{condition: $statusCode == 503}]}}
workflows:
- workflowId: main
  failureActions: [{reference: $components.failureActions.later}, {name: out, type: goto, workflowId: rest}]
  successActions: [{name: done, type: end, criteria: [{condition: $statusCode == 204}]}]
  steps:
  - stepId: a
    operationId: x
    onSuccess: [{name: done, type: goto, stepId: c}]
    onFailure: [{name: out, type: end}]
  - stepId: b
    operationId: x
    onFailure: [{name: back, type: goto, stepId: a, criteria: [{condition: $statusCode == 404}]}]
  - stepId: c
    workflowId: rest
- workflowId: rest
  steps: [{stepId: r, operationId: x}]
"""
