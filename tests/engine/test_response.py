from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.limits import MAX_BODY_DEPTH
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
        pytest.param(b"\xef\xbb\xbfa", "text/plain; charset=utf-8", "a", id="a byte order mark beside its charset"),
        pytest.param("a\u20ac".encode("utf-16"), "text/plain", "a\u20ac", id="UTF-16 by its mark"),
        pytest.param(
            "a\u20ac".encode("utf-16-be"), "text/plain;charset='UTF-16BE'", "a\u20ac", id="UTF-16 by its name"
        ),
        pytest.param('{"a":"\u20ac"}'.encode("utf-16-le"), "application/json", {"a": "\u20ac"}, id="JSON in UTF-16"),
        pytest.param('{"a":"\u20ac"}'.encode("utf-32"), "application/json", {"a": "\u20ac"}, id="JSON in UTF-32"),
        pytest.param(b"[1]", "text/json", [1], id="text/json"),
        pytest.param(b"[1]", "application/json, application/json", [1], id="a type sent twice"),
        pytest.param(b"{}", "APPLICATION/JSON ; Charset=UTF-8", {}, id="case does not count"),
        pytest.param(b"[1]", "application/x-www-form-urlencoded", "[1]", id="a form is text"),
        pytest.param(b"a: [1]", "application/yaml", "a: [1]", id="YAML is text"),
        pytest.param(b"--b\r\n\r\nhi", "multipart/mixed; boundary=b", "--b\r\n\r\nhi", id="parts of text are text"),
        pytest.param(b"--b\r\n\xff", "multipart/mixed; boundary=b", b"--b\r\n\xff", id="other parts are bytes"),
        pytest.param(b"data: 1\n\n", "text/event-stream", "data: 1\n\n", id="events are text"),
        pytest.param(b"\x89\xff", "image/png; charset=binary", b"\x89\xff", id="binary whatever charset it names"),
        pytest.param(b"\x89\xff", "image/png; charset=utf-8", b"\x89\xff", id="binary that names UTF-8"),
        pytest.param(b"a", "application/vnd.x; charset=utf-8", "a", id="a type that names its charset is text"),
        pytest.param(b"a", "application/vnd.x", b"a", id="a type that nobody knows is bytes"),
        pytest.param(
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00fc</a>'.encode("latin-1"),
            "application/xml",
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00fc</a>',
            id="XML by its declaration",
        ),
        pytest.param(
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00fc</a>'.encode(),
            "application/soap+xml; charset=utf-8",
            '<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00fc</a>',
            id="the charset wins over the declaration",
        ),
        pytest.param(b'{"a":1}\n\n{"a":2}\r\n', "application/x-ndjson", [{"a": 1}, {"a": 2}], id="JSON lines"),
        pytest.param(b"1", "application/jsonl; charset=utf-8", [1], id="one JSON line"),
        pytest.param(b"\n", "application/jsonl", [], id="no JSON line"),
        pytest.param('"\u2028"\n2'.encode(), "application/jsonl", ["\u2028", 2], id="only line feeds part lines"),
        pytest.param(b"\x1e[1]\n\x1e2\n", "application/json-seq", [[1], 2], id="a JSON sequence"),
        pytest.param(b'\x1e{\n"a":1}\n', "application/geo+json-seq", [{"a": 1}], id="+json-seq"),
    ],
)
def test_bodies(content: bytes, content_type: str | None, seen: Value) -> None:
    assert body_of(content, content_type) == (seen, "")


@pytest.mark.parametrize("content", [b"{broken", b"NaN", b"[" * 200, b"9" * 5_000])
def test_broken_json_is_read_as_text_and_told(content: bytes) -> None:
    seen, doubt = body_of(content, "application/json")
    assert seen == content.decode()
    assert "says it is JSON, but it is not" in doubt


@pytest.mark.parametrize(("opening", "closing"), [(b"[", b"]"), (b'{"a":', b"}")])
def test_json_that_is_too_deep_is_read_as_text_and_told(opening: bytes, closing: bytes) -> None:
    def nested(depth: int) -> bytes:
        return opening * depth + b"1" + closing * depth

    seen, doubt = body_of(nested(MAX_BODY_DEPTH), "application/json")
    assert (isinstance(seen, list | dict), doubt) == (True, "")
    for depth in (MAX_BODY_DEPTH + 1, 10_000, 100_000):
        seen, doubt = body_of(nested(depth), "application/json")
        assert seen == nested(depth).decode()
        assert "more than 256 deep" in doubt


@pytest.mark.parametrize("charset", ["undefined", "idna", "punycode", "unicode_escape", "hex", "\0", "os", "\ud800"])
def test_a_charset_that_is_none_of_texts_is_taken_for_utf_8_and_told(charset: str) -> None:
    content = "xn--grün \\x41".encode()
    seen, doubt = body_of(content, f"text/plain; charset={charset}")
    assert seen == "xn--grün \\x41"
    assert "that is not known; UTF-8 is read" in doubt
    assert doubt.isprintable()


@pytest.mark.parametrize(
    ("content", "content_type", "seen", "told"),
    [
        (b"gr\xfcn", "text/plain", "gr\ufffdn", "bytes that are no utf-8"),
        (b"gr\xfcn", "text/plain; charset=utf-8", "gr\ufffdn", "bytes that are no utf-8"),
        ("gr\u00fcn".encode(), "text/plain; charset=us-ascii", "gr\u00fcn", "not in its charset us-ascii"),
        (b"a\x00b", "text/plain; charset=utf-16-le", "a\x00b", "not in its charset utf-16-le"),
        (b'{"a": "\xfc"}', "application/json", {"a": "\ufffd"}, "bytes that are no utf-8"),
        (b'{"a":1}\n{broken', "application/x-ndjson", '{"a":1}\n{broken', "not (item 2: "),
        (b"[1]", "application/json-seq; charset=nope", [[1]], "names a charset 'nope'"),
    ],
)
def test_what_is_not_as_it_says_is_told(content: bytes, content_type: str, seen: Value, told: str) -> None:
    found, doubt = body_of(content, content_type)
    assert found == seen
    assert told in doubt


def test_a_sequence_counts_as_one_level() -> None:
    deep = b"[" * MAX_BODY_DEPTH + b"]" * MAX_BODY_DEPTH
    assert body_of(deep, "application/jsonl") == (deep.decode(), body_of(b"[" + deep + b"]", "application/json")[1])


def test_json_without_a_type_is_read_and_told() -> None:
    assert body_of(b'{"a": 1}', None) == ({"a": 1}, "the response has no Content-Type; its body is read as JSON")


def test_no_body_is_no_value() -> None:
    assert isinstance(body_of(b"", "application/json")[0], Nothing)


@given(st.binary(max_size=200), st.one_of(st.none(), st.text(max_size=40)))
def test_no_answer_makes_it_raise(content: bytes, content_type: str | None) -> None:
    seen, _ = body_of(content, content_type)
    assert isinstance(seen, Nothing) == (content == b"")
