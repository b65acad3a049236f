import json
import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Responded
from arazzo_runner.engine.result import Status
from arazzo_runner.mock.answer import Mock
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import SATISFIABLE, complaints
from tests.mock.one_step import answered, asked, json_of

NOTHING: JSON = {"description": ""}
PET: JSON = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "integer"},
        "name": {"type": "string"},
        "status": {"enum": ["available", "pending", "sold"]},
        "price": {"type": "number", "minimum": 0, "maximum": 100},
        "sold": {"type": "boolean"},
        "owner": {"type": ["object", "null"], "properties": {"email": {"type": "string", "format": "email"}}},
        "tags": {"type": "array", "items": {"type": "object", "properties": {"label": {"type": "string"}}}},
    },
    "additionalProperties": False,
}


# ---------------------------------------------------------------- the status


@pytest.mark.parametrize(
    ("declared", "conditions", "status"),
    [
        (["404", "200"], [], 200),
        (["404", "201", "200"], [], 201),
        (["2XX"], [], 200),
        (["default"], [], 200),
        (["204", "default"], ["$statusCode >= 400"], 500),
        (["200", "404"], ["$statusCode == 404"], 404),
        (["200", "404"], ["404 == $statusCode"], 404),
        (["200", "202"], ["$statusCode == 202 || $statusCode == 200"], 200),
        (["200", "404", "409"], ["!($statusCode == 200) && $statusCode != 404"], 409),
        (["200", "503"], ["$statusCode == 5XX"], 503),
        (["200", "4XX"], ["$statusCode >= 400"], 400),
        (["200", "4XX"], ["$statusCode == 418"], 418),
        (["200", "429", "503"], ["$statusCode >= 500", "$statusCode < 600"], 503),
        (["200", "201"], ["$statusCode > 200", "$statusCode < 300"], 201),
        (["200", "default"], ["$statusCode == '404'"], 404),
    ],
)
def test_the_status_is_one_that_is_declared_and_that_the_criteria_allow(
    declared: list[str], conditions: list[str], status: int
) -> None:
    answer = answered(dict.fromkeys(declared, NOTHING), *conditions)
    assert (answer.status, answer.result.status, answer.notes) == (status, Status.SUCCEEDED, ())


def test_a_status_that_is_not_declared_is_answered_with_a_note() -> None:
    answer = answered({"200": NOTHING, "404": NOTHING}, "$statusCode == 201")
    assert answer.result.succeeded
    assert answer.notes == ("GET /thing declares no status 201 (declared: 200, 404); it was answered all the same",)


def test_the_body_of_an_undeclared_status_is_that_of_default() -> None:
    responses: JSON = {"2XX": json_of({"const": "good"}), "default": json_of({"const": "bad"})}
    assert answered(responses, "$statusCode == 404").body == "bad"
    assert answered({"200": json_of({"const": "good"})}, "$statusCode == 201").content == b""


def test_no_status_can_satisfy_criteria_that_exclude_each_other() -> None:
    answer = answered({"200": NOTHING}, "$statusCode == 200", "$statusCode == 404")
    assert answer.status == 200
    assert answer.result.status is Status.FAILED
    assert "'$statusCode == 404'" in answer.notes[0]
    assert "exclude each other" in answer.notes[0]
    assert answer.codes == ("document-contradicts-itself",)


# ---------------------------------------------------------------- the body


