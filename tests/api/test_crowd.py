"""Order and back-pressure, with runs whose ends the test decides."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import aclosing
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.api.crowd import Crowd, LoopCrowd
from arazzo_runner.api.loop_thread import LoopThread
from arazzo_runner.api.pace import Pace
from arazzo_runner.api.rows import Row, RowDone
from arazzo_runner.errors import UsageError


async def at_once(number: int, row: Row) -> RowDone:
    return RowDone(number, None)


async def after_turns(number: int, row: Row) -> RowDone:
    """End after as many turns of the loop as the row says."""
    for _ in range(int(str(row["turns"]))):
        await asyncio.sleep(0)
    return RowDone(number, None)


async def never(number: int, row: Row) -> RowDone:
    await asyncio.Event().wait()
    raise AssertionError("it was waited for")


def crowd(perform: Any, most: int) -> LoopCrowd:
    return LoopCrowd(perform, most, Pace(None))


async def numbers(found: LoopCrowd, rows: Any) -> list[int]:
    async with aclosing(found.results(rows)) as results:
        return [each.number async for each in results]


@given(st.lists(st.integers(0, 9), max_size=30), st.integers(1, 8))
def test_each_row_comes_once_whatever_ends_first(turns: list[int], most: int) -> None:
    async def go() -> list[int]:
        return await numbers(crowd(after_turns, most), [{"turns": each} for each in turns])

    found = asyncio.run(go())
    assert sorted(found) == list(range(1, len(turns) + 1))
    if most == 1:
        assert found == sorted(found)


def test_what_ends_first_comes_first() -> None:
    async def go() -> list[int]:
        return await numbers(crowd(after_turns, 3), [{"turns": 9}, {"turns": 5}, {"turns": 1}])

    assert asyncio.run(go()) == [3, 2, 1]


@given(st.integers(1, 6), st.integers(0, 12))
def test_no_more_rows_are_taken_than_there_are_places(most: int, read: int) -> None:
    taken = [0]

    def endless() -> Iterator[Row]:
        while True:
            taken[0] += 1
            yield {}

    async def go() -> None:
        async with aclosing(crowd(at_once, most).results(endless())) as results:
            for _ in range(read):
                await anext(results)
                for _ in range(5):
                    await asyncio.sleep(0)
                assert taken[0] - read <= most

    asyncio.run(go())
    assert taken[0] <= read + most


def test_rows_that_come_later_do_not_hold_up_what_has_ended() -> None:
    async def go() -> list[int]:
        more = asyncio.Event()

        async def rows() -> AsyncIterator[Row]:
            yield {}
            await more.wait()
            yield {}

        found = []
        async with aclosing(crowd(at_once, 5).results(rows())) as results:
            async for each in results:
                found.append(each.number)
                more.set()
        return found

    assert asyncio.run(go()) == [1, 2]


def test_a_fault_of_the_rows_comes_out_after_the_runs_that_have_begun() -> None:
    def rows() -> Iterator[Row]:
        yield {"turns": 4}
        yield {"turns": 1}
        raise LookupError("the rows end here")

    async def go() -> list[int]:
        results = crowd(after_turns, 5).results(rows())
        found = [(await anext(results)).number for _ in range(2)]
        with pytest.raises(LookupError, match="end here"):
            await anext(results)
        return found

    assert asyncio.run(go()) == [2, 1]


def test_leaving_early_ends_the_runs_and_closes_the_rows() -> None:
    ended: list[str] = []

    def rows() -> Iterator[Row]:
        try:
            yield from itertools.repeat({})
        finally:
            ended.append("rows")

    async def perform(number: int, row: Row) -> RowDone:
        if number == 1:
            return RowDone(1, None)
        try:
            return await never(number, row)
        finally:
            ended.append(str(number))

    async def go() -> int:
        async with aclosing(crowd(perform, 3).results(rows())) as results:
            await anext(results)
            await asyncio.sleep(0)
        return len(asyncio.all_tasks())

    assert asyncio.run(go()) == 1
    assert sorted(ended)[-1] == "rows"
    assert len(ended) >= 2


def test_a_fault_of_a_run_ends_all() -> None:
    async def perform(number: int, row: Row) -> RowDone:
        if number == 2:
            raise ZeroDivisionError
        return await never(number, row)

    async def go() -> int:
        with pytest.raises(ZeroDivisionError):
            await numbers(crowd(perform, 4), [{}] * 4)
        return len(asyncio.all_tasks())

    assert asyncio.run(go()) == 1


def test_cancelling_yields_what_has_ended_and_no_more() -> None:
    async def perform(number: int, row: Row) -> RowDone:
        return await (at_once if number <= 2 else never)(number, row)

    async def go() -> list[int]:
        found, many = [], crowd(perform, 4)
        async for each in many.results(itertools.repeat({})):
            found.append(each.number)
            many.cancel()
        return found

    assert asyncio.run(go()) == [1, 2]


# ---------------------------------------------------------------- from another thread


@pytest.fixture
def thread() -> Iterator[LoopThread]:
    made = LoopThread()
    yield made
    made.close()


@given(st.lists(st.integers(0, 9), max_size=20), st.integers(1, 5))
def test_each_row_comes_once_to_another_thread(turns: list[int], most: int) -> None:
    loop = LoopThread()
    results = Crowd(loop, after_turns, most, Pace(None)).results({"turns": each} for each in turns)
    found = [each.number for each in results]
    loop.close()
    assert sorted(found) == list(range(1, len(turns) + 1))


def test_rows_are_taken_in_the_thread_that_asks_and_never_too_many(thread: LoopThread) -> None:
    taken: list[int] = []

    def rows() -> Iterator[Row]:
        while True:
            taken.append(threading.get_ident())
            yield {}

    results = Crowd(thread, at_once, 4, Pace(None)).results(rows())
    for read in range(1, 20):
        next(results)
        assert len(taken) <= read + 4 - 1
    results.close()
    assert set(taken) == {threading.get_ident()}


def test_a_fault_of_the_rows_reaches_the_other_thread_last(thread: LoopThread) -> None:
    def rows() -> Iterator[Row]:
        yield {}
        yield {}
        raise LookupError

    results = Crowd(thread, at_once, 4, Pace(None)).results(rows())
    assert sorted(next(results).number for _ in range(2)) == [1, 2]
    with pytest.raises(LookupError):
        next(results)


def test_leaving_early_ends_the_runs_of_the_other_thread(thread: LoopThread) -> None:
    left: list[int] = []

    async def perform(number: int, row: Row) -> RowDone:
        return await (at_once if number == 1 else never)(number, row)

    async def count() -> None:
        left.append(len(asyncio.all_tasks()))

    results = Crowd(thread, perform, 3, Pace(None)).results(itertools.repeat({}))
    assert next(results).number == 1
    results.close()
    thread.wait_for(count)
    assert left == [1]


def test_cancelling_from_another_thread_ends_the_wait(thread: LoopThread) -> None:
    many = Crowd(thread, never, 3, Pace(None))
    timer = threading.Timer(0, many.cancel)
    timer.start()
    assert list(many.results(itertools.repeat({}))) == []
    timer.join()


def test_a_thread_that_was_closed_is_no_silent_end() -> None:
    loop = LoopThread()
    results = Crowd(loop, at_once, 1, Pace(None)).results(itertools.repeat({}))
    next(results)
    loop.close()
    with pytest.raises(UsageError, match="the runner was closed"):
        next(results)


def test_a_rate_does_not_hold_up_what_has_ended(thread: LoopThread) -> None:
    now = [0.0]
    results = Crowd(thread, at_once, 9, Pace(0.001, lambda: now[0])).results(itertools.repeat({}))
    assert next(results).number == 1
    results.close()
