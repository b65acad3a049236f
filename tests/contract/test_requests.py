import pytest

from arazzo_runner.contract.requests import body_breaches, missing_breaches, parameter_breaches
from arazzo_runner.contract.schemas import Schemas
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON, Nothing, Value
from tests.sources.inline import api

NOTE: JSON = {
    "type": "object",
    "required": ["id", "text"],
    "properties": {"id": {"type": "integer", "readOnly": True}, "text": {"type": "string"}, "n": {"type": "integer"}},
}
POST: JSON = {
    "parameters": [
        {"name": "page", "in": "query", "schema": {"type": "integer", "minimum": 1}},
        {"name": "tag", "in": "query", "required": True, "schema": {"type": "array", "items": {"type": "string"}}},
        {"name": "X-Trace", "in": "header", "required": True, "schema": {"type": "string"}},
        {"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}},
        {"name": "size", "in": "query", "schema": {"type": "object", "properties": {"w": {"type": "integer"}}}},
        {"name": "api_key", "in": "query", "schema": {"type": "integer"}},
        {"name": "any", "in": "query"},
        {"name": "numbers", "in": "query", "schema": {"type": "array", "items": {"type": "integer"}}},
    ],
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": NOTE},
            "application/x-www-form-urlencoded": {"schema": NOTE},
            "text/plain": {"schema": {"type": "string", "maxLength": 3}},
            "application/xml": {"schema": NOTE},
        },
    },
}


def operation(said: JSON = POST) -> Operation:
    document = api({"/notes": {"post": said}})
    found = document.operation(document.endpoints.all[0], "notes").operation
    assert found is not None
    return found


def parameter(name: str, value: Value) -> list[str]:
    declared = next(one for one in operation().parameters if one.name == name)
    found = list(parameter_breaches(declared, value, Schemas("request")))
    assert {each.code for each in found} <= {"contract-request-parameter"}
    return [each.message for each in found]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", 1),
        ("page", "1"),
        ("tag", ["a"]),
        ("tag", [1, True]),
        ("X-Trace", 5),
        ("filter", {"a": 1}),
        ("size", {"w": "3"}),
        ("size", {"w": None}),
        ("tag", "a,b"),
        ("numbers", "1,2"),
        ("any", {"what": "ever"}),
        ("any", b"bytes"),
    ],
)
def test_a_value_that_the_schema_takes_or_its_text_on_the_wire_is_no_breach(name: str, value: Value) -> None:
    assert parameter(name, value) == []


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("page", 0, "the query parameter 'page' is 0: it is less than the minimum of 1"),
        ("page", "many", """the query parameter 'page' is "many": it is not of type "integer\""""),
        ("page", "0", """the query parameter 'page' is "0": it is not of type "integer\""""),
        ("numbers", "1,b", """the query parameter 'numbers' is "1,b": it is not of type "array\""""),
        ("tag", "a", """the query parameter 'tag' is "a": it is not of type "array\""""),
        ("size", {"w": "x"}, """the query parameter 'size'#/w is "x": it is not of type "integer\""""),
        ("api_key", "abc", """the query parameter 'api_key' is [redacted]: it is not of type "integer\""""),
    ],
)
def test_another_value_is_a_breach(name: str, value: Value, message: str) -> None:
    assert parameter(name, value) == [message]


def test_what_is_required_and_not_sent_is_a_breach() -> None:
    found = list(missing_breaches(operation(), frozenset({("x-trace", "header")})))
    assert [each.message for each in found] == ["the query parameter 'tag' is required, and none was sent"]
    assert found[0].at == ("paths", "/notes", "post", "parameters", 1)


def body(value: Value | Nothing, content_type: str = "application/json") -> list[tuple[str, str]]:
    found = body_breaches(operation(), value, content_type, Schemas("request"))
    return [(each.code, each.message) for each in found]


@pytest.mark.parametrize(
    ("value", "content_type"),
    [
        ({"text": "a", "n": 1}, "application/json"),
        ({"text": "a", "n": "1"}, "application/x-www-form-urlencoded"),
        ({"text": 5}, "application/x-www-form-urlencoded; charset=utf-8"),
        ("abc", "text/plain"),
        (12, "text/plain"),
        ([1], "text/plain"),  # sent as its JSON text
        ("<note/>", "application/xml"),
        (b"\x00", "application/json"),
    ],
)
def test_a_body_as_described_is_no_breach(value: Value, content_type: str) -> None:
    assert body(value, content_type) == []


@pytest.mark.parametrize(
    ("value", "content_type", "code", "message"),
    [
        (
            {"text": 5},
            "application/json",
            "contract-request-body",
            """the body#/text is 5: it is not of type "string\"""",
        ),
        (
            {"n": 1},
            "application/json",
            "contract-request-body",
            """the body is an object: "text" is a required property""",
        ),
        (
            {"text": "a", "n": "x"},
            "application/x-www-form-urlencoded",
            "contract-request-body",
            """the body#/n is "x": it is not of type "integer\"""",
        ),
        ("long", "text/plain", "contract-request-body", """the body is "long": it is longer than 3 characters"""),
        ([1, 2], "text/plain", "contract-request-body", """the body is an array: it is not of type "string\""""),
        (
            "a,b",
            "text/csv",
            "contract-request-content-type",
            "the body was sent as 'text/csv', and the operation takes application/json, "
            "application/x-www-form-urlencoded, text/plain, application/xml",
        ),
        (
            Nothing("none"),
            "",
            "contract-request-body",
            "POST /notes requires a body, and none was sent",
        ),
    ],
)
def test_another_body_is_a_breach(value: Value | Nothing, content_type: str, code: str, message: str) -> None:
    assert body(value, content_type) == [(code, message)]


def test_an_operation_without_a_body_says_nothing_of_one() -> None:
    assert list(body_breaches(operation({}), {"a": 1}, "application/json", Schemas("request"))) == []
