from arazzo_runner.mock.described import Described
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.generate import Generator
from arazzo_runner.mock.invention import Invented, Source, Wish, invent
from arazzo_runner.values import JSON

CLOSED: JSON = {
    "type": "object",
    "properties": {"a": {"type": "integer"}, "b": {"enum": ["x", "y"]}},
    "additionalProperties": False,
}


def source(schema: JSON) -> Source:
    return Source(Described(Generator(schema)), (), 0)


def at(name: str, schema: JSON) -> JSON:
    return {"required": [name], "properties": {name: schema}}


def made(schema: JSON, *wishes: Wish) -> Invented:
    found = invent(source(schema), wishes)
    assert isinstance(found, Invented), found
    return found


def test_all_wishes_are_met_where_they_can_be() -> None:
    found = made(CLOSED, (at("a", {"const": 5}),), (at("b", {"const": "y"}),))
    assert (found.value, found.unmet) == ({"a": 5, "b": "y"}, ())


def test_a_wish_that_cannot_be_met_spoils_no_other() -> None:
    found = made(CLOSED, (at("c", True),), (at("a", {"const": 5}),), (at("b", {"const": "z"}),))
    assert isinstance(found.value, dict)
    assert found.value["a"] == 5
    assert [number for number, _ in found.unmet] == [0, 2]
    assert found.unmet[0][1].startswith("at /c: the member is required")


def test_the_best_form_of_a_wish_is_tried_first() -> None:
    wish: Wish = (at("a", {"type": "string"}), at("a", {"minimum": 7, "maximum": 7}))
    assert made(CLOSED, (at("c", True),), wish).value == made(CLOSED, wish).value
    assert made(CLOSED, wish).unmet == ()


def test_earlier_wishes_weigh_more() -> None:
    found = made(CLOSED, (at("a", {"const": 1}),), (at("a", {"const": 2}),))
    assert isinstance(found.value, dict)
    assert found.value["a"] == 1
    assert [number for number, _ in found.unmet] == [1]


def test_a_schema_without_an_instance_has_none_with_wishes_either() -> None:
    assert isinstance(invent(source(False), [(True,)]), NoInstance)
    assert isinstance(invent(source(False), []), NoInstance)


def test_wishes_are_met_by_halves_where_they_can_be() -> None:
    wishes: list[Wish] = [(at("c", True),), *[(at("a", True),)] * 200]
    assert [number for number, _ in made(CLOSED, *wishes).unmet] == [0]


def test_a_weaker_choice_is_told() -> None:
    found = made(CLOSED, (at("c", True), at("a", {"const": 3})))
    assert isinstance(found.value, dict)
    assert (found.value["a"], found.unmet, [number for number, _ in found.weakened]) == (3, (), [0])


def test_the_number_of_tries_is_bounded() -> None:
    wishes: list[Wish] = [(at("c", True),)] * 200
    found = made(CLOSED, *wishes)
    assert len(found.unmet) == 200
    assert ("there are too many wishes") in {reason for _, reason in found.unmet}
