import pytest

from arazzo_runner.engine.outcomes import Failed
from arazzo_runner.mock.drafts import Undrafted
from arazzo_runner.mock.notes import named, no_answer, place_of, unresolved
from arazzo_runner.mock.statuses import Candidate
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON
from tests.mock.one_step import answered, asked, json_of

BODY = "$response.body"
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


def test_what_could_not_be_turned_round_is_no_contradiction() -> None:
    responses: JSON = {"200": json_of({"type": "object", "required": ["v"], "properties": {"v": {"type": "array"}}})}
    answer = answered(responses, {"condition": "$.v[?@ == $.w]", "type": "jsonpath", "context": BODY})
    [note] = answer.notes
    assert note.startswith("the mock invented no answer for which the criterion '$.v[?@ == $.w]' at arazzo.yaml:")
    assert "contradict" not in note
    assert answer.codes == ()


@pytest.mark.parametrize(
    ("conditions", "code", "told"),
    [
        (["$response.body#/v == 'b'"], "criterion-contradicts-schema", "contradict each other: at /v"),
        (["$response.body#/v == 'a'", "$response.body#/v == 'c'"], "document-contradicts-itself", "exclude each other"),
        (["$inputs.n == 1"], "document-contradicts-itself", "known before the answer"),
        (
            [{"context": "$response.body#/v", "condition": "^z", "type": "regex"}],
            "criterion-contradicts-schema",
            "at /v",
        ),
        ([{"context": BODY, "condition": "$.w", "type": "jsonpath"}], "criterion-contradicts-schema", "at /w"),
    ],
)
def test_why_a_criterion_fails_has_a_stable_code(conditions: list[str | dict[str, JSON]], code: str, told: str) -> None:
    schema: JSON = {"type": "object", "properties": {"v": {"enum": ["a", "d"]}}, "additionalProperties": False}
    answer = answered({"200": json_of(schema)}, *conditions)
    assert code in answer.codes
    assert any(told in note and "arazzo.yaml:" in note for note in answer.notes), answer.notes
    assert code in [found.code for found in answer.result.warnings]


def test_a_schema_without_an_instance_has_a_code() -> None:
    failed = answered({"200": json_of({"type": "string", "enum": []})}).outcome
    assert isinstance(failed, Failed)
    assert failed.code == "no-instance"


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "array", "minItems": 1_000_000},
        {"type": "string", "minLength": 5_000_000},
        {"type": "object", "minProperties": 100_000},
        {"type": "object", "required": ["a"], "properties": {"a": {"anyOf": [{"type": "array", "minItems": 1001}]}}},
    ],
)
def test_what_a_limit_of_the_mock_forbids_is_given_up(schema: JSON) -> None:
    failed = answered({"200": json_of(schema)}).outcome
    assert isinstance(failed, Failed)
    assert failed.code == "invention-gave-up"


def test_a_criterion_that_wants_more_than_the_mock_makes_is_no_contradiction() -> None:
    answer = answered({"200": json_of({"type": "array", "items": {"type": "integer"}})}, "$response.body#/5000 == 1")
    assert answer.codes == ("invention-gave-up",)
    assert "no more than 1000" in answer.notes[0]