@pytest.mark.parametrize(
    "condition",
    [
        "$response.body#/status == 'sold'",
        "$response.body#/status == 'SOLD'",
        "$response.body#/status != 'available'",
        "'pending' == $response.body#/status",
        "$response.body#/price > 99",
        "$response.body#/price >= 12.5 && $response.body#/price <= 12.5",
        "$response.body#/price < 1",
        "$response.body#/id == 77",
        "$response.body#/id == '77'",
        "$response.body#/sold == true",
        "$response.body#/sold == false",
        "$response.body#/sold",
        "!$response.body#/sold",
        "$response.body#/owner == null",
        "$response.body#/owner != null",
        "$response.body#/owner/email == 'me@example.org'",
        "$response.body#/nothing == null",
        "$response.body#/tags/2/label == 'third'",
        "$response.body.tags[1].label == 'second'",
        "$response.body.name == 'Rex' && ($response.body.status == 'gone' || $response.body.status == 'sold')",
        "!($response.body#/status == 'available' || $response.body#/status == 'pending')",
        "$response.body#/id == $inputs.wanted",
        "$inputs.wanted == $response.body#/id && $response.body#/name == $inputs.name",
        "$response.body#/name == $request.header.X-Name",
        "$response.body#/id == $response.body#/price",
        "$response.body#/price > $response.body#/id",
        "$response.body#/name > 'm'",
        "$response.body#/name < 'b'",
        "$response.body#/name contains 'needle'",
        "$response.body.status == sold",
    ],
)
def test_the_body_is_bent_to_the_criterion_and_stays_valid(condition: str) -> None:
    parameters: JSON = [{"name": "X-Name", "in": "header", "value": "Sent"}]
    inputs: dict[str, Any] = {"wanted": 42, "name": "Given"}
    answer = answered({"200": json_of(PET)}, "$statusCode == 200", condition, inputs=inputs, parameters=parameters)
    assert answer.result.succeeded, (answer.notes, answer.body)
    assert answer.notes == ()
    assert complaints(PET, answer.body) == []


@pytest.mark.parametrize(
    ("condition", "reason"),
    [
        ("$response.body#/status == 'gone'", "at /status: no listed value fits"),
        ("$response.body#/price > 100", "at /price: no number"),
        ("$response.body#/extra == 1", "at /extra: the member is required, and the schema allows nothing here"),
        ("$response.body#/id == 'x'", "at /id"),
        ("$response.body == 'text'", "'text' is not of type 'object'"),
    ],
)
def test_where_the_schema_forbids_it_both_places_are_named(condition: str, reason: str) -> None:
    answer = answered({"200": json_of(PET)}, condition)
    assert answer.result.status is Status.FAILED
    assert complaints(PET, answer.body) == []
    [note] = answer.notes
    assert condition in note
    assert "at arazzo.yaml:" in note
    assert "the schema at /d/openapi.yaml:1:" in note
    assert "contradict each other" in note
    assert reason in note.replace('"', "'")


def test_an_answer_with_another_status_is_taken_where_its_schema_has_room() -> None:
    responses: JSON = {"200": json_of({"const": {"state": "done"}}), "202": json_of({"const": {"state": "waiting"}})}
    answer = answered(responses, "$response.body#/state == 'waiting'")
    assert (answer.status, answer.body, answer.notes) == (202, {"state": "waiting"}, ())


def test_examples_are_used_as_they_are_if_they_fit() -> None:
    shown: JSON = {"id": 5, "name": "Bello"}
    assert answered({"200": json_of(PET, example=shown)}).body == shown
    assert (
        answered({"200": json_of(PET, examples={"one": {"value": {"id": "x"}}, "two": {"value": shown}})}).body == shown
    )


def test_the_example_that_satisfies_the_criteria_is_chosen_and_else_one_is_bent() -> None:
    examples: JSON = {"a": {"value": {"id": 1, "status": "sold"}}, "b": {"value": {"id": 2, "status": "pending"}}}
    response = json_of(PET, examples=examples)
    assert answered({"200": response}, "$response.body#/status == 'pending'").body == {"id": 2, "status": "pending"}
    bent = answered({"200": response}, "$response.body#/status == 'available'").body
    assert (bent["id"], bent["status"]) == (1, "available")


def test_the_parts_of_a_broken_example_that_fit_are_kept() -> None:
    body = answered({"200": json_of(PET, example={"id": "no integer", "name": "Bello"})}).body
    assert body["name"] == "Bello"
    assert complaints(PET, body) == []


def test_examples_of_properties_and_defaults_are_used() -> None:
    schema: JSON = {"type": "object", "properties": {"a": {"type": "string", "example": "A"}, "b": {"default": 2}}}
    assert answered({"200": json_of(schema)}, version="3.0.3").body == {"a": "A", "b": 2}


