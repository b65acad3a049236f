import pytest

from arazzo_runner.mock.state.resources import Kind, Reference, Resources
from arazzo_runner.values import Value
from tests.mock.server.orders import api, operation
from tests.mock.state.pets import description

PATHS = (
    "/pets", "/pets/{petId}", "/pets/{petId}/toys", "/pets/{petId}/toys/{toy}", "/pets/{petId}/photo",
    "/shops/", "/shops/{a}/", "/shop", "/shops/new", "/Orders", "/Orders('{key}')", "/Orders({key})/Items",
    "/v.json", "/v/{id}.json", "/{top}", "/", "/{owner}/{repo}/x", "/search", "/pets/{id}/toys?old={old}",
)  # fmt: skip


def reference(line: str, **values: Value) -> Reference | None:
    method, path = line.split(" ")
    everything = {"responses": {"200": {"description": "ok"}}}
    paths = {path: {"get": everything, "post": everything} for path in PATHS}
    paths["/pets/{petId}/photo"]["put"] = everything
    described = api(description(paths))
    return Resources().reference(operation(described, method, path), values)


@pytest.mark.parametrize(
    ("line", "values", "kind", "key", "id"),
    [
        ("GET /pets", {}, Kind.COLLECTION, ("pets",), ""),
        ("GET /pets/{petId}", {"petId": 7}, Kind.ITEM, ("pets",), "7"),
        ("GET /pets/{petId}", {"petId": "7"}, Kind.ITEM, ("pets",), "7"),
        ("GET /pets/{petId}/toys", {"petId": "7"}, Kind.COLLECTION, ("pets", "7", "toys"), ""),
        ("GET /pets/{petId}/toys/{toy}", {"petId": "a/b", "toy": 1}, Kind.ITEM, ("pets", "a/b", "toys"), "1"),
        ("GET /pets/{petId}/photo", {"petId": "7"}, Kind.SINGLETON, ("pets", "7", "photo"), ""),
        ("GET /shops/", {}, Kind.COLLECTION, ("shops",), ""),
        ("GET /shops/{a}/", {"a": "x"}, Kind.ITEM, ("shops",), "x"),
        ("POST /shop", {}, Kind.COLLECTION, ("shops",), ""),
        ("GET /shop", {}, Kind.OTHER, ("shop",), ""),
        ("POST /shops/new", {}, Kind.COLLECTION, ("shops",), ""),
        ("GET /shops/new", {}, Kind.OTHER, ("shops", "new"), ""),
        ("GET /Orders", {}, Kind.COLLECTION, ("Orders",), ""),
        ("GET /Orders('{key}')", {"key": "k"}, Kind.ITEM, ("Orders",), "k"),
        ("GET /Orders({key})/Items", {"key": "k"}, Kind.OTHER, ("Orders", "k", "Items"), ""),
        ("GET /v.json", {}, Kind.COLLECTION, ("v",), ""),
        ("GET /v/{id}.json", {"id": 5}, Kind.ITEM, ("v",), "5"),
        ("GET /{top}", {"top": "x"}, Kind.ITEM, (), "x"),
        ("GET /search", {}, Kind.OTHER, ("search",), ""),
    ],
)
def test_a_path_says_what_a_request_is_about(
    line: str, values: dict[str, Value], kind: Kind, key: tuple[str, ...], id: str
) -> None:
    found = reference(line, **values)
    assert found is not None
    assert (found.kind, found.collection[1:], found.id) == (kind, key, id)


@pytest.mark.parametrize(
    ("line", "values"),
    [
        ("GET /", {}),
        ("GET /pets/{petId}", {}),
        ("GET /pets/{petId}", {"petId": [1]}),
        ("GET /pets/{petId}", {"petId": "x" * 2_000}),
    ],
)
def test_what_has_no_path_of_its_own_is_about_nothing(line: str, values: dict[str, Value]) -> None:
    assert reference(line, **values) is None


def test_what_stands_above_is_told_with_the_names_of_the_id() -> None:
    found = reference("GET /pets/{petId}/toys/{toy}", petId=7, toy="t")
    assert found is not None
    assert [(key[1:], id) for key, id in found.above] == [(("pets",), "7")]
    assert (found.variables, found.name, found.path) == (("toy",), "toys", "/pets/7/toys/t")
