"""An event loop in a thread of its own, for callers that have none."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from threading import Thread


class LoopThread:
    """Runs an event loop in a thread until it is closed. The thread ends with the process at the latest."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._run, name="arazzo-runs", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        try:
            self.loop.run_forever()
        finally:
            self.loop.close()

    def soon(self, act: Callable[[], object]) -> None:
        """Do something in the loop, and do not wait for it."""
        self.loop.call_soon_threadsafe(act)

    def wait_for(self, work: Callable[[], Awaitable[None]]) -> None:
        """Do work in the loop, and wait until it is done."""
        asyncio.run_coroutine_threadsafe(_awaited(work), self.loop).result()

    def close(self, last: Callable[[], Awaitable[None]] | None = None) -> None:
        """Cancel what goes on, do a last work, and end the thread; calling it again does nothing."""
        if self.loop.is_closed():
            return
        self.wait_for(lambda: _wound_up(last))
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _wound_up(last: Callable[[], Awaitable[None]] | None) -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    await ended(others)
    if last is not None:
        await last()
    await asyncio.get_running_loop().shutdown_asyncgens()


async def ended(tasks: set[asyncio.Task[object]]) -> None:
    """Cancel tasks, and wait until they have ended, whatever comes of them."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
