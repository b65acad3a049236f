"""The examples of OpenAPI 3.2 (XML Object Examples) and 3.0 and 3.1 (attribute, wrapped), and what they leave open."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi import xml
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema

ANIMALS: Value = {"animals": ["dog", "cat"]}
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"'


def document(animals: JSON, **more: JSON) -> Schema:
    return schema({"type": "object", "xml": {"name": "document"}, "properties": {"animals": animals, **more}})


def listed(own: JSON = None, items: JSON = None) -> JSON:
    node: dict[str, JSON] = {"type": "array", "items": {"type": "string", **({"xml": items} if items else {})}}
    return {**node, "xml": own} if own else node


@pytest.mark.parametrize(
    ("animals", "content"),
    [
        (listed(), "<animals>dog</animals><animals>cat</animals>"),
        ({"type": "string", "xml": {"name": "animal"}}, "<animal>dog</animal><animal>cat</animal>"),
        (listed(items={"name": "animal"}), "<animal>dog</animal><animal>cat</animal>"),
        (listed({"name": "aliens"}, {"name": "animal"}), "<animal>dog</animal><animal>cat</animal>"),
        (listed({"name": "aliens"}), "<animals>dog</animals><animals>cat</animals>"),
        (
            listed({"nodeType": "element"}),
            "<animals><animals>dog</animals><animals>cat</animals></animals>",
        ),
        (listed({"wrapped": True}), "<animals><animals>dog</animals><animals>cat</animals></animals>"),
        (
            listed({"nodeType": "element"}, {"name": "animal"}),
            "<animals><animal>dog</animal><animal>cat</animal></animals>",
        ),
        (
            listed({"name": "aliens", "nodeType": "element"}, {"name": "animal"}),
            "<aliens><animal>dog</animal><animal>cat</animal></aliens>",
        ),
        (
            listed({"name": "aliens", "wrapped": True}, {"name": "animal"}),
            "<aliens><animal>dog</animal><animal>cat</animal></aliens>",
        ),
        (
            listed({"name": "aliens", "wrapped": True}),
            "<aliens><aliens>dog</aliens><aliens>cat</aliens></aliens>",
        ),
    ],
)
def test_lists(animals: JSON, content: str) -> None:
    assert xml.encode(ANIMALS, document(animals)) == f"<document>{content}</document>"


PERSON: JSON = {
    "type": "object",
    "properties": {
        "id": {"type": "integer", "xml": {"attribute": True}},
        "name": {"type": "string", "xml": {"namespace": "https://example.com/schema/sample", "prefix": "sample"}},
    },
}


def test_attribute_prefix_namespace_and_the_name_of_the_component() -> None:
    written = xml.encode(
        {"id": 123.0, "name": "example"}, schema({"$ref": "#/components/schemas/Person"}, Person=PERSON)
    )
    assert written == (
        '<Person id="123"><sample:name xmlns:sample="https://example.com/schema/sample">example</sample:name></Person>'
    )


def test_elements_with_attributes_and_text() -> None:
    item: JSON = {
        "xml": {"name": "animal"},
        "properties": {
            "kind": {"type": "string", "xml": {"nodeType": "attribute"}},
            "name": {"type": "string", "xml": {"nodeType": "text"}},
        },
    }
    described = schema({"type": "array", "xml": {"nodeType": "element", "name": "animals"}, "items": item})
    value: Value = [{"kind": "Cat", "name": "Fluffy"}, {"kind": "Dog", "name": "Fido"}]
    assert xml.encode(value, described) == (
        '<animals><animal kind="Cat">Fluffy</animal><animal kind="Dog">Fido</animal></animals>'
    )


def test_cdata() -> None:
    node: JSON = {"properties": {"content": {"type": "string", "xml": {"nodeType": "cdata"}}}}
    written = xml.encode({"content": "<b>a]]>c</b>"}, schema({"$ref": "#/components/schemas/Docs"}, Docs=node))
    assert written == "<Docs><![CDATA[<b>a]]]]><![CDATA[>c</b>]]></Docs>"
    assert ElementTree.fromstring(written).text == "<b>a]]>c</b>"


def test_a_name_at_the_point_of_use() -> None:
    used: JSON = {"xml": {"nodeType": "element", "name": "Stored"}, "$ref": "#/components/schemas/Docs"}
    docs: JSON = {"xml": {"nodeType": "none"}, "properties": {"a": {"type": "string"}}}
    assert xml.encode({"a": "b"}, schema(used, "3.2", Docs=docs)) == "<Stored><a>b</a></Stored>"


def test_ordered_elements_and_null() -> None:
    two: JSON = {
        "xml": {"name": "Two"},
        "type": "object",
        "properties": {"unit": {"xml": {"nodeType": "attribute"}}, "value": {"xml": {"nodeType": "text"}}},
    }
    described = schema(
        {
            "xml": {"nodeType": "element", "name": "OneTwoThree"},
            "type": "array",
            "prefixItems": [{"xml": {"name": "One"}, "type": "string"}, two, {"xml": {"name": "Three"}}],
        }
    )
    written = xml.encode(["Some text", {"unit": "cubits", "value": 42}, None], described)
    assert written == f'<OneTwoThree><One>Some text</One><Two unit="cubits">42</Two><Three {XSI}/></OneTwoThree>'


def test_text_around_elements() -> None:
    text: JSON = {"xml": {"nodeType": "text"}}
    described = schema(
        {"xml": {"nodeType": "element", "name": "Report"}, "prefixItems": [text, {"xml": {"name": "data"}}, text]}
    )
    assert xml.encode(["Before.", 42, "After."], described) == "<Report>Before.<data>42</data>After.</Report>"


def test_null_attributes_are_left_out_and_null_elements_nil() -> None:
    described = schema(
        {
            "xml": {"name": "product"},
            "properties": {"count": {"xml": {"attribute": True}}, "related": {"type": "object"}},
        }
    )
    assert xml.encode({"count": None, "related": None}, described) == f"<product><related {XSI}/></product>"
    assert xml.encode({"count": 42, "related": {}}, described) == '<product count="42"><related></related></product>'


def test_a_referenced_schema_keeps_the_name_of_its_property_unless_it_has_its_own() -> None:
    pet: JSON = {
        "properties": {"kind": {"$ref": "#/components/schemas/Kind"}, "tag": {"$ref": "#/components/schemas/Tag"}}
    }
    described = schema(
        {"$ref": "#/components/schemas/Pet"}, Pet=pet, Kind={"type": "object"}, Tag={"xml": {"name": "label"}}
    )
    value: Value = {"kind": {"a": 1}, "tag": "x"}
    assert xml.encode(value, described) == "<Pet><kind><a>1</a></kind><label>x</label></Pet>"


@pytest.mark.parametrize(
    ("version", "kind", "items"), [("3.0", "kind", "tags"), ("3.1", "kind", "tags"), ("3.2", "Kind", "Tag")]
)
def test_from_3_2_on_a_reference_is_named_by_its_component(version: str, kind: str, items: str) -> None:
    pet: JSON = {
        "properties": {
            "kind": {"$ref": "#/components/schemas/Kind"},
            "tags": {"type": "array", "items": {"$ref": "#/components/schemas/Tag"}},
        }
    }
    described = schema({"$ref": "#/components/schemas/Pet"}, version, Pet=pet, Kind={}, Tag={})
    written = xml.encode({"kind": "a", "tags": ["b"]}, described)
    assert written == f"<Pet><{kind}>a</{kind}><{items}>b</{items}></Pet>"


@pytest.mark.parametrize("version", ["2.0", "3.0", "3.1", "3.2"])
def test_the_items_of_a_root_are_named_by_their_component(version: str) -> None:
    users: JSON = {"type": "array", "xml": {"wrapped": True}, "items": {"$ref": "#/components/schemas/User"}}
    described = schema({"$ref": "#/components/schemas/Users"}, version, Users=users, User={})
    assert xml.encode([{"id": 1}, None], described) == f"<Users><User><id>1</id></User><User {XSI}/></Users>"


def test_the_name_of_a_combined_part_is_not_the_whole_one_s() -> None:
    cat: JSON = {"allOf": [{"$ref": "#/components/schemas/Animal"}]}
    animal: JSON = {"xml": {"name": "animal"}, "properties": {"id": {"xml": {"attribute": True}}}}
    described = schema({"$ref": "#/components/schemas/Cat"}, Cat=cat, Animal=animal)
    assert xml.encode({"id": 1}, described) == '<Cat id="1"></Cat>'


def test_default_namespace() -> None:
    described = schema({"xml": {"name": "a", "namespace": "urn:x&y"}})
    assert xml.encode({"b": 1}, described) == '<a xmlns="urn:x&amp;y"><b>1</b></a>'


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ({"order": {"id": 1, "lines": [{"sku": "a"}, {"sku": "b"}]}}, None),
        ({"order": "text"}, "<order>text</order>"),
        ({"order": None}, f"<order {XSI}/>"),
        ({"order": [1]}, "<order>1</order>"),
    ],
)
def test_an_object_of_one_member_is_the_root(value: Value, written: str | None) -> None:
    expected = written or "<order><id>1</id><lines><sku>a</sku></lines><lines><sku>b</sku></lines></order>"
    assert xml.encode(value, None) == expected


@pytest.mark.parametrize(
    ("value", "described", "reason"),
    [
        ({"a": 1, "b": 2}, None, "nothing names the root"),
        ([1], None, "nothing names the root"),
        ({"a": [1, 2]}, None, "no single root"),
        ({"a": []}, None, "no single root"),
        ({"a": {"b c": 1}}, None, "'b c' can't be the name"),
        ({"a": {"/><x": 1}}, None, "can't be the name"),
        ({"a": "\x00"}, None, "U+0000"),
        ({"a": float("nan")}, None, "no number"),
        (
            {"a": {"b": 1}},
            schema({"xml": {"name": "r"}, "properties": {"a": {"xml": {"attribute": True}}}}),
            "attribute 'a'",
        ),
        ({"a": "x", "b": "y"}, schema({"xml": {"name": "r", "nodeType": "none"}}), "no single root"),
    ],
)
def test_what_is_no_xml(value: Value, described: Schema | None, reason: str) -> None:
    refused = xml.encode(value, described)
    assert isinstance(refused, Unserialisable)
    assert reason in refused.reason


def test_depth_has_a_limit() -> None:
    value: Value = 1
    for _ in range(5000):
        value = {"a": value}
    refused = xml.encode(value, None)
    assert isinstance(refused, Unserialisable)
    assert str(xml.MAX_DEPTH) in refused.reason


LEGAL = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff") | st.sampled_from("\t\n\r")
)


@given(attribute=LEGAL, text=LEGAL)
def test_any_text_comes_back(attribute: str, text: str) -> None:
    described = schema({"xml": {"name": "r"}, "properties": {"a": {"xml": {"attribute": True}}}})
    written = xml.encode({"a": attribute, "t": text}, described)
    assert isinstance(written, str)
    root = ElementTree.fromstring(written)
    assert root.attrib == {"a": attribute}
    assert (root.findtext("t") or "") == text
