"""What the caller does not allow ends the run before it is sent, whatever the document would do about a failure."""

from __future__ import annotations

from typing import Any

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Authorized, Failed, FailureKind, Responded, Response
from arazzo_runner.engine.permission import size_of
from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Settings
from arazzo_runner.sources.egress.policy import egress_for
from tests.engine.programs import answers, play, program_of, replay, respond

STUBBORN = program_of(
    """
workflows:
- workflowId: w
  steps:
  - stepId: s
    operationId: x
    onFailure: [{name: again, type: retry, retryLimit: 5}, {name: on, type: goto, stepId: t}]
  - {stepId: t, operationId: z, requestBody: {payload: {a: 1}}}
"""
)
CALLING = program_of(
    """
workflows:
- workflowId: w
  steps:
  - {stepId: s, operationId: x}
  - {stepId: c, workflowId: inner}
- workflowId: inner
  steps: [{stepId: s, operationId: z, requestBody: {payload: {a: 1}}}]
"""
)

POLICIES: tuple[tuple[dict[str, list[str]], str, int, str], ...] = (
    ({"hosts": ["other.example"]}, "allow_hosts", 0, "api.example is not among the hosts"),
    ({"hosts": []}, "allow_hosts", 0, "--allow-host api.example"),
    ({"hosts": ["*.example"], "methods": ["GET"]}, "allow_methods", 1, "the method POST is not allowed"),
    ({"methods": []}, "allow_methods", 0, "(allowed: none)"),
)


@pytest.mark.parametrize("program", [STUBBORN, CALLING], ids=["stubborn", "calling"])
@pytest.mark.parametrize(("policy", "limit", "sent", "reason"), POLICIES)
def test_a_request_that_is_not_allowed_ends_the_run(
    program: Any, policy: dict[str, Any], limit: str, sent: int, reason: str
) -> None:
    settings = Settings(egress=egress_for(**policy))
    played = play(program, answers(respond(200)), settings=settings)
    assert (played.result.status, played.result.limit) == (Status.STOPPED, limit)
    assert len(played.requests) == played.result.requests == sent
    assert reason in played.result.reason
    assert replay(program, {}, played.outcomes, settings) == played.events


def test_what_is_allowed_goes_out() -> None:
    settings = Settings(egress=egress_for(["api.example:443"], ["get", "POST"], deny_private=True))
    assert play(STUBBORN, answers(respond(200)), settings=settings).result.succeeded


@pytest.mark.parametrize("limit", ["deny_private", "allow_hosts", "max_bytes"])
def test_what_the_transport_refuses_ends_the_run_too(limit: str) -> None:
    refusal = Failed(FailureKind.FORBIDDEN, "GET https://api.example is not sent: it leads to 10.0.0.1", code=limit)
    played = play(STUBBORN, answers(refusal, respond(200)))
    assert (played.result.status, played.result.limit) == (Status.STOPPED, limit)
    assert played.result.requests == (1 if limit == "max_bytes" else 0)
    assert "leads to 10.0.0.1" in played.result.reason
    assert replay(STUBBORN, {}, played.outcomes) == played.events


HOPS = (
    ("https://other.example/y", "allow_hosts"),
    ("https://127.0.0.1/", "allow_hosts"),
    ("https://10.1/", "deny_private"),
    ("https://api.example:8443/", "allow_hosts"),
)


@pytest.mark.parametrize(("location", "limit"), HOPS)
def test_a_redirect_goes_to_allowed_hosts_alone(location: str, limit: str) -> None:
    egress = egress_for(["api.example:443", "10.0.0.1"], deny_private=True)
    settings = Settings(follow_redirects=True, egress=egress)
    played = play(STUBBORN, answers(respond(302, Location=location), respond(200)), settings=settings)
    assert (played.result.limit, [one.url for one in played.requests]) == (limit, ["https://api.example/x"])
    assert played.result.reason.startswith("step 's' is stopped before it follows a redirect: ")


def test_a_redirect_that_changes_the_method_is_judged_by_the_new_one() -> None:
    program = program_of(
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: z, requestBody: {payload: {a: 1}}}]}]"
    )
    settings = Settings(follow_redirects=True, egress=egress_for(None, ["POST"]))
    played = play(program, answers(respond(303, Location="/x"), respond(200)), settings=settings)
    assert (played.result.limit, len(played.requests)) == ("allow_methods", 1)


REQUEST = Request("GET", "https://api.example/x", (("Accept", "*/*"),))
ANSWER = Response(200, (("X", "1"),), b"0123456789")


def test_what_counts_as_bytes() -> None:
    assert size_of(REQUEST) == len("GET") + len("https://api.example/x") + 4 + len("Accept") + len("*/*") + 4
    assert size_of(Request("POST", "https://a/ü", (), b"12345")) == 4 + 12 + 4 + 5
    assert size_of(Responded(ANSWER)) == 2 + 4 + 10
    assert size_of(Failed(FailureKind.RESET, "", traffic=7)) == 7
    assert size_of(Authorized({}, traffic=9)) == 9


def steps(count: int) -> Any:
    listed = ", ".join(f"{{stepId: s{number}, operationId: x}}" for number in range(count))
    return program_of(f"workflows: [{{workflowId: w, steps: [{listed}]}}]")


def test_the_bytes_of_the_whole_run_are_one_budget() -> None:
    one = play(steps(1), answers(ANSWER))
    cost = size_of(one.requests[0]) + size_of(Responded(ANSWER))
    for most, sent, status in (
        (3 * cost, 3, Status.SUCCEEDED),
        (3 * cost - 1, 3, Status.STOPPED),
        (cost, 1, Status.STOPPED),
    ):
        settings = Settings(limits=Limits(max_bytes=most))
        played = play(steps(3), answers(ANSWER), settings=settings)
        assert (played.result.status, len(played.requests)) == (status, sent)
        assert played.result.limit == ("" if status is Status.SUCCEEDED else "max_bytes")
        assert replay(steps(3), {}, played.outcomes, settings) == played.events


def test_an_answer_may_bring_what_is_left() -> None:
    settings = Settings(limits=Limits(max_bytes=1000))
    first, second = play(steps(2), answers(ANSWER), settings=settings).requests
    assert first.most == 1000 - size_of(first)
    assert second.most == first.most - size_of(Responded(ANSWER)) - size_of(second)
    assert play(steps(1), answers(ANSWER)).requests[0].most is None


def test_what_came_of_a_failed_answer_counts() -> None:
    broken = Failed(FailureKind.TOO_LARGE, "too large", traffic=400)
    settings = Settings(limits=Limits(max_bytes=1000))
    played = play(STUBBORN, answers(broken), settings=settings)
    assert (played.result.limit, len(played.requests)) == ("max_bytes", 3)