def test_write_only_members_are_no_part_of_an_answer() -> None:
    secret: JSON = {"type": "string", "writeOnly": True}
    schema: JSON = {"type": "object", "required": ["p", "q"], "properties": {"p": secret, "q": {"type": "string"}}}
    assert list(answered({"200": json_of(schema)}, version="3.0.3").body) == ["q"]


def test_references_lead_into_the_description() -> None:
    components: JSON = {"schemas": {"Node": {"type": "object", "required": ["id"], "properties": {
        "id": {"type": "integer"}, "next": {"$ref": "#/components/schemas/Node"}}}}}  # fmt: skip
    answer = answered({"200": json_of({"$ref": "#/components/schemas/Node"})}, components=components)
    assert list(answer.body) == ["id"]
    deep = answered(
        {"200": json_of({"$ref": "#/components/schemas/Node"})},
        outputs={"far": "$response.body#/next/next/next/id"},
        components=components,
    )
    assert isinstance(deep.result.steps[0].outputs["far"], int)


# ---------------------------------------------------------------- outputs


def test_the_pointers_of_outputs_resolve() -> None:
    schema: JSON = {"type": "object", "properties": {"items": {"type": "array", "items": {"type": "object"}}}}
    pointers = {
        "third": "$response.body#/items/2/id",
        "open": "$response.body#/not/declared",
        "whole": "$response.body",
        "navigated": "$response.body.items[0].name",
    }
    answer = answered({"200": json_of(schema)}, outputs=pointers)
    outputs = answer.result.steps[0].outputs
    assert set(outputs) == set(pointers)
    assert None not in outputs.values()
    assert answer.notes == ()


def test_an_output_is_neither_null_nor_empty_where_that_can_be() -> None:
    schema: JSON = {"type": "object", "properties": {"id": {"type": ["string", "null"], "examples": ["", None]}}}
    assert answered({"200": json_of(schema)}, outputs={"id": "$response.body#/id"}).result.steps[0].outputs["id"]
    null: JSON = {"type": "object", "properties": {"id": {"const": None}}}
    assert answered({"200": json_of(null)}, outputs={"id": "$response.body#/id"}).body == {"id": None}


def test_an_output_that_a_closed_schema_has_no_place_for_is_noted_and_fails_nothing() -> None:
    answer = answered({"200": json_of(PET)}, outputs={"a": "$response.body#/nowhere", "b": "$response.body#/name"})
    assert answer.result.succeeded
    assert answer.result.steps[0].outputs["b"]
    [note] = answer.notes
    assert note.startswith("output 'a' finds nothing in the invented answer")
    assert "at /nowhere" in note


def test_among_successes_the_one_that_the_outputs_need_is_taken() -> None:
    responses: JSON = {"204": NOTHING, "200": json_of({"type": "object", "properties": {"id": {"type": "string"}}})}
    assert answered(responses, outputs={"id": "$response.body#/id"}).status == 200


def test_a_body_of_which_nothing_is_told_is_invented_with_a_note() -> None:
    answer = answered({"200": NOTHING}, "$response.body#/ok == true", outputs={"id": "$response.body#/id"})
    assert answer.body["ok"] is True
    assert answer.result.steps[0].outputs["id"]
    assert answer.notes == ("the description tells of no body for status 200 of GET /thing; one was invented",)


def test_without_a_schema_json_is_an_object() -> None:
    assert answered({"200": {"description": "", "content": {"application/json": {}}}}).body == {}


@pytest.mark.parametrize(("method", "status"), [("head", "200"), ("get", "204"), ("get", "304")])
def test_what_can_have_no_body_has_none(method: str, status: str) -> None:
    answer = answered({status: json_of(PET)}, f"$statusCode == {status}", method=method)
    assert (answer.content, answer.header("content-type")) == (b"", None)


# ---------------------------------------------------------------- headers and media types


def test_declared_headers_are_given() -> None:
    headers: JSON = {
        "X-Count": {"schema": {"type": "integer", "minimum": 5, "maximum": 5}},
        "X-Tags": {"schema": {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}},
        "X-Shown": {"schema": {"type": "string"}, "example": "as shown"},
        "Content-Type": {"schema": {"type": "string"}},
        "Transfer-Encoding": {"schema": {"type": "string"}},
    }
    answer = answered({"200": {**_object(json_of(PET)), "headers": headers}})
    assert (answer.header("X-Count"), answer.header("X-Shown")) == ("5", "as shown")
    assert (answer.header("X-Tags") or "").count(",") == 1
    assert answer.header("Content-Type") == "application/json"
    assert answer.header("Transfer-Encoding") is None


