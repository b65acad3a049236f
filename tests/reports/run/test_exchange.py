import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.reports.page import Look, plain_text
from arazzo_runner.reports.run.exchange import (
    SHOWN_CHARACTERS,
    request_lines,
    response_body,
    response_lines,
    seconds_text,
    status_text,
    text_of,
)
from tests.reports.tape import SEND


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.0, "0 ms"),
        (0.0034, "3 ms"),
        (0.0994, "99 ms"),
        (0.0999, "0.1 s"),
        (0.3, "0.3 s"),
        (1.0, "1 s"),
        (9.994, "9.99 s"),
        (9.999, "10 s"),
        (12.34, "12.3 s"),
        (59.9, "59.9 s"),
        (59.96, "1 min 0 s"),
        (125.4, "2 min 5 s"),
    ],
)
def test_times(seconds: float, text: str) -> None:
    assert seconds_text(seconds) == text


@pytest.mark.parametrize(("status", "text"), [(200, "200 OK"), (503, "503 Service Unavailable"), (799, "799")])
def test_statuses(status: int, text: str) -> None:
    assert status_text(status) == text


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("grün".encode(), "", "grün"),
        ("grün".encode("latin-1"), "text/plain; charset=ISO-8859-1", "grün"),
        ("grün".encode("utf-16"), 'text/plain;charset="UTF-16"; x=y', "grün"),
        (b"\xff\xfe\xfd", "text/plain", None),
        (b"\x89PNG\0", "image/png", None),
        (b"abc", "text/plain; charset=no-such", None),
        (b"abc", "text/plain; charset=a\0b", None),
    ],
)
def test_a_body_is_text_or_not(body: bytes, content_type: str, text: str | None) -> None:
    assert text_of(body, content_type) == text


def _body(body: bytes, content_type: str = "", width: int = 80) -> list[str]:
    headers = (("Content-Type", content_type),) if content_type else ()
    return [plain_text(line) for line in response_body(Response(200, headers, body), Look(width=width))]


@pytest.mark.parametrize(
    ("body", "content_type", "lines"),
    [
        (b"", "text/plain", ["    no response body"]),
        (b"x", "", ["    response body (1 character):", "      | x"]),
        (b"\0\1" * 700, "image/png", ["    response body, image/png: 1,400 bytes that are no text"]),
        (
            b"a\r\n\n\tb\x1b[0m",
            "text/x",
            ["    response body, text/x (10 characters):", "      | a", "      | ", "      |     b\\x1b[0m"],
        ),
        (b"\n", "", ["    response body (1 character):", "      | "]),
    ],
)
def test_bodies(body: bytes, content_type: str, lines: list[str]) -> None:
    assert _body(body, content_type) == lines


def test_a_long_body_is_cut_and_says_so() -> None:
    title, *lines = _body(b"0123456789" * 1_000_000, width=58)
    assert title == "    response body (10,000,000 characters, the first 500):"
    assert {len(line) for line in lines} == {58}
    assert sum(len(line) - 8 for line in lines) == SHOWN_CHARACTERS


def test_a_request_as_it_travels() -> None:
    assert [plain_text(line) for line in request_lines(SEND, Look())] == [
        "    > POST https://example.webpubsub.azure.com/api/hubs/chat/:send?api-version=2024-01-01",
        "    > Authorization: Bearer [redacted]",
        "    > Content-Type: text/plain",
        "    request body, text/plain (15 characters):",
        "      | Grüße",
        "      | from here",
    ]
    assert [plain_text(line) for line in request_lines(Request("GET", "http://x"), Look())] == ["    > GET http://x"]


def test_an_answer_as_it_came() -> None:
    answer = Response(404, (("X", "a\r\nSet: b"),))
    assert [plain_text(line) for line in response_lines(answer, Look())] == [
        "    < 404 Not Found",
        "    < X: a\\r\\nSet: b",
        "    no response body",
    ]
