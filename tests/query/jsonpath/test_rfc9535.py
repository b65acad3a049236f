"""JSONPath of RFC 9535: the public compliance suite, and what it does not ask (checklist JPC)."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import Query, compile_rfc9535
from arazzo_runner.query.jsonpath import query as query_module
from arazzo_runner.query.jsonpath.walk import Walk
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.values import Value, same

SUITE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "compliance/cts.json").read_text("utf-8"))["tests"]


def values(text: str, data: Value) -> list[Value]:
    query = compile_rfc9535(text)
    assert isinstance(query, Query), query
    nodes = query.nodes(data)
    assert not isinstance(nodes, Undecided)
    return [node.value for node in nodes]


def test_the_whole_suite_is_there() -> None:
    assert len(SUITE) == 687


@pytest.mark.parametrize("case", SUITE, ids=lambda case: str(case["name"]))
def test_jpc_01_the_public_compliance_suite(case: dict[str, Any]) -> None:
    if case.get("invalid_selector"):
        assert isinstance(compile_rfc9535(case["selector"]), Fault)
        return
    allowed = [case["result"]] if "result" in case else case["results"]
    found = values(case["selector"], case["document"])
    assert any(same(found, one) for one in allowed), found


@pytest.mark.parametrize(
    ("text", "data", "found"),
    [
        ("$[?count(@.pets) > 0]", {"pets": [1]}, []),
        ("$[?count(@.pets) > 0]", [{"pets": []}], [{"pets": []}]),
        ("$[?length(@.pets) > 0]", [{"pets": []}], []),
        ("$[?@.access_token != null]", {"error": "bad"}, ["bad"]),
        ("$.x", {"x": False}, [False]),
        ("$[?@.a == '1']", [{"a": 1}], []),
        ("$[?@.s=='OK']", [{"s": "ok"}], []),
        ("$", "text", ["text"]),
        ("$.a", "text", []),
        ("$[?@ == 9007199254740993]", [9007199254740993, 9007199254740992], [9007199254740993]),
        ("$[?@ == $[0]]", [[1], [True], [1.0]], [[1], [1.0]]),
        ("$[?@ == 1e2]", [100, "100"], [100]),
        ("$[?(@.x < 1)]", [{"x": 0}, {"x": 1}], [{"x": 0}]),
        (
            "$[?@.a && @.b || !@.c]",
            [{"a": 1}, {"a": 1, "b": 1, "c": 1}, {"c": 1}],
            [{"a": 1}, {"a": 1, "b": 1, "c": 1}],
        ),
        ("$[?search(@, 'x') || value(@..k) == 2]", ["axb", "ab", {"k": 2}], ["axb", {"k": 2}]),
    ],
)
def test_jpc_03_to_06_what_a_query_finds(text: str, data: Value, found: list[Value]) -> None:
    assert same(values(text, data), found)


@pytest.mark.parametrize(
    ("text", "singular"),
    [
        ("$.a[0]['b']", True),
        ("$", True),
        ("$.a[*]", False),
        ("$..a", False),
        ("$.a[0,1]", False),
        ("$.a[?@.b]", False),
        ("$.a[0:1]", False),
    ],
)
def test_what_is_singular_is_known(text: str, singular: bool) -> None:
    query = compile_rfc9535(text)
    assert isinstance(query, Query)
    assert query.singular is singular


@pytest.mark.parametrize(
    ("text", "offset", "told"),
    [
        ("$.a == 1", 4, "found '='"),
        ("$..book[(@.length-1)]", 8, ""),
        ("$.a[", 4, "unbalanced brackets"),
        ("a", 0, "expected '$'"),
        ("", 0, "expected '$'"),
        ("$[?@.a == 1e400]", 0, "too large"),
        ("$[?@.a == " + "9" * 1_001 + "]", 0, "too large"),
        ("$[?nope(@)]", 3, "'nope' is not defined"),
        ("$[?@.a = 1]", 7, "'='"),
    ],
)
def test_jpc_01_what_is_no_query_is_a_fault_at_its_place(text: str, offset: int, told: str) -> None:
    fault = compile_rfc9535(text)
    assert isinstance(fault, Fault)
    assert (fault.code, fault.offset) == ("query-malformed", offset)
    assert told in fault.message
    assert "line" not in fault.message


def test_a_chain_at_the_limits_is_read_and_run() -> None:
    data: Value = [{"a": 1}]
    assert values("$[?" + " && ".join(["@.a"] * 150) + "]", data) == data
    assert values("$[?" + "(" * 28 + "@.a" + ")" * 28 + "]", data) == data
    assert values("$" + ".a" * 9_000, {}) == []


def deep(levels: int) -> Value:
    value: Value = 1
    for _ in range(levels):
        value = [value, 1]
    return value


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("$..*..*..*", deep(300)),
        ("$..[?count($..*) > 0]", [list(range(2_000))]),
        ("$..[?@ == $[0]]", [[["x"] * 300] * 300] * 50),
        ("$[?search(@, '[^x]{1000}y')]", ["a" * 100_000] * 100),
    ],
)
def test_sec_09_what_explodes_is_stopped_in_the_same_way_each_time(
    text: str, data: Value, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(query_module, "Walk", lambda root: Walk(root, steps=50_000))
    query = compile_rfc9535(text)
    assert isinstance(query, Query)
    first = query.nodes(data)
    assert isinstance(first, Undecided)
    assert first.limit == "max_query_steps"
    assert query.nodes(data) == first


TEXTS = st.lists(
    st.sampled_from(["$", ".a", "..", "*", "[", "]", "[0]", "[?", "@", "@.a", "==", "<", "&&", "||", "!", "(", ")", "'x'", "1", "-1", ":",
                     ",", "count(", "length(", "match(", " ", "null", "1e9", "\\", "é"])
).map("".join)  # fmt: skip

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", "b", "x"]), inner, max_size=3),
    max_leaves=8,
)


@given(TEXTS | st.text(), JSON_VALUES)
def test_no_text_makes_it_raise(text: str, data: Value) -> None:
    query = compile_rfc9535(text)
    if isinstance(query, Fault):
        assert 0 <= query.offset <= len(text)
    else:
        assert isinstance(query.nodes(data), tuple | Undecided)
