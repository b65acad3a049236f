import pytest

from arazzo_runner.sources.openapi.contents import examples_of, schema_of
from arazzo_runner.sources.openapi.node import Faults
from arazzo_runner.values import JSON
from tests.sources.inline import api, findings, node, operation

COMPONENTS: JSON = {
    "examples": {"Shared": {"value": {"name": "shared"}}},
    "schemas": {"Thing": {"type": "object"}},
    "requestBodies": {"Thing": {"required": True, "content": {"text/plain": {}}}},
    "responses": {"Gone": {"description": "", "content": {"application/problem+json": {}}}},
    "headers": {"Rate": {"required": True, "schema": {"type": "integer"}, "example": 5}},
    "mediaTypes": {"Lines": {"itemSchema": {"type": "object"}}},
}


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ({}, ()),
        ({"example": None}, (None,)),
        ({"examples": {"a": {"value": 1}, "b": {"value": None}}}, (1, None)),
        ({"example": 0, "examples": {"a": {"value": 1}}}, (0, 1)),
        ({"examples": {"a": {"value": 1}}, "example": 0}, (1, 0)),
        ({"examples": {"a": {"$ref": "#/components/examples/Shared"}}}, ({"name": "shared"},)),
        ({"examples": {"a": {"externalValue": "https://example.com/a.json"}, "b": {"summary": "none"}}}, ()),
        ({"examples": {"a": {"dataValue": {"x": 1}, "serializedValue": "x=1"}}}, ({"x": 1},)),
        ({"examples": [1, 2]}, (1, 2)),
        ({"examples": {"a": 5}}, ()),
        ({"examples": {"x-request": {"value": 1}}}, (1,)),
    ],
)
def test_examples_are_values_in_the_order_written(written: JSON, values: tuple[JSON, ...]) -> None:
    document = api(components=COMPONENTS, root={"x-it": written})
    faults = Faults()
    assert examples_of(node(document, "x-it"), faults) == values
    assert faults.found() == ()


def test_an_example_by_a_dangling_reference_is_reported() -> None:
    faults = Faults()
    document = api(root={"x-it": {"examples": {"a": {"$ref": "#/nowhere"}}}})
    assert examples_of(node(document, "x-it"), faults) == ()
    assert [found.code for found in faults.found()] == ["openapi-reference"]


@pytest.mark.parametrize("schema", [True, False, {}])
def test_a_schema_is_an_object_or_a_boolean(schema: JSON) -> None:
    document = api(root={"x-it": {"schema": schema, "itemSchema": 5}})
    found = schema_of(node(document, "x-it"))
    assert found is not None
    assert found.node == schema
    assert schema_of(node(document, "x-it"), "itemSchema") is None


def test_a_body_has_its_media_types_in_the_order_written() -> None:
    content: dict[str, JSON] = {
        "multipart/form-data": {"schema": {}, "encoding": {"file": {"contentType": "image/png"}}},
        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}, "example": {"a": 1}},
        "application/x-ndjson": {"$ref": "#/components/mediaTypes/Lines"},
        "text/plain": None,
    }
    document = api({"/things": {"get": {"requestBody": {"content": content}}}}, "3.2.0", components=COMPONENTS)
    body = operation(document).body
    assert body is not None
    assert body.required is False
    assert list(body.content) == list(content)
    assert body.content["multipart/form-data"].encoding == {"file": {"contentType": "image/png"}}
    assert body.content["application/json"].examples == ({"a": 1},)
    lines = body.content["application/x-ndjson"].item_schema
    assert lines is not None
    assert lines.node == {"type": "object"}


def test_a_body_may_be_a_reference() -> None:
    reference: JSON = {"$ref": "#/components/requestBodies/Thing"}
    body = operation(api({"/things": {"get": {"requestBody": reference}}}, components=COMPONENTS)).body
    assert body is not None
    assert body.required
    assert body.at == ("components", "requestBodies", "Thing")


def test_responses_are_read_with_their_headers() -> None:
    responses: JSON = {
        "200": {
            "headers": {
                "X-Rate": {"$ref": "#/components/headers/Rate"},
                "x-trace": {"content": {"application/json": {"schema": {"type": "array"}}}},
                "content-type": {"schema": {"type": "string"}},
            },
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
        },
        "4XX": {"$ref": "#/components/responses/Gone"},
        "default": {"description": "anything"},
        "x-note": {"description": "an extension"},
    }
    found = operation(api({"/things": {"get": {"responses": responses}}}, components=COMPONENTS)).responses
    assert list(found) == ["200", "4XX", "default"]
    assert list(found["200"].headers) == ["X-Rate", "x-trace"]
    rate, trace = found["200"].headers.values()
    assert (rate.required, rate.examples) == (True, (5,))
    assert trace.schema is not None
    assert trace.schema.node == {"type": "array"}
    assert list(found["4XX"].content) == ["application/problem+json"]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ({"requestBody": {"$ref": "#/gone"}}, "openapi-reference"),
        ({"requestBody": "text"}, "openapi-type"),
        ({"responses": {"200": {"$ref": "#/gone"}}}, "openapi-reference"),
        ({"responses": {"200": ["x"]}}, "openapi-type"),
        ({"responses": {"200": {"headers": {"A": {"$ref": "#/gone"}}}}}, "openapi-reference"),
        ({"responses": {"200": {"content": {"a/b": {"$ref": "#/gone"}}}}}, "openapi-reference"),
    ],
)
def test_what_cannot_be_read_is_reported(written: JSON, code: str) -> None:
    assert [found.partition(":")[0] for found in findings(api({"/things": {"get": written}}))] == [code]
