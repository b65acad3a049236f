from typing import Any

import pytest

from arazzo_runner.mock.state.overlay import is_hidden, laid, listed, plain, put_at, value_at, without_read_only
from arazzo_runner.mock.state.store import Item
from arazzo_runner.values import JSON, Path, Value

SCHEMA: dict[str, Any] = {
    "properties": {
        "n": {"type": "integer"},
        "on": {"type": "boolean"},
        "text": {"type": "string"},
        "at": {"type": "string", "readOnly": True},
        "pin": {"type": "string", "writeOnly": True},
        "home": {"properties": {"city": {"type": "string"}, "street": {"type": "string"}}},
        "tags": {"items": {"properties": {"id": {}, "t": {}}}},
    }
}


def sent(**members: JSON) -> Item:
    return Item(members, frozenset(members), frozenset(members))


@pytest.mark.parametrize(
    ("invented", "item", "expected"),
    [
        ({"n": 1, "text": "a"}, sent(n=2), {"n": 2, "text": "a"}),
        ({"n": 1}, sent(unknown=2), {"n": 1}),
        ({"n": 1, "unknown": 1}, sent(unknown=2), {"n": 1, "unknown": 2}),
        ({"at": "now"}, sent(at="then"), {"at": "now"}),
        ({"at": "now"}, Item({"at": "then"}), {"at": "then"}),
        ({}, sent(pin="1234"), {}),
        ({"n": 1}, sent(n="2"), {"n": 2}),
        ({"text": "a"}, sent(text=5), {"text": "5"}),
        ({"on": False}, sent(on="true"), {"on": True}),
        ({"home": {"city": "Bern", "street": "x"}}, sent(home={"city": "Rome", "odd": 1}),
         {"home": {"city": "Rome", "street": "x"}}),
        ({"home": {"city": "Bern", "street": "x"}}, Item({"home": {"city": "Rome"}}), {"home": {"city": "Rome"}}),
        ({"tags": [{"id": 1, "t": "a"}]}, sent(tags=[{"t": "b"}, {"t": "c"}]),
         {"tags": [{"id": 1, "t": "b"}, {"t": "c"}]}),
        ({"n": 1, "text": "a"}, Item(absent=frozenset({"text"})), {"n": 1}),
        (None, sent(n=2), {"n": 2}),
    ],
)  # fmt: skip
def test_what_is_known_is_laid_over(invented: JSON, item: Item, expected: JSON) -> None:
    assert laid(invented, item, SCHEMA) == expected


def test_a_schema_that_declares_no_members_lets_all_through() -> None:
    assert laid({"a": 1}, sent(b=2), True) == {"a": 1, "b": 2}
    assert laid({"a": 1}, sent(b=2), {"type": "object"}) == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    ("name", "schema", "expected"),
    [
        ("pin", {"writeOnly": True}, True),
        ("pin", {"format": "password"}, True),
        ("pin", {"allOf": [{"writeOnly": True}]}, True),
        ("password", True, True),
        ("password", {"type": "string"}, False),
        ("pin", {"type": "string"}, False),
    ],
)
def test_what_is_only_written_is_hidden(name: str, schema: JSON, expected: bool) -> None:
    assert is_hidden(name, schema) is expected


def test_a_list_is_put_in_and_counted() -> None:
    body: JSON = {"data": {"items": [1], "total": 9, "page": 1}, "count": 7, "ok": True}
    expected = {"data": {"items": [4, 5], "total": 2, "page": 1}, "count": 2, "ok": True}
    assert listed(body, ("data", "items"), [4, 5]) == expected
    assert listed([1], (), [2]) == [2]


@pytest.mark.parametrize(("place", "expected"), [((), 7), (("a",), {"a": 7}), (("a", "b"), {"a": {"c": 1, "b": 7}})])
def test_a_value_is_put_at_its_place(place: Path, expected: JSON) -> None:
    body: JSON = {"a": {"c": 1}}
    assert put_at(body, place, 7) == expected
    assert value_at(expected, place) == 7
    assert value_at(body, ("x", "y")) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"a": b"x", "b": [b"x", 1, {"c": b"x"}]}, {"b": [1, {}]}),
        (b"x", None),
        ("x", "x"),
    ],
)
def test_bytes_are_left_out(given: Value, expected: JSON) -> None:
    assert plain(given) == expected


def test_what_is_the_api_s_to_set_is_taken_out() -> None:
    assert without_read_only({"at": 1, "n": 2, "odd": 3}, SCHEMA) == {"n": 2, "odd": 3}
