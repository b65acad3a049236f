from xml.etree import ElementTree

import pytest

from arazzo_runner.mock.markup import xml
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON
from tests.sources.inline import api

PET: JSON = {
    "type": "object",
    "xml": {"name": "pet", "namespace": "urn:pets"},
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "name": {"type": "string", "xml": {"name": "called"}},
        "tags": {"type": "array", "items": {"type": "string"}, "xml": {"wrapped": True}},
        "photos": {"type": "array", "items": {"type": "string"}},
    },
}
DOCUMENT = api(components={"schemas": {"Pet": PET, "Plain": {"type": "object"}}})


def written(value: JSON, schema: JSON = None) -> str:
    described = None if schema is None else Schema(schema, DOCUMENT, ("x",))
    text = xml(value, described)
    ElementTree.fromstring(text)  # it is well-formed
    return text.partition("?>")[2]


def test_the_xml_objects_of_the_schema_are_followed() -> None:
    value: JSON = {"id": 5, "name": "A & B", "tags": ["x"], "photos": ["p", "q"]}
    assert written(value, {"$ref": "#/components/schemas/Pet"}) == (
        '<pet xmlns="urn:pets" id="5"><called>A &amp; B</called><tags><tags>x</tags></tags>'
        "<photos>p</photos><photos>q</photos></pet>"
    )


def test_without_them_names_are_those_of_schema_and_members() -> None:
    assert written({"a": None, "b": {"c": True}}, {"$ref": "#/components/schemas/Plain"}) == (
        "<Plain><a/><b><c>true</c></b></Plain>"
    )
    assert written({"a": 1}) == "<response><a>1</a></response>"
    assert written([1, [2]]) == "<response><item>1</item><item><item>2</item></item></response>"


@pytest.mark.parametrize("name", ["", "1a", "a b", "<x>", "a:b"])
def test_a_name_that_no_element_can_have_becomes_item(name: str) -> None:
    assert written({name: 1}) == "<response><item>1</item></response>"


def test_what_xml_cannot_hold_is_dropped() -> None:
    assert written({"a": "x\x00y\ud800<"}) == "<response><a>xy&lt;</a></response>"


def test_the_items_of_an_array_have_the_name_of_their_own_xml_object() -> None:
    item: JSON = {"type": "string", "xml": {"name": "animal"}}
    both: JSON = {
        "properties": {
            "loose": {"type": "array", "xml": {"name": "aliens"}, "items": item},
            "kept": {"type": "array", "xml": {"name": "aliens", "wrapped": True}, "items": item},
        }
    }
    assert written({"loose": ["a"], "kept": ["b", "c"]}, both) == (
        "<response><animal>a</animal><aliens><animal>b</animal><animal>c</animal></aliens></response>"
    )


def test_members_are_found_in_what_a_schema_joins_and_prefixes_are_declared() -> None:
    joined: JSON = {
        "xml": {"name": "zoo", "prefix": "z", "namespace": "urn:zoo"},
        "allOf": [{"$ref": "#/components/schemas/Pet"}, {"properties": {"x": {"xml": {"attribute": True}}}}],
    }
    assert written({"id": 5, "x": "y", "name": "n"}, joined) == (
        '<z:zoo xmlns:z="urn:zoo" id="5" x="y"><called>n</called></z:zoo>'
    )
