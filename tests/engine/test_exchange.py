from __future__ import annotations

import json

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RequestSent, ResponseReceived, Warned
from arazzo_runner.engine.exchange import Exchanged, exchange
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Failed, Responded, Response
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from arazzo_runner.engine.state import RunState
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.redact import Redactor
from tests.canaries import spelled
from tests.engine.programs import answers, play, program_of, refused, replay, respond

ONE = program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, outputs: {url: $url}}]}]")
TWO = program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}, {stepId: t, operationId: y}]}]")
THREE = program_of(
    "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}, {stepId: t, operationId: y}, "
    "{stepId: u, operationId: y}]}]"
)
FOLLOWING = Settings(follow_redirects=True)


def moved(location: str, status: int = 302) -> Response:
    return respond(status, Location=location)


def test_redirects_are_not_followed_unless_the_caller_asks() -> None:
    played = play(ONE, answers(moved("/there"), respond(200)))
    assert [request.url for request in played.requests] == ["https://api.example/x"]
    assert played.result.steps[0].attempts[0].response == moved("/there")


def test_each_redirect_is_an_effect_and_an_event_of_its_own() -> None:
    played = play(ONE, answers(moved("/a"), moved("b?q=1", 307), respond(200)), settings=FOLLOWING)
    urls = ["https://api.example/x", "https://api.example/a", "https://api.example/b?q=1"]
    assert [request.url for request in played.requests] == urls
    assert (played.result.status, played.result.requests) == (Status.SUCCEEDED, 3)
    told = [event for event in played.events if isinstance(event, RequestSent)]
    assert [(event.redirects, event.request.url) for event in told] == list(enumerate(urls))
    received = [event.response.status for event in played.events if isinstance(event, ResponseReceived)]
    assert received == [302, 307, 200]
    (attempt,) = played.result.steps[0].attempts
    assert (attempt.request, attempt.response) == (played.requests[-1], respond(200))
    assert played.result.steps[0].outputs == {"url": urls[0]}
    assert replay(ONE, {}, played.outcomes, FOLLOWING) == played.events


@pytest.mark.parametrize("most", [1, 3, 10])
def test_a_circle_ends_at_the_limit_and_fails_the_step(most: int) -> None:
    settings = Settings(follow_redirects=True, limits=Limits(max_redirects=most))
    played = play(ONE, answers(moved("/x")), settings=settings)
    assert len(played.requests) == most + 1
    assert played.result.status is Status.FAILED
    assert f"redirected more than {most} times (max_redirects)" in played.result.reason
    received = [event.response.status for event in played.events if isinstance(event, ResponseReceived)]
    assert received == [302] * (most + 1)


def test_redirects_take_from_the_budget_of_the_run() -> None:
    played = play(ONE, answers(moved("/x")), settings=Settings(follow_redirects=True, limits=Limits(max_steps=5)))
    assert (played.result.status, played.result.limit) == (Status.STOPPED, "max_steps")
    assert len(played.requests) == 4  # the workflow and the step took one each


def test_a_redirect_that_is_not_followed_fails_the_step_and_says_why() -> None:
    played = play(ONE, answers(moved("http://api.example/x")), settings=FOLLOWING)
    assert len(played.requests) == 1
    assert played.result.reason.startswith("step 's': its redirect (302) is not followed: it leads from https to http")
    assert played.result.steps[0].attempts[0].response == moved("http://api.example/x")
    trusting = Settings(follow_redirects=True, trusted_hosts=frozenset(["api.example"]))
    played = play(ONE, answers(moved("http://api.example/x"), respond(200)), settings=trusting)
    assert played.result.status is Status.SUCCEEDED


def test_a_redirect_without_location_is_an_answer() -> None:
    assert play(ONE, answers(respond(302)), settings=FOLLOWING).result.status is Status.SUCCEEDED


def test_no_answer_after_a_redirect_fails_the_step() -> None:
    played = play(ONE, answers(moved("/a"), refused()), settings=FOLLOWING)
    assert played.result.reason.startswith("step 's': no answer")
    assert played.requests[-1].url == "https://api.example/a"


