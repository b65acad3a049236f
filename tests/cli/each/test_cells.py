from typing import Any

import pytest

from arazzo_runner.cli.each.cells import Misfit, Placing
from arazzo_runner.program.model import InputSchema

PROPERTIES: dict[str, Any] = {
    "name": {"type": "string"},
    "count": {"type": "integer"},
    "tags": {"type": "array"},
    "pin": {"type": "string", "format": "password"},
    "address": {
        "allOf": [{"properties": {"city": {"type": "string"}, "floor": {"type": "integer"}}}],
        "properties": {
            "code": {"type": "integer", "format": "password"},
            "at": {"properties": {"x": {"type": "number"}}},
        },
    },
    "a.b": {"type": "boolean"},
}
SCHEMA = InputSchema({"properties": PROPERTIES}, PROPERTIES, secret=frozenset(["pin"]))


def texts(**given: Any) -> Placing:
    return Placing(SCHEMA, given, are_texts=True)


@pytest.mark.parametrize(
    ("content", "inputs"),
    [
        ({"name": "7", "count": "7"}, {"name": "7", "count": 7}),
        ({"name": "", "count": ""}, {}),
        ({"tags": '["a", 1]'}, {"tags": ["a", 1]}),
        ({"address.city": "Bern", "address.floor": "3"}, {"address": {"city": "Bern", "floor": 3}}),
        ({"address.at.x": "1.5"}, {"address": {"at": {"x": 1.5}}}),
        ({"address.other": "3"}, {"address": {"other": "3"}}),
        ({"a.b": "true"}, {"a.b": True}),
        ({"else.where": "x", "address.": "y"}, {"else.where": "x", "address.": "y"}),
    ],
)
def test_texts_become_inputs_by_the_schema_of_their_place(content: dict[str, Any], inputs: dict[str, Any]) -> None:
    assert texts().inputs(content) == inputs


def test_values_of_json_stay_as_they_are() -> None:
    content: dict[str, Any] = {"name": 7, "count": "7", "tags": "", "address.city": None}
    inputs = {"name": 7, "count": "7", "tags": "", "address": {"city": None}}
    assert Placing(SCHEMA).inputs(content) == inputs


def test_a_row_goes_before_what_is_given_for_all_and_changes_nothing_of_it() -> None:
    shared: dict[str, Any] = {"name": "all", "count": 1, "address": {"city": "Bern", "floor": 1}}
    placing = texts(**shared)
    assert placing.inputs({"name": "", "count": "2", "address.city": "Basel"}) == {
        "name": "all",
        "count": 2,
        "address": {"city": "Basel", "floor": 1},
    }
    assert shared["address"] == {"city": "Bern", "floor": 1}
    assert placing.inputs({}) == shared


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"count": "many"}, "column 'count': 'many' does not fit: it should be an integer"),
        ({"address.floor": "top"}, "column 'address.floor': 'top' does not fit"),
        ({"address.code": "s3cret"}, "column 'address.code': its value (not shown) does not fit"),
        ({"tags": '{"token": "s3cret"'}, "column 'tags': its value (not shown) does not fit"),
        ({"address": "{}", "address.city": "Bern"}, "'address.city' and 'address' give the same place twice"),
    ],
)
def test_what_does_not_fit_is_told_without_secrets(content: dict[str, Any], message: str) -> None:
    with pytest.raises(Misfit) as caught:
        texts().inputs(content)
    assert message in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_names_that_nobody_declares_are_told() -> None:
    assert list(texts().undeclared(["name", "address.x", "nmae", "x.y"])) == ["nmae", "x.y"]
    assert list(Placing(InputSchema(True)).undeclared(["any"])) == []


def test_a_fingerprint_tells_rows_apart_and_nothing_of_their_secrets() -> None:
    placing = texts()
    rows = [{"name": "a"}, {"name": "b"}, {"count": "a"}, {}, {"address.city": "a"}]
    assert len({placing.fingerprint(each) for each in rows}) == len(rows)
    for name in ("pin", "password", "address.code"):
        assert placing.fingerprint({"name": "a", name: "1111"}) == placing.fingerprint({"name": "a", name: "2222"})
    assert placing.fingerprint({"name": "a", "count": "1"}) == placing.fingerprint({"count": "1", "name": "a"})
    assert len(placing.fingerprint({"name": "\ud800"})) == 16
