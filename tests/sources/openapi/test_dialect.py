import pytest

from arazzo_runner.sources.openapi.dialect import SOUND, modernise
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({"minimum": 1, "exclusiveMinimum": True}, {"exclusiveMinimum": 1}),
        ({"minimum": 1, "exclusiveMinimum": False}, {"minimum": 1}),
        ({"maximum": 1, "exclusiveMaximum": True}, {"exclusiveMaximum": 1}),
        ({"exclusiveMaximum": True}, {}),
        ({"exclusiveMaximum": 5}, {"exclusiveMaximum": 5}),
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"type": ["string"], "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "x-nullable": True}, {"type": ["string", "null"], "x-nullable": True}),
        ({"type": "string", "enum": ["a"], "nullable": True}, {"type": ["string", "null"], "enum": ["a", None]}),
        ({"type": "string", "enum": [None], "nullable": True}, {"type": ["string", "null"], "enum": [None]}),
        ({"nullable": True}, {}),
        ({"$ref": "#/a", "nullable": True}, {"anyOf": [{"$ref": "#/a"}, {"type": "null"}]}),
        ({"allOf": [{}], "nullable": True}, {"anyOf": [{"allOf": [{}]}, {"type": "null"}]}),
    ],
)
def test_what_older_versions_spell_differently_is_translated(old: dict[str, JSON], new: JSON) -> None:
    assert modernise(dict(old)) == new


@pytest.mark.parametrize(
    ("old", "counts", "new"),
    [
        ({"type": "string", "nullable": True}, True, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": True}, False, {"type": "string"}),
        ({"type": "string", "enum": ["a"], "nullable": True}, True, {"type": ["string", "null"], "enum": ["a"]}),
        ({"allOf": [{}], "nullable": True}, True, {"allOf": [{}]}),
    ],
)
def test_read_literally_null_is_where_the_version_has_it(old: dict[str, JSON], counts: bool, new: JSON) -> None:
    assert modernise(dict(old), nullable_counts=counts, literal=True) == new


@pytest.mark.parametrize(
    ("keyword", "sound", "unsound"),
    [
        ("type", ["string", ["string", "null"]], ["date", [], ["string", "string"], None, 5, ["any"]]),
        ("required", [[], ["a"]], [True, "a", ["a", "a"], [1]]),
        ("enum", [[], [None]], ["a", {}]),
        ("minimum", [0, -1.5], ["1", True, None]),
        ("exclusiveMinimum", [1, True], ["1"]),
        ("maxLength", [0, 5, 5.0], [-1, 1.5, "5", True]),
        ("multipleOf", [0.1], [0, -1, "2", True]),
        ("pattern", ["^a"], [5]),
        ("uniqueItems", [True], ["true", 1]),
        ("dependentRequired", [{"a": ["b"]}], [{"a": "b"}, []]),
        ("examples", [[]], [{}, "a"]),
    ],
)
def test_keywords_are_sound_or_not(keyword: str, sound: list[JSON], unsound: list[JSON]) -> None:
    assert all(SOUND[keyword](value) for value in sound)
    assert not any(SOUND[keyword](value) for value in unsound)
