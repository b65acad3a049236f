import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.demands.inlining import inlined
from arazzo_runner.mock.limits import MAX_INLINED_NODES
from arazzo_runner.values import JSON

TREE: dict[str, Any] = {
    "$ref": "#/$defs/T",
    "$defs": {"T": {"type": "object", "properties": {"n": {"type": "integer"}, "t": {"$ref": "#/$defs/T"}}}},
}


@pytest.mark.parametrize(
    ("schema", "found"),
    [
        (True, True),
        (False, False),
        ({"type": "string", "description": "x", "title": "y"}, {"type": "string"}),
        ({"$ref": "#/$defs/A", "$defs": {"A": {"enum": [1]}}}, {"enum": [1]}),
        ({"$ref": "#/$defs/A", "$defs": {}}, True),
        ({"$ref": "#/$defs/a~1b", "$defs": {"a/b": {"const": 1}}}, {"const": 1}),
        ({"minLength": 1, "$ref": "#/$defs/A", "$defs": {"A": False}}, {"minLength": 1, "allOf": [False]}),
        ({"anyOf": [{"$ref": "#/$defs/A"}], "$defs": {"A": {"const": 1}}}, {"anyOf": [{"const": 1}]}),
        ({"not": {"$ref": "#/$defs/A"}, "$defs": {"A": {"const": 1}}}, {"not": {"const": 1}}),
        ({"enum": [{"$ref": "no reference"}]}, {"enum": [{"$ref": "no reference"}]}),
    ],
)
def test_references_are_replaced(schema: JSON, found: JSON) -> None:
    assert inlined(schema) == found


def test_a_schema_that_contains_itself_ends_open() -> None:
    found: Any = inlined(TREE)
    assert found["properties"]["t"]["properties"]["n"] == {"type": "integer"}
    assert found["properties"]["t"]["properties"]["t"] is True


def test_what_a_cut_would_turn_into_the_opposite_is_left_out() -> None:
    schema: JSON = {"type": "object", "not": TREE["$defs"]["T"], "oneOf": [{"$ref": "#/$defs/T"}], **TREE}
    assert isinstance(found := inlined(schema), dict)
    assert not {"not", "oneOf"} & set(found)


@given(st.integers(2, 6), st.integers(1, 12))
def test_the_result_is_bounded(width: int, depth: int) -> None:
    names: dict[str, Any] = {
        f"D{level}": {"properties": {str(one): {"$ref": f"#/$defs/D{level + 1}"} for one in range(width)}}
        for level in range(depth)
    }
    found = inlined({"$ref": "#/$defs/D0", "$defs": names})
    assert json.dumps(found).count("properties") <= MAX_INLINED_NODES
