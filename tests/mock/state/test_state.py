"""Sequences of requests whose answers have to agree with each other."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.values import JSON
from tests.mock.state.pets import GONE, PET, Client, client, operations, shown

WRAPPED: dict[str, Any] = {"type": "object", "required": ["data"], "properties": {"data": PET}}
PAGE: dict[str, Any] = {
    "type": "object",
    "required": ["items", "total"],
    "properties": {"items": {"type": "array", "items": PET}, "total": {"type": "integer"}},
}
REX: dict[str, Any] = {"name": "Rex", "age": 3}


def test_what_was_created_is_there() -> None:
    pets = client()
    made = pets.data("POST /pets", REX)
    assert (made["name"], made["age"]) == ("Rex", 3)
    assert pets.data(f"GET /pets/{made['id']}") == made
    assert pets.data("GET /pets") == [made]


def test_what_is_the_api_s_to_set_and_what_is_secret_does_not_come_back() -> None:
    pets = client()
    made = pets.data("POST /pets", {**REX, "id": 99, "made": "1999-01-01T00:00:00Z", "pin": "1234", "unknown": 1})
    assert made["id"] != 99
    assert made["made"] != "1999-01-01T00:00:00Z"
    assert {"pin", "unknown"}.isdisjoint(made)
    assert {"pin", "unknown"}.isdisjoint(pets.data(f"GET /pets/{made['id']}"))


def test_the_same_creation_again_makes_another_item() -> None:
    pets = client()
    made = [pets.data("POST /pets", REX)["id"] for _ in range(4)]
    assert len(set(made)) == 4
    assert [each["id"] for each in pets.data("GET /pets")] == made


def test_an_example_gives_its_id_once() -> None:
    shape = operations()
    shape["/pets"]["post"]["responses"]["201"] = shown(PET, example={"id": 7, "name": "Ada"})
    pets = client(shape)
    made = [pets.data("POST /pets", {"name": name}) for name in ("Rex", "Max")]
    assert made == [{"id": 7, "name": "Rex"}, {"id": 8, "name": "Max"}]


def test_put_replaces_what_was_sent() -> None:
    pets = client()
    made = pets.data("POST /pets", REX)
    item = f"/pets/{made['id']}"
    put = pets.data(f"PUT {item}", {"name": "Max"})
    assert put["name"] == "Max"
    assert "age" not in put
    assert (put["id"], put["made"]) == (made["id"], made["made"])
    assert pets.data(f"GET {item}") == put
    assert pets.data("GET /pets") == [put]


@pytest.mark.parametrize(
    ("patch", "kind"),
    [
        ({"age": None, "home": {"city": "Bern"}}, "application/merge-patch+json"),
        ({"age": None, "home": {"city": "Bern"}}, "application/json"),
        (
            [{"op": "remove", "path": "/age"}, {"op": "replace", "path": "/home/city", "value": "Bern"}],
            "application/json-patch+json",
        ),
    ],
)
def test_patch_changes_what_it_names(patch: Any, kind: str) -> None:
    pets = client()
    made = pets.data("POST /pets", {**REX, "home": {"street": "Here", "city": "Rome"}})
    changed = pets.data(f"PATCH /pets/{made['id']}", patch, kind)
    rest = {name: value for name, value in made.items() if name != "age"}
    assert changed == {**rest, "home": {"street": "Here", "city": "Bern"}}
    assert pets.data(f"GET /pets/{made['id']}") == changed


def test_what_a_patch_takes_out_inside_does_not_come_back() -> None:
    pets = client()
    made = pets.data("POST /pets", {**REX, "home": {"street": "Here", "city": "Rome"}})
    assert pets.data(f"PATCH /pets/{made['id']}", {"home": {"city": None}})["home"] == {"street": "Here"}


def test_what_was_deleted_is_gone() -> None:
    pets = client()
    item = f"/pets/{pets.data('POST /pets', REX)['id']}"
    other = pets.data("POST /pets", {"name": "Max"})
    assert pets.status(f"DELETE {item}") == 204
    assert [pets.status(f"{method} {item}", {}) for method in ("GET", "DELETE", "PATCH", "PUT")] == [404] * 4
    assert pets.data("GET /pets") == [other]
    assert pets.status(f"DELETE /pets/{other['id']}") == 204
    assert pets.data("GET /pets") == []


def test_put_creates_anew_where_it_is_said_to_create() -> None:
    shape = operations()
    shape["/pets/{petId}"]["put"]["responses"]["201"] = shown(PET)
    pets = client(shape)
    pets("DELETE /pets/7")
    assert pets.status("GET /pets/7") == 404
    assert pets.data("PUT /pets/7", REX)["id"] == 7
    assert pets.data("GET /pets/7")["name"] == "Rex"


def test_an_undeclared_404_is_answered_and_410_where_that_is_declared() -> None:
    shape = operations()
    for method in ("get", "delete"):
        del shape["/pets/{petId}"][method]["responses"]["404"]
    shape["/pets/{petId}"]["delete"]["responses"]["410"] = GONE
    pets = client(shape)
    assert [pets.status(f"{method} /pets/7") for method in ("DELETE", "GET", "DELETE")] == [204, 404, 410]


def test_an_id_that_nobody_created_is_answered_and_stays_as_it_is() -> None:
    pets = client()
    found = pets.data("GET /pets/4711")
    assert found["id"] == 4711
    assert pets.data("GET /pets/4711") == found
    assert pets.data("PUT /pets/12", REX)["id"] == 12
    assert pets.data("GET /pets/12")["name"] == "Rex"


def test_what_a_list_shows_is_there_too() -> None:
    pets = client()
    listed = pets.data("GET /pets")
    assert listed
    assert [pets.data(f"GET /pets/{each['id']}") for each in listed] == listed
    pets(f"DELETE /pets/{listed[0]['id']}")
    assert pets.data("GET /pets") == listed[1:]


def test_the_wrapped_and_the_counted_agree_too() -> None:
    pets = client(operations(WRAPPED, items=PAGE))
    made = pets.data("POST /pets", {"data": REX})
    assert made["data"]["name"] == "Rex"
    assert pets.data(f"GET /pets/{made['data']['id']}") == made
    assert pets.data("GET /pets") == {"items": [made["data"]], "total": 1}


def test_an_answer_without_the_item_hides_nothing_of_it() -> None:
    shape = operations({"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}})
    shape["/pets/{petId}"]["get"]["responses"]["200"] = shown(PET)
    pets = client(shape)
    made = pets.data("POST /pets", REX)
    assert {**made}.keys() == {"id"}
    found = pets.data("GET /pets/" + made["id"])
    assert (found["name"], found["age"]) == ("Rex", 3)


def test_an_id_is_taken_from_location_where_there_is_no_body() -> None:
    shape = operations()
    header = {"Location": {"schema": {"const": "https://api.example/pets/15"}}}
    shape["/pets"]["post"]["responses"] = {"201": {"description": "ok", "headers": header}}
    pets = client(shape)
    pets("POST /pets", REX)
    assert pets.data("GET /pets/15")["name"] == "Rex"


@pytest.mark.parametrize(
    ("path", "item", "base"),
    [
        ("/shops/{shop}/pets", "/shops/{shop}/pets/{id}", "/shops/7/pets"),
        ("/pets/", "/pets/{id}/", "/pets/"),
        ("/pets", "/pets/{id}/", "/pets"),
        ("/pets.json", "/pets/{id}.json", "/pets.json"),
        ("/Pets", "/Pets({id})", "/Pets"),
    ],
)
def test_collections_have_many_forms(path: str, item: str, base: str) -> None:
    pets = client(operations(path=path, item=item))
    made = pets.data(f"POST {base}", REX)
    stem, _, rest = item.rpartition("{id}")
    where = f"{stem.replace('{shop}', '7')}{made['id']}{rest}"
    assert pets.data(f"GET {where}") == made
    assert pets.data(f"GET {base}") == [made]
    assert (pets.status(f"DELETE {where}"), pets.status(f"GET {where}")) == (204, 404)


def test_what_stands_below_what_was_deleted_is_gone_with_it() -> None:
    paths = {**operations(), **operations(path="/pets/{petId}/toys", item="/pets/{petId}/toys/{id}")}
    paths["/pets/{petId}/walk"] = {"parameters": paths["/pets/{petId}"]["parameters"], "post": {"responses": {}}}
    pets = client(paths)
    toy = pets.data("POST /pets/7/toys", REX)
    assert pets.status("DELETE /pets/7") == 204
    lines = (f"GET /pets/7/toys/{toy['id']}", "GET /pets/7/toys", "POST /pets/7/toys", "POST /pets/7/walk")
    assert [pets.status(line) for line in lines] == [404] * 4
    assert pets.status("GET /pets/8/toys") == 200


def test_items_of_other_collections_are_others() -> None:
    pets = client(operations(path="/shops/{shop}/pets", item="/shops/{shop}/pets/{id}"))
    made = pets.data("POST /shops/1/pets", REX)
    assert pets.data("GET /shops/1/pets") == [made]
    assert pets.data("GET /shops/2/pets") != [made]
    pets("DELETE /shops/1/pets/5")
    assert pets.status("GET /shops/2/pets/5") == 200


def test_a_resource_of_its_own_has_what_was_put() -> None:
    shape = {
        "/settings": {
            "get": {"responses": {"200": shown(PET)}},
            "put": {"requestBody": operations()["/pets"]["post"]["requestBody"], "responses": {"204": GONE}},
        }
    }
    settings = client(shape)
    settings("PUT /settings", REX)
    assert settings.data("GET /settings")["name"] == "Rex"


@pytest.mark.parametrize("path", ["/pets/create", "/pets/add", "/pet"])
def test_a_path_that_creates_means_its_collection(path: str) -> None:
    shape = operations()
    shape[path] = {"post": shape["/pets"].pop("post")}
    pets = client(shape)
    made = pets.data(f"POST {path}", REX)
    assert pets.data(f"GET /pets/{made['id']}") == made


def test_several_can_be_created_and_cleared_at_once() -> None:
    shape = operations()
    shape["/pets"]["post"]["responses"]["201"] = shown({"type": "array", "items": PET})
    shape["/pets"]["delete"] = {"parameters": [{"name": "petId", "in": "query"}], "responses": {"204": GONE}}
    pets = client(shape)
    made = pets.data("POST /pets", [{"name": "Rex"}, {"name": "Max"}])
    assert [each["name"] for each in made] == ["Rex", "Max"]
    assert [pets.data(f"GET /pets/{each['id']}") for each in made] == made
    pets(f"DELETE /pets?petId={made[0]['id']}")
    assert pets.data("GET /pets") == made[1:]
    pets("DELETE /pets")
    assert pets.data("GET /pets") == []


def test_a_request_that_failed_does_nothing() -> None:
    shape = operations()
    shape["/pets"]["post"]["responses"]["500"] = GONE
    shape["/pets/{petId}"]["delete"]["responses"]["500"] = GONE
    pets = client(shape)
    before = pets.data("GET /pets")
    assert pets("POST /pets", REX, prefer="code=500").status == 500
    assert pets(f"DELETE /pets/{before[0]['id']}", prefer="code=500").status == 500
    assert pets.data("GET /pets") == before


def conversation(pets: Client) -> list[bytes]:
    made = pets.data("POST /pets", REX)
    for line in ("POST /pets", f"PATCH /pets/{made['id']}", "GET /pets", f"DELETE /pets/{made['id']}", "GET /pets"):
        pets(line, {"name": "Max"})
    return [reply.body for reply in pets.replies]


def test_one_seed_one_conversation() -> None:
    assert conversation(client(seed=3)) == conversation(client(seed=3))
    assert conversation(client(seed=3)) != conversation(client(seed=4))


def test_without_a_memory_requests_know_nothing_of_each_other() -> None:
    pets = client(stateless=True)
    made = [pets.data("POST /pets", REX) for _ in range(2)]
    assert made[0] == made[1]
    assert pets.status("DELETE /pets/7") == 204
    assert pets.status("GET /pets/7") == 200


ODD: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("id", "name", "data", "op", "path", "value", "pet", "")), inner, max_size=4)
    ),
    max_leaves=10,
)


@given(st.lists(st.tuples(st.sampled_from(("POST", "PUT", "PATCH", "DELETE", "GET")), st.booleans(), ODD), max_size=6))
def test_whatever_is_sent_is_answered(requests: list[tuple[str, bool, JSON]]) -> None:
    pets = client(operations(True, items=True))
    for method, on_item, body in requests:
        assert pets.status(f"{method} /pets{'/7' if on_item else ''}", body) in (200, 201, 204, 404, 405)
    assert pets.status("GET /pets") == 200


def test_what_is_nested_without_end_is_answered() -> None:
    deep: JSON = 1
    for _ in range(400):
        deep = {"data": deep}
    pets = client(operations(True, items=True))
    assert pets.status("POST /pets", deep) == 201
    assert pets.status("PATCH /pets/7", deep) == 200
    assert pets.status("GET /pets/7") == 200


def test_what_stood_below_does_not_come_back_with_it() -> None:
    paths = {**operations(), **operations(path="/pets/{petId}/toys", item="/pets/{petId}/toys/{id}")}
    paths["/pets/{petId}"]["put"]["responses"]["201"] = shown(PET)
    pets = client(paths)
    pets.data("POST /pets/7/toys", REX)
    pets("DELETE /pets/7")
    pets.data("PUT /pets/7", REX)
    assert "Rex" not in [toy["name"] for toy in pets.data("GET /pets/7/toys")]


def test_what_the_request_calls_read_only_counts_for_nothing() -> None:
    answer = {"type": "object", "required": ["id"], "properties": {"id": {"type": "integer"}, "made": {}}}
    pets = client(operations(answer))
    assert pets.data("POST /pets", {"name": "Rex", "made": "2001-01-01T00:00:00Z"})["made"] != "2001-01-01T00:00:00Z"


def test_the_same_creation_again_is_invented_anew() -> None:
    pets = client(operations({"type": "object", "required": ["note"], "properties": {"note": {"type": "string"}}}))
    assert len({pets.data("POST /pets", REX)["note"] for _ in range(6)}) > 1


def test_what_a_list_shows_again_is_there_again() -> None:
    shape = operations(items={"const": [{"id": 7, "name": "Ada"}]})
    pets = client(shape)
    pets("DELETE /pets/7")
    assert pets.data("GET /pets") == [{"id": 7, "name": "Ada"}]
    assert pets.data("GET /pets/7")["name"] == "Ada"
