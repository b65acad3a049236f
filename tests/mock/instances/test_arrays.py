import pytest

from arazzo_runner.mock.instances.arrays import item
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import made, refused


def test_an_item_has_the_schemas_of_its_place() -> None:
    first: JSON = {"const": 1}
    rest: JSON = {"type": "string"}
    parts: tuple[dict[str, JSON], ...] = ({"prefixItems": [first], "items": rest}, {"items": True})
    assert item(parts, 0) == (first, True)
    assert item(parts, 1) == (rest, True)
    assert item(({"prefixItems": [first], "unevaluatedItems": False},), 1) == (False,)
    assert item(({"prefixItems": [first], "unevaluatedItems": False},), 0) == (first,)


@pytest.mark.parametrize("count", [0, 1, 5, 1000])
def test_the_number_of_items_is_met(count: int) -> None:
    assert len(made({"type": "array", "items": {"type": "integer"}, "minItems": count, "maxItems": count})) == count


def test_an_array_is_not_left_empty_without_need() -> None:
    assert 1 <= len(made({"type": "array", "items": {"type": "integer"}})) <= 2


def test_a_tuple_is_filled() -> None:
    assert len(made({"type": "array", "prefixItems": [{}, {}, {}]})) == 3


def test_items_are_distinct_where_they_have_to_be() -> None:
    assert sorted(made({"type": "array", "items": {"enum": [3, 1, 2]}, "uniqueItems": True, "minItems": 3})) == [
        1,
        2,
        3,
    ]
    objects: JSON = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    assert len(made({"type": "array", "items": objects, "uniqueItems": True, "minItems": 10})) == 10


def test_the_last_of_few_distinct_items_is_found_too() -> None:
    kinds: JSON = {"type": "array", "minItems": 3, "uniqueItems": True, "items": {"type": ["boolean", "null"]}}
    assert sorted(map(str, made(kinds))) == ["False", "None", "True"]
    members: JSON = {name: {"type": "boolean"} for name in "abc"}
    flags: JSON = {"type": "object", "required": [*"abc"], "properties": members, "additionalProperties": False}
    found = made({"type": "array", "minItems": 8, "uniqueItems": True, "items": flags})
    assert len({tuple(sorted(one.items())) for one in found}) == 8


def test_what_is_contained_gets_a_place_or_shares_one() -> None:
    assert made({"type": "array", "items": {"type": "integer"}, "contains": {"minimum": 500}, "minContains": 3})[:3]
    both: JSON = {"allOf": [{"contains": {"minimum": 5}}, {"contains": {"maximum": 7}}]}
    assert len(made({"type": "array", "maxItems": 1, "items": {"type": "integer"}, **both})) == 1  # type: ignore[dict-item]  # a schema is an object


def test_a_hint_tells_how_many() -> None:
    assert made({"type": "array", "items": {"type": "integer"}}, hint=[1, "x", 3, 4])[::2] == [1, 3]
    assert len(made({"type": "array", "items": {"type": "integer"}, "maxItems": 2}, hint=[1, 2, 3])) == 2


def test_an_item_that_cannot_be_made_ends_an_array_that_may_end() -> None:
    assert made({"type": "array", "items": False}) == []
    assert "at /0" in refused({"type": "array", "items": False, "minItems": 1})


@pytest.mark.parametrize("index", [0, 1, 4])
@pytest.mark.parametrize("value", [1, 9])
def test_what_is_contained_leaves_room_for_wishes(index: int, value: int) -> None:
    schema: JSON = {
        "type": "array",
        "items": {"type": "integer"},
        "contains": {"const": 9},
        "minContains": 2,
        "maxContains": 2,
        "minItems": 5,
    }
    wish: JSON = {"minItems": index + 1, "prefixItems": [*[True] * index, {"const": value}]}
    found = made({"allOf": [schema, wish]})
    assert found[index] == value
    assert found.count(9) == 2
