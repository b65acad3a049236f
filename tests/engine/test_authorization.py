"""Tokens as effects: when they are asked for, kept, renewed and counted."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RequestSent, ResponseReceived, TokenFailed, TokenFetched
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Response
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from arazzo_runner.redact import Redactor
from arazzo_runner.sources.security import NO_TOKEN, Credential, Flow, Grant
from tests.canaries import spelled
from tests.engine.programs import Played, play, program_of, replay, respond

OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example/v1'}]
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: oauth/token, scopes: {a: A, b: B}}}}
security: [{oauth: [a]}]
paths:
  /x: {get: {operationId: x, responses: {'200': {description: ok}}}}
  /y: {get: {operationId: y, responses: {'200': {description: ok}}}}
  /z: {get: {operationId: z, security: [{oauth: [b]}], responses: {'200': {description: ok}}}}
  /open: {get: {operationId: open, security: [], responses: {'200': {description: ok}}}}
"""
CLIENT = {"CLIENT_ID": "me", "CLIENT_SECRET": "cl13nt"}
Fetcher = Callable[[Grant], Authorized | Failed]


def steps(*operations: str, extra: str = "") -> str:
    lines = "".join(f"  - {{stepId: s{n}, operationId: {name}{extra}}}\n" for n, name in enumerate(operations))
    return f"workflows:\n- workflowId: w\n  steps:\n{lines}"


def tokens(*lifetimes: float | None, refresh: bool = False) -> Fetcher:
    """Give token-1, token-2 ..., each with the next of the lifetimes."""
    queue = list(enumerate(lifetimes, 1))

    def fetch(grant: Grant) -> Authorized:
        number, lifetime = queue.pop(0)
        return Authorized({"TOKEN": f"token-{number}"}, lifetime, f"refresh-{number}" if refresh else "")

    return fetch


def run(
    *operations: str,
    fetcher: Fetcher,
    script: Callable[[Request], Response | Failed] = lambda request: respond(),
    fields: dict[str, str] = CLIENT,
    extra: str = "",
    **options: Any,
) -> Played:
    limits = options.pop("limits", Limits())
    settings = Settings(credentials={(None, "oauth"): Credential(fields)}, limits=limits)
    program = program_of(steps(*operations, extra=extra), files={"openapi.yaml": OPENAPI})
    played = play(program, script, settings=settings, fetcher=fetcher, **options)
    assert replay(program, {}, played.outcomes, settings) == played.events or options.get("redactor")
    return played


def sent(played: Played) -> list[str | None]:
    return [request.header("authorization") for request in played.requests]


def test_a_token_is_fetched_once_for_a_run() -> None:
    played = run("x", "y", "open", fetcher=tokens(None))
    assert sent(played) == ["Bearer token-1", "Bearer token-1", None]
    (grant,) = played.grants
    assert (grant.flow, grant.token_url, grant.scopes) == (Flow.CLIENT, "https://api.example/v1/oauth/token", ("a",))
    kinds = [type(event) for event in played.events]
    assert kinds.index(TokenFetched) < kinds.index(RequestSent)


def test_other_scopes_are_another_token() -> None:
    assert sent(run("x", "z", "x", fetcher=tokens(None, None))) == [
        "Bearer token-1",
        "Bearer token-2",
        "Bearer token-1",
    ]


def test_an_expired_token_is_fetched_anew_by_the_clock_of_the_outcomes() -> None:
    assert sent(run("x", "y", fetcher=tokens(100.0, 100.0), seconds=60.0)) == ["Bearer token-1", "Bearer token-1"]
    assert sent(run("x", "y", fetcher=tokens(50.0, 50.0), seconds=60.0)) == ["Bearer token-1", "Bearer token-2"]


def test_a_refresh_token_goes_before_the_flow_that_gave_it() -> None:
    played = run("x", "y", fetcher=tokens(50.0, 50.0, refresh=True), seconds=60.0)
    assert [grant.flow for grant in played.grants] == [Flow.CLIENT, Flow.REFRESH]
    assert played.grants[1].fields["REFRESH_TOKEN"] == "refresh-1"


