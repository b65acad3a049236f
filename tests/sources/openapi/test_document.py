import pytest

from arazzo_runner.document import Profile, read
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.sources.openapi.references import Dangling
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, api, endpoint, node, text_of


@pytest.mark.parametrize(
    ("data", "version"),
    [
        ({"openapi": "3.1.0"}, "3.1"),
        ({"openapi": "3.0.4-rc1"}, "3.0"),
        ({"openapi": 3.1}, "3.1"),
        ({"swagger": "2.0"}, "2.0"),
        ({"swagger": 2.0}, "2.0"),
        ({"openapi": 3}, "3"),
        ({"openapi": True}, ""),
        ({"openapi": None}, ""),
        ({}, ""),
        ([], ""),
    ],
)
def test_a_version_is_major_and_minor(data: JSON, version: str) -> None:
    assert version_of(data) == version


def test_an_operation_is_read_once_for_each_name_of_its_source() -> None:
    document = api({"/things": {"get": {}}})
    first = document.operation(endpoint(document), "a")
    assert document.operation(endpoint(document), "a") is first
    assert document.operation(endpoint(document), "b").operation.source == "b"


def test_one_operation_on_two_paths_is_two() -> None:
    item: JSON = {"get": {}}
    document = api(
        {"/a": {"$ref": "#/components/pathItems/A"}, "/b": {"$ref": "#/components/pathItems/A"}},
        components={"pathItems": {"A": item}},
    )
    paths = [document.operation(each, "x").operation.path for each in document.endpoints.all]
    assert paths == ["/a", "/b"]


def test_other_files_are_fetched_when_they_are_needed_and_once() -> None:
    reference: JSON = {"schema": {"$ref": "parts.json#/Thing"}}
    paths: JSON = {"/things": {"get": {"responses": {"200": {"content": {"application/json": reference}}}}}}
    text = text_of({"openapi": "3.1.0", "paths": paths})
    memory = Memory({FOLDER + "parts.json": {"Thing": {"$ref": "more.json"}}, FOLDER + "more.json": {"type": "string"}})
    document = OpenApiDocument(read(text, FOLDER + "api.json", "", Profile.SOURCE), "3.1", Documents(memory))
    operation = document.operation(endpoint(document), "x").operation
    assert memory.asked == []
    schema = operation.responses["200"].content["application/json"].schema
    assert schema is not None
    for _ in range(2):
        found = document.follow(schema)
        assert found is not None
        assert (found.node, found.document.uri) == ({"type": "string"}, FOLDER + "more.json")
    assert memory.asked == [FOLDER + "parts.json", FOLDER + "more.json"]


def test_following_says_where_nothing_is() -> None:
    document = api(components={"schemas": {"A": {"$ref": "#/components/schemas/A"}, "B": {"type": "string"}}})
    assert document.follow(Schema({"$ref": "#/components/schemas/A"}, document)) is None
    assert document.follow(Schema({"$ref": "#/gone"}, document)) is None
    plain = Schema(True, document)
    assert document.follow(plain) == plain


def test_a_schema_of_another_file_is_followed_from_there() -> None:
    document = api(others={FOLDER + "deep/b.json": {"B": {"$ref": "#/C"}, "C": {"type": "null"}}})
    found = document.follow(Schema({"$ref": "deep/b.json#/B"}, document))
    assert found is not None
    again = document.follow(Schema({"$ref": "#/C"}, found.document))
    assert again == found


def test_self_is_what_references_are_resolved_against() -> None:
    document = api(
        {"/things": {"$ref": "items.json#/item"}},
        "3.2.0",
        others={"https://example.com/v1/items.json": {"item": {"get": {"operationId": "x"}}}},
        root={"$self": "https://example.com/v1/api.json"},
    )
    assert document.uri == FOLDER + "api.json"
    assert list(document.endpoints.by_id) == ["x"]
    back = document.resolve("https://example.com/v1/api.json#/info/title")
    assert isinstance(back, Node)
    assert back.document is document


@pytest.mark.parametrize(("version", "base"), [("3.1.0", FOLDER + "api.json"), ("3.2.0", FOLDER + "other/api.json")])
def test_self_is_a_field_of_3_2(version: str, base: str) -> None:
    assert api(version=version, root={"$self": "other/api.json"}).base_uri == base


@pytest.mark.parametrize("written", [5, "http://[x"])
def test_a_self_that_is_no_uri_is_passed_over(written: JSON) -> None:
    assert api(version="3.2.0", root={"$self": written}).base_uri == FOLDER + "api.json"


def test_a_file_with_a_version_of_its_own_keeps_it() -> None:
    document = api(others={FOLDER + "old.json": {"openapi": "3.0.0", "x": {}}, FOLDER + "bare.json": {"x": {}}})
    versions = []
    for name in ("old.json#/x", "bare.json#/x"):
        found = document.resolve(name)
        assert isinstance(found, Node)
        versions.append(found.document.version)
    assert versions == ["3.0", "3.1"]


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("broken.yml#/x", "cannot be read"),
        ("http://[x", "IPv6"),
        ("#anchor", "there is no anchor 'anchor'"),
        ("ftp://example.com/x", "not one of the schemes"),
    ],
)
def test_a_reference_that_cannot_be_followed_says_why(reference: str, reason: str) -> None:
    found = api(others={FOLDER + "broken.yml": "a: [1"}).resolve(reference)
    assert isinstance(found, Dangling)
    assert reason in found.reason


def test_anchors_and_identities_are_resolved() -> None:
    schemas: JSON = {
        "A": {"$anchor": "a", "title": "A"},
        "B": {"$id": "https://schemas.example/b", "$defs": {"C": {"$anchor": "c", "title": "C"}}, "$ref": "#c"},
    }
    document = api(
        components={"schemas": schemas},
        others={FOLDER + "far.json": {"x": {"$anchor": "far", "title": "far"}}},
    )
    for reference, title in [
        ("#a", "A"),
        ("https://schemas.example/b#c", "C"),
        ("https://schemas.example/b#/$defs/C", "C"),
        ("far.json#far", "far"),
    ]:
        found = document.resolve(reference)
        assert isinstance(found, Node)
        assert found.text("title") == title
    inside = document.follow(node(document, "components", "schemas", "B").schema())
    assert inside is not None
    assert inside.at == ("components", "schemas", "B", "$defs", "C")


def test_a_schema_is_bundled_through_the_document() -> None:
    document = api(components={"schemas": {"A": {"type": "string"}}})
    assert document.bundle(Schema({"$ref": "#/components/schemas/A"}, document)) == {
        "$ref": "#/$defs/A",
        "$defs": {"A": {"type": "string"}},
    }
