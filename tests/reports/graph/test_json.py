import io
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings

from arazzo_runner.graph import EdgeKind, Graph, NodeKind
from arazzo_runner.reports.graph.json import write_graph
from arazzo_runner.reports.page import Look
from tests.graph.flows import flow, graph, graphs

SCHEMA = json.loads((Path(__file__).parents[3] / "arazzo_runner/reports/graph/graph.schema.json").read_text("utf-8"))


def written(drawn: Graph) -> object:
    page = io.StringIO()
    write_graph(page, drawn, Look())
    return json.loads(page.getvalue())


def test_a_graph_for_a_program() -> None:
    drawn = graph(flow({"stepId": "a", "operationId": "getPet"}))
    assert drawn.figures[0].nodes[1].place.startswith("flow.json:1:")
    assert written(drawn) == {
        "schemaVersion": "1",
        "workflows": [
            {
                "workflow": "w",
                "title": None,
                "nodes": [
                    {"id": "start", "kind": "start", "label": "Start", "target": None, "workflow": None, "place": None},
                    {
                        "id": "a",
                        "kind": "step",
                        "label": "a",
                        "target": "getPet",
                        "workflow": None,
                        "place": drawn.figures[0].nodes[1].place,
                    },
                    {"id": "end", "kind": "end", "label": "End", "target": None, "workflow": None, "place": None},
                    {
                        "id": "failure",
                        "kind": "failure",
                        "label": "Failure",
                        "target": None,
                        "workflow": None,
                        "place": None,
                    },
                ],
                "edges": [
                    {"source": "start", "target": "a", "kind": "next", "outcome": None, "action": None, "label": None},
                    {
                        "source": "a",
                        "target": "end",
                        "kind": "end",
                        "outcome": "success",
                        "action": None,
                        "label": None,
                    },
                    {
                        "source": "a",
                        "target": "failure",
                        "kind": "end",
                        "outcome": "failure",
                        "action": None,
                        "label": None,
                    },
                ],
            }
        ],
    }


@pytest.mark.parametrize(("name", "kinds"), [("node", NodeKind), ("edge", EdgeKind)])
def test_the_schema_knows_every_kind(name: str, kinds: type[NodeKind | EdgeKind]) -> None:
    assert SCHEMA["$defs"][name]["properties"]["kind"]["enum"] == [kind.value for kind in kinds]


@settings(max_examples=30)
@given(graphs)
def test_every_graph_is_as_the_schema_says(drawn: Graph) -> None:
    jsonschema.validate(written(drawn), SCHEMA)
