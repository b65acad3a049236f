import pytest

from arazzo_runner.contract.places import keyword_place
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Path
from tests.sources.inline import FOLDER, api

OTHER: JSON = {"Name": {"type": "string", "minLength": 2}}
SCHEMAS: JSON = {
    "Pet": {
        "properties": {"name": {"$ref": "other.json#/Name"}, "kind": {"anyOf": [{"$ref": "#/components/schemas/K"}]}}
    },
    "K": {"enum": ["a"]},
}


@pytest.mark.parametrize(
    ("way", "uri", "at"),
    [
        (("properties", "name"), "api.json", ("components", "schemas", "Pet", "properties", "name")),
        (("properties", "name", "$ref", "minLength"), "other.json", ("Name", "minLength")),
        (("properties", "kind", "anyOf", 0, "$ref", "enum"), "api.json", ("components", "schemas", "K", "enum")),
        (
            ("properties", "kind", "anyOf", 1, "enum"),
            "api.json",
            ("components", "schemas", "Pet", "properties", "kind", "anyOf"),
        ),
        (("nullable",), "api.json", ("components", "schemas", "Pet")),
        ((), "api.json", ("components", "schemas", "Pet")),
    ],
)
def test_the_way_of_a_validator_leads_to_a_place_in_the_description(way: Path, uri: str, at: Path) -> None:
    document = api(components={"schemas": SCHEMAS}, others={FOLDER + "other.json": OTHER})
    assert isinstance(SCHEMAS, dict)
    found, place = keyword_place(Schema(SCHEMAS["Pet"], document, ("components", "schemas", "Pet")), way)
    assert (found.uri, place) == (FOLDER + uri, at)


def test_a_reference_that_leads_nowhere_ends_the_way() -> None:
    document = api(components={"schemas": {"S": {"$ref": "#/gone"}}})
    schema = Schema({"$ref": "#/gone"}, document, ("components", "schemas", "S"))
    assert keyword_place(schema, ("$ref", "type")) == (document, ("components", "schemas", "S"))
