import pytest

from arazzo_runner.values import JSON
from tests.mock.instances.schemas import made, refused


def test_members_stand_in_the_order_of_the_schema() -> None:
    schema: JSON = {"type": "object", "properties": {"b": {}, "a": {}, "c": {}}, "required": ["c", "z"]}
    assert list(made(schema)) == ["b", "a", "c", "z"]


def test_a_member_satisfies_every_schema_that_speaks_of_it() -> None:
    schema: JSON = {
        "type": "object",
        "required": ["ab"],
        "properties": {"ab": {"type": "integer"}},
        "patternProperties": {"^a": {"minimum": 50}, "b$": {"maximum": 51}},
        "additionalProperties": False,
    }
    assert made(schema)["ab"] in (50, 51)


def test_additional_properties_speak_of_undeclared_members_alone() -> None:
    schema: JSON = {
        "allOf": [
            {"properties": {"a": {"type": "string"}}, "additionalProperties": {"type": "integer"}},
            {"properties": {"b": True}},
        ],
        "type": "object",
        "required": ["a", "b"],
    }
    assert isinstance(made(schema)["b"], int)


def test_a_map_gets_entries_and_a_declared_object_does_not() -> None:
    assert len(made({"type": "object", "additionalProperties": {"type": "integer"}})) == 2
    assert list(made({"type": "object", "properties": {"a": {}}, "additionalProperties": {"type": "integer"}})) == ["a"]
    assert made({"type": "object"}) == {}


@pytest.mark.parametrize(
    "names",
    [{"pattern": "^[a-z]{2}$"}, {"enum": ["x", "y", "z"]}, {"minLength": 12}, {"format": "uuid"}],
)
def test_new_names_obey_the_rules_for_names(names: JSON) -> None:
    assert len(made({"type": "object", "propertyNames": names, "minProperties": 3})) == 3


def test_an_optional_member_that_cannot_be_made_is_left_out() -> None:
    schema: JSON = {"type": "object", "properties": {"a": False, "b": {"enum": []}, "c": {"const": 1}}}
    assert made(schema) == {"c": 1}


def test_an_optional_member_brings_those_that_depend_on_it_or_stays_out() -> None:
    assert set(made({"type": "object", "properties": {"a": {}}, "dependentRequired": {"a": ["b"]}})) == {"a", "b"}
    closed: JSON = {"type": "object", "properties": {"a": {}, "b": False}, "dependentRequired": {"a": ["b"]}}
    assert made(closed) == {}


def test_a_thousand_members_at_most() -> None:
    assert len(made({"type": "object", "minProperties": 1000, "additionalProperties": {"const": 1}})) == 1000


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"required": ["a"], "properties": {"a": {"type": "object", "required": ["b"], "properties": {"b": False}}}},
         "at /a/b: the member is required"),
        ({"required": ["ab"], "propertyNames": {"maxLength": 1}}, "its name is not allowed"),
        ({"minProperties": 1, "additionalProperties": False}, "1 members or more are wanted, and only 0 were found"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(schema: dict[str, JSON], reason: str) -> None:
    assert reason in refused({"type": "object", **schema})
