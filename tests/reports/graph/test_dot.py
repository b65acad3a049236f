import io
import re

import pydot
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.graph import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.reports.graph.dot import quoted, write_dot
from arazzo_runner.reports.page import Look
from tests.graph.flows import flow, graph, graphs

# pydot calls its own library by names that this calls old.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:pydot")

STRING = r'"(?:[^"\\\n]|\\["\\n])*"'
VALUE = rf"(?:{STRING}|\w+)"
LINE = re.compile(
    rf"""digraph\ arazzo\ \{{ | \s*\}} | \s*subgraph\ cluster_\d+\ \{{ | \s*label={STRING}
    | \s*(?:\w+|\w+\ ->\ \w+)\ \[\w+={VALUE}(?:\ \w+={VALUE})*\]""",
    re.VERBOSE,
)
"""The lines of DOT that are written, and no others (the DOT Language: a string in quotes)."""


def written(drawn: Graph) -> str:
    page = io.StringIO()
    write_dot(page, drawn, Look())
    return page.getvalue()


def test_a_workflow() -> None:
    assert written(graph(flow({"stepId": "a", "operationId": "getPet"}))).splitlines() == [
        "digraph arazzo {",
        '  node [fontname="monospace" fontsize=11]',
        '  edge [fontname="monospace" fontsize=9]',
        "  subgraph cluster_0 {",
        '    label="w"',
        '    f0n0 [label="Start" shape=oval]',
        '    f0n1 [label="a\\ngetPet" shape=box style="rounded"]',
        '    f0n2 [label="End" shape=oval color="#1a7f37"]',
        '    f0n3 [label="Failure" shape=oval color="#cf222e"]',
        '    f0n0 -> f0n1 [label="" weight=8]',
        '    f0n1 -> f0n2 [label=""]',
        '    f0n1 -> f0n3 [label="on failure" color="#cf222e"]',
        "  }",
        "}",
    ]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (("a", "", "b"), '"a\\nb"'),
        (('"\\N',), '"\\"\\\\N"'),
        (("a\nb\x00",), '"a\\\\nb\\\\x00"'),
        (("<b>",), '"<b>"'),
        (("\ud800",), '"\ufffd"'),
    ],
)
def test_strings(lines: tuple[str, ...], shown: str) -> None:
    assert quoted(*lines) == shown


@given(st.text())
def test_any_text_is_one_string(text: str) -> None:
    assert re.fullmatch(STRING, quoted(text))


@settings(max_examples=30)
@given(graphs)
def test_every_line_is_one_of_the_language(drawn: Graph) -> None:
    assert [line for line in written(drawn).splitlines() if not LINE.fullmatch(line)] == []


def test_a_parser_of_another_house_reads_the_same_texts() -> None:
    text = "".join(map(chr, range(32, 127))) + "é日"
    node = Node("a", NodeKind.STEP, text, text)
    drawn = Graph((Figure(text, "", (node,), (Edge("a", "a", EdgeKind.GOTO, "", text, text),)),))
    [parsed] = pydot.graph_from_dot_data(written(drawn)) or []
    [cluster] = parsed.get_subgraphs()
    [read] = cluster.get_nodes()
    assert read.get("label") == quoted(text, text)
    [edge] = cluster.get_edges()
    assert (edge.get_source(), edge.get_destination(), edge.get("label")) == ("f0n0", "f0n0", quoted(text, text))
