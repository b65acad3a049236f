"""Values for variables of the path that are given in another place."""

from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.program.model import OperationCall
from tests.engine.programs import compile_text
from tests.program.marked import in_document, place

STEP = "workflows:\n- workflowId: w\n  steps:\n  - {{stepId: s, operationId: item, parameters: [{parameters}]}}\n"


def places_of(parameters: str, strict: bool = False) -> list[tuple[str, str]]:
    program = compile_text(in_document(STEP.format(parameters=parameters)).text, strict=strict).program
    assert program is not None
    call = program.workflow.steps[0].call
    assert isinstance(call, OperationCall)
    return [(one.name, one.location) for one in call.parameters]


@pytest.mark.parametrize("location", ["query", "header", "cookie"])
def test_what_the_path_lacks_goes_there(location: str) -> None:
    assert places_of(f"{{name: id, in: {location}, value: 1}}") == [("id", "path")]
    assert places_of(f"{{name: id, in: {location}, value: 1}}", strict=True) == [("id", location)]


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ("{name: id, in: path, value: 1}, {name: id, in: query, value: 2}", [("id", "path"), ("id", "query")]),
        ("{name: id, in: header, value: 1}, {name: id, in: query, value: 2}", [("id", "path"), ("id", "query")]),
        ("{name: ID, in: query, value: 1}", [("ID", "query")]),
        ("{name: ids, in: query, value: 1}", [("ids", "query")]),
    ],
)
def test_all_else_stays_where_it_is(parameters: str, expected: list[tuple[str, str]]) -> None:
    assert places_of(parameters) == expected


def test_the_reading_is_told_at_its_place() -> None:
    told = in_document(STEP.format(parameters="{name: id, in: «query», value: 1}"))
    found = compile_text(told.text).diagnostics
    assert [(one.code, one.severity, place(one)) for one in found] == [
        ("reading-PAR-16", Severity.WARNING, told.places[0])
    ]
