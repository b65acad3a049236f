from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi import urlencoded
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.openapi.urlencoded import Form
from arazzo_runner.sources.operations import MediaType, Schema
from arazzo_runner.values import JSON, Value
from tests.sources.openapi.described import schema

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
COLORS: Value = ["blue", "black"]
RGB: Value = {"R": 100, "G": 200}


def described(encoding: dict[str, JSON] | None = None, node: Schema | None = None) -> MediaType:
    return MediaType(urlencoded.MEDIA_TYPE, node, encoding=encoding or {})


def text(fields: dict[str, Value], encoding: dict[str, JSON] | None = None, node: Schema | None = None) -> str:
    done = urlencoded.encode(fields, described(encoding, node))
    assert isinstance(done, Form), done
    return done.text


@pytest.mark.parametrize(
    ("fields", "encoded"),
    [
        ({"a": "a b&c"}, "a=a+b%26c"),
        ({"a": "1", "b": "2"}, "a=1&b=2"),
        ({"n": 5, "t": True, "f": 1e16}, "n=5&t=true&f=10000000000000000.0"),
        ({"a": ""}, "a="),
        ({"a": None, "b": 1}, "b=1"),
        ({"a": [1, None, "x y"]}, "a=1&a=x+y"),
        ({"a": []}, ""),
        ({}, ""),
        ({"a b": "ü~*"}, "a+b=%C3%BC%7E%2A"),
        ({"o": [{"a": 1}, [2]]}, "o=%7B%22a%22%3A1%7D&o=%5B2%5D"),
        # OpenAPI 3.2, Example: URL Encoded Form with JSON Values
        (
            {
                "id": "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "address": {
                    "streetAddress": "123 Example Dr.",
                    "city": "Somewhere",
                    "state": "CA",
                    "zip": "99999+1234",
                },
            },
            "id=f81d4fae-7dec-11d0-a765-00a0c91e6bf6&address=%7B%22streetAddress%22%3A%22123+Example+Dr.%22%2C%22city"
            "%22%3A%22Somewhere%22%2C%22state%22%3A%22CA%22%2C%22zip%22%3A%2299999%2B1234%22%7D",
        ),
    ],
)
def test_fields_without_encoding(fields: dict[str, Value], encoded: str) -> None:
    assert text(fields) == encoded
    assert urlencoded.encode(fields, None) == Form(encoded)


@pytest.mark.parametrize(
    ("value", "encoding", "encoded"),
    [
        # OpenAPI 3.2, the same example: an id as JSON
        ("f81d4fae", {"contentType": "application/json"}, "c=%22f81d4fae%22"),
        (RGB, {"contentType": "application/json"}, "c=%7B%22R%22%3A100%2C%22G%22%3A200%7D"),
        ('{"R": 1}', {"contentType": "application/json"}, "c=%7B%22R%22%3A+1%7D"),
        (COLORS, {"contentType": "text/plain"}, "c=blue&c=black"),
        (COLORS, {"style": "form"}, "c=blue&c=black"),
        (COLORS, {"style": "form", "explode": False}, "c=blue,black"),
        (COLORS, {"explode": False}, "c=blue,black"),
        (COLORS, {"style": "spaceDelimited"}, "c=blue+black"),
        (COLORS, {"style": "pipeDelimited"}, "c=blue%7Cblack"),
        (COLORS, {"style": "tabDelimited"}, "c=blue%09black"),
        (RGB, {"style": "form", "explode": True}, "R=100&G=200"),
        (RGB, {"style": "deepObject"}, "c%5BR%5D=100&c%5BG%5D=200"),
        ("a/b c", {"allowReserved": True}, "c=a/b%20c"),
        ("a b", {"style": "form", "contentType": "application/json"}, "c=a+b"),
        (None, {"style": "form"}, ""),
        ({"a": {"b": 1}}, {"contentType": "application/xml"}, "c=%3Cc%3E%3Ca%3E%3Cb%3E1%3C%2Fb%3E%3C%2Fa%3E%3C%2Fc%3E"),
        ("x", 5, "c=x"),
        ("x", {"contentType": 5}, "c=x"),
    ],
)
def test_encoding_objects(value: Value, encoding: JSON, encoded: str) -> None:
    assert text({"c": value}, {"c": encoding}) == encoded


def test_the_schema_writes_integers_and_bytes() -> None:
    node = schema({"properties": {"n": {"type": "integer"}, "i": {"type": "string", "contentEncoding": "base64url"}}})
    assert text({"n": 1.0, "i": b"\xfb\xff"}, node=node) == "n=1&i=-_8%3D"
    inside = schema({"properties": {"o": {"properties": {"i": {"format": "byte"}}}}})
    assert text({"o": {"i": b"a"}}, node=inside) == "o=%7B%22i%22%3A%22YQ%3D%3D%22%7D"


@pytest.mark.parametrize(
    ("value", "encoding", "reason"),
    [
        ({"a": 1}, {"contentType": "text/csv"}, "can't be written as text/csv"),
        (COLORS, {"style": "deepObject"}, "deepObject carries objects only"),
        (COLORS, {"style": "matrix"}, "'matrix'"),
        (COLORS, {"style": 5}, "5"),
        (b"\xff", {}, "UTF-8"),
        ("\ud800", {}, "surrogate"),
        (float("nan"), {}, "NaN"),
    ],
    ids=ascii,
)
def test_what_can_not_be_sent_names_the_field(value: Value, encoding: JSON, reason: str) -> None:
    refused = urlencoded.encode({"c": value}, described({"c": encoding}))
    assert isinstance(refused, Unserialisable)
    assert refused.reason.startswith("form field 'c': ")
    assert reason.lower() in refused.reason.lower()


def test_a_style_may_leave_a_remark() -> None:
    done = urlencoded.encode({"c": "x"}, described({"c": {"style": "pipeDelimited"}}))
    assert isinstance(done, Form)
    assert [remark.code for remark in done.remarks] == ["parameter-style-undefined"]


@given(st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, min_size=1)))
def test_any_form_is_parsed_back(fields: dict[str, str | list[str]]) -> None:
    sent = text({name: list(value) if isinstance(value, list) else value for name, value in fields.items()})
    expected = [
        (name, item) for name, value in fields.items() for item in ([value] if isinstance(value, str) else value)
    ]
    assert parse_qsl(sent, keep_blank_values=True) == expected
