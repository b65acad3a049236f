"""Replacements carried out in data and in XML (checklist RPL-08 to RPL-16)."""

from __future__ import annotations

import copy
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import query as jsonpath_query
from arazzo_runner.query.jsonpath.walk import Walk
from arazzo_runner.query.replacement import MAX_REPLACED_VALUES, Replacement, replace_in_data, replace_in_xml
from arazzo_runner.query.target import BodyForm, compile_target
from arazzo_runner.values import Nothing, Value


def one(text: str, value: Value, form: BodyForm = BodyForm.DATA) -> Replacement:
    language = "jsonpath" if text.startswith("$") else None
    target = compile_target(text, language, None, form)
    assert not isinstance(target, Fault), target
    return Replacement(text, target, value)


def in_xml(text: str, value: Value) -> Replacement:
    return one(text, value, BodyForm.XML)


@pytest.mark.parametrize(
    ("body", "replacements", "result"),
    [
        ({"a": 1}, [("/a", 2), ("/a", 3)], {"a": 3}),
        ({"a": 1}, [("/b", {}), ("/b/c", 4)], {"a": 1, "b": {"c": 4}}),
        ({"a": [1, 2]}, [("$.a[*]", 0), ("/a/1", 5)], {"a": [0, 5]}),
        ({"a": 1}, [("$", [1]), ("/-", 2)], [1, 2]),
        ({"a": {"a": {"a": 1}}}, [("$..a", 0)], {"a": 0}),
        ({"a": 1}, [], {"a": 1}),
    ],
)
def test_in_data(body: Value, replacements: list[tuple[str, Value]], result: Value) -> None:
    before = copy.deepcopy(body)
    assert replace_in_data(body, [one(*each) for each in replacements]) == result
    assert body == before, "RES-23"


@pytest.mark.parametrize(
    ("replacement", "words"),
    [
        (one("/b/c", 1), "the replacement at '/b/c' can't be made: '/b/c' names no place"),
        (one("$.b", 1), "the replacement at '$.b' can't be made: it finds nothing"),
        (in_xml("/a", 1), "no XML"),
    ],
)
def test_what_has_no_place_in_data(replacement: Replacement, words: str) -> None:
    found = replace_in_data({"a": 1}, [replacement])
    assert isinstance(found, Nothing)
    assert words in found.reason
    assert not found.optional


def test_objects_are_made_on_the_way_only_where_there_was_no_payload() -> None:
    assert replace_in_data({}, [one("/a/b", 1), one("/a/c", 2)], grow=True) == {"a": {"b": 1, "c": 2}}
    assert isinstance(replace_in_data({}, [one("/a/b", 1)]), Nothing)


@pytest.mark.parametrize(
    "value", [list(range(2_000)), {str(n): n for n in range(2_000)}, "x" * 2_000_000, [["y" * 1_000] * 999]]
)
def test_what_queries_put_in_is_bounded(value: Value) -> None:
    body: Value = [0] * 100
    found = replace_in_data(body, [one("$[*]", value)])
    assert isinstance(found, Nothing)
    assert "max_replaced_values" in found.reason
    assert isinstance(replace_in_data(body, [one("$[0:9]", value)]), list)


def test_one_place_takes_a_value_of_any_size() -> None:
    value: Value = [0] * (MAX_REPLACED_VALUES + 1)
    assert replace_in_data({"a": 1}, [one("$.a", value)]) == {"a": value}


def test_the_bound_is_one_for_all_replacements_of_a_body() -> None:
    rows = [one("$[*]", 1)] * 11
    found = replace_in_data([0] * (MAX_REPLACED_VALUES // 10), rows)
    assert isinstance(found, Nothing)
    assert "max_replaced_values" in found.reason


def test_a_query_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonpath_query, "Walk", partial(Walk, steps=10))
    found = replace_in_data([0] * 11, [one("$[*]", 1)])
    assert isinstance(found, Nothing)
    assert "max_query_steps" in found.reason


@pytest.mark.parametrize(
    ("value", "text"), [("t", "t"), (7, "7"), (1.5, "1.5"), (True, "true"), (None, ""), ("<b/>", "&lt;b/&gt;")]
)
def test_values_as_text_in_xml(value: Value, text: str) -> None:
    content = f"<a>{text}</a>"
    assert replace_in_xml("<a>1</a>", [in_xml("/a", value)]) == content
    assert replace_in_xml('<a b="1"/>', [in_xml("/a/@b", value)]) == f'<a b="{text}"/>'


@pytest.mark.parametrize(
    ("body", "replacement", "words"),
    [
        ("<a/>", in_xml("/b", 1), "it finds nothing in the XML (its root is 'a')"),
        ('<a xmlns="urn:a"/>', in_xml("/a", 1), "'*:a' finds it"),
        ("<a/>", in_xml("/a", {"x": 1}), "type object has no text"),
        ("<a/>", in_xml("/a", [1]), "type array has no text"),
        ("<a/>", in_xml("/a", b"x"), "type bytes has no text"),
        ("<a>", in_xml("/a", 1), "no well-formed XML"),
        ({"a": 1}, in_xml("/a", 1), "the body is of type object"),
        ("<a/>", one("/a", 1), "no place in a body of XML"),
    ],
)
def test_what_has_no_place_in_xml(body: Value, replacement: Replacement, words: str) -> None:
    found = replace_in_xml(body, [replacement])
    assert isinstance(found, Nothing)
    assert words in found.reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.binary(max_size=2),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "0"]), inner, max_size=3),
    max_leaves=6,
)
POINTERS = st.lists(st.sampled_from(["a", "b", "0", "1", "-", ""]), max_size=3).map(
    lambda names: "".join("/" + n for n in names)
)
QUERIES = st.sampled_from(["$", "$.a", "$..*", "$[*]", "$..[0]", "$.a[-1:]", "$[?@.a]", "$..a..b"])


@given(VALUES, st.lists(st.tuples(POINTERS | QUERIES, VALUES), max_size=4), st.booleans())
def test_replacing_changes_nothing_that_was_given(
    body: Value, replacements: list[tuple[str, Value]], grow: bool
) -> None:
    before = copy.deepcopy((body, replacements))
    replace_in_data(body, [one(*each) for each in replacements], grow=grow)
    assert repr((body, replacements)) == repr(before)


@given(st.text(max_size=20), st.sampled_from(["/a", "//b", "/a/@c", "//text()", "//comment()", "/", "1"]))
def test_any_text_goes_into_xml_or_is_refused(text: str, target: str) -> None:
    body = '<a c="1">t<b>u</b>v<!--w--><b/></a>'
    found = replace_in_xml(body, [in_xml(target, text)])
    if isinstance(found, str) and target == "/a/@c":
        assert etree.fromstring(found).get("c") == text
