from collections.abc import Mapping

import pytest

from arazzo_runner.contract.answers import answer_breaches, media_of, response_for
from arazzo_runner.contract.schemas import Schemas
from arazzo_runner.expressions.scope import Received
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON, Nothing, Value
from tests.sources.inline import api

PET: JSON = {
    "type": "object",
    "required": ["id", "secret"],
    "properties": {
        "id": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "secret": {"type": "string", "writeOnly": True},
        "password": {"type": "integer"},
    },
}
HEADERS: JSON = {
    "X-Count": {"required": True, "schema": {"type": "integer", "maximum": 9}},
    "X-Tags": {"schema": {"type": "array", "items": {"enum": ["a", "b"]}}},
    "X-Size": {"schema": {"type": "object", "required": ["w"], "properties": {"w": {"type": "integer"}}}},
}
RESPONSES: JSON = {
    "200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
    "201": {"description": "", "headers": HEADERS},
    "4XX": {"description": "", "content": {"application/problem+json": {}, "application/*": {}, "text/plain": {}}},
}


def operation(responses: JSON = RESPONSES, method: str = "get") -> Operation:
    document = api({"/pets": {method: {"responses": responses}}}, components={"schemas": {"Pet": PET}})
    found = document.operation(document.endpoints.all[0], "pets").operation
    assert found is not None
    return found


def answer(
    status: int = 200,
    body: Value | Nothing = Nothing("none"),
    content_type: str = "application/json",
    headers: Mapping[str, str] | None = None,
) -> Received:
    return Received(status, tuple((headers or {}).items()), body, content_type)


def codes(received: Received, called: Operation | None = None) -> list[tuple[str, str]]:
    found = answer_breaches(called or operation(), received, Schemas("response"))
    return [(each.code, each.message) for each in found]


@pytest.mark.parametrize(
    "received",
    [
        answer(200, {"id": 1}),
        answer(200, {"id": 1, "tags": ["a"], "other": None}, "application/json; charset=utf-8"),
        answer(201, headers={"x-count": "4"}),
        answer(201, headers={"X-Count": "4", "X-Tags": "a, b", "X-Size": "w=3,h=1"}),
        answer(201, headers={"X-Count": "4", "X-Tags": "a", "X-Size": "w,3"}),
        answer(404, {"what": 1}, "application/problem+json"),
        answer(404, "gone", "text/plain"),
        answer(201, "a body that nobody forbade", "text/plain", {"X-Count": "1"}),
    ],
)
def test_an_answer_as_described_is_no_breach(received: Received) -> None:
    assert codes(received) == []


@pytest.mark.parametrize(
    ("received", "code", "message"),
    [
        (answer(500), "contract-response-status", "the status 500 is not declared: GET /pets has 200, 201, 4XX"),
        (
            answer(200, {"id": "7"}),
            "contract-response-body",
            """the answer's body#/id is "7": it is not of type "integer\"""",
        ),
        (
            answer(200, {"id": 1, "tags": ["a", None]}),
            "contract-response-body",
            """the answer's body#/tags/1 is null: it is not of type "string\"""",
        ),
        (
            answer(200, {"tags": []}),
            "contract-response-body",
            """the answer's body is an object: "id" is a required property""",
        ),
        (
            answer(200, {"id": 1, "password": "hunter2"}),
            "contract-response-body",
            """the answer's body#/password is [redacted]: it is not of type "integer\"""",
        ),
        (answer(200), "contract-response-body", "the answer has no body, but its status 200 declares one"),
        (
            answer(200, "<a/>", "text/html"),
            "contract-response-content-type",
            "the answer has the content type 'text/html', and status 200 declares application/json",
        ),
        (
            answer(200, "text", ""),
            "contract-response-content-type",
            "the answer has no content type, and status 200 declares application/json",
        ),
        (
            answer(201),
            "contract-response-header",
            "the answer has no header 'X-Count', which its status 201 requires",
        ),
        (
            answer(201, headers={"X-Count": "ten"}),
            "contract-response-header",
            """the answer's header 'X-Count' is "ten": it is not of type "integer\"""",
        ),
        (
            answer(201, headers={"X-Count": "10"}),
            "contract-response-header",
            """the answer's header 'X-Count' is "10": it is not of type "integer\"""",
        ),
        (
            answer(201, headers={"X-Count": "1", "X-Tags": "a,c"}),
            "contract-response-header",
            """the answer's header 'X-Tags' is "a,c": it is not of type "array\"""",
        ),
    ],
)
def test_each_breach_names_its_place_and_what_was_found(received: Received, code: str, message: str) -> None:
    assert codes(received) == [(code, message)]


def described(content: JSON) -> Operation:
    return operation({"200": {"description": "", "content": content}})


@pytest.mark.parametrize(("text", "fits"), [("a", True), ("zzz", False)])
def test_plain_text_is_judged_by_its_schema(text: str, fits: bool) -> None:
    found = codes(answer(200, text, "text/plain"), described({"text/plain": {"schema": {"enum": ["a", "b"]}}}))
    assert bool(found) is not fits


def test_a_number_may_come_as_plain_text() -> None:
    assert codes(answer(200, "5", "text/plain"), described({"text/plain": {"schema": {"type": "integer"}}})) == []


def test_what_can_not_be_judged_is_told() -> None:
    broken: JSON = {"properties": {"a": {"type": "string", "pattern": "(?<=a)b("}}}
    ((code, message),) = codes(answer(200, {"a": 1}), described({"application/json": {"schema": broken}}))
    assert code == "contract-unjudged"
    assert message.startswith("the answer's body can't be judged: its schema can't be used: ")


def test_each_item_of_a_sequence_is_judged_where_it_is_described() -> None:
    item: JSON = {"type": "object", "properties": {"n": {"type": "integer"}}}
    said: JSON = {"200": {"description": "", "content": {"application/jsonl": {"itemSchema": item}}}}
    items: Value = [{"n": 1}, {"n": "x"}]
    found = codes(answer(200, items, "application/jsonl"), operation(said))
    assert found == [("contract-response-body", """the answer's body#/1/n is "x": it is not of type "integer\"""")]


def test_an_operation_that_says_nothing_of_answers_is_never_broken() -> None:
    assert codes(answer(500), operation({})) == []


@pytest.mark.parametrize("method", ["head"])
def test_an_answer_to_head_has_no_body(method: str) -> None:
    assert codes(answer(200), operation(method=method)) == []


def test_the_place_in_the_description_is_that_of_the_keyword_behind_its_references() -> None:
    found = next(iter(answer_breaches(operation(), answer(200, {"id": "7"}), Schemas("response"))))
    assert found.at == ("components", "schemas", "Pet", "properties", "id", "type")
    assert found.span.name == "api.json"


@pytest.mark.parametrize(("status", "key"), [(200, "200"), (404, "4XX"), (499, "4XX"), (500, None), (204, None)])
def test_the_exact_status_comes_before_its_class(status: int, key: str | None) -> None:
    found = response_for(operation(), status)
    assert (found.status if found else None) == key


def test_default_takes_what_is_left() -> None:
    found = response_for(operation({"default": {"description": ""}, "200": {"description": ""}}), 418)
    assert found is not None
    assert found.status == "default"


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("application/problem+json; charset=utf-8", "application/problem+json"),
        ("application/xml", "application/*"),
        ("text/plain", "text/plain"),
        ("image/png", None),
    ],
)
def test_the_most_specific_media_type_describes_the_body(content_type: str, name: str | None) -> None:
    response = response_for(operation(), 404)
    assert response is not None
    media = media_of(response, content_type)
    assert (media.name if media else None) == name
