"""The program that counts over a folder of documents, tried on documents of our own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from arazzo_runner.fixes.scalars import Scalar
from tests.engine.programs import HEAD, OPENAPI
from tests.real.__main__ import tally
from tests.real.built import shaped
from tests.real.fixed import fixed
from tests.real.found import Document, documents, is_arazzo, listed
from tests.real.judged import judge

READY = "workflows: [{workflowId: w, inputs: {required: [a], properties: {a: {type: integer}}}, steps: [{stepId: s, operationId: item, parameters: [{name: id, in: path, value: $inputs.a}, {name: need, in: query, value: 1}]}]}]\n"
REFUSED = "workflows: [{workflowId: v, steps: [{stepId: s, operationId: nowhere}]}, {workflowId: u, steps: [{stepId: s, operationId: x, outputs: {o: $response.body.a}}]}]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ready.yml").write_text(HEAD.format(version="1.0.1") + READY)
    (tmp_path / "a" / "openapi.yaml").write_text(OPENAPI)
    (tmp_path / "refused.yaml").write_text(HEAD.format(version="1.0.1") + REFUSED)
    (tmp_path / "notes.txt").write_text("arazzo: 1.0.1")
    (tmp_path / "broken.json").write_text('{"arazzo": "1.0.1", ')
    return tmp_path


def test_documents_are_found_by_their_beginning(folder: Path) -> None:
    names = [one.path.name for one in documents(folder)]
    assert sorted(names) == ["broken.json", "ready.yml", "refused.yaml"]
    assert not is_arazzo(folder / "a" / "openapi.yaml")


def test_documents_of_an_index_come_with_their_sources(folder: Path) -> None:
    lying = {"name": "api", "file": "a/openapi.yaml", "status": "fallback"}
    beside = {"name": "other", "file": "a/openapi.yaml", "status": "resolves"}
    rows = [{"doc": "refused.yaml", "sources": [lying, beside, {"name": "gone", "status": "missing"}]}]
    (folder / "INDEX.json").write_text(json.dumps(rows))
    (found,) = documents(folder)
    assert found == Document(folder / "refused.yaml", (("api", str(folder / "a" / "openapi.yaml")),))


def test_a_list_names_workflows(folder: Path) -> None:
    path = folder / "list.tsv"
    path.write_text("x.yml\tone\t3\tapi=/a.yml\nx.yml\ttwo\t3\tapi=/a.yml\ny.yml\tw\t1\n")
    assert listed(path) == [
        Document(Path("x.yml"), (("api", "/a.yml"),), ("one", "two")),
        Document(Path("y.yml"), (), ("w",)),
    ]


def test_what_becomes_of_each_workflow_is_counted(folder: Path) -> None:
    sources = (("api", str(folder / "a" / "openapi.yaml")),)
    table = tally(
        [judge(Document(one.path, sources if one.path.name != "broken.json" else ())) for one in documents(folder)]
    )
    assert table[0] == "3 documents, 3 workflows"
    counted = [line.split(maxsplit=1) for line in table if line[:7].strip().isdigit()]
    assert ["2", "ready"] in counted
    assert ["1", "refused"] in counted
    assert ["1", "refused [operation-unknown]"] in counted
    assert ["1", "no workflow [syntax-json]"] in counted
    assert ["1", "reading-P2"] in counted
    place = next(line for line in table if "nowhere" in line)
    assert f"{folder / 'refused.yaml'}:" in place


def test_only_the_workflows_asked_for_are_judged(folder: Path) -> None:
    document = Document(folder / "refused.yaml", (("api", str(folder / "a" / "openapi.yaml")),), ("u",))
    assert [(fate.workflow, fate.kind) for fate in judge(document).fates] == [("u", "ready")]


def test_what_is_ready_runs_against_the_mock(folder: Path) -> None:
    kinds = [fate.kind for fate in judge(Document(folder / "a" / "ready.yml"), run=True).fates]
    assert kinds == ["ready", "run succeeded"]


def test_a_crash_is_counted_with_its_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("tests.real.judged.prepare", broken)
    (fate,) = judge(Document(folder / "a" / "ready.yml")).fates
    assert fate.kind == "CRASH KeyError"
    assert "ready.yml w" in fate.example


def test_a_file_that_is_not_there_is_told(folder: Path) -> None:
    assert [fate.kind for fate in judge(Document(folder / "none.yml")).fates] == ["unreadable"]


STEPS = """
workflows:
- workflowId: w
  inputs: {required: [a], properties: {a: {type: integer}}}
  steps:
  - {stepId: s, operationId: item, successCriteria: [{condition: $statusCode == 999}], parameters: [{name: id, in: path, value: $inputs.a}, {name: need, in: query, value: 1}]}
  - {stepId: r, operationId: item, outputs: {o: $statusCode}, parameters: [{name: id, in: path, value: 1}, {name: need, in: query, value: 1}]}
  - {stepId: t, operationId: item, parameters: [{name: id, in: path, value: $steps.r.outputs.o}, {name: need, in: query, value: 1}]}
  - {stepId: u, operationId: item, parameters: [{name: id, in: path, value: $response.body}, {name: need, in: query, value: 1}]}
  - {stepId: v, workflowId: x}
