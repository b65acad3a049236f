from typing import Any

import pytest

from arazzo_runner.mock.state.identity import (
    Names,
    fresh,
    id_of_path,
    ids_of,
    in_type_of,
    list_place,
    names_of,
    place_of,
    singular_of,
    text_of,
    unwrapped,
)
from arazzo_runner.values import JSON, Path, Value

PETS = names_of(("petId",), "pets")


@pytest.mark.parametrize(
    ("variables", "collection", "item", "expected"),
    [
        (("petId",), "pets", {"name": "x", "id": 7}, "7"),
        (("petId",), "pets", {"id": 7, "petId": 8}, "8"),
        (("id",), "pets", {"pet_id": "p-1", "name": "x"}, "p-1"),
        (("id",), "categories", {"categoryId": 3}, "3"),
        (("username",), "users", {"id": 5, "username": "ada"}, "ada"),
        (("user_name",), "users", {"id": 5, "name": "ada"}, "ada"),
        (("project_slug",), "projects", {"id": 5, "slug": "p"}, "p"),
        (("id",), "pets", {"uuid": "u", "name": "x"}, "u"),
        (("id",), "pets", {"_id": "u"}, "u"),
        (("id",), "pets", {"key": "k", "name": "x"}, "k"),
        (("id",), "pets", {"name": "x"}, "x"),
        (("id",), "pets", {"id": 7.0}, "7"),
        (("id",), "pets", {"id": True, "uuid": "u"}, "u"),
        (("id",), "pets", {"id": None, "other": 1}, None),
        (("id",), "pets", ["id"], None),
    ],
)
def test_the_id_is_found(variables: tuple[str, ...], collection: str, item: JSON, expected: str | None) -> None:
    assert next(iter(ids_of(item, names_of(variables, collection))), None) == expected


def test_other_ids_stand_beside_the_first() -> None:
    assert ids_of({"uuid": "u", "id": 7, "name": "n"}, PETS) == ("7", "u")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"id": 1}, ()),
        ({"data": {"id": 1}}, ("data",)),
        ({"pet": {"id": 1}}, ("pet",)),
        ({"status": "ok", "data": {"id": 1}}, ("data",)),
        ({"data": {"pet": {"id": 1}}}, ("data", "pet")),
        ({"anything": {"id": 1}}, ("anything",)),
        ({"name": "odd", "data": {"id": 1}}, ("data",)),
        ({"id": 1, "data": {"id": 2}}, ()),
        ({"name": "x", "owner": {"id": 2}}, ()),
        ({"data": {"color": "red"}}, ("data",)),
        ({}, ()),
        ([{"id": 1}], None),
        (None, None),
    ],
)
def test_the_place_of_an_item_is_found(body: JSON, expected: Path | None) -> None:
    assert place_of(body, PETS) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ([{"id": 1}], ()),
        ([], ()),
        ({"pets": [{"id": 1}], "total": 1}, ("pets",)),
        ({"data": []}, ("data",)),
        ({"errors": [{"code": 1}], "items": [{"id": 1}]}, ("items",)),
        ({"data": {"items": [{"id": 1}]}}, ("data", "items")),
        ({"_embedded": {"pets": [{"id": 1}]}, "page": {}}, ("_embedded", "pets")),
        ({"found": [{"id": 1}]}, ("found",)),
        ({"tags": ["a"]}, None),
        ({"a": 1}, None),
        (None, None),
    ],
)
def test_the_place_of_a_list_is_found(body: JSON, expected: Path | None) -> None:
    assert list_place(body, PETS) == expected


@pytest.mark.parametrize(
    ("sent", "beside", "expected"),
    [
        ({"name": "x"}, {}, {"name": "x"}),
        ({"pet": {"name": "x"}}, {"id": 1}, {"name": "x"}),
        ({"data": {"name": "x"}, "meta": {}}, {"id": 1}, {"name": "x"}),
        ({"data": {"a": 1}}, {"id": 1, "data": {}}, {"data": {"a": 1}}),
        ({"data": {"a": 1}, "name": "x"}, {}, {"data": {"a": 1}, "name": "x"}),
        ({"owner": {"a": 1}}, {}, {"owner": {"a": 1}}),
        ([1], {}, [1]),
    ],
)
def test_what_only_wraps_is_taken_off(sent: JSON, beside: JSON, expected: JSON) -> None:
    assert unwrapped(sent, PETS, beside) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("pets", "pet"), ("categories", "category"), ("boxes", "box"), ("classes", "class"), ("address", "address"),
     ("ties", "tie"), ("data", "data")],
)  # fmt: skip
def test_a_word_has_a_singular(word: str, expected: str) -> None:
    assert singular_of(word) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(7, "7"), ("7", "7"), (7.0, "7"), (7.5, None), (True, None), (None, None), ("", None), ("x" * 1001, None),
     (b"x", None), ([], None)],
)  # fmt: skip
def test_an_id_is_one_text_in_whatever_type_it_comes(value: Value, expected: str | None) -> None:
    assert text_of(value) == expected


@pytest.mark.parametrize(
    ("id", "taken", "expected"),
    [
        (7, set(), 7),
        (7, {"7", "8"}, 9),
        ("pet-07", {"pet-07"}, "pet-08"),
        ("pet-9", {"pet-9"}, "pet-9-2"),
        ("507f1f77bcf86cd799439011", {"507f1f77bcf86cd799439011"}, "507f1f77bcf86cd799439012"),
        (
            "4f6c0d1e-9a2b-4c3d-8e5f-00000000000f",
            {"4f6c0d1e-9a2b-4c3d-8e5f-00000000000f"},
            "4f6c0d1e-9a2b-4c3d-8e5f-000000000010",
        ),
        ("rex", {"rex", "rex-2"}, "rex-3"),
    ],
)
def test_a_fresh_id_is_the_next_of_its_kind(id: JSON, taken: set[str], expected: JSON) -> None:
    assert fresh(id, taken.__contains__) == expected


def test_where_every_id_is_taken_the_first_is_kept() -> None:
    assert fresh(7, lambda text: True) == 7


@pytest.mark.parametrize(
    ("item", "names", "expected"),
    [
        ({"id": 1}, PETS, "id"),
        ({"uuid": "u"}, PETS, None),
        ({"id": 1, "title": "x"}, names_of(("repo",), "repos"), None),
        ({"id": 1, "username": "x"}, names_of(("username",), "users"), "username"),
    ],
)
def test_the_member_that_is_sure_to_hold_what_stands_in_the_path(item: JSON, names: Names, expected: Any) -> None:
    assert id_of_path(item, names) == expected


@pytest.mark.parametrize(
    ("value", "id", "expected"), [(1, "7", 7), ("a", "7", "7"), (1, "x", 1), (1, "07", 1), (1, "9" * 40, 1)]
)
def test_the_id_of_a_path_gets_the_type_of_the_body(value: JSON, id: str, expected: JSON) -> None:
    assert in_type_of(value, id) == expected
