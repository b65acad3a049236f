from __future__ import annotations

from typing import Any

import pytest

from arazzo_runner.program.marked_inputs import marked_inputs
from arazzo_runner.program.model import InputSchema

SECRET = {"format": "password"}


@pytest.mark.parametrize(
    ("properties", "names"),
    [
        ({"a": {"properties": {"b": SECRET, "c": {}}}}, {"b"}),
        ({"a": {"properties": {"b": {"properties": {"c": {"x-secret": True}}}}}}, {"c"}),
        ({"a": {"items": {"properties": {"b": SECRET}}}}, {"b"}),
        ({"a": {"properties": {"b": {"items": SECRET}}}}, {"b"}),
        ({"a": {"anyOf": [{"properties": {"b": SECRET}}, {"allOf": [{"properties": {"c": SECRET}}]}]}}, {"b", "c"}),
        ({"a": {"$ref": "#/$defs/loop"}}, {"pin"}),
        # The inputs themselves are known as such (`InputSchema.secret`).
        ({"a": SECRET}, set()),
        ({"a": {"items": 5, "anyOf": 5, "properties": 5}}, set()),
        ({"a": True}, set()),
    ],
)
def test_members_of_inputs_that_are_marked_are_found(properties: dict[str, Any], names: set[str]) -> None:
    loop = {"properties": {"again": {"$ref": "#/$defs/loop"}, "pin": SECRET}}
    root: Any = {"type": "object", "properties": properties, "$defs": {"loop": loop}}
    assert marked_inputs(InputSchema(root, properties)) == ({"a": names} if names else {})
