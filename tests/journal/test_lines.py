"""A line holds a record; a long body stands in the file once."""

from __future__ import annotations

import json

import pytest

from arazzo_runner.engine.events import ResponseReceived, Stamped
from arazzo_runner.engine.outcomes import Clock, Responded, Response
from arazzo_runner.journal.codec import Undecodable
from arazzo_runner.journal.lines import WORTH_SHARING, Eye, Pen
from arazzo_runner.journal.records import Came, Line, Resumed

LONG = b"x" * (WORTH_SHARING + 1)


def _records(body: bytes) -> list[Line]:
    answer = Response(200, (("A", "b"),), body)
    return [Came(1, Responded(answer)), Stamped(ResponseReceived(("s",), answer, 0.5), Clock(1.0, 2.0))]


@pytest.mark.parametrize("body", [b"", b"short", LONG, b"\xff" * (WORTH_SHARING + 1)])
def test_records_come_back(body: bytes) -> None:
    pen, eye = Pen(), Eye()
    lines = [pen.line(record) for record in _records(body)]
    assert [eye.record(line) for line in lines] == _records(body)


def test_a_long_body_is_written_once() -> None:
    pen = Pen()
    first, second = (pen.line(record) for record in _records(LONG))
    assert LONG in first
    assert LONG not in second


def test_a_line_is_ascii_and_one_line() -> None:
    line = Pen().line(Resumed(0.0, 1, ("a\nb", "\ud800é"), {"text": "line\nbreak"}))
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert Eye().record(line) == Resumed(0.0, 1, ("a\nb", "\ud800é"), {"text": "line\nbreak"})


@pytest.mark.parametrize("value", [{"$body": [1]}, {"$object": {"$body": [1]}}, [{"$body": 3}], {"$text": "x" * 300}])
def test_values_that_look_like_bodies_are_values(value: object) -> None:
    record = Resumed(0.0, 1, (), {"a": value})  # type: ignore[dict-item]  # a value, of a kind that mypy can't see
    assert Eye().record(Pen().line(record)) == record


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"nonsense",
        b"[]",
        b"{}",
        b'{"is":"nothing"}',
        b'{"is":"came"}',
        b"[" * 100_000,
        b"\xff",
        b"[" + b"9" * 5000 + b"]",
    ],
)
def test_what_is_no_record_is_told(line: bytes) -> None:
    with pytest.raises(Undecodable):
        Eye().record(line)


def test_a_body_that_was_never_written_is_told() -> None:
    line = json.dumps(
        {
            "is": "came",
            "ticket": 1,
            "outcome": {"is": "responded", "response": {"is": "response", "status": 200, "body": {"$body": [7]}}},
        }
    )
    with pytest.raises(Undecodable, match="no body 7"):
        Eye().record(line.encode())
