import pytest

from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.matching import Match, Miss, Scope
from arazzo_runner.sources.pointing import by_path
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, arazzo

PETS: JSON = {
    "openapi": "3.2.0",
    "paths": {
        "/pets": {"get": {}, "post": {"callbacks": {"done": {"/x": {"post": {}}}}}},
        "/pets/{petId}": {"get": {}, "additionalOperations": {"LINK": {}}, "query": {}},
        "/a~b/c%20d": {"get": {}},
        "/only": {"delete": {}},
        "/shared": {"$ref": "#/components/pathItems/Shared"},
    },
    "components": {"pathItems": {"Shared": {"get": {}}}},
    "webhooks": {"arrived": {"post": {}}},
}
SHOPS: JSON = {"swagger": "2.0", "paths": {"/shared": {"get": {}}, "/shops": {"get": {}}}}
FILES: dict[str, JSON] = {FOLDER + "pets.json": PETS, FOLDER + "shops.json": SHOPS}
ONE: dict[str, JSON] = {"pets": "pets.json"}
TWO: dict[str, JSON] = {"pets": "pets.json", "shops": "shops.json"}
DOTTED: dict[str, JSON] = {"pet.store": "pets.json", "pets.url": "shops.json"}
BASE = "{$sourceDescriptions.pets.url}#/paths"


def look(text: str, sources: dict[str, JSON]) -> Match | Miss | None:
    description = arazzo(sources=sources, version="1.0.1")
    return by_path(text, Scope(description, gather(description, retrieve=Memory(FILES))))


@pytest.mark.parametrize(
    ("text", "sources", "place", "reading"),
    [
        (f"{BASE}/~1pets/get", TWO, "GET /pets", False),
        (f"{BASE}/~1pets~1{{petId}}/get", ONE, "GET /pets/{petId}", False),
        (f"{BASE}/~1pets~1%7BpetId%7D/get", ONE, "GET /pets/{petId}", False),
        (f"{BASE}/~1a~0b~1c%20d/get", ONE, "GET /a~b/c%20d", False),
        (f"{BASE}/~1pets~1{{petId}}/additionalOperations/LINK", ONE, "LINK /pets/{petId}", False),
        (f"{BASE}/~1pets~1{{petId}}/query", ONE, "QUERY /pets/{petId}", False),
        (f"{BASE}/~1shared/get", ONE, "GET /shared", False),
        ("{$sourceDescriptions.pet.store.url}#/paths/~1pets/get", DOTTED, "GET /pets", False),
        ("$sourceDescriptions.pets.url#/paths/~1pets/get", ONE, "GET /pets", True),
        ("$sourceDescriptions.pets#/paths/~1pets/get", ONE, "GET /pets", True),
        ("{$sourceDescriptions.pets}#/paths/~1pets/get", ONE, "GET /pets", True),
        ("$sourceDescriptions.pets.url#/paths/~1shops/get", DOTTED, "GET /shops", True),
        ("pets#/paths/~1pets/get", TWO, "GET /pets", True),
        ("GET /pets", ONE, "GET /pets", True),
        ("post /pets", TWO, "POST /pets", True),
        ("link /pets/{petId}", ONE, "LINK /pets/{petId}", True),
        ("/only", TWO, "DELETE /only", True),
        ("/shops", TWO, "GET /shops", True),
        ("GET {shops}./shared", TWO, "GET /shared", True),
        ("{pets}./only", TWO, "DELETE /only", True),
    ],
)
def test_a_place_names_an_operation(text: str, sources: dict[str, JSON], place: str, reading: bool) -> None:
    found = look(text, sources)
    assert isinstance(found, Match)
    assert f"{found.endpoint.method} {found.endpoint.path}" == place
    assert [(each.number, each.strict_code) for each in found.readings] == (
        [("P10", "operation-path-malformed")] if reading else []
    )


@pytest.mark.parametrize(
    ("text", "code", "help"),
    [
        ("./pets.json#/paths/~1pets/get", "operation-path-malformed", f"write '{BASE}/~1pets/get'"),
        ("pets.json#/paths/~1pets/get", "operation-path-malformed", f"write '{BASE}/~1pets/get'"),
        ("#/paths/~1pets/get", "operation-path-malformed", "write {$sourceDescriptions.NAME.url}#"),
        ("nonsense", "operation-path-malformed", "write {$sourceDescriptions.NAME.url}#"),
        ("$sourceDescriptions.pets.listPets", "operation-path-malformed", "write operationId: $sourceDescriptions"),
        ("$inputs.path", "operation-path-malformed", ""),
        ("{$sourceDescriptions.pets.url}/paths/~1pets/get", "operation-path-malformed", ""),
        ("{$sourceDescriptions.pet.url}#/paths/~1pets/get", "operation-unknown-source", "did you mean 'pets'?"),
        ("{$sourceDescriptions.pets.url}#/info", "operation-path-malformed", ""),
        ("{$sourceDescriptions.pets.url}#", "operation-path-malformed", ""),
        (f"{BASE}/~1pets", "operation-path-item", f"write '{BASE}/~1pets/get', '{BASE}/~1pets/post'"),
        (f"{BASE}/~1pet/get", "operation-unknown", "did you mean '/pets'?"),
        (f"{BASE}/~1pets/delete", "operation-unknown", ""),
        (f"{BASE}/~1pets/GET", "operation-path-malformed", f"write '{BASE}/~1pets/get'"),
        (f"{BASE}/%2Fpets/get", "operation-path-malformed", f"write '{BASE}/~1pets/get'"),
        (f"{BASE}//pets/{{petId}}/get", "operation-path-malformed", f"write '{BASE}/~1pets~1{{petId}}/get'"),
        (f"{BASE}/~1pets/post/callbacks/done/~1x/post", "operation-not-callable", ""),
        ("{$sourceDescriptions.pets.url}#/webhooks/arrived/post", "operation-not-callable", ""),
        ("{$sourceDescriptions.pets.url}#/components/pathItems/Shared/get", "operation-path-malformed", ""),
        ("/pets", "operation-ambiguous", ""),
        ("GET /shared", "operation-ambiguous", ""),
        ("PATCH /pets", "operation-unknown", ""),
        ("GET /pet", "operation-unknown", "did you mean '/pets'?"),
        ("GET {nobody}./pets", "operation-unknown-source", ""),
    ],
)
def test_a_place_that_names_nothing_says_why(text: str, code: str, help: str) -> None:
    found = look(text, TWO)
    assert isinstance(found, Miss)
    assert found.code == code
    assert found.help.startswith(help)


@pytest.mark.parametrize(
    "text", ["{$sourceDescriptions.gone.url}#/paths/~1a/get", "gone#/paths/~1a/get", "GET /nowhere", "GET {gone}./a"]
)
def test_where_a_source_is_missing_nothing_more_is_said(text: str) -> None:
    assert look(text, {"gone": "gone.json", "pets": "pets.json"}) is None
