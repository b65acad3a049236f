"""Rows that have to be waited for, taken in a thread: a pipe may be silent for long while runs end."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import BoundedSemaphore, Thread
from typing import Final

from arazzo_runner.cli.each.records import Record

AHEAD: Final = 20
"""Rows that are read before they are asked for."""


class ReadAhead:
    """Reads rows for the running event loop. The thread ends with the process, if nothing comes any more."""

    def __init__(self, records: Iterator[Record]) -> None:
        self._records = records
        self._loop = asyncio.get_running_loop()
        self._read: asyncio.Queue[Record | Exception | None] = asyncio.Queue()
        self._places = BoundedSemaphore(AHEAD)
        Thread(target=self._run, name="arazzo-rows", daemon=True).start()

    async def next(self, stop: asyncio.Event) -> Record | None:
        """Return the next row; None at their end, or when it is time to stop.

        Raises:
            Exception: what reading the row raised.
        """
        found = await self._taken(stop) if self._read.empty() else self._read.get_nowait()
        if stop.is_set():
            return None
        self._places.release()
        if isinstance(found, Exception):
            raise found
        return found

    async def _taken(self, stop: asyncio.Event) -> Record | Exception | None:
        """Wait until there is a row, or it is time to stop."""
        reading = asyncio.ensure_future(self._read.get())
        stopping = asyncio.ensure_future(stop.wait())
        try:
            await asyncio.wait((reading, stopping), return_when=asyncio.FIRST_COMPLETED)
            return reading.result() if reading.done() else None
        finally:
            stopping.cancel()
            reading.cancel()

    def _run(self) -> None:
        found: Record | Exception | None = None
        while True:
            self._places.acquire()
            try:
                found = next(self._records, None)
            except Exception as fault:
                found = fault
            try:
                self._loop.call_soon_threadsafe(self._read.put_nowait, found)
            except RuntimeError:  # the loop is closed: nobody asks any more
                return
            if not isinstance(found, Record):
                return
