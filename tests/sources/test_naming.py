import pytest

from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.matching import Match, Miss, Scope
from arazzo_runner.sources.naming import by_id
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, arazzo

HOOK: JSON = {"post": {"operationId": "hooked"}}
PETS: JSON = {
    "openapi": "3.1.0",
    "paths": {
        "/pets": {
            "get": {"operationId": "listPets"},
            "post": {"operationId": "pets.create", "callbacks": {"done": {"{$request.body#/url}": HOOK}, "x-no": 1}},
            "put": {},
        },
        "/pets/{id}": {
            "get": {"operationId": "read pet/v2"},
            "delete": {"operationId": "twice"},
            "head": {"operationId": "twice"},
            "patch": {"operationId": "Same"},
            "put": {"operationId": "same"},
        },
        "/shared": {"get": {"operationId": "shared"}, "post": {"operationId": "url"}},
    },
    "webhooks": {"arrived": {"post": {"operationId": "petArrived"}}},
}
SHOPS: JSON = {
    "openapi": "3.1.0",
    "paths": {
        "/shared": {"get": {"operationId": "shared"}},
        "/shops": {"get": {"operationId": "listShops"}, "post": {"operationId": "pets.listPets"}},
    },
}
FILES: dict[str, JSON] = {FOLDER + "pets.json": PETS, FOLDER + "shops.json": SHOPS}
ONE: dict[str, JSON] = {"pets": "pets.json"}
TWO: dict[str, JSON] = {"pets": "pets.json", "shops": "shops.json"}


def look(text: str, sources: dict[str, JSON]) -> Match | Miss | None:
    description = arazzo(sources=sources)
    return by_id(text, Scope(description, gather(description, retrieve=Memory(FILES))))


@pytest.mark.parametrize(
    ("text", "sources", "place", "readings"),
    [
        ("listPets", ONE, "GET /pets", []),
        ("pets.create", ONE, "POST /pets", []),
        ("url", ONE, "POST /shared", []),
        ("$sourceDescriptions.pets.listPets", ONE, "GET /pets", []),
        ("$sourceDescriptions.pets.pets.create", TWO, "POST /pets", []),
        ("$sourceDescriptions.pets.read pet/v2", TWO, "GET /pets/{id}", []),
        ("$sourceDescriptions.pets.url", TWO, "POST /shared", []),
        ("listPets", TWO, "GET /pets", ["P11"]),
        ("pets.create", TWO, "POST /pets", ["P11"]),
        ("pets.listPets", ONE, "GET /pets", ["P11"]),
        ("pets.listPets", TWO, "POST /shops", ["P11"]),
        ("shops.listShops", TWO, "GET /shops", ["P11"]),
        ("pets.pets.create", ONE, "POST /pets", ["P11"]),
        ("LISTPETS", ONE, "GET /pets", ["P12"]),
        ("$sourceDescriptions.pets.ListPets", TWO, "GET /pets", ["P12"]),
        ("listshops", TWO, "GET /shops", ["P11", "P12"]),
        ("shops.listshops", TWO, "GET /shops", ["P11", "P12"]),
        ("put_/pets", ONE, "PUT /pets", ["P12"]),
        ("PUT_/pets", ONE, "PUT /pets", ["P12"]),
        ("Same", ONE, "PATCH /pets/{id}", []),
        ("listPets", {**ONE, "flows": {"url": "f.json", "type": "arazzo"}}, "GET /pets", []),
    ],
)
def test_an_id_names_an_operation(text: str, sources: dict[str, JSON], place: str, readings: list[str]) -> None:
    found = look(text, sources)
    assert isinstance(found, Match)
    assert f"{found.endpoint.method} {found.endpoint.path}" == place
    assert [reading.number for reading in found.readings] == readings


@pytest.mark.parametrize(
    ("text", "sources", "code", "help"),
    [
        ("getPet", ONE, "operation-unknown", "known: 'listPets'"),
        ("listPet", ONE, "operation-unknown", "did you mean 'listPets'?"),
        ("listShop", TWO, "operation-unknown", "did you mean 'listShops'?"),
        ("get_/pets", ONE, "operation-unknown", ""),
        (
            "twice",
            ONE,
            "operation-ambiguous",
            "write operationPath: '{$sourceDescriptions.pets.url}#/paths/~1pets~1{id}/delete'",
        ),
        ("shared", TWO, "operation-ambiguous", "write $sourceDescriptions.pets.shared, or the other one"),
        ("SAME", ONE, "operation-ambiguous", ""),
        ("$sourceDescriptions.pet.listPets", ONE, "operation-unknown-source", "did you mean 'pets'?"),
        ("$sourceDescriptions.pets", ONE, "operation-unknown", ""),
        ("$sourceDescriptions.shops.listPets", TWO, "operation-unknown", ""),
        ("$inputs.operation", ONE, "operation-not-static", ""),
        ("{$sourceDescriptions.pets.listPets}", ONE, "operation-not-static", ""),
        ("petArrived", ONE, "operation-not-callable", ""),
        ("hooked", ONE, "operation-not-callable", ""),
        ("pets.nothing", ONE, "operation-unknown", ""),
    ],
)
def test_an_id_that_names_nothing_says_why(text: str, sources: dict[str, JSON], code: str, help: str) -> None:
    found = look(text, sources)
    assert isinstance(found, Miss)
    assert found.code == code
    assert found.help.startswith(help)


def test_an_arazzo_source_has_no_operations() -> None:
    description = arazzo(sources={"flows": {"url": "flow.json", "type": "arazzo"}})
    found = by_id("$sourceDescriptions.flows.x", Scope(description, gather(description, retrieve=Memory())))
    assert isinstance(found, Miss)
    assert found.code == "operation-source-type"


@pytest.mark.parametrize("text", ["$sourceDescriptions.gone.x", "gone.x", "nowhere"])
def test_where_a_source_is_missing_nothing_more_is_said(text: str) -> None:
    assert look(text, {"gone": "gone.json", "pets": "pets.json"}) is None


def test_what_the_walk_of_the_paths_found_explains_a_miss() -> None:
    document: JSON = {"openapi": "3.1.0", "paths": {"/a": {"$ref": "missing.json"}}}
    description = arazzo()
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": document}))
    found = by_id("x", Scope(description, registry))
    assert isinstance(found, Miss)
    assert [each.code for each in found.diagnostics] == ["openapi-reference"]
