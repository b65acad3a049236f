import pytest

from arazzo_runner.sources.openapi.binary import MAX_DEPTH, json_of
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema

BYTE: JSON = {"type": "string", "format": "byte"}
BASE64URL: JSON = {"type": "string", "contentEncoding": "base64url"}


@pytest.mark.parametrize(
    ("value", "node", "text"),
    [
        ({"f": b"\xfb\xff"}, {"properties": {"f": BYTE}}, '{"f":"+/8="}'),
        ({"f": b"\xfb\xff"}, {"properties": {"f": BASE64URL}}, '{"f":"-_8="}'),
        ([b"a", 1], {"items": BYTE}, '["YQ==",1]'),
        ([1, {"f": b"a"}], {"prefixItems": [{}, {"properties": {"f": BYTE}}]}, '[1,{"f":"YQ=="}]'),
        (b"a", BYTE, '"YQ=="'),
        ({"a": "text"}, True, '{"a":"text"}'),
    ],
)
def test_bytes_are_written_as_their_schema_says(value: Value, node: JSON, text: str) -> None:
    assert json_of(value, schema(node)) == text


@pytest.mark.parametrize("node", [True, {"type": "string"}, {"properties": {"f": {"format": "binary"}}}])
def test_bytes_without_an_encoding_are_refused(node: JSON) -> None:
    refused = json_of({"f": b"a"}, schema(node))
    assert isinstance(refused, Unserialisable)
    assert "base64" in refused.reason
    assert json_of({"f": b"a"}, None) == refused


def test_bytes_very_deep_inside_are_refused() -> None:
    value: Value = b"a"
    for _ in range(MAX_DEPTH + 1):
        value = [value]
    node: dict[str, JSON] = {**BYTE} if isinstance(BYTE, dict) else {}
    node["items"] = {"$ref": "#/components/schemas/Node"}
    assert isinstance(json_of(value, schema(node, Node=node)), Unserialisable)
    assert json_of([b"a"], schema(node, Node=node)) == '["YQ=="]'