def test_a_refresh_token_that_is_refused_leads_back_to_the_flow() -> None:
    give = tokens(50.0, 50.0, refresh=True)

    def fetch(grant: Grant) -> Authorized | Failed:
        if grant.flow is Flow.REFRESH:
            return Failed(FailureKind.AUTHORIZATION, "invalid_grant")
        return give(grant)

    played = run("x", "y", fetcher=fetch, seconds=60.0)
    assert [grant.flow for grant in played.grants] == [Flow.CLIENT, Flow.REFRESH, Flow.CLIENT]
    assert played.result.succeeded


def only(token: str) -> Callable[[Request], Response]:
    return lambda request: respond(200 if request.header("authorization") == f"Bearer {token}" else 401)


def test_a_refused_token_is_renewed_once() -> None:
    calls = iter([200, 401, 200])
    played = run("x", "y", fetcher=tokens(None, None), script=lambda request: respond(next(calls)))
    assert sent(played) == ["Bearer token-1", "Bearer token-1", "Bearer token-2"]
    assert played.result.succeeded
    assert len([event for event in played.events if isinstance(event, ResponseReceived)]) == 3


def test_a_token_that_is_only_just_there_is_not_renewed() -> None:
    played = run("x", fetcher=tokens(None), script=lambda request: respond(401))
    assert (len(played.requests), played.result.status) == (1, Status.FAILED)


def test_a_second_refusal_is_the_answer() -> None:
    calls = iter([200, 401, 401])
    played = run("x", "y", fetcher=tokens(None, None), script=lambda request: respond(next(calls)))
    assert (len(played.requests), played.result.status) == (3, Status.FAILED)


def test_a_given_token_that_is_refused_is_replaced_for_the_rest_of_the_run() -> None:
    played = run("x", "y", fetcher=tokens(None), script=only("token-1"), fields={"TOKEN": "stale", **CLIENT})
    assert sent(played) == ["Bearer stale", "Bearer token-1", "Bearer token-1"]


def test_where_no_new_token_is_to_be_had_the_refusal_stands_and_says_why() -> None:
    def fetch(grant: Grant) -> Failed:
        return Failed(FailureKind.AUTHORIZATION, "the server is shut")

    played = run("x", fetcher=fetch, script=lambda request: respond(401), fields={"TOKEN": "stale", **CLIENT})
    assert len(played.requests) == 1
    assert "the server is shut" in played.result.reason


def test_a_failure_fails_the_step_before_anything_is_sent() -> None:
    played = run("x", fetcher=lambda grant: Failed(FailureKind.REFUSED, "POST https://id.example: refused"))
    assert (played.requests, played.result.status) == ([], Status.FAILED)
    told = "no token for the security scheme 'oauth' (client credentials): POST https://id.example: refused"
    assert told in played.result.reason
    (event,) = [event for event in played.events if isinstance(event, TokenFailed)]
    assert (event.scheme, event.failure.kind) == ("oauth", FailureKind.REFUSED)
    assert "check the URL, and that its server runs: 'tokenUrl' of the scheme stands at " in played.result.reason
    assert "openapi.yaml:7:65" in played.result.reason
    assert "\n" not in played.result.steps[0].attempts[0].problem


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (NO_TOKEN, ["check the URL: 'tokenUrl' of the scheme stands at "]),
        (
            "invalid_client",
            ["check what was sent: client_id 'me' (from --auth oauth.client_id), client_secret (from MY_SECRET)"],
        ),
        ("invalid_scope", ["check the scopes that were asked for: a"]),
        ("", ["give a token that you have: --auth oauth=TOKEN, or set ARAZZO_AUTH_API_OAUTH_TOKEN"]),
    ],
)
def test_what_to_do_goes_by_the_code_and_shows_no_secret(code: str, lines: list[str]) -> None:
    origins = {"CLIENT_ID": "--auth oauth.client_id", "CLIENT_SECRET": "MY_SECRET"}
    settings = Settings(credentials={(None, "oauth"): Credential(CLIENT, origins=origins)})
    program = program_of(steps("x"), files={"openapi.yaml": OPENAPI})
    failed = Failed(FailureKind.AUTHORIZATION, "no", code=code)
    played = play(program, lambda request: respond(), settings=settings, fetcher=lambda grant: failed)
    assert all(f"\n{line}" in played.result.reason for line in lines)
    assert "cl13nt" not in played.result.reason


