from pathlib import Path

from arazzo_runner.api import check, load
from arazzo_runner.diagnostics import Severity
from benchmarks import documents
from benchmarks.rows.validate_large import RESOURCES, STEPS, WORKFLOWS


def test_the_documents_have_no_fault_and_the_size_that_was_asked_for(tmp_path: Path) -> None:
    path = documents.write(tmp_path, 3, 4, 5)
    found = load(path)
    assert [len(flow.steps) for flow in found.workflows] == [4, 4, 4]
    assert {one.severity for one in check(found)} <= {Severity.NOTE}


def test_they_are_the_same_each_time() -> None:
    assert documents.description(7) == documents.description(7)
    assert documents.flows(2, 3, 7) == documents.flows(2, 3, 7)


def test_the_large_row_has_the_size_that_it_says() -> None:
    assert WORKFLOWS * STEPS == 1_000
    assert 0.95e6 < len(documents.description(RESOURCES)) < 1.1e6
