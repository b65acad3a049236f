import pytest

from arazzo_runner.mock.described import Schemas
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON
from tests.sources.inline import api, operation

THING: JSON = {
    "type": "object",
    "required": ["a", "b"],
    "properties": {"a": {"writeOnly": True}, "b": {"type": "null"}},
}


def schema() -> Schema:
    content: JSON = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    paths: JSON = {"/things": {"get": {"responses": {"200": {"description": "", "content": content}}}}}
    found = operation(api(paths, components={"schemas": {"Thing": THING}})).responses["200"].content
    written = found["application/json"].schema
    assert written is not None
    return written


def test_a_schema_is_made_self_contained_for_the_side_of_the_answer() -> None:
    described = Schemas().described(schema())
    assert described.generator.generate(0) == {"b": None}
    assert described.place.startswith("api.json:1:")


def test_each_schema_is_taken_apart_once() -> None:
    schemas = Schemas()
    assert schemas.described(schema()) is schemas.described(schema())


def test_without_a_schema_anything_goes() -> None:
    described = Schemas().described(None)
    assert described.generator.valid({"any": [1]})
    assert described.place == ""


@pytest.mark.parametrize(("version", "allowed"), [("3.0.3", True), ("3.1.0", False)])
def test_null_is_invented_only_where_the_version_allows_it(version: str, allowed: bool) -> None:
    content: JSON = {"application/json": {"schema": {"type": "string", "nullable": True}}}
    paths: JSON = {"/things": {"get": {"responses": {"200": {"description": "", "content": content}}}}}
    written = operation(api(paths, version)).responses["200"].content["application/json"].schema
    assert Schemas().described(written).generator.valid(None) is allowed
