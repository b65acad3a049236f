import asyncio
import threading
from collections.abc import Iterator

import pytest

from arazzo_runner.cli.each.read_ahead import AHEAD, ReadAhead
from arazzo_runner.cli.each.records import Record
from arazzo_runner.errors import UsageError


def test_rows_come_in_their_order_and_no_more_than_a_few_are_read_ahead() -> None:
    read = [0]

    def records() -> Iterator[Record]:
        for number in range(1, 200):
            read[0] += 1
            yield Record(number)

    async def go() -> list[int]:
        ahead, stop, found = ReadAhead(records()), asyncio.Event(), []
        while (record := await ahead.next(stop)) is not None:
            found.append(record.line)
            assert read[0] <= len(found) + AHEAD + 1
        return found

    assert asyncio.run(go()) == list(range(1, 200))


def test_a_fault_comes_after_the_rows_before_it() -> None:
    def records() -> Iterator[Record]:
        yield Record(1)
        raise UsageError("no more")

    async def go() -> None:
        ahead, stop = ReadAhead(records()), asyncio.Event()
        assert (await ahead.next(stop)) == Record(1)
        with pytest.raises(UsageError, match="no more"):
            await ahead.next(stop)

    asyncio.run(go())


def test_nobody_waits_for_a_silent_pipe_once_it_is_time_to_stop() -> None:
    silent = threading.Event()

    def records() -> Iterator[Record]:
        silent.wait(10)
        yield Record(1)

    async def go() -> Record | None:
        ahead, stop = ReadAhead(records()), asyncio.Event()
        asyncio.get_running_loop().call_soon(stop.set)
        return await ahead.next(stop)

    assert asyncio.run(go()) is None
    silent.set()
