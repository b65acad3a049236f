from typing import Any

import jsonschema
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi.bundle import BUNDLE_URI, Bundle, bundle
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api, node


def bundled(
    schemas: dict[str, JSON],
    name: str = "It",
    version: str = "3.1.0",
    side: str = "",
    others: dict[str, JSON] | None = None,
) -> Bundle:
    key = ("definitions",) if version == "2.0" else ("components", "schemas")
    root: dict[str, JSON] = {"definitions": schemas} if version == "2.0" else {"components": {"schemas": schemas}}
    document = api(version=version, others=others, root=root)
    return bundle(node(document, *key, name), side)


def accepts(found: Bundle, value: Any) -> bool:
    """Ask two validators that do not know of each other."""
    schema: Any = found.schema
    fast = jsonschema_rs.Draft202012Validator(schema, offline=True).is_valid(value)
    jsonschema.Draft202012Validator.check_schema(schema)
    slow = jsonschema.Draft202012Validator(schema).is_valid(value)
    assert fast == slow
    return fast


def test_what_a_schema_refers_to_stands_under_defs_once() -> None:
    found = bundled(
        {
            "It": {"properties": {"a": {"$ref": "#/components/schemas/A"}, "b": {"$ref": "#/components/schemas/A"}}},
            "A": {"items": {"$ref": "#/components/schemas/B"}},
            "B": {"type": "integer"},
            "Unused": {"type": "string"},
        }
    )
    assert found == Bundle(
        {
            "properties": {"a": {"$ref": "#/$defs/A"}, "b": {"$ref": "#/$defs/A"}},
            "$defs": {"A": {"items": {"$ref": "#/$defs/B"}}, "B": {"type": "integer"}},
        }
    )


@pytest.mark.parametrize("version", ["2.0", "3.0.3", "3.1.0", "3.2.0"])
def test_a_schema_may_contain_itself(version: str) -> None:
    place = "#/definitions" if version == "2.0" else "#/components/schemas"
    found = bundled(
        {
            "It": {
                "type": "object",
                "properties": {"child": {"$ref": f"{place}/It"}, "name": {"type": "string"}},
                "required": ["name"],
            }
        },
        version=version,
    )
    assert accepts(found, {"name": "a", "child": {"name": "b"}})
    assert not accepts(found, {"name": "a", "child": {"name": "b", "child": {}}})


def test_schemas_of_other_files_come_along_and_names_do_not_clash() -> None:
    found = bundled(
        {"It": {"allOf": [{"$ref": "other.json#/A"}, {"$ref": "#/components/schemas/A"}]}, "A": {"minimum": 3}},
        others={FOLDER + "other.json": {"A": {"type": "integer", "not": {"$ref": "#/B c"}}, "B c": {"const": 5}}},
    )
    assert isinstance(found.schema, dict)
    assert isinstance(found.schema["$defs"], dict)
    assert sorted(found.schema["$defs"]) == ["A", "A.2", "B_c"]
    assert [accepts(found, value) for value in (4, 5, 2, "x")] == [True, False, False, False]


