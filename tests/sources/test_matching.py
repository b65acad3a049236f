from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.matching import Match, Miss, Scope, listed
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.registry import ApiSource
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, api, arazzo

PATHS: JSON = {
    "/a~b/{id}": {"get": {"operationId": "read"}, "put": {"operationId": "twice"}, "post": {}},
    "/c": {"get": {"operationId": "twice"}, "additionalOperations": {"LINK": {}}},
}
DOCUMENT = api(PATHS, "3.2.0")


def match(path: str, method: str, document: OpenApiDocument = DOCUMENT) -> Match:
    return Match(ApiSource("things", document.uri, "openapi", document), document.endpoints.by_place[path, method])


def test_the_standard_spelling_is_the_id_where_there_is_one() -> None:
    assert match("/a~b/{id}", "GET").standard() == "$sourceDescriptions.things.read"
    pointer = "{$sourceDescriptions.things.url}#/paths/~1a~0b~1{id}"
    assert match("/a~b/{id}", "POST").standard() == f"{pointer}/post"
    assert match("/a~b/{id}", "PUT").standard() == f"{pointer}/put"
    assert match("/c", "LINK").standard() == "{$sourceDescriptions.things.url}#/paths/~1c/additionalOperations/LINK"


def test_readings_are_told_from_the_outside_in() -> None:
    found = match("/c", "GET").read_as("P12", "inner", "x", "code").read_as("P11", "outer", "y", "code")
    assert [each.number for each in found.readings] == ["P11", "P12"]
    assert found.readings[0].meaning == "GET /c of source 'things'"


def test_many_operations_are_counted() -> None:
    assert listed([match("/c", "GET")] * 7).endswith("source 'things' and 2 more")


def scope(*wanted: str) -> Scope:
    sources: dict[str, JSON] = {
        "api": "api.json",
        "api.v2": "api.json",
        "flows": {"url": "other.json", "type": "arazzo"},
        "untyped": {"url": "other.json"},
        "gone": "gone.json",
    }
    other = arazzo().source.text
    memory = Memory({FOLDER + "api.json": {"openapi": "3.1.0", "paths": {}}, FOLDER + "other.json": other})
    description = arazzo(sources=sources)
    return Scope(description, gather(description, retrieve=memory, wanted=wanted or None))


def test_a_name_is_the_longest_one_that_fits() -> None:
    found = scope()
    assert found.head("api.v2.read", ".") == ("api.v2", "read")
    assert found.head("api.v3.read", ".") == ("api", "v3.read")
    assert found.head("nobody.read", ".") is None


def test_arazzo_sources_hold_no_operations() -> None:
    assert scope().callable_names == ("api", "api.v2", "gone")
    assert [source.name for source, _ in scope().apis] == ["api", "api.v2"]


def test_a_scope_is_complete_where_all_of_them_could_be_loaded() -> None:
    assert not scope().complete
    assert not scope("api", "api.v2").complete


def test_a_source_is_an_api_or_a_reason() -> None:
    found = scope("api", "flows", "gone")
    assert isinstance(found.api("api"), tuple)
    assert found.api("gone") is None
    for name, code in [
        ("nobody", "operation-unknown-source"),
        ("flows", "operation-source-type"),
        ("api.v2", "operation-unknown-source"),
    ]:
        miss = found.api(name)
        assert isinstance(miss, Miss)
        assert miss.code == code
