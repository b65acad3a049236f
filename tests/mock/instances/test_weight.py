import pytest

from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.mock.instances.weight import weight
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import made, refused


def doubled(levels: int, keyword: str, leaf: JSON) -> JSON:
    """Schemas that each refer twice to the next one: written once, checked two to the power of their number times."""
    names: dict[str, JSON] = {
        f"A{level}": {keyword: [{"$ref": f"#/$defs/A{level + 1}"}, {"$ref": f"#/$defs/A{level + 1}"}]}
        for level in range(levels)
    }
    return {"$defs": {**names, f"A{levels}": leaf}, "$ref": "#/$defs/A0"}


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_what_doubles_at_one_place_is_counted(keyword: str) -> None:
    assert weight(rooted(doubled(10, keyword, True)))[0] > 2**10
    assert "refer to each other so often" in refused(doubled(40, keyword, {"type": "string"}))


def test_what_doubles_at_each_level_down_is_counted() -> None:
    names: dict[str, JSON] = {
        f"A{n}": {"allOf": [{"type": "object", "properties": {"x": {"$ref": f"#/$defs/A{n + 1}"}}}] * 2}
        for n in range(40)
    }
    here, way = weight(rooted({"$defs": {**names, "A40": True}, "$ref": "#/$defs/A0"}))
    assert here < 10
    assert way == 10**12, "counted no further"


def test_honest_schemas_are_light() -> None:
    node: JSON = {"type": "object", "properties": {"kids": {"type": "array", "items": {"$ref": "#/$defs/N"}}}}
    union: JSON = {"oneOf": [{"type": "object", "properties": {"next": {"$ref": "#/$defs/N"}}} for _ in range(50)]}
    here, way = weight(rooted({"$defs": {"N": node, "U": union}, "allOf": [{"$ref": "#/$defs/U"}]}))
    assert here < 100
    assert way < 1000
    made(doubled(5, "anyOf", {"type": "string"}))
