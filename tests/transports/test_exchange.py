from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import httpx2
import pytest

from arazzo_runner.engine.effects import Request, SendRequest
from arazzo_runner.engine.outcomes import Failed, FailureKind, Responded, Response
from arazzo_runner.engine.run import Run
from arazzo_runner.errors import UsageError
from arazzo_runner.transports.exchange import exchange, exchange_async
from arazzo_runner.transports.transport import TransportFailure
from tests.engine.programs import program_of

PROGRAM = program_of("workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]")
PLACE = "GET https://api.example:443"


@pytest.fixture
def effect() -> SendRequest:
    """The request of a real run."""
    from arazzo_runner.engine.outcomes import Proceed

    run = Run(PROGRAM, {})
    run.resolve(run.effects()[0].ticket, Proceed())
    (effect,) = run.effects()
    assert isinstance(effect, SendRequest)
    return effect


class Transport:
    def __init__(self, answer: Any) -> None:
        self.answer = answer
        self.asked: list[tuple[Request, float | None]] = []

    def send(self, request: Request, timeout: float | None) -> Any:
        self.asked.append((request, timeout))
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class AsyncTransport(Transport):
    async def send(self, request: Request, timeout: float | None) -> Any:
        return super().send(request, timeout)


def plain(answer: Any, effect: SendRequest) -> Responded | Failed:
    return exchange(Transport(answer), effect)


def awaited(answer: Any, effect: SendRequest) -> Responded | Failed:
    return asyncio.run(exchange_async(AsyncTransport(answer), effect))


both = pytest.mark.parametrize("over", [plain, awaited])
Over = Callable[[Any, SendRequest], Responded | Failed]


def test_the_transport_gets_the_request_and_the_time(effect: SendRequest) -> None:
    transport = Transport(Response(204))
    assert exchange(transport, effect) == Responded(Response(204))
    assert transport.asked == [(effect.request, effect.deadline)]
    assert effect.deadline == 30.0


@both
def test_a_response_is_an_outcome(over: Over, effect: SendRequest) -> None:
    assert over(Response(418), effect) == Responded(Response(418))


@both
def test_a_failure_is_an_outcome(over: Over, effect: SendRequest) -> None:
    found = over(TransportFailure(FailureKind.TOO_LARGE, "too much"), effect)
    assert found == Failed(FailureKind.TOO_LARGE, "too much")


@both
@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (ConnectionRefusedError(111, "refused"), FailureKind.REFUSED),
        (ConnectionResetError(104, "reset"), FailureKind.RESET),
        (TimeoutError(), FailureKind.TIMEOUT),
        (httpx.ConnectTimeout("late"), FailureKind.TIMEOUT),
        (httpx2.RemoteProtocolError("bad"), FailureKind.PROTOCOL),
    ],
)
def test_exceptions_about_the_network_are_understood(
    over: Over, effect: SendRequest, fault: Exception, kind: FailureKind
) -> None:
    found = over(fault, effect)
    assert isinstance(found, Failed)
    assert found.kind is kind
    assert found.message.startswith(f"{PLACE}: ")


@both
def test_a_fault_of_the_transports_own_is_raised(over: Over, effect: SendRequest) -> None:
    with pytest.raises(ZeroDivisionError):
        over(ZeroDivisionError(), effect)


@both
@pytest.mark.parametrize("answer", [None, 200, httpx.Response(200)])
def test_what_is_no_response_is_said(over: Over, effect: SendRequest, answer: object) -> None:
    with pytest.raises(UsageError, match=rf"the transport's send\(\) gave a {type(answer).__name__}"):
        over(answer, effect)


def test_a_coroutine_is_no_response_where_nobody_awaits(effect: SendRequest) -> None:
    async def response() -> Response:
        return Response(200)

    with pytest.raises(UsageError, match="gave a coroutine"):
        exchange(Transport(response()), effect)


def test_what_can_be_awaited_is(effect: SendRequest) -> None:
    class Wrapped:
        async def send(self, request: Request, timeout: float | None) -> Awaitable[Response]:
            async def response() -> Response:
                return Response(201)

            return response()

    wrapped: Any = Wrapped()
    assert asyncio.run(exchange_async(wrapped, effect)) == Responded(Response(201))


@both
def test_a_failure_says_which_limit_forbids_it_and_what_came(over: Over, effect: SendRequest) -> None:
    failure = TransportFailure(FailureKind.FORBIDDEN, "not sent", "deny_private", 7)
    assert over(failure, effect) == Failed(FailureKind.FORBIDDEN, "not sent", code="deny_private", traffic=7)
