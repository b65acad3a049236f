import pytest

from arazzo_runner.sources.openapi import shapes
from arazzo_runner.values import JSON
from tests.sources.openapi.described import schema


@pytest.mark.parametrize(
    ("node", "named"),
    [
        ({"type": "string"}, {"string"}),
        ({"type": ["integer", "null"]}, {"integer", "null"}),
        ({"allOf": [{"title": "x"}, {"type": "object"}]}, {"object"}),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, {"integer"}),
        ({"$ref": "#/components/schemas/Age"}, {"integer"}),
        ({"$ref": "#/components/schemas/Nowhere"}, set()),
        ({"$ref": "#/components/schemas/Loop"}, set()),
        ({"type": 5}, set()),
        ({"allOf": 5}, set()),
        (True, set()),
        ({}, set()),
    ],
)
def test_types(node: JSON, named: set[str]) -> None:
    given = schema(node, Age={"type": "integer"}, Loop={"$ref": "#/components/schemas/Loop"})
    assert shapes.types(given) == named


def test_no_schema_says_nothing() -> None:
    assert shapes.types(None) == frozenset()
    assert shapes.keyword(None, "type") is None
    assert shapes.property_of(None, "a") is None
    assert shapes.items_of(None) is None
    assert not shapes.is_binary(None)
    assert shapes.content_encoding(None) == ""


@pytest.mark.parametrize(
    ("version", "found"), [("3.1", "image/png"), ("3.2", "image/png"), ("3.0", "text/html"), ("2.0", "text/html")]
)
def test_what_stands_beside_a_reference_counts_from_3_1_on(version: str, found: str) -> None:
    given = schema(
        {"$ref": "#/components/schemas/Page", "contentMediaType": "image/png"},
        version,
        Page={"contentMediaType": "text/html"},
    )
    assert shapes.keyword(given, "contentMediaType") == found


@pytest.mark.parametrize(
    ("node", "binary"),
    [
        ({"type": "string", "format": "binary"}, True),
        ({"type": "file"}, True),
        ({"contentMediaType": "image/png"}, True),
        ({}, True),
        (True, True),
        ({"$ref": "#/components/schemas/Anything"}, True),
        ({"type": "string"}, False),
        ({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}, False),
        ({"type": "string", "format": "byte"}, False),
        ({"description": "some text"}, False),
    ],
)
def test_what_counts_as_raw_bytes(node: JSON, binary: bool) -> None:
    assert shapes.is_binary(schema(node, Anything={})) is binary


@pytest.mark.parametrize(
    ("node", "types"),
    [
        ({"properties": {"a": {"type": "integer"}}}, {"integer"}),
        ({"allOf": [{"properties": {"b": {}}}, {"$ref": "#/components/schemas/Base"}]}, {"boolean"}),
        ({"additionalProperties": {"type": "number"}}, {"number"}),
        ({"properties": {"b": {}}, "additionalProperties": {"type": "number"}}, {"number"}),
        ({"properties": 5}, set()),
    ],
)
def test_the_schema_of_a_property(node: JSON, types: set[str]) -> None:
    base: JSON = {"properties": {"a": {"type": "boolean"}}}
    assert shapes.types(shapes.property_of(schema(node, Base=base), "a")) == types


def test_a_property_knows_its_place() -> None:
    found = shapes.property_of(schema({"allOf": [{"properties": {"a": {}}}]}), "a")
    assert found is not None
    assert found.at == ("allOf", 0, "properties", "a")


def test_the_schema_of_items() -> None:
    assert shapes.types(shapes.items_of(schema({"items": {"type": "integer"}}))) == {"integer"}
    assert shapes.items_of(schema({"type": "array"})) is None


def test_a_schema_of_endless_parts_ends() -> None:
    node: dict[str, JSON] = {}
    node["allOf"] = [node, node]
    assert shapes.types(schema(node)) == frozenset()
