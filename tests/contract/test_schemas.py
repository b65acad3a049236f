import pytest

from arazzo_runner.contract.schemas import MAX_BREACHES, Schemas
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Value
from tests.sources.inline import api


def schema(said: JSON, version: str = "3.1.0") -> Schema:
    document = api(version=version, components={"schemas": {"S": said}})
    return Schema(said, document, ("components", "schemas", "S"))


SIDES: JSON = {
    "type": "object",
    "required": ["made", "given"],
    "properties": {"made": {"type": "integer", "readOnly": True}, "given": {"type": "integer", "writeOnly": True}},
}


@pytest.mark.parametrize(
    ("side", "value", "holds"),
    [
        ("request", {"given": 1}, True),
        ("request", {"made": 1}, False),
        ("response", {"made": 1}, True),
        ("response", {"given": 1}, False),
    ],
)
def test_each_side_requires_its_own_members(side: str, value: Value, holds: bool) -> None:
    schemas, said = Schemas(side), schema(SIDES)
    assert schemas.holds(said, value) is holds
    assert bool(schemas.wrong(said, value)) is not holds


@pytest.mark.parametrize(
    ("version", "said", "right", "wrong"),
    [
        ("3.0.3", {"type": "string", "nullable": True}, None, 1),
        ("3.0.3", {"type": "integer", "minimum": 1, "exclusiveMinimum": True}, 2, 1),
        ("2.0", {"type": "integer", "maximum": 3}, 3, 4),
        ("3.1.0", {"type": ["string", "null"]}, None, 1),
        ("3.1.0", {"prefixItems": [{"const": 1}]}, [1], [2]),
        ("3.1.0", {"not": {"const": 1}}, 2, 1),
    ],
)
def test_each_version_of_openapi_has_its_own_dialect(version: str, said: JSON, right: Value, wrong: Value) -> None:
    schemas, given = Schemas("response"), schema(said, version)
    assert schemas.holds(given, right)
    assert not schemas.holds(given, wrong)


def test_a_schema_that_can_not_be_used_breaks_no_contract() -> None:
    unusable: list[JSON] = [{"type": "nonsense"}, {"pattern": "("}, {"$ref": "#/nowhere"}]
    for said in unusable:
        assert Schemas("response").holds(schema(said), "a")
        assert Schemas("response").wrong(schema(said), "a") == ()


def test_a_format_is_an_annotation() -> None:
    assert Schemas("response").holds(schema({"type": "string", "format": "date"}), "soon")


def test_bytes_are_not_judged() -> None:
    assert Schemas("response").wrong(schema({"type": "integer"}), b"\x00") == ()
    assert Schemas("response").holds(schema({"type": "integer"}), b"\x00")


def test_a_pattern_that_goes_back_without_end_is_given_up() -> None:
    said = schema({"type": "string", "pattern": "^(a|aa)+(?<!x)$"})
    assert isinstance(Schemas("response").holds(said, "a" * 200 + "b"), bool)


def test_the_first_faults_alone_are_told() -> None:
    said = schema({"type": "array", "items": {"type": "integer"}})
    values: Value = ["x"] * 100
    found = Schemas("response").wrong(said, values)
    assert len(found) == MAX_BREACHES
    assert found[3].at == (3,)
    assert found[3].keyword == ("items", "type")


def test_a_schema_is_compiled_once() -> None:
    schemas, said = Schemas("response"), schema({"type": "integer"})
    schemas.holds(said, 1)
    again = Schema({"type": "string"}, said.document, said.at)
    assert schemas.holds(again, 1), "the place in the document names the schema"
