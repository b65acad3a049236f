import pytest

from arazzo_runner.mock.instances.rooted import URN, rooted
from arazzo_runner.values import JSON


def test_references_become_absolute_wherever_a_schema_stands() -> None:
    reference: JSON = {"$ref": "#/$defs/A"}
    schema: JSON = {
        "$defs": {"A": {"type": "string"}},
        "properties": {"p": reference},
        "items": reference,
        "anyOf": [reference],
        "not": reference,
    }
    absolute = {"$ref": f"{URN}#/$defs/A"}
    node = rooted(schema).node
    assert isinstance(node, dict)
    assert node["properties"] == {"p": absolute}
    assert (node["items"], node["anyOf"], node["not"]) == (absolute, [absolute], absolute)


def test_values_are_left_alone() -> None:
    data: JSON = {"$ref": "#/data"}
    schema: JSON = {"const": data, "enum": [data], "default": data, "examples": [data], "properties": {"$ref": {}}}
    assert rooted(schema).node == schema


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("#", "root"),
        ("#/$defs/a~1b", "slash"),
        ("#/$defs/%C3%A9", "accent"),
        ("#/allOf/0", "first"),
        ("#name", "anchored"),
        ("#/$defs/none", None),
        ("#/allOf/9", None),
        ("#other", None),
        ("https://example.com#", None),
    ],
)
def test_references_are_followed(reference: str, found: str | None) -> None:
    root = rooted(
        {
            "title": "root",
            "$defs": {
                "a/b": {"title": "slash"},
                "é": {"title": "accent"},
                "x": {"$anchor": "name", "title": "anchored"},
            },
            "allOf": [{"title": "first"}],
        }
    )
    node = root.follow(reference)
    assert (node.get("title") if isinstance(node, dict) else None) == found


def test_an_embedded_resource_becomes_a_place_in_the_document() -> None:
    schema: JSON = {
        "$id": "urn:root",
        "$ref": "urn:piece",
        "$defs": {"P": {"$id": "urn:piece", "const": 1}, "Q": {"$ref": "urn:root#/$defs/P"}},
    }
    root = rooted(schema)
    assert root.faults == ()
    assert isinstance(root.node, dict)
    assert root.node["$ref"] == f"{URN}#/$defs/P"
    assert root.follow(f"{URN}#/$defs/Q") == {"$ref": f"{URN}#/$defs/P"}


def test_what_cannot_be_read_is_told() -> None:
    deep: JSON = {}
    for _ in range(150):
        deep = {"not": deep}
    assert "nest deeper than 100" in rooted(deep).faults[0]
    assert "no part of it" in rooted({"$ref": "https://example.com/x"}).faults[0]
    assert "neither an object nor a boolean" in rooted({"items": 5}).faults[0]


def test_a_format_is_noticed() -> None:
    assert rooted({"properties": {"a": {"format": "date"}}}).has_formats
    assert not rooted({"properties": {"format": {"type": "string"}}}).has_formats
