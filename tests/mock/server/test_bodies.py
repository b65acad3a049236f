import pytest

from arazzo_runner.mock.server.bodies import read_body
from arazzo_runner.sources.openapi.bodies import encode_body
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import JSON, Nothing, Value
from tests.mock.server.orders import api

DOCUMENT = api().document
FORM: JSON = {
    "type": "object",
    "properties": {
        "n": {"type": "integer"},
        "s": {"type": "string"},
        "l": {"type": "array", "items": {"type": "integer"}},
        "o": {"type": "object", "properties": {"a": {"type": "integer"}}},
        "f": {"type": "string", "format": "binary"},
    },
}


def described(name: str, schema: JSON = FORM) -> MediaType:
    return MediaType(name, Schema(schema, DOCUMENT, ("components", "schemas", "x")))


@pytest.mark.parametrize(
    ("content_type", "value"),
    [
        ("application/json", {"a": [1, None, "x"]}),
        ("application/vnd.x+json", [1.5]),
        ("application/x-www-form-urlencoded", {"n": 7, "s": "7", "l": [1, 2]}),
        ("multipart/form-data", {"n": 7, "s": "a\r\nb", "l": [1], "o": {"a": 1}, "f": b"\x00\xff"}),
    ],
)
def test_what_is_sent_comes_back(content_type: str, value: Value) -> None:
    media = described(content_type)
    encoded = encode_body(content_type, value, media, from_whole_expression=True, boundary_seed="x")
    assert not isinstance(encoded, Unserialisable)
    read = read_body(encoded.content, encoded.content_type, media)
    assert (read.value, read.fault) == (value, "")


@pytest.mark.parametrize(
    ("content_type", "content", "value"),
    [
        ("text/plain", b"hi", "hi"),
        ("text/plain; charset=latin-1", b"\xe9", "é"),
        ("application/octet-stream", b"\x00", b"\x00"),
        ("application/xml", b"<a/>", "<a/>"),
        ("application/x-ndjson", b'{"a":1}\n{"a":2}\n', [{"a": 1}, {"a": 2}]),
        (
            "application/x-www-form-urlencoded",
            b"o[a]=1&s=x+y%26&z=1&z=2",
            {"o": {"a": 1}, "s": "x y&", "z": ["1", "2"]},
        ),
        ("application/x-www-form-urlencoded", b"l=[1,2]", {"l": [1, 2]}),
        ("application/yaml", b'{"n": 1}', {"n": 1}),
        ("application/yaml", b"n: 1", b"n: 1"),
    ],
)
def test_other_bodies(content_type: str, content: bytes, value: Value) -> None:
    read = read_body(content, content_type, described(content_type))
    assert (read.value, read.fault) == (value, "")


@pytest.mark.parametrize(
    ("content_type", "content", "fault"),
    [
        ("application/json", b"{", "it is no JSON"),
        ("application/json", b"\xff\xfe\xff", "it is no JSON"),
        ("application/json", b"[" * 100_000, "it is no JSON"),
        ("multipart/form-data", b"x", "names no boundary"),
        ("multipart/form-data; boundary=b", b"x", "no parts with that boundary"),
        ("application/x-www-form-urlencoded", b"&a" * 10_001, "max_fields"),
    ],
)
def test_bodies_that_are_not_what_they_say(content_type: str, content: bytes, fault: str) -> None:
    assert fault in read_body(content, content_type, described(content_type)).fault


def test_no_body() -> None:
    assert isinstance(read_body(b"", "application/json", None).value, Nothing)
