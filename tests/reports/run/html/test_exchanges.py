import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunStarted,
    StepStarted,
    TokenFailed,
    TokenFetched,
)
from arazzo_runner.engine.outcomes import Failed, FailureKind, Response
from arazzo_runner.reports.run.html.exchanges import exchange_part, token_part
from arazzo_runner.reports.run.html.history import Exchange
from arazzo_runner.reports.run.html.limits import MAX_BODY, MAX_HEADERS
from arazzo_runner.reports.run.html.room import Room
from tests.reports.run.html.rendered import fragment, history, told

A = ("a",)
JSON = (("Content-Type", "application/json"),)
POST = Request("POST", "https://a.test/x", JSON, b'{"a":1}')


def exchanged(request: Request, answer: Response | Failed | None = None, redirects: int = 0) -> Exchange:
    begin = ((0.0, RunStarted("", "w", ())), (0.0, StepStarted(A, 1, "")), (0.0, RequestSent(A, request, redirects)))
    match answer:
        case Response():
            run = history(*begin, (1.0, ResponseReceived(A, answer, 0.5)))
        case Failed():
            run = history(*begin, (1.0, RequestFailed(A, answer)))
        case None:
            run = history(*begin)
    return run.activations[0].tries[0].exchanges[0]


def test_a_request_and_its_answer() -> None:
    shown = exchange_part(exchanged(POST, Response(201, JSON, b"[2]")), Room())
    assert told(shown) == (
        "RequestPOST https://a.test/x1 headerContent-Type: application/json "
        'Body, application/json, 7 bytesCopy{ "a": 1 }'
        "As a command of curlCopycurl \\ --globoff --path-as-is \\ --request POST \\ https://a.test/x \\ "
        "--header 'Content-Type: application/json' \\ --data-binary '{\"a\":1}'"
        "Answer after 0.5 s201 Created1 headerContent-Type: application/json Body, application/json, 3 bytesCopy[ 2 ]"
    )
    parsed = fragment(shown)
    assert [each.text for each in parsed.iter("summary")][:2] == ["1 header", "Body, application/json, 7 bytes"]
    assert all("open" not in each.attrib for each in parsed.iter("details"))
    assert all("hidden" in each.attrib for each in parsed.iter("button"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Response(204), "204 No Content"),
        (Response(204), "No body"),
        (Response(599), "599"),
        (Response(200, (), b"\0\1"), "Body, 2 bytes, no text"),
        (Failed(FailureKind.DNS, "no such host"), "No answer (dns): no such host"),
        (None, "No answer is recorded."),
    ],
)
def test_every_end_of_an_exchange_is_told(answer: Response | Failed | None, expected: str) -> None:
    assert expected in told(exchange_part(exchanged(POST, answer), Room()))


def test_a_redirected_request_says_so() -> None:
    assert "Request, after 1 redirect" in told(exchange_part(exchanged(POST, None, 1), Room()))


@pytest.mark.parametrize(
    ("body", "share", "note"),
    [
        (b"x" * 500, MAX_BODY, None),
        (b"x" * 500, 100, "Cut: the first 100 characters are shown."),
        (b"x" * 50_000, MAX_BODY, "Cut: the first 20,000 characters are shown."),
        (b'{"a":1}', 5, "Cut: the first 5 characters are shown."),
    ],
)
def test_a_body_that_is_cut_says_so(body: bytes, share: int, note: str | None) -> None:
    shown = told(exchange_part(exchanged(POST, Response(200, (), body)), Room(share)).partition("Answer")[2])
    assert (note in shown) if note else ("Cut" not in shown)


def test_very_many_headers_are_cut_and_none_makes_a_line_of_its_own() -> None:
    many = tuple((f"X-{n}", "a\r\nb") for n in range(MAX_HEADERS + 2))
    shown = exchange_part(exchanged(POST, Response(200, many)), Room())
    assert "102 headers" in shown
    assert "2 more headers left out." in shown
    assert "X-99</b>: a\\r\\nb\n" in shown


def test_tokens_are_told_of() -> None:
    fetched = TokenFetched(A, "shop", "oauth", "clientCredentials", ("read",), 60.0, 0.2, "https://id.test/token")
    assert told(token_part(fetched)) == (
        "Token for 'oauth' of 'shop' (clientCredentials, scopes read) fetched from https://id.test/token in 0.2 s; it holds for 1 min 0 s"
    )
    failed = TokenFailed(A, "shop", "oauth", "password", (), Failed(FailureKind.AUTHORIZATION, "denied"))
    assert told(token_part(failed)) == "Token for 'oauth' of 'shop' (password) could not be fetched: denied"
