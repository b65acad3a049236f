"""The graph of a workflow with what its sources add: the method and path of each call, workflows of other documents."""

from __future__ import annotations

from arazzo_runner.document.model import Description
from arazzo_runner.graph.build import graph_of
from arazzo_runner.graph.model import Graph
from arazzo_runner.program.documents import arazzo_documents, arazzo_sources
from arazzo_runner.program.model import OperationCall, Program
from arazzo_runner.sources.lookup import find_operation
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import Path


def picture(description: Description, registry: Registry, workflow_id: str | None = None) -> Graph:
    """Return the graph of a workflow and of all that it can reach, or of a whole document.

    `registry` holds the sources that could be read; where one is missing, the graph has what the document says.
    """
    targets: dict[tuple[str, Path], str] = {}
    for uri, document in arazzo_documents(description, registry).items():
        for workflow in document.workflows:
            for step in workflow.steps:
                if step.operation_id is None and step.operation_path is None:
                    continue
                found = find_operation(step, document, registry, False, workflow.parameters).operation
                if found is not None:
                    targets[uri, step.at] = f"{found.method} {found.path}"
    return graph_of(description, workflow_id, sources=lambda one: arazzo_sources(one, registry), targets=targets)


def picture_of(program: Program, description: Description, registry: Registry) -> Graph:
    """Return the graph of the workflow that a program runs, and of all that it can reach."""
    targets = {
        (step.document.source.uri, step.at): f"{step.call.operation.method} {step.call.operation.path}"
        for workflow in program.workflows.values()
        for step in workflow.steps
        if step.document is not None and isinstance(step.call, OperationCall)
    }
    workflow_id = program.entry.workflow_id
    return graph_of(description, workflow_id, sources=lambda one: arazzo_sources(one, registry), targets=targets)
