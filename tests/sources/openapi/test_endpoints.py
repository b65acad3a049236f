import pytest

from arazzo_runner.sources.openapi.endpoints import methods_of
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api

ITEM: JSON = {
    "summary": "x",
    "parameters": [],
    "get": {"operationId": "read"},
    "trace": {"operationId": "trace"},
    "query": {"operationId": "search"},
    "additionalOperations": {"LINK": {"operationId": "link"}, "Copy": {}},
    "GET": {"operationId": "shouted"},
}


@pytest.mark.parametrize(
    ("version", "methods"),
    [
        ("2.0", ["GET"]),
        ("3.0.4", ["GET", "TRACE"]),
        ("3.1.0", ["GET", "TRACE"]),
        ("3.2.0", ["GET", "TRACE", "QUERY", "LINK", "Copy"]),
    ],
)
def test_each_version_has_its_methods(version: str, methods: list[str]) -> None:
    found = api({"/things": ITEM, "x-more": ITEM}, version).endpoints
    assert [endpoint.method for endpoint in found.all] == methods
    assert {endpoint.path for endpoint in found.all} == {"/things"}
    assert found.diagnostics == ()


def test_endpoints_are_found_by_id_and_by_place() -> None:
    found = api({"/a": {"get": {"operationId": "x"}, "put": {"operationId": "x"}}, "/b": {"get": {}}}).endpoints
    assert [(each.path, each.method) for each in found.by_id["x"]] == [("/a", "GET"), ("/a", "PUT")]
    assert found.by_place["/b", "GET"].operation_id is None
    assert [each.method for each in found.on_path("/a")] == ["GET", "PUT"]
    assert found.on_path("/c") == ()


def test_an_id_that_yaml_reads_as_a_number_is_text() -> None:
    found = api({"/a": {"get": {"operationId": 404}, "put": {"operationId": True}}}).endpoints
    assert list(found.by_id) == ["404"]


def test_path_items_by_reference_are_walked_too() -> None:
    document = api(
        {
            "/a": {"$ref": "#/components/pathItems/A", "put": {"operationId": "own"}},
            "/b": {"$ref": "items.json#/b"},
            "/c": {"get": {"$ref": "items.json#/c"}},
        },
        components={"pathItems": {"A": {"get": {"operationId": "there"}, "put": {"operationId": "hidden"}}}},
        others={FOLDER + "items.json": {"b": {"post": {"operationId": "far"}}, "c": {"operationId": "further"}}},
    )
    found = document.endpoints
    assert list(found.by_id) == ["own", "there", "far", "further"]
    assert found.by_id["far"][0].node.document.uri == FOLDER + "items.json"
    assert found.by_id["far"][0].node.at == ("b", "post")


def test_paths_may_be_a_reference() -> None:
    document = api({"$ref": "paths.json"}, others={FOLDER + "paths.json": {"/a": {"get": {"operationId": "x"}}}})
    assert list(document.endpoints.by_id) == ["x"]


def test_what_cannot_be_walked_is_reported() -> None:
    document = api({"/a": {"$ref": "#/nowhere"}, "/b": 5, "/c": {"get": "x"}, "/d": {"get": {"$ref": "no.json"}}})
    assert document.endpoints.all == ()
    assert [found.code for found in document.endpoints.diagnostics] == [
        "openapi-reference",
        "openapi-type",
        "openapi-type",
        "openapi-reference",
    ]


@pytest.mark.parametrize("paths", [[], "x", 5])
def test_paths_of_the_wrong_type_are_reported(paths: JSON) -> None:
    document = api(openapi="3.1.0") if not paths else api(paths)
    assert document.endpoints.all == ()
    assert [found.code for found in document.endpoints.diagnostics] == (["openapi-type"] if paths else [])


def test_a_description_without_paths_has_no_endpoints() -> None:
    assert api(webhooks={"x": {"post": {"operationId": "hook"}}}).endpoints.by_id == {}


def test_methods_of_a_version_that_is_unknown_are_the_newest() -> None:
    assert "query" in methods_of("3.2")
    assert "query" not in methods_of("3.1")
