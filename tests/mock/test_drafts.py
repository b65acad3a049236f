from itertools import islice

from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.drafts import Draft, Drafting, Undrafted, seen_by
from arazzo_runner.mock.plans import Plan, success
from arazzo_runner.mock.statuses import candidates
from arazzo_runner.program.model import OperationCall
from arazzo_runner.values import JSON
from tests.mock.one_step import asked, json_of


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


def test_tied_places_agree() -> None:
    schema: JSON = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}}
    draft = only(drafted({"200": json_of(schema)}, "$response.body#/a == $response.body#/b"))
    effect, _ = asked({"200": json_of(schema)})
    received = seen_by(draft, effect.scope).response
    assert received is not None
    assert isinstance(received.body, dict)
    assert received.body["a"] == received.body["b"]
