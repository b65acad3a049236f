"""`arazzo run` of the reference workflow, whole process, against a program by hand that sends the same requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from benchmarks.answering import answering
from benchmarks.process import act
from benchmarks.row import Contest, Row, Size
from benchmarks.rows.validate_reference import FLOW

INPUTS: Final = {"accessToken": "header.payload.signature", "hub": "chat", "userId": "u1", "message": "hello"}

_BY_HAND: Final = """
import sys
import httpx2
url, token, hub, user, message = sys.argv[1:]
authorization, version = {"Authorization": f"Bearer {token}"}, {"api-version": "2024-01-01"}
with httpx2.Client() as client:
    query = {**version, "userId": user, "minutesToExpire": "60"}
    minted = client.post(f"{url}/api/hubs/{hub}/:generateToken", params=query, headers=authorization)
    assert minted.status_code == 200
    assert minted.json()["token"]
    headers = {**authorization, "Content-Type": "text/plain"}
    sent = client.post(f"{url}/api/hubs/{hub}/:send", params=version, headers=headers, content=message)
    assert sent.status_code == 202
"""


def command(url: str) -> tuple[str, ...]:
    """Return the arguments of Python for the run."""
    given = (word for name, value in INPUTS.items() for word in ("-i", f"{name}={value}"))
    return ("-m", "arazzo_runner", "run", str(FLOW), "--server", url, "--no-config", *given)


@contextmanager
def _open(size: Size) -> Iterator[Contest]:
    repeat = 3 if size is Size.FULL else 1
    with answering() as url:
        yield Contest(act(*command(url)), act("-c", _BY_HAND, url, *INPUTS.values()), repeat)


ROW: Final = Row(
    "run-reference",
    "`arazzo run` of the reference workflow, whole process",
    "a program by hand with sync httpx2 that sends the same two requests, whole process",
    1.6,
    _open,
    "as `validate-reference`; the rest is the client library, which both load",
)
