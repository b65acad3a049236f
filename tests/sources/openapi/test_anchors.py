from arazzo_runner.sources.openapi.anchors import anchors_of
from arazzo_runner.values import JSON
from tests.sources.inline import api

SCHEMAS: JSON = {
    "Plain": {"$anchor": "plain", "type": "string"},
    "Named": {
        "$id": "https://schemas.example/named",
        "properties": {"inner": {"$anchor": "inner"}, "deep": {"$id": "deeper", "$dynamicAnchor": "node"}},
    },
    "Data": {
        "properties": {"example": {"$anchor": "kept"}},
        "example": {"$id": "https://never.example/"},
        "enum": [{"$anchor": "never"}],
    },
    "Odd": {"$id": 5, "$anchor": ["x"]},
}
AT = ("components", "schemas")


def test_anchors_and_identities_are_found_where_schemas_are() -> None:
    document = api(components={"schemas": SCHEMAS})
    found = anchors_of(document.root, document.base_uri)
    named = (*AT, "Named")
    deep = (*named, "properties", "deep")
    assert {uri: node.at for uri, node in found.resources.items()} == {
        "https://schemas.example/named": named,
        "https://schemas.example/deeper": deep,
    }
    assert {key: node.at for key, node in found.named.items()} == {
        ((), "plain"): (*AT, "Plain"),
        ((), "kept"): (*AT, "Data", "properties", "example"),
        (named, "inner"): (*named, "properties", "inner"),
        (deep, "node"): deep,
    }
    assert found.bases == {named: "https://schemas.example/named", deep: "https://schemas.example/deeper"}


def test_a_document_without_such_keywords_is_not_walked() -> None:
    assert api(components={"schemas": {"A": {"type": "string"}}}).anchors.named == {}


def test_before_3_1_an_anchor_is_nothing() -> None:
    assert api(version="3.0.3", components={"schemas": SCHEMAS}).anchors.named == {}
