from typing import Any

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Failed, FailureKind, Response
from arazzo_runner.journal.comparison import messages
from arazzo_runner.journal.comparison.messages import LEFT_OUT, Reading
from arazzo_runner.journal.comparison.record import Exchange
from tests.journal.comparison.journals import answer, request

FORM = (("Content-Type", "application/x-www-form-urlencoded"),)


def multipart(boundary: str, content: str) -> dict[str, Any]:
    """Return the headers and the body of a multipart request."""
    body = f"--{boundary}\r\n\r\n{content}\r\n--{boundary}--".encode()
    return {"headers": (("Content-Type", f"multipart/form-data; boundary={boundary}"),), "body": body}


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (request(), request(), []),
        (request("GET"), request("PUT"), [("method", "GET", "PUT")]),
        (request(url="https://a/x?p=1"), request(url="https://a/y?p=1"), [("url", "https://a/x", "https://a/y")]),
        (request(url="https://a/?p=1&q=2"), request(url="https://a/?q=2&p=3"), [("query parameter 'p'", "1", "3")]),
        (request(url="https://a/?p=%20"), request(url="https://a/"), [("query parameter 'p'", " ", None)]),
        (request(url="https://a/?p=1&p=2"), request(url="https://a/?p=1"), [("query parameter 'p'", ["1", "2"], "1")]),
        (request(headers=(("X-A", "1"),)), request(headers=(("x-a", "2"),)), [("header 'x-a'", "1", "2")]),
        (request(headers=(("Date", "1"),)), request(headers=(("DATE", "2"),)), []),
        (request(json={"a": [1]}), request(json={"a": [2]}), [("body #/a/0", 1, 2)]),
        (request(body=b'{"a": 1}'), request(body=b'{ "a":1.0 }'), []),
        (request(body=b"one"), request(body=b"two"), [("body", "one", "two")]),
        (request(body=b'{"a": NaN}'), request(body=b'{"a":  NaN}'), []),
        (request(body=b"x"), request(), [("body", "x", None)]),
        (request(headers=FORM, body=b"a=1&b=+"), request(headers=FORM, body=b"b=%20&a=2"), [("body field 'a'", "1", "2")]),
        (request(**multipart("one", "x")), request(**multipart("two", "x")), []),
    ],
)  # fmt: skip
def test_requests(left: Request, right: Request, wanted: list[tuple[str, Any, Any]]) -> None:
    assert [(each.place, each.left, each.right) for each in Reading().requests(left, right)] == wanted


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (answer(), answer(), []),
        (answer(200), answer(404), [("status", 200, 404)]),
        (answer(json=1), answer(json=2), [("body", 1, 2)]),
        (answer(headers=(("ETag", "1"),)), answer(headers=(("ETag", "2"),)), [("header 'etag'", "1", "2")]),
        (
            answer(200),
            Failed(FailureKind.DNS, "no such host"),
            [("", "status 200", "no answer (dns): no such host")],
        ),
        (None, answer(200), [("", "no answer is recorded", "status 200")]),
        (None, None, []),
    ],
)
def test_answers(left: Response | Failed | None, right: Response | Failed | None, wanted: list[Any]) -> None:
    sides = [
        Exchange(request(), each if isinstance(each, Response) else None, each if isinstance(each, Failed) else None)
        for each in (left, right)
    ]
    assert [(each.place, each.left, each.right) for each in Reading().answers(*sides)] == wanted


def test_bytes_that_are_no_text_are_told_by_their_digest() -> None:
    (found,) = Reading().requests(request(body=b"\xff\x00"), request(body=b"\xff\x01\x00"))
    assert str(found.left).startswith("2 bytes, SHA-256 ")
    assert str(found.right).startswith("3 bytes, SHA-256 ")


@pytest.mark.parametrize("name", LEFT_OUT)
def test_headers_that_are_left_out_are_compared_if_that_is_asked_for(name: str) -> None:
    left, right = request(headers=((name, "1"),)), request(headers=((name, "2"),))
    assert list(Reading().requests(left, right)) == []
    (found,) = Reading(left_out=frozenset()).requests(left, right)
    assert found.place == f"header '{name}'"


def test_bodies_beyond_the_bounds_are_compared_as_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right = request(json={"a": 1, "b": "x" * 50}), request(json={"a": 2, "b": "x" * 50})
    reading = Reading(budget=100)
    assert [each.place for each in reading.requests(left, right)] == ["body #/a"]
    assert [each.place for each in reading.requests(left, right)] == ["body"]
    monkeypatch.setattr(messages, "MAX_BODY_PARSED", 10)
    assert [each.place for each in Reading().requests(left, right)] == ["body"]


@pytest.mark.parametrize("depth", [900, 100_000])
def test_a_body_that_nests_too_deep_is_compared_as_a_text(depth: int) -> None:
    left, right = (request(body=b"[" * depth + each + b"]" * depth) for each in (b"1", b"2,3"))
    assert [each.place for each in Reading().requests(left, right)] == ["body"]
