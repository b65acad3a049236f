import io
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.graph import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.graph.layout import MAX_ROWS
from arazzo_runner.reports.graph.svg import svg, write_svg
from arazzo_runner.reports.graph.taken import Taken
from arazzo_runner.reports.page import Look
from arazzo_runner.values import JSON
from tests.graph.flows import figure, flow, graph, graphs

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "<script>alert('1')</script>]]>&\"\x00\x1b[31m\u202e\ufffe\ud800"


def element(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def texts(root: ElementTree.Element) -> list[str]:
    return [one.text or "" for one in root.iter(f"{SVG}text")]


def written(drawn: Graph) -> str:
    page = io.StringIO()
    write_svg(page, drawn, Look())
    return page.getvalue()


def test_a_figure_is_one_element_with_nothing_beside_it() -> None:
    drawn = svg(figure({"stepId": "a", "operationId": "getPet"}))
    root = element(drawn)
    assert root.tag == f"{SVG}svg"
    assert texts(root) == ["Start", "a", "getPet", "End", "Failure"]
    assert {one.tag.removeprefix(SVG) for one in root.iter()} == {
        "svg", "title", "desc", "style", "rect", "g", "path", "polygon", "text",
    }  # fmt: skip
    assert not re.search(r"""href|src=|url\(|@import|script|\son\w+=|\sid=""", drawn)


def test_it_tells_those_who_cannot_see_it() -> None:
    root = element(svg(replace(figure("a"), title="Feed the cat")))
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-label"] == root.findtext(f"{SVG}title") == "Feed the cat"
    assert "When a succeeds, on to End." in (root.findtext(f"{SVG}desc") or "")


def test_it_is_light_and_dark() -> None:
    style = element(svg(figure("a"))).findtext(f"{SVG}style") or ""
    assert "prefers-color-scheme:dark" in style
    assert set(re.findall(r"var\((--ag-\w+)\)", style)) == set(re.findall(r"(--ag-\w+):", style))


def test_each_kind_of_node_and_way_has_its_class() -> None:
    members: JSON = {
        "onSuccess": [{"name": "n", "type": "goto", "stepId": "z"}, {"name": "m", "type": "goto", "workflowId": "w"}],
        "onFailure": [{"name": "r", "type": "retry"}],
        "dependsOn": ["b"],
        "workflowId": "w",
    }
    assert isinstance(members, dict)
    drawn = svg(figure({"stepId": "a", **members}, "b"))
    for kind in NodeKind:
        assert f'class="ag-box ag-{kind.value}' in drawn
    for tone in ("plain", "success", "failure", "retry", "call", "depends"):
        assert f'class="ag-way ag-{tone}' in drawn
    assert drawn.count("ag-calls") == 2


def test_the_path_that_a_run_took_is_marked() -> None:
    drawn = figure("a", "b")
    took = frozenset(one for one in drawn.edges if one.source in ("start", "a") and one.target != "b")
    root = element(svg(drawn, Taken({"a": "failed"}, took, {"a": "3 tries"}, {"a": "#step-1"})))
    classes = [one.attrib["class"] for one in root.iter(f"{SVG}g")]
    assert sum("ag-taken" in one for one in classes) == len(took) == 2
    assert [one for one in classes if "ag-step" in one] == ["ag-box ag-step ag-failed", "ag-box ag-step ag-unseen"]
    assert {"3 tries", "✗"} <= set(texts(root))
    [link] = root.iter(f"{SVG}a")
    assert link.attrib["href"] == "#step-1"
    assert root.attrib["role"] == "group"


def test_ways_that_were_taken_lie_on_the_others() -> None:
    drawn = figure("a", "b")
    first = drawn.edges[0]
    ways = re.findall(r'class="ag-way [^"]*"', svg(drawn, Taken(edges=frozenset([first]))))
    assert ["ag-taken" in one for one in ways] == [False] * (len(ways) - 1) + [True]


def test_a_graph_is_one_picture_with_the_names_of_its_figures() -> None:
    root = element(written(graph(flow("a", summary="What it does"), flow("b", workflow_id="v"))))
    assert {"w", "What it does", "v"} <= set(texts(root))
    assert len([one for one in root if one.tag == f"{SVG}g"]) == 2


def test_a_graph_without_figures_is_a_picture_too() -> None:
    assert element(written(Graph())).findtext(f"{SVG}title") == "nothing to draw"


def test_what_is_left_out_is_told() -> None:
    drawn = svg(figure(*(f"s{number}" for number in range(MAX_ROWS))))
    assert "3 more nodes are not drawn" in texts(element(drawn))


@pytest.mark.parametrize("place", ["workflow", "title", "id", "label", "target", "name", "way"])
def test_hostile_text_is_shown_and_does_nothing(place: str) -> None:
    def text(name: str) -> str:
        return HOSTILE if name == place else name

    node = Node(text("id"), NodeKind.STEP, text("label"), text("target"))
    edge = Edge(node.id, node.id, EdgeKind.RETRY, "failure", text("name"), text("way"))
    whole = Figure(text("workflow"), text("title"), (node,), (edge,))
    drawn = svg(whole, Taken(links={node.id: HOSTILE}, notes={node.id: HOSTILE}))
    assert not list(element(drawn).iter(f"{SVG}script"))
    assert not {"\x00", "\x1b", "\u202e", "\ufffe", "\ud800"} & set(drawn)
    drawn.encode("utf-8")


@given(st.text(alphabet=st.characters(), max_size=50))
def test_it_is_well_formed_whatever_the_text_is(text: str) -> None:
    node = Node(text, NodeKind.STEP, text, text, text, text)
    whole = Figure(text, text, (node,), (Edge(text, text, EdgeKind.GOTO, "success", text, text),))
    element(svg(whole, Taken({text: "succeeded"}, frozenset(whole.edges), {text: text}, {text: text})))
    element(written(Graph((whole,))))


@settings(max_examples=30)
@given(graphs)
def test_it_is_well_formed_whatever_the_document_is(drawn: Graph) -> None:
    element(written(drawn))


def test_a_long_name_is_cut_wherever_it_stands() -> None:
    long = "w" * 100_000
    assert len(written(graph(flow("a", workflow_id=long)))) < 20_000
    assert len(svg(graph(flow("a", workflow_id=long)).figures[0])) < 20_000
