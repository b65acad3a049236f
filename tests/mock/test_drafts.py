import json
from itertools import islice

import pytest

from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.drafts import Draft, Drafting, Undrafted, seen_by
from arazzo_runner.mock.plans import Plan, success
from arazzo_runner.mock.statuses import candidates
from arazzo_runner.program.model import OperationCall
from arazzo_runner.values import JSON
from tests.mock.one_step import answered, asked, json_of


def drafted(responses: JSON, *conditions: str, outputs: dict[str, str] | None = None) -> list[Draft | Undrafted]:
    effect, _ = asked(responses, *conditions, outputs=outputs)
    assert isinstance(effect.bound.call, OperationCall)
    operation = effect.bound.call.operation
    drafting = Drafting(effect, operation, Schemas(), 0)
    plan = (success(effect.bound.criteria, effect.scope) or (Plan(),))[0]
    return [draft for candidate in candidates(operation, plan) for draft in islice(drafting.drafts(candidate, plan), 9)]


def only(found: list[Draft | Undrafted]) -> Draft:
    [draft] = found
    assert isinstance(draft, Draft), draft
    return draft


def test_there_is_a_draft_for_each_media_type() -> None:
    content: JSON = {"application/json": {"schema": {}}, "text/plain": {"schema": {"type": "string"}}}
    found = drafted({"200": {"description": "", "content": content}})
    assert [draft.response.header("content-type") for draft in found if isinstance(draft, Draft)] == [
        "application/json",
        "text/plain",
    ]


def test_a_draft_tells_what_it_could_not_fit() -> None:
    draft = only(drafted({"200": json_of({"type": "string"})}, "$response.body#/a == 1"))
    assert len(draft.unmet) == 1
    assert draft.body_declared
    assert draft.place


def test_a_body_that_is_only_read_is_not_declared() -> None:
    assert only(drafted({"200": {"description": ""}})).response.body == b""
    draft = only(drafted({"200": {"description": ""}}, outputs={"a": "$response.body#/a"}))
    assert not draft.body_declared
    assert b'"a"' in draft.response.body


def test_no_instance_is_no_draft() -> None:
    [fault] = drafted({"200": json_of(False)})
    assert isinstance(fault, Undrafted)
    assert fault.candidate.status == 200
    assert "allows nothing" in fault.reason


@pytest.mark.parametrize(
    ("a", "b", "operator"),
    [
        ({"type": "integer", "maximum": 10}, {"type": "integer", "minimum": 5}, ">"),
        ({"type": "integer", "minimum": 5}, {"type": "integer", "maximum": 10}, "<"),
        ({"type": "integer", "maximum": 10}, {"type": "integer", "minimum": 10}, "=="),
        ({"type": "integer", "maximum": 10, "multipleOf": 3}, {"type": "integer", "minimum": 8}, ">="),
        ({"enum": ["a", "z"]}, {"enum": ["m", "n"]}, ">"),
        ({"enum": ["x", "y"]}, {"enum": ["z", "y"]}, "=="),
        ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date"}, ">"),
    ],
)
def test_tied_places_meet_where_their_schemas_do(a: JSON, b: JSON, operator: str) -> None:
    schema: JSON = {"type": "object", "required": ["a", "b"], "properties": {"a": a, "b": b}}
    answer = answered({"200": json_of(schema)}, f"$response.body#/a {operator} $response.body#/b")
    assert answer.result.succeeded
    assert answer.notes == ()


def test_a_tie_that_fails_is_no_contradiction() -> None:
    small: JSON = {"type": "integer", "maximum": 4}
    schema: JSON = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": small, "b": {"type": "integer", "minimum": 5}},
    }
    answer = answered({"200": json_of(schema)}, "$response.body#/a > $response.body#/b")
    assert answer.codes == ("invention-gave-up",)


def test_tied_places_agree() -> None:
    schema: JSON = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    draft = only(drafted({"200": json_of(schema)}, "$response.body#/a == $response.body#/b"))
    effect, _ = asked({"200": json_of(schema)})
    received = seen_by(draft, effect.scope).response
    assert received is not None
    assert isinstance(received.body, dict)
    assert received.body["a"] == received.body["b"]


@pytest.mark.parametrize("name", ["status", "statusCode", "status_code", "httpStatus", "http_status"])
@pytest.mark.parametrize(
    ("schema", "conditions", "expected"),
    [
        ({"type": "integer", "minimum": 400, "maximum": 599}, (), 404),
        ({"type": ["number", "null"]}, (), 404),
        ({"type": "integer", "enum": [1, 2]}, (), 1),
        ({"type": "string", "const": "bad"}, (), "bad"),
        ({"type": "integer"}, ("$response.body#/NAME == 7",), 7),
    ],
)
def test_an_error_tells_its_own_status_where_it_can(
    name: str, schema: JSON, conditions: tuple[str, ...], expected: JSON
) -> None:
    content = json_of({"type": "object", "required": [name], "properties": {name: schema}})
    wanted = (each.replace("NAME", name) for each in conditions)
    draft = only(drafted({"404": content}, "$statusCode == 404", *wanted))
    found = json.loads(draft.response.body)[name]
    assert found == expected if expected != 1 else found in (1, 2)
    assert draft.unmet == ()


def test_an_example_of_an_error_is_left_as_it_is() -> None:
    content: JSON = {"schema": {"properties": {"status": {"type": "integer"}}}, "example": {"status": 400}}
    draft = only(drafted({"404": {"description": "", "content": {"application/json": content}}}, "$statusCode == 404"))
    assert json.loads(draft.response.body) == {"status": 400}


def test_a_success_may_tell_any_status() -> None:
    content = json_of({"type": "object", "required": ["status"], "properties": {"status": {"const": 3}}})
    assert json.loads(only(drafted({"200": content})).response.body) == {"status": 3}