def test_since_3_1_what_stands_beside_a_reference_counts() -> None:
    schemas: dict[str, JSON] = {"It": {"$ref": "#/components/schemas/A", "minimum": 3}, "A": {"type": "integer"}}
    new, old = bundled(schemas), bundled(schemas, version="3.0.3")
    assert [accepts(new, value) for value in (1, 3, "x")] == [False, True, False]
    assert [accepts(old, value) for value in (1, 3, "x")] == [True, True, False]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_older_dialects_are_translated(version: str) -> None:
    found = bundled(
        {
            "It": {
                "type": "object",
                "properties": {
                    "a": {"type": "string", "nullable": True},
                    "b": {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
                    "c": {"allOf": [{"$ref": "#/components/schemas/C"}], "nullable": True},
                    "example": {"type": "integer"},
                },
                "example": {"$ref": "#/not/a/reference"},
            },
            "C": {"type": "object"},
        },
        version=version,
    )
    assert found.diagnostics == ()
    assert isinstance(found.schema, dict)
    assert found.schema["examples"] == [{"$ref": "#/not/a/reference"}]
    assert accepts(found, {"a": None, "b": 2, "c": None, "example": 5})
    assert [accepts(found, value) for value in ({"b": 1}, {"c": 5}, {"example": "x"})] == [False, False, False]


def test_swagger_has_files_tuples_and_plain_discriminators() -> None:
    found = bundled(
        {"It": {"discriminator": "kind", "properties": {"f": {"type": "file"}, "t": {"items": [{"type": "string"}]}}}},
        version="2.0",
    )
    assert found.schema == {
        "discriminator": {"propertyName": "kind"},
        "properties": {
            "f": {"type": "string", "format": "binary"},
            "t": {"prefixItems": [{"type": "string"}]},
        },
    }


def test_the_mapping_of_a_discriminator_leads_into_the_bundle() -> None:
    found = bundled(
        {
            "It": {
                "discriminator": {
                    "propertyName": "kind",
                    "mapping": {"cat": "#/components/schemas/Cat", "dog": "Dog", "gone": "#/nowhere", "odd": 5},
                }
            },
            "Cat": {"title": "cat"},
            "Dog": {"title": "dog"},
        }
    )
    assert isinstance(found.schema, dict)
    assert found.schema["discriminator"] == {
        "propertyName": "kind",
        "mapping": {"cat": "#/$defs/Cat", "dog": "#/$defs/Dog"},
    }
    assert found.schema["$defs"] == {"Cat": {"title": "cat"}, "Dog": {"title": "dog"}}
    assert [each.code for each in found.diagnostics] == ["openapi-reference", "openapi-reference"]


@pytest.mark.parametrize(
    ("side", "accepted"), [("", [False, False]), ("request", [True, False]), ("response", [False, True])]
)
def test_what_the_other_side_has_is_not_required(side: str, accepted: list[bool]) -> None:
    found = bundled(
        {
            "It": {
                "required": ["id", "password", "name"],
                "properties": {
                    "id": {"$ref": "#/components/schemas/Id"},
                    "password": {"writeOnly": True},
                    "name": {},
                },
            },
            "Id": {"readOnly": True},
        },
        side=side,
    )
    assert [accepts(found, {"name": "a", "password": "x"}), accepts(found, {"name": "a", "id": 1})] == accepted
    assert not accepts(found, {"id": 1, "password": "x"})


@pytest.mark.parametrize(
    ("schema", "code"),
    [
        ({"type": "date"}, "openapi-schema"),
        ({"required": True}, "openapi-schema"),
        ({"properties": []}, "openapi-schema"),
        ({"allOf": []}, "openapi-schema"),
        ({"minLength": "1"}, "openapi-schema"),
        ({"items": 5}, "openapi-type"),
        ({"properties": {"a": None}}, "openapi-type"),
        ({"$ref": "#/nowhere"}, "openapi-reference"),
        ({"$ref": "#/components/schemas/It"}, "openapi-reference"),
    ],
)
@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_no_validator_would_take_is_left_out_and_reported(schema: JSON, code: str, version: str) -> None:
    found = bundled({"It": schema}, version=version)
    assert [each.code for each in found.diagnostics] == [code]
    assert accepts(found, {"a": 1})
    assert accepts(found, "text")


@pytest.mark.parametrize("value", [True, False])
def test_a_boolean_is_a_schema(value: bool) -> None:
    assert bundled({"It": value}) == Bundle(value)
    assert accepts(bundled({"It": {"$ref": "#/components/schemas/B"}, "B": value}), 5) is value


def test_anchors_are_followed() -> None:
    found = bundled({"It": {"items": {"$ref": "#a"}}, "A": {"$anchor": "a", "type": "string"}})
    assert found.schema == {"items": {"$ref": "#/$defs/A"}, "$defs": {"A": {"type": "string"}}}


def test_a_dynamic_reference_without_resources_is_a_plain_one() -> None:
    found = bundled(
        {
            "It": {"$dynamicAnchor": "node", "properties": {"next": {"$dynamicRef": "#node"}}, "type": "object"},
            "Both": {"$ref": "#/components/schemas/It", "$dynamicRef": "#node"},
        }
    )
    values: list[JSON] = [{"next": {"next": {}}}, {"next": {"next": 5}}]
    assert [accepts(found, value) for value in values] == [True, False]


GENERIC: dict[str, JSON] = {
    "List": {
        "$id": "https://schemas.example/list",
        "type": "array",
        "items": {"$dynamicRef": "#item"},
        "$defs": {"any": {"$dynamicAnchor": "item"}},
    },
    "It": {
        "$id": "https://schemas.example/texts",
        "$ref": "list",
        "$defs": {"text": {"$dynamicAnchor": "item", "$ref": "#/$defs/plain"}, "plain": {"type": "string"}},
    },
}


def test_generic_schemas_keep_their_meaning() -> None:
    found = bundled(GENERIC)
    assert [accepts(found, value) for value in (["a"], [5], "a")] == [True, False, False]
    plain = bundled(GENERIC, "List")
    assert [accepts(plain, value) for value in (["a"], [5], "a")] == [True, True, False]
    assert isinstance(plain.schema, dict)
    assert plain.schema["$id"] == BUNDLE_URI


def test_a_schema_with_an_identity_may_stand_inside_another() -> None:
    found = bundled(
        {
            "It": {"properties": {"a": {"$id": "https://schemas.example/a", "type": "string"}, "b": {"$ref": "#/x"}}},
            "B": {"$ref": "https://schemas.example/a"},
        }
    )
    assert [each.code for each in found.diagnostics] == ["openapi-reference"]
    assert [accepts(found, value) for value in ({"a": "x"}, {"a": 5})] == [True, False]


def test_a_schema_deeper_than_the_stack_is_bundled() -> None:
    deep: JSON = {"type": "string"}
    for _ in range(5000):
        deep = {"not": deep}
    document = api()
    found = bundle(Node(deep, document, ()))
    depth = 0
    inner = found.schema
    while isinstance(inner, dict) and "not" in inner:
        inner, depth = inner["not"], depth + 1
    assert (depth, inner) == (5000, {"type": "string"})


KEYWORDS = st.sampled_from(
    "type enum properties items allOf not required minimum nullable $ref $id $anchor discriminator example examples "
    "exclusiveMinimum pattern additionalProperties $dynamicRef".split()
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-3, 3)
    | st.sampled_from(["string", "object", "#/components/schemas/It", "#a"])
)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS | st.just("a"), inner, max_size=4)
)


@given(ANYTHING, st.sampled_from(["2.0", "3.0.3", "3.1.0"]))
def test_whatever_stands_there_a_validator_can_take_the_bundle(schema: JSON, version: str) -> None:
    found = bundled({"It": schema}, version=version)
    jsonschema_rs.Draft202012Validator(found.schema, offline=True)  # type: ignore[arg-type]  # JSON is what it takes
