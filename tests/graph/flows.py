"""Documents for the tests of graphs, made from the parts that a test is about."""

from __future__ import annotations

import json
from typing import Any, cast

from hypothesis import strategies as st

from arazzo_runner.document import Profile, describe, read
from arazzo_runner.document.model import Description
from arazzo_runner.graph import Figure, Graph, graph_of
from arazzo_runner.values import JSON

SOURCES: list[JSON] = [
    {"name": "api", "url": "api.yml", "type": "openapi"},
    {"name": "lib", "url": "lib.yml", "type": "arazzo"},
]


def document(*workflows: JSON, name: str = "flow.json", version: str = "1.1.0", **members: JSON) -> Description:
    """Return the description that has these workflows."""
    whole = {
        "arazzo": version,
        "info": {"title": "T", "version": "1"},
        "sourceDescriptions": SOURCES,
        "workflows": list(workflows),
        **members,
    }
    return describe(read(json.dumps(whole), f"file:///flows/{name}", name, Profile.ARAZZO))


def flow(*steps: JSON, workflow_id: JSON = "w", **members: JSON) -> JSON:
    """Return a workflow; a step that is only a name calls an operation."""
    return {"workflowId": workflow_id, "steps": [_step(one) for one in steps], **members}


def _step(step: JSON) -> JSON:
    if isinstance(step, dict):
        return step if {"operationId", "operationPath", "workflowId"} & step.keys() else {**step, "operationId": "x"}
    return {"stepId": step, "operationId": "x"}


def graph(*workflows: JSON, **members: Any) -> Graph:
    """Return the graph of a document with these workflows."""
    return graph_of(document(*workflows, **members))


def figure(*steps: JSON, **members: JSON) -> Figure:
    """Return the figure of a workflow with these steps."""
    return graph(flow(*steps, **members)).figures[0]


def ways(drawn: Figure) -> list[str]:
    """Return the edges of a figure, each as a line: ``a -success-> b goto name (label)``."""
    return [
        f"{one.source} -{one.outcome}-> {one.target} {one.kind.value}"
        + (f" {one.name}" if one.name else "")
        + (f" ({one.label})" if one.label else "")
        for one in drawn.edges
    ]


names = st.one_of(st.sampled_from(["a", "b", "c", "start", "end", ""]), st.text(max_size=12))
_criteria = st.lists(st.fixed_dictionaries({"condition": st.text(max_size=20)}), max_size=2)
_actions = st.lists(
    st.fixed_dictionaries(
        {"name": names, "type": st.sampled_from(["goto", "retry", "end", "leap"])},
        optional={
            "stepId": names,
            "workflowId": st.sampled_from(
                ["w", "v", "$sourceDescriptions.lib.v", "$sourceDescriptions.no.v", "$x", ""]
            ),
            "criteria": _criteria,
            "retryLimit": st.integers(0, 5),
            "retryAfter": st.integers(0, 5),
        },
    ),
    max_size=3,
)
_steps = st.lists(
    st.fixed_dictionaries(
        {"stepId": names},
        optional={
            "operationId": st.text(max_size=20),
            "operationPath": st.text(max_size=20),
            "workflowId": st.sampled_from(["w", "v", "u", "$sourceDescriptions.lib.v"]),
            "dependsOn": st.lists(
                st.sampled_from(["a", "b", "c", "$workflows.v.steps.a", "$workflows.v", "z"]), max_size=2
            ),
            "onSuccess": _actions,
            "onFailure": _actions,
        },
    ),
    max_size=6,
)
_flows = st.fixed_dictionaries(
    {"workflowId": st.sampled_from(["w", "v", "u", ""]), "steps": _steps},
    optional={
        "summary": st.text(max_size=30),
        "dependsOn": st.lists(st.sampled_from(["w", "v", "nowhere"]), max_size=2),
        "failureActions": _actions,
        "successActions": _actions,
    },
)
graphs = st.lists(_flows, max_size=3).map(lambda flows: graph(*cast(list[JSON], flows)))
"""Graphs of documents, sound and broken ones."""
