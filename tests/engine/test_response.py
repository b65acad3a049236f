from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.response import receive
from arazzo_runner.values import Nothing, Value


def body_of(content: bytes, content_type: str | None) -> tuple[Value | Nothing, str]:
    headers = () if content_type is None else (("Content-Type", content_type),)
    received, doubt = receive(Response(200, headers, content))
    return received.body, doubt


@pytest.mark.parametrize(
    ("content", "content_type", "seen"),
    [
        pytest.param(b'{"a": 1}', "application/json", {"a": 1}, id="RES-08 JSON"),
        pytest.param(b'{"a": 1}', "application/problem+json; charset=utf-8", {"a": 1}, id="RES-08 +json"),
        pytest.param(b"123", "text/plain", "123", id="RES-08 text stays text"),
        pytest.param(b"9007199254740993", "application/json", 9007199254740993, id="big integers are kept"),
        pytest.param("grün".encode("latin-1"), "text/plain; charset=iso-8859-1", "grün", id="charset"),
        pytest.param("grün".encode(), "text/plain", "grün", id="UTF-8 is the default"),
        pytest.param(b"<a/>", "application/atom+xml", "<a/>", id="XML is text"),
        pytest.param(b"\x00\xff", "image/png", b"\x00\xff", id="binary stays bytes"),
        pytest.param(b"\x00\xff", None, b"\x00\xff", id="binary without a type"),
        pytest.param(b"hello", None, "hello", id="text without a type"),
        pytest.param(b"\xef\xbb\xbf{}", "application/json", {}, id="a byte order mark"),
        pytest.param(b"a", 'text/plain; charset="nope"', "a", id="an unknown charset"),
    ],
)
def test_bodies(content: bytes, content_type: str | None, seen: Value) -> None:
    assert body_of(content, content_type) == (seen, "")


@pytest.mark.parametrize("content", [b"{broken", b"NaN", b"[" * 100_000])
def test_broken_json_is_read_as_text_and_told(content: bytes) -> None:
    seen, doubt = body_of(content, "application/json")
    assert seen == content.decode()
    assert "says it is JSON, but it is not" in doubt


def test_json_without_a_type_is_read_and_told() -> None:
    assert body_of(b'{"a": 1}', None) == ({"a": 1}, "the response has no Content-Type; its body is read as JSON")


def test_no_body_is_no_value() -> None:
    assert isinstance(body_of(b"", "application/json")[0], Nothing)


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=40)))
def test_no_answer_makes_it_raise(content: bytes, content_type: str | None) -> None:
    seen, _ = body_of(content, content_type)
    assert isinstance(seen, Nothing) == (content == b"")
