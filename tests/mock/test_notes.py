from arazzo_runner.mock.drafts import Undrafted
from arazzo_runner.mock.notes import named, no_answer, place_of, unresolved
from arazzo_runner.mock.statuses import Candidate
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON
from tests.mock.one_step import answered, asked, json_of

OK: JSON = {"200": {"description": ""}}


def operation() -> Operation:
    effect, _ = asked(OK)
    assert isinstance(effect.bound.call, OperationCall)
    return effect.bound.call.operation


def test_an_operation_is_named_by_method_and_path_and_has_a_place() -> None:
    assert named(operation()) == "GET /thing"
    assert place_of(operation()).startswith("/d/openapi.yaml:1:")


def test_no_answer_is_told_with_the_status_and_the_schema() -> None:
    fault = Undrafted(Candidate(200, None), "application/json: nothing", "api.yaml:3:1")
    assert no_answer(operation(), fault) == (
        "the mock found no answer for GET /thing: status 200, application/json: nothing (the schema stands at api.yaml:3:1)"
    )
    assert no_answer(operation(), None) == "the mock found no answer for GET /thing"


def test_outputs_that_find_nothing_are_listed() -> None:
    effect, _ = asked(OK, outputs={"a": "$response.body#/a", "code": "$statusCode", "h": "$response.header.X"})
    assert [name for name, _ in unresolved(effect.bound, effect.scope)] == ["a", "h"]


def test_a_long_condition_is_cut() -> None:
    condition = "$response.body == '" + "x" * 500 + "'"
    [note] = answered({"200": json_of({"const": 1})}, condition).notes
    assert len(note) < 700


def test_a_pattern_that_was_not_solved_is_no_contradiction() -> None:
    responses: JSON = {"200": json_of({"type": "object", "required": ["v"], "properties": {"v": {"type": "string"}}})}
    answer = answered(responses, {"context": "$response.body#/v", "condition": "^zz[0-9]{9}$", "type": "regex"})
    [note] = answer.notes
    assert note.startswith("the mock invented no answer for which the criterion '^zz[0-9]{9}$'")
    assert "contradict" not in note
