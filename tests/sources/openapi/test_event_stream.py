import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi.event_stream import encode
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.values import Value
from tests.sources.openapi.described import schema


@pytest.mark.parametrize(
    ("payload", "written"),
    [
        # OpenAPI 3.2, Example: Server-Sent Event Streams
        (
            [
                {"event": "addString", "data": "This data is formatted\nacross two lines", "retry": 5},
                {"event": "addInt64", "data": "1234"},
                {"event": "addJSON", "data": '{"foo": 42}'},
            ],
            "event: addString\ndata: This data is formatted\ndata: across two lines\nretry: 5\n\n"
            'event: addInt64\ndata: 1234\n\nevent: addJSON\ndata: {"foo": 42}\n\n',
        ),
        ({"data": "one"}, "data: one\n\n"),
        ({"data": {"a": [1]}, "id": 7}, 'data: {"a":[1]}\nid: 7\n\n'),
        (["a", 5], "data: a\n\ndata: 5\n\n"),
        ([{"data": ""}], "data: \n\n"),
        ([{"data": " x\r\ny\rz"}], "data:  x\ndata: y\ndata: z\n\n"),
        ([{"data": None, "event": "tick"}], "event: tick\n\n"),
        ([{"data": "x", "other": True}], "data: x\nother: true\n\n"),
        ([], ""),
    ],
)
def test_events(payload: Value, written: str) -> None:
    assert encode(payload, None) == written


def test_the_schema_of_an_item_says_what_is_an_integer() -> None:
    described = schema({"properties": {"retry": {"type": "integer"}, "data": {"type": "integer"}}})
    assert encode([{"data": 1.0, "retry": 2.0}], described) == "data: 1\nretry: 2\n\n"


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        ([{"data": "x"}, {"event": "a\nb"}], "event 1: the field 'event' must be one line"),
        ({"id": "a\0"}, "event 0: the field 'id' must be one line"),
        ({"retry": "soon"}, "whole number of milliseconds, not 'soon'"),
        ({"retry": -1}, "whole number"),
        ({"event": ["a"]}, "the field 'event' can't be an array"),
        ({"a:b": "c"}, "'a:b' can't be the name of a field"),
        ({"a\nb": "c"}, "can't be the name of a field"),
        ({"": "c"}, "can't be the name of a field"),
        ({"data": b"\xff"}, "UTF-8"),
    ],
)
def test_what_would_be_read_as_something_else_is_refused(payload: Value, reason: str) -> None:
    refused = encode(payload, None)
    assert isinstance(refused, Unserialisable)
    assert reason in refused.reason


def _parsed(text: str) -> list[dict[str, str]]:
    """Read events as the HTML standard does, as far as names and lines go."""
    events = []
    for block in text.split("\n\n")[:-1]:
        fields: dict[str, list[str]] = {}
        for line in block.split("\n"):
            name, _, value = line.partition(":")
            fields.setdefault(name, []).append(value.removeprefix(" "))
        events.append({name: "\n".join(lines) for name, lines in fields.items()})
    return events


@given(st.lists(st.fixed_dictionaries({"data": st.text(), "event": st.text(st.characters(exclude_characters="\r\n"))})))
def test_any_events_are_read_back(events: list[dict[str, str]]) -> None:
    written = encode([dict[str, Value](event) for event in events], None)
    if any("\ud800" <= character <= "\udfff" for event in events for text in event.values() for character in text):
        return
    assert isinstance(written, str)
    assert _parsed(written) == [
        {**event, "data": event["data"].replace("\r\n", "\n").replace("\r", "\n")} for event in events
    ]
