"""Steps that each ask with what the one before was answered, checks off, against a loop by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import httpx2

from arazzo_runner import Options, load, prepare
from arazzo_runner.api import execute
from benchmarks import large
from benchmarks.answering import answering
from benchmarks.row import Contest, Row, Size

STEPS: Final = 200


def by_hand(client: httpx2.Client, url: str, steps: int) -> None:
    """Send what the steps send."""
    value = "1"
    for _ in range(steps):
        answer = client.get(f"{url}{large.path_of(0).format(id=value)}")
        assert answer.status_code == 200
        value = json.loads(answer.content)["next"]
    assert value == str(steps + 1)


def opening(check: str) -> Callable[[Size], AbstractContextManager[Contest]]:
    """Return what opens the contest; `check` says what is checked against the API description."""

    @contextmanager
    def opened(size: Size) -> Iterator[Contest]:
        steps = STEPS if size is Size.FULL else 2
        with TemporaryDirectory() as folder, answering() as url, httpx2.Client() as client:
            flow = load(large.write(Path(folder), steps, 1))
            prepared = prepare(flow, options=Options(servers={"": url}, check=check))

            def run() -> None:
                assert execute(prepared, {"first": "1"}, transport=client).outputs == {"last": str(steps + 1)}

            yield Contest(run, lambda: by_hand(client, url, steps), 5 if size is Size.FULL else 1)

    return opened


ROW: Final = Row(
    "steps",
    f"{STEPS} chained GETs, in process, checks off",
    "a loop by hand with sync httpx2",
    1.3,
    opening("none"),
    "a step builds its request by the API description, judges the answer by its criteria, names outputs and keeps a "
    "record: some 600 calls of functions (`tests/engine/test_budget.py` counts them). To halve that, what is the same "
    "for each request of an operation would have to be made once, when the program is compiled",
)
