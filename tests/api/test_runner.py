"""The runner over real sockets."""

from __future__ import annotations

import asyncio
import gc
import itertools
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from pathlib import Path
from typing import Any

import httpx2
import pytest

from arazzo_runner import Options, Runner, Status, arun, load
from arazzo_runner.api.pace import MAX_CONCURRENCY
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.errors import DocumentError, InputsError, LimitReached, UsageError
from tests import wire
from tests.api.documents import write
from tests.wire import Peer, Received, Wire


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write(tmp_path)


def echo(peer: Peer, received: Received) -> bool:
    """Answer with what was asked for."""
    return wire.json_answer({"target": received.target})(peer)


def target(done: Any) -> str:
    return str(done.result.outputs["body"]["target"])


async def gathered(runner: Runner, rows: Any, **others: Any) -> list[Any]:
    async with aclosing(runner.amap(rows, **others)) as results:
        return [each async for each in results]


def ids(count: int) -> Iterator[dict[str, str]]:
    return ({"id": f"n{number}"} for number in range(1, count + 1))


@pytest.mark.parametrize("way", ["map", "amap"])
def test_each_row_is_run_with_its_own_inputs(document: Path, way: str) -> None:
    async def go(options: Options) -> list[Any]:
        async with Runner(document, "one", options) as runner:
            return await gathered(runner, ids(30), concurrency=7)

    with Wire(by_request=echo) as server:
        options = Options(servers={"": server.url})
        if way == "amap":
            found = asyncio.run(go(options))
        else:
            with Runner(load(document), "one", options) as runner:
                found = list(runner.map(ids(30), concurrency=7))
        assert server.connections <= 7
    assert sorted(each.number for each in found) == list(range(1, 31))
    assert all(target(each).startswith(f"/items/n{each.number}") for each in found)
    assert all(each.succeeded and each.problem is None for each in found)


def test_one_connection_serves_one_run_after_the_other(document: Path) -> None:
    with Wire(by_request=echo) as server, Runner(document, "one", Options(servers={"": server.url})) as runner:
        for number in range(3):
            assert runner.run({"id": str(number)}).succeeded
        assert server.connections == 1
        assert all(each.succeeded for _ in range(2) for each in runner.map(ids(3), concurrency=1))
        assert server.connections == 2


def test_a_row_that_does_not_fit_fails_alone(document: Path) -> None:
    rows: list[Any] = [{"id": "a"}, {}, {"id": "b", "count": "many"}, 7, {"id": "c"}]
    with Wire(by_request=echo) as server, Runner(document, "one", Options(servers={"": server.url})) as runner:
        found = {each.number: each for each in runner.map(rows)}
        assert len(server.received) == 2
    assert [found[number].succeeded for number in range(1, 6)] == [True, False, False, False, True]
    assert all(isinstance(found[number].problem, InputsError) for number in (2, 3, 4))
    assert found[2].result is None
    with pytest.raises(InputsError, match="'id' is missing"):
        raise found[2].problem or AssertionError


def test_a_run_that_fails_or_is_stopped_is_a_result(document: Path) -> None:
    with Wire(by_request=echo) as server:
        options = Options(servers={"": server.url}, max_steps=3)
        with Runner(document, "loop", options) as runner:
            (found,) = runner.map([{}])
        with Runner(document, "one", Options(servers={"": f"http://127.0.0.1:{wire.refusing_port()}"})) as runner:
            (failed,) = runner.map([{"id": "x"}])
    assert found.result is not None
    assert found.result.status is Status.STOPPED
    assert isinstance(found.problem, LimitReached)
    assert failed.result is not None
    assert failed.result.status is Status.FAILED
    assert failed.problem is None


def test_a_connection_that_is_cut_fails_its_row_alone(document: Path) -> None:
    def some(peer: Peer, received: Received) -> bool:
        return wire.reset()(peer) if "/n2" in received.target else echo(peer, received)

    with Wire(by_request=some) as server, Runner(document, "one", Options(servers={"": server.url})) as runner:
        found = {each.number: each.succeeded for each in runner.map(ids(4), concurrency=2)}
    assert found == {1: True, 2: False, 3: True, 4: True}


def test_rows_may_be_asynchronous(document: Path) -> None:
    async def rows() -> AsyncIterator[dict[str, str]]:
        for row in ids(5):
            await asyncio.sleep(0)
            yield row

    async def go(url: str) -> list[Any]:
        async with Runner(document, "one", Options(servers={"": url})) as runner:
            first = await runner.arun({"id": "first"})
            assert first.succeeded
            return await gathered(runner, rows(), concurrency=2)

    with Wire(by_request=echo) as server:
        assert len(asyncio.run(go(server.url))) == 5


