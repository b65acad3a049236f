"""Flags of properties, moved to the list of names where JSON Schema has them."""

from __future__ import annotations

import pytest

from arazzo_runner.program.required_flags import moved
from arazzo_runner.values import JSON

A: JSON = {"type": "string"}
FLAGGED: JSON = {"type": "string", "required": True}


@pytest.mark.parametrize(
    ("schema", "expected", "places"),
    [
        pytest.param(
            {"properties": {"a": FLAGGED, "b": {"required": False}, "c": A}},
            {"properties": {"a": A, "b": {}, "c": A}, "required": ["a"]},
            [("properties", "a", "required"), ("properties", "b", "required")],
            id="beside each other",
        ),
        pytest.param(
            {"properties": {"a": FLAGGED, "b": FLAGGED}, "required": ["b", "z"]},
            {"properties": {"a": A, "b": A}, "required": ["b", "z", "a"]},
            [("properties", "a", "required"), ("properties", "b", "required")],
            id="joined with the list",
        ),
        pytest.param(
            {"properties": {"o": {"required": True, "properties": {"a": FLAGGED}}}},
            {"properties": {"o": {"properties": {"a": A}, "required": ["a"]}}, "required": ["o"]},
            [("properties", "o", "required"), ("properties", "o", "properties", "a", "required")],
            id="one inside the other",
        ),
        pytest.param(
            {"allOf": [{"items": {"properties": {"a": FLAGGED}}}]},
            {"allOf": [{"items": {"properties": {"a": A}, "required": ["a"]}}]},
            [("allOf", 0, "items", "properties", "a", "required")],
            id="deeper",
        ),
    ],
)
def test_flags_become_names_in_the_list(schema: JSON, expected: JSON, places: list[tuple[str, ...]]) -> None:
    assert moved(schema) == (expected, tuple(places))


@pytest.mark.parametrize(
    "schema",
    [
        pytest.param(True, id="no object"),
        pytest.param({"properties": {"required": A}}, id="a property of that name"),
        pytest.param({"properties": {"a": {"required": ["b"]}}}, id="a list"),
        pytest.param({"properties": {"a": {"required": "yes"}}}, id="a text"),
        pytest.param({"required": True}, id="a flag of the whole"),
        pytest.param({"properties": {"a": FLAGGED}, "required": True}, id="a flag where the list should be"),
        pytest.param({"properties": [FLAGGED]}, id="no properties"),
        pytest.param({"const": {"properties": {"a": FLAGGED}}}, id="data"),
    ],
)
def test_what_is_sound_or_wrong_in_another_way_stays_as_it_is(schema: JSON) -> None:
    assert moved(schema) == (schema, ())
