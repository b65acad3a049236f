import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.lookup import Found, find_operation
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, arazzo, description_of

API: JSON = {
    "openapi": "3.1.0",
    "paths": {
        "/a": {"get": {"operationId": "readA"}, "post": {}},
        "/b": {"get": {"operationId": "readB", "parameters": [{"$ref": "#/gone"}]}},
    },
}


def find(step: JSON, strict: bool = False, files: dict[str, JSON] | None = None) -> Found:
    description = arazzo(step)
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": API} if files is None else files))
    return find_operation(description.workflows[0].steps[0], description, registry, strict)


def told(found: Found) -> list[tuple[str, Severity]]:
    return [(each.code, each.severity) for each in found.diagnostics]


def test_an_operation_is_found_and_nothing_is_said() -> None:
    found = find({"operationId": "readA"})
    assert found.operation is not None
    assert (found.operation.source, found.operation.method, found.operation.path) == ("things", "GET", "/a")
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    ("step", "reading", "strict_code"),
    [
        ({"operationPath": "POST /a"}, "reading-P10", "operation-path-malformed"),
        ({"operationId": "things.readA"}, "reading-P11", "operation-unknown"),
        ({"operationId": "reada"}, "reading-P12", "operation-unknown"),
    ],
)
def test_a_practical_reading_is_a_warning_and_strictly_an_error(step: JSON, reading: str, strict_code: str) -> None:
    practical, strict = find(step), find(step, strict=True)
    assert practical.operation is not None
    assert told(practical) == [(reading, Severity.WARNING)]
    assert practical.remarks == practical.diagnostics
    assert practical.diagnostics[0].help.startswith("write ")
    assert strict.operation is None
    assert told(strict) == [(strict_code, Severity.ERROR)]


def test_a_finding_stands_where_the_step_names_the_operation() -> None:
    text = """\
arazzo: 1.1.0
info: {title: Test, version: "1"}
sourceDescriptions:
  - {name: things, url: api.json}
workflows:
  - workflowId: flow
    steps:
      - stepId: one
        operationId: readC
      - stepId: two
        operationPath: '{$sourceDescriptions.things.url}#/paths/~1a'
"""
    description = description_of(text)
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": API}))
    places = []
    for step in description.workflows[0].steps:
        (fault,) = find_operation(step, description, registry).diagnostics
        assert fault.severity is Severity.ERROR
        assert fault.span is not None
        places.append((fault.code, fault.span.line, fault.span.column))
    assert places == [("operation-unknown", 9, 22), ("operation-path-item", 11, 24)]


def test_what_is_wrong_in_the_description_is_told_with_its_place_there() -> None:
    found = find({"operationId": "readB"})
    assert found.operation is not None
    assert told(found) == [("openapi-reference", Severity.WARNING)]
    span = found.diagnostics[0].span
    assert span is not None
    assert span.uri == FOLDER + "api.json"
    assert find({"operationId": "readB"}).diagnostics == found.diagnostics


def test_an_operation_that_has_an_id_is_better_named_by_it() -> None:
    found = find({"operationPath": "{$sourceDescriptions.things.url}#/paths/~1a/get"})
    assert found.operation is not None
    assert told(found) == [("operation-prefer-id", Severity.NOTE)]
    assert "$sourceDescriptions.things.readA" in found.diagnostics[0].help
    assert find({"operationPath": "{$sourceDescriptions.things.url}#/paths/~1a/post"}).diagnostics == ()


def test_a_step_that_calls_no_operation_finds_none() -> None:
    assert find({"workflowId": "flow"}) == Found(None)


def test_a_source_that_is_missing_is_the_registrys_to_report() -> None:
    assert find({"operationId": "readA"}, files={}) == Found(None)
