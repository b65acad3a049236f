"""Many runs of the reference workflow, fifty at once, against a program by hand that sends the same requests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import httpx2

from arazzo_runner import Options, Runner
from benchmarks.answering import answering
from benchmarks.row import Contest, Row, Size
from benchmarks.rows.validate_reference import FLOW

RUNS: Final = 2_000
AT_ONCE: Final = 50


def inputs(number: int) -> dict[str, str]:
    """Return a row: the inputs of one run."""
    return {"accessToken": "header.payload.signature", "hub": "chat", "userId": f"u{number}", "message": f"no {number}"}


async def _by_hand(url: str, runs: int) -> None:
    rows = map(inputs, range(runs))
    async with httpx2.AsyncClient() as client:
        await asyncio.gather(*(_turns(client, url, rows) for _ in range(AT_ONCE)))


async def _turns(client: httpx2.AsyncClient, url: str, rows: Iterator[dict[str, str]]) -> None:
    for row in rows:
        authorization = {"Authorization": f"Bearer {row['accessToken']}"}
        query = {"api-version": "2024-01-01", "userId": row["userId"], "minutesToExpire": "60"}
        minted = await client.post(f"{url}/api/hubs/{row['hub']}/:generateToken", params=query, headers=authorization)
        assert minted.status_code == 200
        assert minted.json()["token"]
        headers = {**authorization, "Content-Type": "text/plain"}
        place, version = f"{url}/api/hubs/{row['hub']}/:send", {"api-version": "2024-01-01"}
        sent = await client.post(place, params=version, headers=headers, content=row["message"])
        assert sent.status_code == 202


async def _by_runner(url: str, runs: int) -> None:
    succeeded = 0
    async with Runner(FLOW, options=Options(servers={"": url})) as runner:
        async for done in runner.amap(map(inputs, range(runs)), concurrency=AT_ONCE):
            succeeded += done.succeeded
    assert succeeded == runs


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    runs = RUNS if size is Size.FULL else 2
    with answering() as url:
        yield Contest(lambda: asyncio.run(_by_runner(url, runs)), lambda: asyncio.run(_by_hand(url, runs)))


ROW: Final = Row(
    "many-runs",
    f"{RUNS:,} runs of the reference workflow, {AT_ONCE} at once",
    f"one shared httpx2 AsyncClient, written by hand, {AT_ONCE} at once",
    1.3,
    _open,
    "each run also judges its requests and answers against the API description, and keeps a record of what was sent",
)
