import pytest

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Failed, FailureKind, Response
from arazzo_runner.engine.result import Attempt, Judged
from arazzo_runner.reports.run.advice import FAILURES, NO_CREDENTIALS, UNDECIDED, UNMET, advice_after, advice_for
from arazzo_runner.values import Nothing

STATUS = Judged("$statusCode == 200", False, (Operand("$statusCode", 503),))
BODY = Judged("$response.body#/ok == true", False, (Operand("$response.body#/ok", False),))


@pytest.mark.parametrize("kind", FailureKind)
def test_there_is_advice_for_each_kind_of_failure(kind: FailureKind) -> None:
    advice = advice_for(Attempt(1, failure=Failed(kind, "m")))
    assert advice == FAILURES[kind]
    assert advice


@pytest.mark.parametrize(
    ("status", "word"),
    [
        (302, "no Location header"),
        (401, "credentials"),
        (404, "--server URL replaces the described one as a whole, its path included"),
        (418, "does not accept the request"),
        (429, "'retryAfter'"),
        (503, "not ready"),
        (599, "fault is the server's"),
    ],
)
def test_a_wrong_status_is_advised_on_by_its_number(status: int, word: str) -> None:
    for criteria in ((STATUS,), (), (BODY, STATUS)):
        assert word in advice_for(Attempt(1, response=Response(status), criteria=criteria))


@pytest.mark.parametrize(
    ("request_", "advice"),
    [
        (Request("GET", "http://h/x", (("Accept", "*/*"),)), NO_CREDENTIALS),
        (Request("GET", "http://h/x?page=2"), NO_CREDENTIALS),
        (
            Request("GET", "http://h/x", (("authorization", "Bearer [redacted]"),)),
            "the token, key or password that was sent",
        ),
        (Request("GET", "http://h/x", (("X-API-Key", "shown on demand"),)), "the token, key or password that was sent"),
        (Request("GET", "http://h/x", (("Cookie", "sid=5"),)), "the token, key or password that was sent"),
        (Request("GET", "http://h/x", (("X-Odd", "[redacted]"),)), "the token, key or password that was sent"),
        (Request("GET", "http://h/x?k=[redacted]"), "the token, key or password that was sent"),
        (Request("POST", "http://h/x", (), b'{"password":"[redacted]"}'), "the token, key or password that was sent"),
    ],
)
def test_nobody_is_told_to_check_a_token_that_was_not_sent(request_: Request, advice: str) -> None:
    assert advice in advice_for(Attempt(1, request_, Response(401), criteria=(STATUS,)))
    assert advice_for(Attempt(1, request_, Response(403), criteria=(STATUS,))) != NO_CREDENTIALS


@pytest.mark.parametrize(
    ("attempt", "advice"),
    [
        (Attempt(1, response=Response(503), criteria=(BODY,)), UNMET),
        (Attempt(1, response=Response(200), criteria=(STATUS,)), UNMET),
        (Attempt(1, response=Response(200), criteria=(Judged("x", False, (), "why"),)), UNDECIDED),
        (Attempt(1, response=Response(200), criteria=(Judged("x", False, (Operand("x", Nothing("n")),)),)), UNDECIDED),
        (Attempt(1, response=Response(200)), ""),
        (Attempt(1, problem="the reason says it all"), ""),
    ],
)
def test_what_is_not_about_the_status(attempt: Attempt, advice: str) -> None:
    assert advice_for(attempt) == advice


@pytest.mark.parametrize(
    ("location", "names_server"),
    [
        ("/v2/things/7", False),
        ("?page=2", False),
        ("https://API.example:443/v2/things/7", False),
        ("http://api.example/things/7", True),
        ("//other.example/things/7", True),
        ("https://other.example/things/7?key=[redacted]", True),
        ("https://[broken/", True),
    ],
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_advised_on_by_where_it_leads(status: int, location: str, names_server: bool) -> None:
    request = Request("GET", "https://api.example/v1/things/7")
    advice = advice_for(Attempt(1, request, Response(status, (("location", location),)), criteria=(STATUS,)))
    assert f"points to {location} (its Location header): follow it (--follow-redirects)" in advice
    assert ("--server URL" in advice) is names_server


def test_a_redirect_behind_others_that_were_followed_is_not_to_be_followed() -> None:
    request = Request("GET", "https://api.example/b")
    answer = Response(302, (("Location", "https://api.example/" + "x" * 900),))
    advice = advice_for(Attempt(1, request, answer, criteria=(STATUS,), redirects=(request,)))
    assert "--follow-redirects" not in advice
    assert len(advice) < 400


def test_where_no_tls_is_spoken_the_advice_is_about_the_scheme_and_not_about_certificates() -> None:
    failed = Failed(FailureKind.TLS, "GET https://a:1: TLS failed: wrong version number; does it speak http?")
    assert "--server http://HOST:PORT" in advice_for(Attempt(1, failure=failed))
    assert "--cacert" not in advice_for(Attempt(1, failure=failed))
    untrusted = Failed(FailureKind.TLS, "GET https://a:1: its certificate is not trusted")
    assert "--cacert" in advice_for(Attempt(1, failure=untrusted))


@pytest.mark.parametrize(
    ("statuses", "word"),
    [
        ((503, 503, 503, 503), "the retries are used up (tries: 4)"),
        ((429, 429), "the retries are used up (tries: 2)"),
        ((503,), "add a failure action of type 'retry'"),
        ((503, 429), "add a failure action of type 'retry'"),
        ((404, 404), "check the values in the path"),
    ],
)
def test_nobody_is_told_to_retry_where_the_retries_are_used_up(statuses: tuple[int, ...], word: str) -> None:
    attempts = [Attempt(n, response=Response(status), criteria=(STATUS,)) for n, status in enumerate(statuses, 1)]
    assert word in advice_after(attempts)


def test_without_a_try_there_is_no_advice() -> None:
    assert advice_after(()) == ""
