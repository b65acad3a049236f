import io
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.graph import Graph
from arazzo_runner.reports.graph.mermaid import escaped, write_mermaid
from arazzo_runner.reports.page import Look
from arazzo_runner.values import JSON
from tests.graph.flows import flow, graph, graphs

TEXT = r"(?:[^\x00-\x7f]|[-A-Za-z0-9 _.,:/=()'?!]|\#[0-9]+;|<br/>)+"
LINE = re.compile(
    rf"""flowchart\ TD
    | \s*f\d+n\d+(?:\(\["{TEXT}"\]\)|\[\["{TEXT}"\]\]|\["{TEXT}"\])(?::::\w+)?
    | \s*f\d+n\d+\ (?:-->|-\.->)(?:\|"{TEXT}"\|)?\ f\d+n\d+
    | \s*subgraph\ f\d+\["{TEXT}"\]
    | \s*end
    | \s*classDef\ .*
    | \s*linkStyle\ \d+(?:,\d+)*\ stroke:\#cf222e""",
    re.VERBOSE,
)
"""The lines of Mermaid's flowcharts that are written, and no others."""


def written(drawn: Graph) -> list[str]:
    page = io.StringIO()
    write_mermaid(page, drawn, Look())
    return page.getvalue().removesuffix("\n").split("\n")


def test_a_workflow() -> None:
    action: JSON = {"name": "n", "type": "goto", "stepId": "a", "criteria": [{"condition": '$statusCode == "x"'}]}
    assert written(graph(flow({"stepId": "a", "onFailure": [action]})))[:9] == [
        "flowchart TD",
        '    f0n0(["Start"])',
        '    f0n1["a<br/>x"]',
        '    f0n2(["End"]):::done',
        '    f0n3(["Failure"]):::failure',
        "    f0n0 --> f0n1",
        "    f0n1 --> f0n2",
        '    f0n1 -->|"n<br/>#36;statusCode == #34;x#34;"| f0n1',
        '    f0n1 -->|"on failure"| f0n3',
    ]


def test_several_workflows_are_subgraphs_and_links_are_counted_over_all() -> None:
    lines = written(graph(flow("a"), flow("b", workflow_id="v")))
    assert [line for line in lines if "subgraph" in line] == ['  subgraph f0["w"]', '  subgraph f1["v"]']
    assert lines[-1] == "  linkStyle 2,5 stroke:#cf222e"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a-b_c 1.2", "a-b_c 1.2"),
        ("é日", "é日"),
        ("#", "#35;"),
        ("%%{init}%%", "#37;#37;#123;init#125;#37;#37;"),
        ("`x`", "#96;x#96;"),
        ("a\nb\x1b", "a#92;nb#92;x1b"),
        ("<br>", "#60;br#62;"),
        ("\ud800", "\ufffd"),
        ("", " "),
    ],
)
def test_what_could_mean_something_is_a_number(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text())
def test_any_text_can_stand_in_quotes(text: str) -> None:
    assert re.fullmatch(TEXT, escaped(text))


@settings(max_examples=30)
@given(graphs)
def test_every_line_is_one_of_a_flowchart(drawn: Graph) -> None:
    assert [line for line in written(drawn) if not LINE.fullmatch(line)] == []
