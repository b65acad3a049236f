import pytest

from arazzo_runner.mock.instances.conjunction import Flattener
from arazzo_runner.mock.instances.height import ENDLESS, Heights
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.values import JSON

LIST: dict[str, JSON] = {"type": "object", "required": ["next"], "properties": {"next": {"$ref": "#/$defs/L"}}}


def height(schema: JSON) -> int:
    root = rooted(schema)
    return Heights(Flattener(root)).of((root.node,))


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        (True, 0),
        (False, ENDLESS),
        ({"type": "string"}, 0),
        ({"type": "object", "properties": {"a": LIST}}, 0),
        ({"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}, 1),
        ({"type": "array", "items": LIST}, 0),
        ({"type": "array", "minItems": 1, "items": {"type": "string"}}, 1),
        ({"$defs": {"L": LIST}, "$ref": "#/$defs/L"}, ENDLESS),
        ({"$defs": {"L": {"anyOf": [LIST, {"type": "null"}]}}, "$ref": "#/$defs/L"}, 0),
        ({"$defs": {"L": {"oneOf": [LIST, {"type": "array", "minItems": 1, "items": {"type": "string"}}]}}, "$ref": "#/$defs/L"}, 1),
        ({"$defs": {"L": LIST}, "type": "object", "required": ["a"], "properties": {"a": {"$ref": "#/$defs/L"}}}, ENDLESS),
        ({"$defs": {"L": {**LIST, "const": 5}}, "$ref": "#/$defs/L"}, 0),
        ({"$defs": {"L": {**LIST, "type": ["object", "null"]}}, "$ref": "#/$defs/L"}, 0),
    ],
)  # fmt: skip
def test_the_least_height(schema: JSON, expected: int) -> None:
    assert min(height(schema), ENDLESS) == expected


def test_it_is_found_in_whatever_order_it_is_asked_for() -> None:
    root = rooted({"$defs": {"A": {"anyOf": [{"$ref": "#/$defs/B"}, {"type": "string"}]},
                             "B": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/A"}}}})  # fmt: skip
    heights = Heights(Flattener(root))
    assert heights.of((root.follow("#/$defs/B"),)) == 1
    assert heights.of((root.follow("#/$defs/A"),)) == 0
