from __future__ import annotations

import asyncio

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind, Response
from arazzo_runner.transports.http import AsyncHttpTransport, HttpTransport
from arazzo_runner.transports.threaded import Threaded
from arazzo_runner.transports.transport import AsyncTransport, Transport, TransportFailure


def test_a_failure_says_why_in_one_word_and_in_a_sentence() -> None:
    failure = TransportFailure(FailureKind.REFUSED, "GET http://a:80: refused")
    assert (failure.kind, failure.message, str(failure)) == (FailureKind.REFUSED, failure.message, failure.message)


class Own:
    """The least that stands for the network."""

    def send(self, request: Request, timeout: float | None) -> Response:
        return Response(200, (), request.method.encode())


def test_an_object_with_the_one_method_is_a_transport() -> None:
    # For the type checker as much as for a run: each of these lines is wrong if a signature changes.
    plain: Transport = Own()
    threaded: AsyncTransport = Threaded(plain)
    assert plain.send(Request("GET", "http://a/"), None).body == b"GET"
    assert asyncio.run(threaded.send(Request("PUT", "http://a/"), 1.0)).body == b"PUT"


def test_our_own_are_transports_too() -> None:
    with HttpTransport() as own:
        plain: Transport = own
        assert callable(plain.send)

    async def main() -> None:
        own = AsyncHttpTransport()
        awaited: AsyncTransport = own
        assert callable(awaited.send)
        await own.close()

    asyncio.run(main())
