"""Records stand in JSON, and come back as they were."""

from __future__ import annotations

import dataclasses
import json
import math
from typing import Any, get_args, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Rename, Span, Splice
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import Event, Stamped
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Outcome, Responded, Response
from arazzo_runner.journal.codec import MAX_DEPTH, Undecodable, decode, encode, value_of
from arazzo_runner.sources.security import Grant
from arazzo_runner.values import Nothing, Value

VALUES: list[Value] = [
    None,
    True,
    0,
    -1.5,
    "text",
    "\ud800",
    b"",
    b"bytes",
    b"\xff\x00",
    math.inf,
    -math.inf,
    1 << 10_000,
    [],
    {},
    [1, [2, {"a": b"x"}]],
    {"$text": "not bytes"},
    {"$base64": 1},
    {"$object": {"$object": {}}},
    {"$text": 1, "b": 2},
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_a_value_comes_back_as_it_was(value: Value) -> None:
    text = json.dumps(encode(value), allow_nan=False)
    assert value_of(json.loads(text)) == value


def test_no_value_keeps_its_reason() -> None:
    assert value_of(encode(Nothing("because", optional=True))) == Nothing("because", optional=True)


def test_not_a_number_is_kept() -> None:
    assert math.isnan(value_of(encode(math.nan)))


def test_a_value_that_is_too_deep_says_so() -> None:
    deep: Value = 1
    for _ in range(5 * MAX_DEPTH):
        deep = [deep]
    assert "left out" in json.dumps(encode(deep))


def _instances(kind: Any, depth: int = 0) -> st.SearchStrategy[Any]:
    """Return what gives records of a type, with every field of every type that records hold."""
    return st.from_type(kind)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def _of(hint: Any, depth: int) -> st.SearchStrategy[Any]:
    arguments = get_args(hint)
    if {bool, float} <= set(arguments):
        return _JSON | st.builds(Nothing, st.text(), st.booleans()) if Nothing in arguments else _JSON
    if hint is tuple or getattr(hint, "__origin__", None) is tuple:
        if arguments[-1] is ...:
            return st.lists(_of(arguments[0], depth + 1), max_size=2 if depth < 4 else 0).map(tuple)
        return st.tuples(*(_of(one, depth + 1) for one in arguments))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        hints = get_type_hints(hint)
        chosen = {one.name: _of(hints[one.name], depth + 1) for one in dataclasses.fields(hint) if one.compare}
        return st.builds(hint, **chosen)
    if arguments and "Union" in type(hint).__name__:
        return st.one_of([_of(one, depth + 1) for one in arguments])
    origin = getattr(hint, "__origin__", None)
    if origin is not None and "Mapping" in str(origin):
        return st.dictionaries(st.text(max_size=8), _of(arguments[1], depth + 1), max_size=2)
    if origin is frozenset:
        return st.frozensets(_of(arguments[0], depth + 1), max_size=2)
    return st.floats(allow_nan=False, allow_infinity=False) if hint is float else _instances(hint)


@pytest.mark.parametrize("kind", [*get_args(Event), *get_args(Outcome), Stamped, Request], ids=lambda one: one.__name__)
def test_every_record_comes_back_as_it_was(kind: type) -> None:
    @settings(max_examples=15, deadline=None)
    @given(_of(kind, 0))
    def comes_back(record: Any) -> None:
        text = json.dumps(encode(record), allow_nan=False)
        assert decode(kind, json.loads(text)) == record

    comes_back()


def test_a_union_is_told_apart_by_its_type() -> None:
    outcomes: list[Any] = [
        Responded(Response(200, (("A", "b"),), b"\xff")),
        Failed(FailureKind.TIMEOUT, "late", Clock(1.0, 2.0)),
    ]
    kinds: Any = Outcome
    assert [decode(kinds, encode(one)) for one in outcomes] == outcomes


def test_what_is_no_part_of_a_record_is_left_out() -> None:
    assert "document" not in str(encode(Request("GET", "http://a")))
    assert "writtenAt" not in _members(Grant)


def _members(kind: type) -> list[str]:
    from arazzo_runner.journal.codec import parts_of

    return [part.member for part in parts_of(kind)]


def test_defaults_are_left_out() -> None:
    assert encode(Request("GET", "http://a")) == {"is": "request", "method": "GET", "url": "http://a"}


@pytest.mark.parametrize(
    ("kind", "data", "words"),
    [
        (Request, {"is": "request", "method": "GET", "url": "http://a", "body": "text"}, "a text where a body"),
        (Request, {"is": "request", "method": "GET", "url": "http://a", "body": {"$nothing": 1}}, "a faulty $nothing"),
        (Clock, {"is": "clock", "wall": "noon"}, "a text where a number"),
        (Clock, {"is": "clock", "wall": True}, "true or false where a number"),
        (Clock, {"is": "clock", "wall": 10**400}, "a whole number where a number"),
        (Outcome, {"is": ["clock"]}, "where one of"),
        (Request, None, "null where an object"),
        (Request, {"is": "response"}, "'response' where request"),
        (Request, {"is": "request", "method": "GET"}, "lacks url"),
        (Request, {"is": "request", "method": 1, "url": ""}, "a whole number where a text"),
        (Request, {"is": "request", "method": "", "url": "", "headers": [["a"]]}, "1 items where 2"),
        (Outcome, {"is": "nonsense"}, "'nonsense' where one of"),
        (Failed, {"is": "failed", "kind": "bored", "message": ""}, "'bored' where one of"),
        (Request, {"is": "request", "method": "", "url": "", "body": {"$base64": "?"}}, "faulty $base64"),
        (Request, {"is": "request", "method": "", "url": "", "body": {"$text": 3}}, "faulty $text"),
        (Span, {"is": "span", "uri": "", "line": True}, "where a whole number"),
    ],
)
def test_what_stands_for_no_record_is_told(kind: Any, data: Any, words: str) -> None:
    with pytest.raises(Undecodable) as caught:
        decode(kind, data)
    assert words in str(caught.value)


def test_changes_of_a_fix_are_told_apart() -> None:
    kinds: Any = Splice | Rename
    assert decode(kinds, encode(Rename(("a", 0), "b"))) == Rename(("a", 0), "b")