def test_headers_that_criteria_and_outputs_read_are_given() -> None:
    answer = answered(
        {"201": {"description": "", "headers": {"X-Left": {"schema": {"type": "integer"}}}}},
        "$response.header.X-Left > 41",
        "$response.header.X-State == 'ready'",
        outputs={"where": "$response.header.Location", "session": "$response.header.Set-Cookie"},
    )
    assert answer.result.succeeded
    assert int(answer.header("X-Left") or 0) > 41
    assert answer.result.steps[0].outputs["where"] == answer.header("location")
    assert str(answer.header("Location")).startswith("https://example.com/")
    assert str(answer.header("Set-Cookie")).startswith("session=")
    assert [note.split("'")[1] for note in answer.notes] == ["x-state", "location", "set-cookie"]


def test_content_length_follows_from_the_body() -> None:
    answer = answered({"200": json_of(PET)}, outputs={"size": "$response.header.Content-Length"})
    assert answer.result.steps[0].outputs["size"] == str(len(answer.content))


CONTENT: JSON = {
    "text/csv": {"schema": {"type": "string"}, "example": "a,b\n1,2"},
    "application/xml": {"schema": {"type": "object", "properties": {"id": {"const": 7}}}},
    "application/json": {"schema": {"type": "object"}},
    "application/vnd.thing+json": {"schema": {"type": "object"}},
}


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [
        (None, "application/json"),
        ("text/csv", "text/csv"),
        ("text/*;q=0.5", "text/csv"),
        ("application/xml, application/json;q=0", "application/xml"),
        ("application/vnd.thing+json", "application/vnd.thing+json"),
        ("*/*", "application/json"),
    ],
)
def test_the_media_type_is_one_that_the_request_accepts(accept: str | None, content_type: str) -> None:
    parameters: JSON = [{"name": "Accept", "in": "header", "value": accept}] if accept else []
    answer = answered({"200": {"description": "", "content": CONTENT}}, parameters=parameters)
    assert answer.header("content-type") == content_type
    assert answer.notes == ()


def test_a_media_type_that_is_not_declared_is_noted() -> None:
    parameters: JSON = [{"name": "Accept", "in": "header", "value": "image/png"}]
    answer = answered({"200": json_of(PET)}, parameters=parameters)
    assert answer.header("content-type") == "application/json"
    assert answer.notes == ("GET /thing declares no media type that the request accepts",)


def test_a_criterion_chooses_the_media_type() -> None:
    answer = answered({"200": {"description": "", "content": CONTENT}}, "$response.header.Content-Type == text/csv")
    assert (answer.header("content-type"), answer.content) == ("text/csv", b"a,b\n1,2")


def test_other_media_types_have_bodies_of_their_form() -> None:
    def body(name: str, schema: JSON) -> bytes:
        return answered({"200": {"description": "", "content": {name: {"schema": schema}}}}).content

    pair: JSON = {"type": "object", "required": ["a"], "properties": {"a": {"const": "x y"}}}
    assert body("application/xml", pair).endswith(b"<response><a>x y</a></response>")
    assert body("application/x-www-form-urlencoded", pair) in (b"a=x+y", b"a=x%20y")
    assert body("text/plain", {"const": "plain"}) == b"plain"
    assert body("application/octet-stream", {"type": "string", "format": "binary"})
    assert b'name="a"' in body("multipart/form-data", pair)
    assert json.loads(body("text/plain", pair)) == {"a": "x y"}


def test_a_sequence_has_an_item_of_its_schema() -> None:
    content: JSON = {"application/jsonl": {"itemSchema": {"const": {"n": 1}}}}
    assert answered({"200": {"description": "", "content": content}}, version="3.2.0").content == b'{"n":1}\n'


# ---------------------------------------------------------------- the way onward