- {workflowId: x, steps: [{stepId: s, operationId: x}]}
"""


def test_the_request_of_each_step_is_built_with_what_it_needs_invented(folder: Path) -> None:
    path = folder / "a" / "steps.yml"
    path.write_text(HEAD.format(version="1.0.1") + STEPS)
    table = tally([judge(Document(path, workflows=("w",)), build=True)])
    counted = {text: int(number) for number, text in (line.split(maxsplit=1) for line in table) if number.isdigit()}
    assert (counted["request built"], counted["request built, outputs of steps invented"]) == (2, 1)
    assert counted["step calls a workflow"] == 1
    assert sum(number for text, number in counted.items() if text.startswith("request not built: ")) == 1
    assert any("steps.yml w/u:" in line for line in table)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (".id", {"id": "invented"}),
        (".items[1].id", {"items": [{"id": "invented"}, {"id": "invented"}]}),
        ("/items/0/id", {"items": [{"id": "invented"}]}),
        ("[0]", ["invented"]),
    ],
)
def test_a_stand_in_has_what_a_path_looks_for(path: str, value: object) -> None:
    assert shaped(path) == value


MENDABLE = """
workflows:
- workflowId: w
  inputs: {required: [a], properties: {a: {type: integer}}}
  steps:
  - {stepId: s, operationId: ITEM, parameters: [{name: id, in: path, value: x $inputs.a}, {name: need, in: query, value: 1}], outputs: {o: $response.body.a}}
- {workflowId: v, steps: [{stepId: s, operationId: nowhere}]}
"""


def test_what_is_mended_sends_the_same(folder: Path) -> None:
    path = folder / "a" / "mendable.yml"
    path.write_text(HEAD.format(version="1.0.1") + MENDABLE)
    kinds = [fate.kind for fate in fixed(Document(path)).fates]
    assert sorted(kinds) == [
        "document fixed",
        "fixed [reading-P12]",
        "fixed [reading-P1]",
        "fixed [reading-P2]",
        "refused before and after",
        "same mocked outputs",
        "same requests",
    ]
    assert path.read_text() == HEAD.format(version="1.0.1") + MENDABLE


def test_what_is_mended_wrongly_is_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "a" / "mendable.yml"
    path.write_text(HEAD.format(version="1.0.1") + MENDABLE)
    spliced = Scalar.spliced

    def wrong(scalar: Scalar, start: int, end: int, text: str) -> tuple[int, int, str] | None:
        return spliced(scalar, start, end, text.replace("{$inputs.a}", "y"))

    monkeypatch.setattr(Scalar, "spliced", wrong)
    monkeypatch.setattr(sys.modules["arazzo_runner.fixes.amend"], "_is_as_wanted", lambda *_: True)
    assert "BAD other requests" in [fate.kind for fate in fixed(Document(path)).fates]


def test_what_would_be_written_wrongly_is_dropped_and_counted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder / "a" / "mendable.yml"
    path.write_text(HEAD.format(version="1.0.1") + MENDABLE)
    monkeypatch.setattr(Scalar, "spliced", lambda scalar, *_: (scalar.start, scalar.end, "other"))
    assert "BAD fix that could not be written" in [fate.kind for fate in fixed(Document(path)).fates]
