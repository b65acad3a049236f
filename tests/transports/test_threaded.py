from __future__ import annotations

import asyncio
import threading
import time
from contextvars import ContextVar

import pytest

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.transports.threaded import Threaded
from tests.wire import PATIENCE

REQUEST = Request("GET", "http://api.example/")


class Answering:
    def __init__(self, answer: object = None) -> None:
        self.answer = answer
        self.asked: list[tuple[Request, float | None]] = []
        self.threads: list[str] = []

    def send(self, request: Request, timeout: float | None) -> Response:
        self.asked.append((request, timeout))
        self.threads.append(threading.current_thread().name)
        if isinstance(self.answer, BaseException):
            raise self.answer
        return self.answer  # type: ignore[return-value]  # a caller's transport may give anything


def test_a_request_waits_in_a_thread() -> None:
    transport = Answering(Response(201))
    assert asyncio.run(Threaded(transport).send(REQUEST, 2.5)) == Response(201)
    assert transport.asked == [(REQUEST, 2.5)]
    assert transport.threads == ["arazzo-request"]


@pytest.mark.parametrize("fault", [KeyError("mine"), ConnectionResetError(104, "reset"), SystemExit(3)])
def test_what_the_transport_raises_is_raised(fault: BaseException) -> None:
    async def main() -> None:
        with pytest.raises(type(fault)) as caught:
            await Threaded(Answering(fault)).send(REQUEST, None)
        assert caught.value is fault

    asyncio.run(main())


def test_the_one_exception_that_no_future_takes() -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        asyncio.run(Threaded(Answering(StopIteration())).send(REQUEST, None))


def test_a_transport_that_gives_nothing_leaves_nobody_waiting() -> None:
    assert asyncio.run(Threaded(Answering(None)).send(REQUEST, None)) is None


def test_context_variables_are_seen() -> None:
    seen: ContextVar[str] = ContextVar("seen", default="")

    class Looking(Answering):
        def send(self, request: Request, timeout: float | None) -> Response:
            return Response(200, (("X", seen.get()),))

    async def main() -> Response:
        seen.set("here")
        return await Threaded(Looking()).send(REQUEST, None)

    assert asyncio.run(main()).headers == (("X", "here"),)


def test_all_requests_wait_at_the_same_time() -> None:
    count = 50
    barrier = threading.Barrier(count, timeout=PATIENCE)

    class Meeting(Answering):
        def send(self, request: Request, timeout: float | None) -> Response:
            barrier.wait()  # breaks unless all of them are here at once
            return Response(200)

    async def main() -> list[Response]:
        transport = Threaded(Meeting())
        return await asyncio.gather(*(transport.send(REQUEST, None) for _ in range(count)))

    assert asyncio.run(main()) == [Response(200)] * count


def test_the_loop_does_not_wait_for_a_request_that_was_given_up() -> None:
    release, ended = threading.Event(), threading.Event()

    class Stuck(Answering):
        def send(self, request: Request, timeout: float | None) -> Response:
            release.wait(PATIENCE)
            ended.set()
            return Response(200)

    async def main() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await Threaded(Stuck()).send(REQUEST, None)

    began = time.monotonic()
    asyncio.run(main())
    assert not ended.is_set()
    assert time.monotonic() - began < PATIENCE / 2
    release.set()  # its loop is closed by now, which must disturb nobody
    assert ended.wait(PATIENCE)
    for thread in threading.enumerate():
        if thread.name == "arazzo-request":
            thread.join(PATIENCE)


def test_an_answer_that_comes_too_late_is_dropped() -> None:
    release = threading.Event()

    class Late(Answering):
        def send(self, request: Request, timeout: float | None) -> Response:
            release.wait(PATIENCE)
            if timeout:
                raise KeyError("late")
            return Response(200)

    async def main() -> None:
        for timeout in (None, 1.0):
            task = asyncio.create_task(Threaded(Late()).send(REQUEST, timeout))
            await asyncio.sleep(0)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
        faults: list[dict[str, object]] = []
        asyncio.get_running_loop().set_exception_handler(lambda _, context: faults.append(context))
        release.set()
        for thread in threading.enumerate():
            if thread.name == "arazzo-request":
                await asyncio.to_thread(thread.join, PATIENCE)
        await asyncio.sleep(0)
        assert faults == []

    asyncio.run(main())