def test_the_time_of_a_step_goes_on_over_its_redirects() -> None:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, timeout: 5000}]}]"
    played = play(program_of(text, version="1.1.0"), answers(moved("/x")), settings=FOLLOWING, seconds=2)
    assert len(played.requests) == 3
    assert "longer than its timeout of 5 seconds" in played.result.reason


AUTHORIZED = program_of("""
workflows:
- workflowId: w
  steps:
  - stepId: s
    operationId: x
    parameters:
    - {name: X-Api-Key, in: header, value: k-of-the-document}
    - {name: X-Plain, in: header, value: plain}
""")


def test_what_is_left_behind_at_another_origin_is_told_and_stays_left() -> None:
    script = answers(moved("https://other.example/a"), moved("https://api.example/back"), respond(200))
    played = play(AUTHORIZED, script, settings=FOLLOWING)
    assert [request.header("x-api-key") for request in played.requests] == ["k-of-the-document", None, None]
    assert [request.header("x-plain") for request in played.requests] == ["plain"] * 3
    told = [event.diagnostic.message for event in played.events if isinstance(event, Warned)]
    assert any("another origin, https://other.example, goes without the header 'X-Api-Key'" in text for text in told)


def test_what_a_request_and_a_redirect_carry_is_secret_from_then_on() -> None:
    body = {"token": "minted-by-the-redirect"}
    redirect = Response(302, (("Location", "/b"), ("Content-Type", "application/json")), json.dumps(body).encode())
    echo = Response(200, (("Content-Type", "text/plain"),), b"k-of-the-document and minted-by-the-redirect")
    played = play(AUTHORIZED, answers(redirect, echo), settings=FOLLOWING)
    assert "k-of-the-document" not in spelled(played.events)
    assert "minted-by-the-redirect" not in spelled(played.events)


@pytest.mark.parametrize(
    ("locations", "at_home"),
    [
        ((), True),
        (("/b",), True),
        (("https://other.example/",), False),
        (("//other.example/", "//api.example/"), False),
    ],
)
def test_it_tells_whether_a_redirect_led_away(locations: tuple[str, ...], at_home: bool) -> None:
    state = RunState(ONE, FOLLOWING, Redactor())
    request = Request("GET", "https://api.example/x")
    doing = exchange(state, ("s",), ONE.workflow.steps[0], request, Scope())
    next(doing)
    for location in locations:
        doing.send(Responded(moved(location)))
    with pytest.raises(StopIteration) as ended:
        doing.send(Responded(respond(200)))
    exchanged: Exchanged = ended.value.value
    assert exchanged.at_home == at_home


def cookies(request: Request) -> str | None:
    return request.header("cookie")


def login() -> Response:
    return respond(200, Set_Cookie="sid=s3cr3t-session; Path=/; Max-Age=60")


def test_no_cookie_is_kept_unless_the_caller_asks() -> None:
    assert [cookies(request) for request in play(TWO, answers(login())).requests] == [None, None]


def test_cookies_are_kept_for_the_run_and_expire_by_its_clock() -> None:
    keeping = Settings(keep_cookies=True)
    played = play(THREE, answers(login(), respond(200)), settings=keeping, seconds=59)
    assert [cookies(request) for request in played.requests] == [None, *["sid=s3cr3t-session"] * 2]
    assert "s3cr3t-session" not in spelled(played.events)
    assert replay(THREE, {}, played.outcomes, keeping) == played.events
    again = play(THREE, answers(login(), respond(200)), settings=keeping, seconds=60)
    assert [cookies(request) for request in again.requests] == [None, "sid=s3cr3t-session", None]


def test_cookies_are_kept_on_the_way_and_go_to_their_own_host_alone() -> None:
    there = respond(302, Location="/b", Set_Cookie="sid=abc; Path=/")
    away = respond(302, Location="https://other.example/c", Set_Cookie="own=1; Path=/; Domain=other.example")
    settings = Settings(follow_redirects=True, keep_cookies=True)
    played = play(ONE, answers(there, away, respond(200)), settings=settings)
    assert [cookies(request) for request in played.requests] == [None, "sid=abc", None]


def test_a_failure_sets_no_cookies() -> None:
    failed: Failed = refused()
    assert play(ONE, answers(failed), settings=Settings(keep_cookies=True)).result.status is Status.FAILED
