from itertools import islice

import pytest

from arazzo_runner.mock.instances.alternatives import Settlements, is_settled, needs_check
from arazzo_runner.mock.instances.conjunction import Flat, Flattener
from arazzo_runner.mock.instances.height import Heights
from arazzo_runner.mock.instances.rooted import rooted
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import refused


def ways(schema: JSON, *, flat_first: bool = False) -> list[list[JSON]]:
    root = rooted(schema)
    flattener = Flattener(root)
    flat = flattener.flat((root.node,))
    assert isinstance(flat, Flat)
    found = Settlements(flattener, Heights(flattener), flat_first=flat_first).of(flat)
    return [[dict(part) for part in way.parts] for way in islice(found, 100)]


def test_every_branch_is_a_way() -> None:
    assert ways({"anyOf": [{"const": 1}, {"const": 2}]}) == [[{"const": 1}], [{"const": 2}]]


def test_first_choices_come_first_then_one_other_at_a_time() -> None:
    schema: JSON = {"allOf": [{"anyOf": [{"const": 1}, {"const": 2}]}, {"anyOf": [{"const": 3}, {"const": 4}]}]}
    found = [tuple(part["const"] for part in way if isinstance(part, dict)) for way in ways(schema)]
    assert found == [(1, 3), (1, 4), (2, 3), (2, 4)]


def test_null_comes_last_and_the_flattest_first_where_it_is_deep() -> None:
    tall: JSON = {"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}
    assert ways({"oneOf": [{"type": "null"}, {"type": "string"}]})[0] == [{"type": "string"}]
    assert ways({"anyOf": [tall, {"type": "string"}]})[0] == [tall]
    assert ways({"anyOf": [tall, {"type": "string"}]}, flat_first=True)[0] == [{"type": "string"}]


def test_types_that_exclude_each_other_are_no_way() -> None:
    assert ways({"type": "string", "anyOf": [{"type": "integer"}, {"minLength": 1}]}) == [
        [{"type": "string"}, {"minLength": 1}]
    ]


def test_a_condition_holds_with_then_or_is_broken_with_else() -> None:
    found = ways({"if": {"const": 1}, "then": {"type": "integer"}, "else": {"type": "string"}})
    assert found[0] == [{"const": 1}, {"type": "integer"}]
    assert [{"type": "string"}] in [[part for part in way if part == {"type": "string"}] for way in found]


def test_a_dependent_schema_holds_with_its_member_or_the_member_is_left_out() -> None:
    found = ways({"dependentSchemas": {"a": {"minProperties": 2}}})
    assert found == [[{"required": ["a"]}, {"minProperties": 2}], [{"properties": {"a": False}}]]
    assert ways({"required": ["a"], "dependentSchemas": {"a": {"minProperties": 2}}})[0] == [
        {"required": ["a"]},
        {"minProperties": 2},
    ]


def test_the_number_of_ways_is_bounded() -> None:
    choice: JSON = {"anyOf": [{"const": number} for number in range(20)]}
    assert len(ways({"allOf": [choice] * 20})) == 60


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf", "if", "not", "dependentSchemas"])
def test_what_is_to_be_chosen_is_known(keyword: str) -> None:
    assert not is_settled(({keyword: []},))
    assert needs_check(({keyword: []},))
    assert is_settled(({"type": "string"},))
    assert needs_check(({"contains": True},))
    assert not needs_check(({"type": "string"},))


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_alternatives_that_name_each_other_have_no_end(keyword: str) -> None:
    schemas: JSON = {
        "a": {keyword: [{"$ref": "#/$defs/b"}, {"$ref": "#/$defs/c"}]},
        "b": {keyword: [{"$ref": "#/$defs/a"}]},
        "c": {keyword: [{"$ref": "#/$defs/a"}]},
    }
    assert "without end" in refused({"$ref": "#/$defs/a", "$defs": schemas})