POLL: JSON = {"type": "object", "properties": {"state": {"enum": ["pending", "done"]}}, "required": ["state"]}


def go_back(condition: str) -> JSON:
    return [{"name": "again", "type": "goto", "stepId": "s", "criteria": [{"condition": condition}]}]


def test_polling_ends_with_the_first_answer() -> None:
    for seed in range(4):
        answer = answered({"200": json_of(POLL)}, on_success=go_back("$response.body#/state == 'pending'"), seed=seed)
        assert (answer.body, len(answer.result.steps)) == ({"state": "done"}, 1)


def test_a_way_back_that_cannot_be_kept_shut_spoils_no_criterion() -> None:
    effect, _ = asked({"200": json_of({"const": 1})}, "$response.body == 1", on_success=go_back("$response.body == 1"))
    answer = Mock().answer(effect)
    assert isinstance(answer, Responded)
    assert answer.response.body == b"1"


# ---------------------------------------------------------------- always


def test_a_schema_without_an_instance_is_a_failure_that_names_it() -> None:
    answer = answered({"200": json_of({"type": "object", "required": ["a"], "properties": {"a": {"enum": []}}})})
    assert isinstance(answer.outcome, Failed)
    assert answer.outcome.kind is FailureKind.INVENTION
    assert "GET /thing: status 200, application/json: at /a" in answer.outcome.message
    assert "openapi.yaml:1:" in answer.outcome.message
    assert answer.result.status is Status.FAILED


def test_one_seed_and_one_request_give_one_answer() -> None:
    effect, _ = asked({"200": json_of(PET)}, outputs={"x": "$response.header.X-Id"})
    first, again, other = Mock(1).answer(effect), Mock(1).answer(effect), Mock(2).answer(effect)
    assert first == again
    assert first != other


def test_the_order_of_sets_changes_nothing(project: Path) -> None:
    script = (
        "from arazzo_runner.mock.answer import Mock; from tests.mock.one_step import asked, json_of;"
        "from tests.mock.test_answer import PET;"
        "effect, _ = asked({'200': json_of(PET)}, outputs={'a': '$response.body#/tags/1/label'});"
        "print(Mock(7).answer(effect).response)"
    )
    seeds = ("0", "1")
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=project,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in seeds
    ]
    assert runs[0] == runs[1] != ""


def test_the_global_randomness_is_not_touched() -> None:
    random.seed(5)
    before = random.getstate()
    answered({"200": json_of(PET)})
    assert random.getstate() == before


def test_nothing_is_opened_and_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    effect, _ = asked({"200": json_of(PET)})

    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the mock stays at home")

    monkeypatch.setattr(socket, "socket", forbidden)
    monkeypatch.setattr(time, "time", forbidden)
    monkeypatch.setattr(time, "monotonic", forbidden)
    answer = Mock().answer(effect)
    assert answer.clock == Clock()


@given(SATISFIABLE, st.integers(0, 3))
def test_any_schema_gets_a_valid_body(schema: JSON, seed: int) -> None:
    answer = answered({"200": json_of(schema)}, seed=seed)
    assert complaints(schema, answer.body) == []


def test_the_reference_workflow(project: Path) -> None:
    from arazzo_runner.api import Options, load, prepare, run

    spec = next((project / "specs" / "arazzo").glob("microsoft-azure-web-pubsub-token-*.yml"))
    inputs: dict[str, Any] = {"accessToken": "a.b.c", "hub": "chat", "message": "hello"}
    result = run(spec, inputs=inputs, options=Options(mock=True))
    assert result.succeeded
    assert str(result.outputs["token"]).count(".") == 2
    assert result.outputs["broadcastStatus"] == 202
    answers = [attempt.response for step in result.steps for attempt in step.attempts]
    assert [(answer.status, bool(answer.body)) for answer in answers if answer] == [(200, True), (202, False)]
    assert prepare(load(spec)).program is not None


def _object(value: JSON) -> dict[str, JSON]:
    assert isinstance(value, dict)
    return value


def test_answers_are_outcomes() -> None:
    effect, _ = asked({"200": NOTHING})
    assert isinstance(Mock().answer(effect), Responded)
