"""`arazzo test` with journals, through the real command."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from arazzo_runner.cli.document_search import find_documents
from tests.cli.invocation import Command
from tests.journal.runs import flow, recorded, written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    recorded(tmp_path, written(tmp_path, flow()), {"name": "n", "password": "sesame-open"})
    return tmp_path


def change(folder: Path) -> None:
    written(folder, flow(parameters=[{"name": "id", "in": "path", "value": "t-2"}]))


def test_a_journal_that_is_named(arazzo: Command, folder: Path) -> None:
    ended = arazzo("test", str(folder / "run.ndjson"))
    assert ended.code == 0
    assert "make-and-get  2 requests" in ended.out


def test_a_drift_fails_and_is_explained(arazzo: Command, folder: Path) -> None:
    change(folder)
    ended = arazzo("test", str(folder / "run.ndjson"))
    assert ended.code == 1
    assert "make-and-get  drift, 2 requests" in ended.out
    assert "step 'get': url was" in ended.out
    assert "sesame" not in ended.out + ended.err


def test_a_folder_has_both(arazzo: Command, folder: Path, project: Path) -> None:
    change(folder)
    ended = arazzo("test", str(folder), "--json")
    told = json.loads(ended.out)
    jsonschema.validate(
        told, json.loads((project / "arazzo_runner/reports/tests/tests.schema.json").read_text("utf-8"))
    )
    assert [Path(each["file"]).name for each in told["documents"]] == ["flow.json", "run.ndjson"]
    assert told["summary"]["failedByReason"] == {"drift": 1}
    assert (told["summary"]["workflows"], ended.code) == (2, 1)


def test_a_build_server_gets_a_case(arazzo: Command, folder: Path) -> None:
    change(folder)
    ended = arazzo("test", str(folder / "run.ndjson"), "--format", "junit")
    (failure,) = etree.fromstring(ended.out.encode()).iter("failure")
    assert failure.get("type") == "drift"


def test_a_journal_whose_document_is_gone_can_not_be_tested(arazzo: Command, folder: Path) -> None:
    (folder / "flow.json").unlink()
    ended = arazzo("test", str(folder / "run.ndjson"))
    assert ended.code == 2
    assert "is not where it was" in ended.out


def test_a_workflow_can_be_chosen(arazzo: Command, folder: Path) -> None:
    assert arazzo("test", str(folder), "--workflow", "make-and-get").code == 0
    ended = arazzo("test", str(folder / "run.ndjson"), "--workflow", "other")
    assert ended.code == 2
    assert "no document has a workflow 'other'" in ended.err


@pytest.mark.parametrize("named", ["{folder}", "{folder}/*"])
def test_journals_are_found_where_they_are_looked_for(folder: Path, named: str) -> None:
    (folder / "other.ndjson").write_text('{"a": 1}\n', "utf-8")
    where = named.format(folder=folder)
    assert [Path(each).name for each in find_documents([where]).files] == ["flow.json"]
    assert [Path(each).name for each in find_documents([where], journals=True).files] == ["flow.json", "run.ndjson"]


def test_a_folder_without_any_says_what_counts(arazzo: Command, tmp_path: Path) -> None:
    ended = arazzo("test", str(tmp_path))
    assert ended.code == 2
    assert "so do journals that end in .ndjson, .jsonl" in " ".join(ended.err.split())