def test_the_result_lists_the_tokens_that_were_asked_for() -> None:
    played = run("x", "z", fetcher=tokens(60.0, None))
    assert [(each.step, each.scopes, each.lifetime) for each in played.result.tokens] == [
        (("s0",), ("a",), 60.0),
        (("s1",), ("b",), None),
    ]
    assert {each.url for each in played.result.tokens} == {"https://api.example/v1/oauth/token"}
    assert played.result.requests == 2


def test_failure_actions_see_it_and_another_try_asks_again() -> None:
    give, asked = tokens(None), []

    def fetch(grant: Grant) -> Authorized | Failed:
        asked.append(grant)
        return Failed(FailureKind.RESET, "gone") if len(asked) == 1 else give(grant)

    retry = ", onFailure: [{name: again, type: retry, retryLimit: 1, retryAfter: 0}]"
    assert run("x", fetcher=fetch, extra=retry).result.succeeded
    assert len(asked) == 2


def test_each_token_takes_one_from_the_budget() -> None:
    def ended(max_steps: int) -> Status:
        return run("x", "y", fetcher=tokens(None), limits=Limits(max_steps=max_steps)).result.status

    assert (ended(4), ended(3)) == (Status.SUCCEEDED, Status.STOPPED)


def test_a_token_that_expires_at_once_is_used_for_its_request() -> None:
    played = run("x", "y", fetcher=tokens(0.0, 0.0), seconds=1.0)
    assert sent(played) == ["Bearer token-1", "Bearer token-2"]


def test_a_callable_has_no_urls() -> None:
    settings = Settings(credentials={("api", "oauth"): Credential(supplied=True)})
    program = program_of(steps("x"), files={"openapi.yaml": OPENAPI})
    played = play(program, lambda request: respond(), settings=settings, fetcher=tokens(None))
    assert ([grant.urls for grant in played.grants], sent(played)) == ([()], ["Bearer token-1"])


def test_no_event_shows_a_secret() -> None:
    def fetch(grant: Grant) -> Authorized:
        return Authorized({"TOKEN": "f3tched-token"}, 5.0, "r3fresh-token")

    def echo(request: Request) -> Response:
        return respond(400, {"you": "sent f3tched-token and r3fresh-token"})

    redactor = Redactor()
    played = run("x", fetcher=fetch, script=echo, redactor=redactor)
    shown = spelled(played.events)
    assert "f3tched-token" not in shown
    assert "r3fresh-token" not in shown
    assert "cl13nt" not in shown
    assert "sent [redacted]" in shown


def test_the_time_of_a_step_bounds_its_token() -> None:
    from arazzo_runner.engine.effects import Authorize
    from arazzo_runner.engine.outcomes import Clock, Proceed
    from arazzo_runner.engine.run import Run

    program = program_of(steps("x", extra=", timeout: 5000"), version="1.1.0", files={"openapi.yaml": OPENAPI})
    settings = Settings(credentials={(None, "oauth"): Credential(CLIENT)})
    at_work = Run(program, {}, settings)
    (checkpoint,) = at_work.effects()
    at_work.resolve(checkpoint.ticket, Proceed(Clock(0, 0)))
    (effect,) = at_work.effects()
    assert isinstance(effect, Authorize)
    assert (effect.deadline, effect.patience) == (5.0, 30.0)
    at_work.resolve(effect.ticket, replace(Authorized({"TOKEN": "t"}), clock=Clock(6, 6.0)))
    assert at_work.result is not None
    assert "timeout of 5 seconds" in at_work.result.reason


@pytest.mark.parametrize("outcome", [Authorized({"TOKEN": "t"}), Failed(FailureKind.AUTHORIZATION, "no")])
def test_the_same_answers_give_the_same_events(outcome: Authorized | Failed) -> None:
    assert run("x", "y", fetcher=lambda grant: outcome).events
