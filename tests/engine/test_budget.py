"""What a step costs, in calls of functions: a count is the same on any machine, and each run of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from arazzo_runner import Options, load, prepare
from arazzo_runner.api import execute
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from benchmarks import large

ANSWER = Response(200, (("Content-Type", "application/json"),), b'{"id": "1", "next": "2"}')


class Answering:
    """Answers each request at once, the same."""

    def send(self, request: Request, timeout: float | None) -> Response:
        """Return the answer."""
        return ANSWER


def calls(act: Callable[[], object]) -> int:
    """Return how many functions are called by an act, those of C included."""
    count = 0

    def counting(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


def per_step(folder: Path, check: str, listening: bool) -> float:
    """Return how many calls one step more takes."""
    counted = []
    for steps in (20, 60):
        flow = load(large.write(folder, steps, 1))
        prepared = prepare(flow, options=Options(servers={"": "http://127.0.0.1:9"}, check=check))
        heard: list[object] = []
        on_event = heard.append if listening else None

        def run() -> None:
            assert execute(prepared, {"first": "1"}, on_event=on_event, transport=Answering()).succeeded  # noqa: B023  # called within the turn

        run()
        counted.append(calls(run))
    return (counted[1] - counted[0]) / 40


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="other versions count calls in other ways")
@pytest.mark.parametrize(
    ("check", "listening", "most"),
    [("none", False, 700), ("all", False, 800), ("none", True, 1_750)],
    ids=["alone", "checked", "listened to"],
)
def test_a_step_takes_no_more_calls_than_it_did(tmp_path: Path, check: str, listening: bool, most: int) -> None:
    assert per_step(tmp_path, check, listening) <= most