def test_many_more_rows_than_places_leave_nothing_behind(document: Path) -> None:
    before = threading.active_count()
    with Wire(by_request=echo) as server:
        with Runner(document, "one", Options(servers={"": server.url})) as runner:
            results = runner.map(itertools.cycle(ids(3)), concurrency=4)
            for _ in range(12):
                next(results)
            results.close()
            assert sum(each.succeeded for each in runner.map(ids(2))) == 2
        server.wait_closed(server.connections)
    gc.collect()
    assert threading.active_count() <= before


def test_a_mocked_workflow_runs_row_by_row(document: Path) -> None:
    async def go() -> list[int]:
        async with Runner(document, "one", Options(mock=True)) as runner:
            return [each.number for each in await gathered(runner, ids(3), concurrency=3) if each.succeeded]

    with Runner(document, "one", Options(mock=True)) as runner:
        found = list(runner.map([*ids(2), {"id": 3}]))
        assert runner.run({"id": "a"}).succeeded
    assert [(each.number, each.succeeded) for each in found] == [(1, True), (2, True), (3, False)]
    assert sorted(asyncio.run(go())) == [1, 2, 3]


class Recorded:
    """A transport of the caller's own."""

    def send(self, request: Request, timeout: float | None) -> Response:
        return Response(200, (("Content-Type", "application/json"),), b'{"a": 1}')


def test_a_transport_of_the_callers_own_is_used(document: Path) -> None:
    with Runner(document, "one", transport=Recorded()) as runner:
        assert [each.succeeded for each in runner.map(ids(3))] == [True] * 3
        assert runner.run({"id": "a"}).outputs == {"body": {"a": 1}}


def test_an_asynchronous_client_is_for_the_loop_it_lives_in(document: Path) -> None:
    async def go(url: str) -> list[Any]:
        async with httpx2.AsyncClient() as client:
            async with Runner(document, "one", Options(servers={"": url}), transport=client) as runner:
                with pytest.raises(UsageError, match="call amap"):
                    runner.map(ids(1))
                found = await gathered(runner, ids(3))
            assert not client.is_closed
            return found

    with Wire(by_request=echo) as server:
        assert all(each.succeeded for each in asyncio.run(go(server.url)))


def test_cookies_stay_with_their_run(document: Path) -> None:
    with Wire(wire.json_answer({}, 200, ("Set-Cookie", "sid=1"))) as server:
        options = Options(servers={"": server.url}, cookies=True)
        with Runner(document, "three", options) as runner:
            assert all(each.succeeded for each in runner.map([{}, {}], concurrency=1))
    assert [bool(each.values("cookie")) for each in server.received] == [False, True, True] * 2


def test_each_run_has_keys_of_its_own(project: Path) -> None:
    reference = project / "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
    row = {"accessToken": "tok-aaaa", "hub": "h", "message": "m"}

    async def go() -> None:
        async with Runner(reference, options=options) as runner:
            await runner.arun(row)
        await arun(reference, inputs=row, options=options)

    with Wire(wire.json_answer({"token": "t"})) as server:
        options = Options(servers={"": server.url}, idempotency_keys=True)
        with Runner(reference, options=options) as runner:
            list(runner.map([row] * 3))
            runner.run(row)
        asyncio.run(go())
    keys = [key for each in server.received for key in each.values("idempotency-key")]
    assert len(keys) == len(server.received) == len(set(keys)) == 12


@pytest.mark.parametrize("concurrency", [0, -1, 1.5, True, MAX_CONCURRENCY + 1, "2"])
def test_a_concurrency_that_can_not_be_is_refused(document: Path, concurrency: Any) -> None:
    with Runner(document, "one") as runner, pytest.raises(UsageError, match="at the same time"):
        runner.map([], concurrency=concurrency)


def test_a_closed_runner_runs_nothing(document: Path) -> None:
    runner = Runner(document, "one", Options(mock=True))
    runner.close()
    runner.close()
    for act in (lambda: runner.run({"id": "a"}), lambda: runner.map([]), lambda: runner.amap([])):
        with pytest.raises(UsageError, match="closed"):
            act()


def test_a_document_that_can_not_run_is_told_before_anything(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        Runner(write(tmp_path, openapi=None), "one")


@pytest.mark.parametrize("way", ["map", "amap"])
def test_cancelling_ends_the_runs_that_hang(document: Path, way: str) -> None:
    def some(peer: Peer, received: Received) -> bool:
        return echo(peer, received) if "/n1" in received.target else wire.hang()(peer)

    async def go(options: Options) -> list[int]:
        async with Runner(document, "one", options) as runner:
            found = []
            async for each in runner.amap(ids(5), concurrency=3):
                found.append(each.number)
                runner.cancel()
            return found

    with Wire(by_request=some) as server:
        options = Options(servers={"": server.url})
        if way == "amap":
            assert asyncio.run(go(options)) == [1]
            return
        with Runner(document, "one", options) as runner:
            found = []
            for each in runner.map(ids(5), concurrency=3):
                found.append(each.number)
                runner.cancel()
        assert found == [1]
