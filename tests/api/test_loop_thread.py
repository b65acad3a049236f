import asyncio
import threading

import pytest

from arazzo_runner.api.loop_thread import LoopThread, ended


def test_work_is_done_in_the_thread_and_waited_for() -> None:
    thread = LoopThread()
    seen: list[int] = []

    async def work() -> None:
        await asyncio.sleep(0)
        seen.append(threading.get_ident())

    thread.wait_for(work)
    thread.close()
    assert seen
    assert seen[0] != threading.get_ident()


def test_closing_ends_what_goes_on_and_does_a_last_work() -> None:
    thread = LoopThread()
    done: list[str] = []
    begun = threading.Event()

    async def endless() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            done.append("ended")

    async def last() -> None:
        done.append("last")

    tasks: list[asyncio.Task[None]] = []
    thread.soon(lambda: tasks.append(thread.loop.create_task(endless())))
    assert begun.wait(10)
    thread.close(last)
    thread.close(last)
    assert done == ["ended", "last"]
    assert thread.loop.is_closed()
    assert not [each for each in threading.enumerate() if each.name == "arazzo-runs"]


def test_what_work_raises_comes_out() -> None:
    thread = LoopThread()

    async def work() -> None:
        raise LookupError("gone")

    with pytest.raises(LookupError, match="gone"):
        thread.wait_for(work)
    thread.close()


def test_tasks_are_ended_whatever_comes_of_them() -> None:
    async def go() -> list[bool]:
        async def fails() -> object:
            try:
                await asyncio.Event().wait()
            finally:
                raise ValueError

        tasks = {asyncio.ensure_future(fails()) for _ in range(2)}
        await asyncio.sleep(0)
        await ended(tasks)
        return [task.done() for task in tasks]

    assert asyncio.run(go()) == [True, True]
