"""Selections: what each language gives, what it refuses, and where it stops."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.expressions.pointer import encode
from arazzo_runner.query import selection as selection_module
from arazzo_runner.query.selection import (
    LANGUAGES,
    MAX_POINTER_LENGTH,
    MAX_SELECTED_DEPTH,
    Selection,
    advice,
    compile_selection,
)
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Nothing, Value

DATA: Value = {"a": [{"id": 1}, {"id": 2}], "n": None, "x/y": {"~": 5, "": 6}}
XML = "<r a='7'><m>1</m><m>2</m><e/></r>"


def compiled(language: str, text: str, version: str | None = None) -> Selection:
    found = compile_selection(language, version, text)
    assert not isinstance(found, Fault), found
    return found


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("jsonpointer", "", DATA),
        ("jsonpointer", "/a/0", {"id": 1}),
        ("jsonpointer", "/n", None),
        ("jsonpointer", "/x~1y/~0", 5),
        ("jsonpointer", "/x~1y/", 6),
        ("jsonpath", "$", DATA),
        ("jsonpath", "$.a[0].id", 1),
        ("jsonpath", "$.a[-1].id", 2),
        ("jsonpath", "$.n", None),
        ("jsonpath", "$.a[*].id", [1, 2]),
        ("jsonpath", "$.a[?@.id > 1].id", [2]),
    ],
)
def test_sel_07_and_sel_09_what_is_selected_from_data(language: str, text: str, value: Value) -> None:
    assert compiled(language, text).apply(DATA) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("/r/@a", "7"),
        ("/r/m", ["1", "2"]),
        ("/r/e", ""),
        ("count(/r/m)", 2),
        ("count(/r/m) = 2", True),
        ("sum(/r/m) div 2", 1.5),
    ],
)
@pytest.mark.parametrize("version", [None, "xpath-10", "xpath-20"])
def test_sel_08_what_is_selected_from_xml(text: str, value: Value, version: str | None) -> None:
    found = compiled("xpath", text, version).apply(XML)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("jsonpointer", "/none", DATA),
        ("jsonpointer", "/a/2", DATA),
        ("jsonpointer", "/a/-", DATA),
        ("jsonpath", "$.none", DATA),
        ("jsonpath", "$.a[2]", DATA),
        ("xpath", "/r/none", XML),
    ],
)
def test_sel_10_nothing_selected_is_nothing(language: str, text: str, value: Value) -> None:
    found = compiled(language, text).apply(value)
    assert isinstance(found, Nothing)
    assert "finds nothing" in found.reason


@pytest.mark.parametrize("value", [None, True, 5, 2.5, '{"a": 1}', b'{"a": 1}'])
@pytest.mark.parametrize(("language", "text"), [("jsonpointer", ""), ("jsonpointer", "/a"), ("jsonpath", "$")])
def test_sel_03_what_has_no_structure_is_undecided(language: str, text: str, value: Value) -> None:
    found = compiled(language, text).apply(value)
    assert isinstance(found, Undecided)
    assert found.reason.startswith("its context is ")


@pytest.mark.parametrize("value", [None, 5, {"a": 1}, "no xml", b"\xff"])
def test_sel_03_what_is_no_xml_is_undecided(value: Value) -> None:
    assert isinstance(compiled("xpath", "/a").apply(value), Undecided)


@pytest.mark.parametrize(
    ("language", "text", "offset", "help"),
    [
        ("jsonpointer", "#/a", 0, "write '/a', without the '#'"),
        ("jsonpointer", "a/b", 0, "did you mean '/a/b'?"),
        ("jsonpointer", "$.a", 0, "type: jsonpath"),
        ("jsonpointer", "/a~2", 2, ""),
        ("jsonpointer", "/a/~", 3, ""),
        ("jsonpath", "/a", 0, "type: jsonpointer"),
        ("jsonpath", "#/a", 0, "type: jsonpointer"),
        ("jsonpath", "items[0]", 0, "did you mean '$.items[0]'?"),
        ("jsonpath", "@.a", 0, "did you mean '$.a'?"),
        ("jsonpath", "$.a == 1", 4, ""),
        ("xpath", "/a[", 0, ""),
        ("xpath", "$.a", 0, "type: jsonpath"),
    ],
)
def test_sel_05_what_is_none_of_its_language_says_what_may_be_meant(
    language: str, text: str, offset: int, help: str
) -> None:
    found = compile_selection(language, None, text)
    assert isinstance(found, Fault)
    assert help in found.help
    assert help or not found.help
    assert language == "xpath" or found.offset == offset


def test_advice_is_silent_where_nothing_is_known() -> None:
    assert [advice(language, "") for language in LANGUAGES] == ["", "", ""]


@pytest.mark.parametrize(
    ("language", "text", "versions"),
    [
        ("jsonpath", "$.a[(@.length-1)]", ["draft-goessner-dispatch-jsonpath-00"]),
        ("jsonpath", "$.a[?count(@.*) == 1]", ["rfc9535"]),
        ("xpath", "for $i in /a return $i", ["xpath-31", "xpath-30", "xpath-20"]),
        ("xpath", "let $i := /a return $i", ["xpath-31", "xpath-30"]),
        ("xpath", "map{'a': 1}?a", ["xpath-31"]),
        ("jsonpointer", "/a", ["rfc6901"]),
    ],
)
def test_eto_06_each_version_reads_its_own_language(language: str, text: str, versions: list[str]) -> None:
    read = [one for one in LANGUAGES[language] if not isinstance(compile_selection(language, one, text), Fault)]
    assert read == versions


@pytest.mark.parametrize(
    ("language", "default"), [("jsonpath", "rfc9535"), ("xpath", "xpath-31"), ("jsonpointer", "rfc6901")]
)
def test_eto_05_the_first_version_is_the_default(language: str, default: str) -> None:
    assert next(iter(LANGUAGES[language])) == default


def test_a_pointer_that_is_too_long_is_refused() -> None:
    found = compile_selection("jsonpointer", None, "/" * (MAX_POINTER_LENGTH + 1))
    assert isinstance(found, Fault)
    assert found.code == "query-too-large"


def test_a_query_that_gives_too_much_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection_module, "MAX_SELECTED_VALUES", 100)
    deep: Value = 1
    for _ in range(20):
        deep = [deep]
    found = compiled("jsonpath", "$..*").apply(deep)
    assert isinstance(found, Undecided)
    assert found.limit == "max_selected_values"
    assert compiled("jsonpath", "$[0]..*").apply([[[1] * 40]]) == [[1] * 40, *[1] * 40]
    assert compiled("jsonpath", "$[0]").apply([[1] * 500]) == [1] * 500


@pytest.mark.parametrize("text", ["1 div 0e0", "0e0 div 0", "(1, 1 div 0e0)", "map{'a': [1 div 0e0]}"])
def test_numbers_that_json_does_not_have_are_undecided(text: str) -> None:
    found = compiled("xpath", text).apply(XML)
    assert isinstance(found, Undecided)
    assert "JSON" in found.reason


@pytest.mark.parametrize(("text", "value"), [("1e3", 1000), ("[1e0, (2.5, 3)]", [1, [2.5, 3]]), ("1e300", 1e300)])
def test_whole_numbers_have_no_fraction(text: str, value: Value) -> None:
    found = compiled("xpath", text).apply(XML)
    assert json.dumps(found) == json.dumps(value)


def test_what_is_nested_too_deeply_is_undecided() -> None:
    text = f"fold-left(1 to {MAX_SELECTED_DEPTH + 20}, [], function($a, $b) {{ [$a] }})"
    found = compiled("xpath", text).apply(XML)
    assert isinstance(found, Undecided)
    assert found.limit == "max_selected_depth"


def test_what_is_selected_is_left_as_it_was() -> None:
    data: Value = {"a": [{"id": 1}]}
    found = compiled("jsonpath", "$.a[*]").apply(data)
    assert isinstance(found, list)
    found.append(5)
    assert data == {"a": [{"id": 1}]}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(JSON_VALUES)
def test_each_value_is_found_by_the_pointer_to_it(value: Value) -> None:
    waiting: list[tuple[tuple[str, ...], Value]] = [((), value)] if isinstance(value, dict | list) else []
    while waiting:
        tokens, inner = waiting.pop()
        assert compiled("jsonpointer", encode(tokens)).apply(value) == inner
        if isinstance(inner, dict):
            waiting += [((*tokens, name), member) for name, member in inner.items()]
        elif isinstance(inner, list):
            waiting += [((*tokens, str(index)), item) for index, item in enumerate(inner)]


@given(st.sampled_from(sorted(LANGUAGES)), st.text(max_size=20), JSON_VALUES)
def test_no_text_raises(language: str, text: str, value: Value) -> None:
    for version in LANGUAGES[language]:
        found = compile_selection(language, version, text)
        if not isinstance(found, Fault):
            found.apply(value)
            found.apply(XML)
