from arazzo_runner.mock.instances.conjunction import Flattener, NoInstance
from arazzo_runner.mock.instances.height import Heights
from arazzo_runner.mock.instances.judge import Judge
from arazzo_runner.mock.instances.making import Making, Manner
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.mock.instances.walk import At
from arazzo_runner.values import JSON


def make(schema: JSON, manner: Manner | None = None, at: At | None = None) -> JSON | NoInstance:
    root = rooted(schema)
    flattener = Flattener(root)
    making = Making(manner or Manner(0), Judge(root), flattener, Heights(flattener))
    return making.make((root.node,), at or At())


PERSON: JSON = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"const": 1}, "tags": {"type": "array", "items": {"const": "t"}}, "boss": {"$ref": "#"}},
}


def test_a_rich_attempt_fills_in_what_is_optional() -> None:
    value = make(PERSON)
    assert isinstance(value, dict)
    assert set(value) == {"id", "tags", "boss"}


def test_a_plain_attempt_makes_what_is_required() -> None:
    assert make(PERSON, Manner(0, plain=True)) == {"id": 1}


def test_an_avoided_place_is_left_out() -> None:
    value = make(PERSON, Manner(0, avoided=frozenset({("boss",)})))
    assert isinstance(value, dict)
    assert set(value) == {"id", "tags"}


def test_a_schema_inside_itself_is_entered_once() -> None:
    schema: JSON = {"$defs": {"P": {"type": "object", "properties": {"p": {"$ref": "#/$defs/P"}, "q": {"const": 1}}}},
                    "$ref": "#/$defs/P"}  # fmt: skip
    assert make(schema) == {"q": 1}


def test_deep_down_only_single_values_are_optional() -> None:
    inner: JSON = {"type": "object", "properties": {"leaf": {"const": 1}, "box": {"type": "object"}}}
    value = make(inner, at=At(("a",) * 8))
    assert value == {"leaf": 1}


def test_a_salt_gives_another_value() -> None:
    schema: JSON = {"enum": ["a", "b", "c"]}
    assert {str(make(schema, at=At(salt=salt))) for salt in range(3)} == {"a", "b", "c"}


def test_depth_has_an_end() -> None:
    found = make({"type": "string"}, at=At(("x",) * 65))
    assert isinstance(found, NoInstance)
    assert "deeper than 64" in found.reason


def test_work_has_an_end() -> None:
    items: JSON = {"type": "array", "minItems": 30, "items": {"type": "array", "minItems": 30, "items": {
        "type": "array", "minItems": 30, "items": {"type": "integer"}}}}  # fmt: skip
    found = make(items)
    assert isinstance(found, NoInstance)
    assert "20000 tries" in found.reason
