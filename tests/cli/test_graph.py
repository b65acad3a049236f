import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from arazzo_runner.reports.graph import ENDINGS, FORMATS
from tests.cli.invocation import Command

FLOW = """
arazzo: 1.1.0
info: {title: T, version: '1'}
sourceDescriptions: [{name: lib, url: gone/api.yml, type: openapi}, {name: web, url: 'https://web.invalid/api.yml', type: openapi}]
workflows:
- {workflowId: w, steps: [{stepId: s, operationId: x, onFailure: [{name: n, type: goto, stepId: nirvana}]}]}
- {workflowId: v, steps: [{stepId: s, workflowId: w}]}
"""


@pytest.fixture
def flow(tmp_path: Path) -> str:
    (tmp_path / "flow.yml").write_text(FLOW)
    return str(tmp_path / "flow.yml")


def test_the_reference_workflow_is_drawn(arazzo: Command, reference: str) -> None:
    ended = arazzo("graph", reference)
    assert (ended.code, ended.err) == (0, "")
    assert "│ generateToken                       ├── ✗ → Failure ─┐" in ended.out
    assert "│ POST /api/hubs/{hub}/:generateToken │" in ended.out


@pytest.mark.parametrize(
    ("format", "begins"),
    [
        ("terminal", "generate-token-then-broadcast\n"),
        ("svg", '<svg xmlns="http://www.w3.org/2000/svg"'),
        ("mermaid", "flowchart TD\n"),
        ("dot", "digraph arazzo {\n"),
        ("json", '{\n  "schemaVersion": "1"'),
    ],
)
def test_each_format(arazzo: Command, reference: str, format: str, begins: str) -> None:
    ended = arazzo("graph", reference, "--format", format)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out.startswith(begins)
    assert format in FORMATS


def test_the_table_of_formats_is_whole() -> None:
    assert set(ENDINGS.values()) == set(FORMATS)


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.svg", "<svg "), ("a.MMD", "flowchart"), ("a.gv", "digraph"), ("a", "generate"), ("a.json", "{")],
)
def test_the_ending_of_the_file_chooses_the_format(
    arazzo: Command, reference: str, tmp_path: Path, name: str, begins: str
) -> None:
    ended = arazzo("graph", reference, "-o", str(tmp_path / name))
    assert ended == (0, "", "")
    assert (tmp_path / name).read_text("utf-8").startswith(begins)


def test_the_format_that_is_named_counts_more(arazzo: Command, reference: str, tmp_path: Path) -> None:
    assert arazzo("graph", reference, "-o", str(tmp_path / "a.md"), "--format", "mermaid").code == 0
    assert (tmp_path / "a.md").read_text("utf-8").startswith("flowchart")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--json", "--format", "svg"), "--json and --format svg contradict each other"),
        (("--format", "png"), "error: --format: there is no format 'png'"),
        (("-o", "a.png"), "error: --output: '.png' tells no format\n  add --format: terminal, svg"),
        (("-o", "no/such/folder/a.svg"), "error: --output: 'no/such/folder/a.svg' can't be written"),
        (("--workflow", "generate-token"), "there is no workflow 'generate-token'"),
        (("--source", "x=y.yml"), "there is no source 'x' to override"),
    ],
)
def test_what_can_not_be_done_is_2(arazzo: Command, reference: str, arguments: tuple[str, ...], complaint: str) -> None:
    ended = arazzo("graph", reference, *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err


@pytest.mark.parametrize("text", ["", "arazzo: 1.0.1\n", "a: ["])
def test_a_document_without_workflows_is_2(arazzo: Command, text: str) -> None:
    ended = arazzo("graph", "-", stdin=text.encode())
    assert (ended.code, ended.out) == (2, "")
    assert "error[" in ended.err


def test_what_is_broken_or_missing_is_drawn_as_far_as_it_is_there(arazzo: Command, flow: str) -> None:
    ended = arazzo("graph", flow, "--format", "json")
    assert (ended.code, ended.err) == (0, "")
    first, second = json.loads(ended.out)["workflows"]
    kinds = [node["kind"] for node in first["nodes"]]
    assert kinds == ["start", "step", "end", "missing"]
    assert second["nodes"][1]["workflow"] == "w"


def test_one_workflow_with_those_that_it_reaches(arazzo: Command, flow: str) -> None:
    def drawn(*arguments: str) -> list[str]:
        whole = json.loads(arazzo("graph", flow, "--format", "json", *arguments).out)
        return [workflow["workflow"] for workflow in whole["workflows"]]

    assert (drawn("-w", "w"), drawn("-w", "v"), drawn()) == (["w"], ["v", "w"], ["w", "v"])


def test_errors_of_the_document_are_told_beside_the_drawing(arazzo: Command) -> None:
    ended = arazzo("graph", "-", stdin=FLOW.replace("stepId: s, operationId: x,", "stepId: 1,").encode())
    assert ended.code == 0
    assert "error[" in ended.err
    assert "nirvana" in ended.out


def test_sources_may_be_named(arazzo: Command, flow: str, tmp_path: Path) -> None:
    api = "{openapi: 3.1.0, info: {title: A, version: '1'}, paths: {/x: {get: {operationId: x}}}}"
    (tmp_path / "here.yml").write_text(api)
    assert "GET /x" in arazzo("graph", flow, "--source", f"lib={tmp_path / 'here.yml'}", "-w", "w").out


@pytest.mark.parametrize(
    "file", sorted((Path(__file__).parents[2] / "specs" / "arazzo").glob("*.y*ml")), ids=lambda one: one.stem
)
def test_every_example_can_be_drawn_in_every_format(arazzo: Command, file: Path) -> None:
    for format in FORMATS:
        ended = arazzo("graph", str(file), "--format", format)
        assert ended.code == 0
        assert ended.out
        if format == "svg":
            ElementTree.fromstring(ended.out)


def test_json_is_as_its_schema_says(arazzo: Command, flow: str, project: Path) -> None:
    schema = json.loads((project / "arazzo_runner/reports/graph/graph.schema.json").read_text("utf-8"))
    ended = arazzo("graph", flow, "--json")
    jsonschema.validate(json.loads(ended.out), schema)
    assert ended == arazzo("graph", flow, "--format", "json")
