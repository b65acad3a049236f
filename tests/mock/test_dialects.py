"""Schemas of OpenAPI 3.0 mean what 3.0 says: an independent validator judges by the same schema written for 2020-12."""

from __future__ import annotations

from typing import Final

import pytest

from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints
from tests.mock.one_step import answered, json_of

CASES: Final[list[tuple[JSON, JSON]]] = [
    ({"type": "string", "nullable": True, "enum": ["a", None]}, {"enum": ["a", None]}),
    ({"type": "integer", "nullable": True}, {"type": ["integer", "null"]}),
    (
        {"type": "integer", "minimum": 5, "exclusiveMinimum": True, "maximum": 6},
        {"type": "integer", "exclusiveMinimum": 5, "maximum": 6},
    ),
    (
        {"type": "number", "maximum": 1, "exclusiveMaximum": True, "minimum": 0, "exclusiveMinimum": False},
        {"type": "number", "exclusiveMaximum": 1, "minimum": 0},
    ),
    (
        {"type": "object", "required": ["a", "w"], "properties": {"w": {"type": "string", "writeOnly": True}}},
        {"type": "object", "required": ["a"]},
    ),
    (
        {"type": "array", "items": {"oneOf": [{"type": "boolean"}, {"type": "string"}]}, "minItems": 2},
        {"type": "array", "items": {"type": ["boolean", "string"]}, "minItems": 2},
    ),
    (
        {"allOf": [{"type": "string", "minLength": 3}, {"maxLength": 4}]},
        {"type": "string", "minLength": 3, "maxLength": 4},
    ),
    ({"type": "string", "format": "date-time"}, {"type": "string", "format": "date-time"}),
    ({"not": {"type": "object"}, "type": "string"}, {"type": "string"}),
]


@pytest.mark.parametrize(("schema", "meant"), CASES, ids=str)
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_schemas_of_3_0_are_read_as_3_0(schema: JSON, meant: JSON, seed: int) -> None:
    answer = answered({"200": json_of(schema)}, version="3.0.3", seed=seed)
    assert complaints(meant, answer.body) == []


def test_a_criterion_meets_the_dialect_too() -> None:
    schema: JSON = {"type": "object", "properties": {"n": {"type": "integer", "nullable": True}}}
    assert answered({"200": json_of(schema)}, "$response.body#/n == null", version="3.0.3").result.succeeded
    bounded: JSON = {"type": "object", "properties": {"n": {"type": "integer", "maximum": 5, "exclusiveMaximum": True}}}
    assert answered({"200": json_of(bounded)}, "$response.body#/n >= 4", version="3.0.3").body["n"] == 4
    refused = answered({"200": json_of(bounded)}, "$response.body#/n >= 5", version="3.0.3")
    assert refused.codes == ("criterion-contradicts-schema",)
