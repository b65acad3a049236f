"""A run that is killed at any moment is gone on with: nothing unsafe is done twice, and nothing is lost.

Each run is a process of its own, a fork of this one, killed with SIGKILL after a random time. The server is another
process, and counts.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.resuming import resume
from arazzo_runner.api.running import EventStream
from arazzo_runner.errors import Unanswered, UsageError
from arazzo_runner.journal import read

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system has no forks")

STEPS = 50
ENDED, ASKED, FAILED = 0, 3, 9

API = {
    "openapi": "3.1.0",
    "info": {"title": "Work", "version": "1"},
    "paths": {
        "/work/{number}": {
            method: {
                "operationId": f"{method}Work",
                "parameters": [
                    {"name": "number", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {"name": "before", "in": "query", "schema": {"type": "string"}},
                ],
                "responses": {"200": {"description": "done"}, "503": {"description": "not yet"}},
            }
            for method in ("get", "post")
        }
    },
}


def _step(number: int) -> dict[str, Any]:
    before = f"$steps.s{number - 1}.outputs.value" if number else "$inputs.token"
    return {
        "stepId": f"s{number}",
        "operationId": "postWork" if number % 2 == 0 else "getWork",
        "parameters": [
            {"name": "number", "in": "path", "value": number},
            {"name": "before", "in": "query", "value": before},
        ],
        "successCriteria": [{"condition": "$statusCode == 200"}],
        "onFailure": [{"name": "again", "type": "retry", "retryAfter": 0, "retryLimit": 2}],
        "outputs": {"value": "$response.body#/value"},
    }


WORKFLOW = {
    "arazzo": "1.0.1",
    "info": {"title": "Fifty steps", "version": "1"},
    "sourceDescriptions": [{"name": "api", "url": "api.json", "type": "openapi"}],
    "workflows": [
        {
            "workflowId": "fifty",
            "inputs": {"type": "object", "properties": {"token": {"type": "string", "format": "password"}}},
            "steps": [_step(number) for number in range(STEPS)],
            "outputs": {"value": f"$steps.s{STEPS - 1}.outputs.value"},
        }
    ],
}
EXPECTED = {str(number): 2 if number % 10 == 0 else 1 for number in range(0, STEPS, 2)}


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, str(Path(__file__).with_name("ledger.py"))], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        process.kill()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "api.json").write_text(json.dumps(API))
    (tmp_path / "flow.json").write_text(json.dumps(WORKFLOW))
    return tmp_path


def _options(server: str, keys: bool) -> Options:
    return Options(servers={"": server}, idempotency_keys=keys)


def _run(folder: Path, server: str, journal: Path, keys: bool) -> None:
    prepared = prepare(load(folder / "flow.json"), None, _options(server, keys))
    with EventStream(prepared, {"token": "a-secret-of-the-run"}, journal=journal) as stream:
        assert stream.result.succeeded


def _go_on(journal: Path) -> None:
    with resume(read(journal)) as stream:
        assert stream.result.succeeded


def _process(work: Callable[[], None]) -> int:
    """Begin a process that does the work; its exit code says how it ended."""
    process = os.fork()
    if process:
        return process
    code = FAILED
    try:
        work()
        code = ENDED
    except Unanswered:
        code = ASKED
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


def _killed(process: int, after: float) -> int | None:
    """Kill a process after some seconds; return its exit code where it ended before."""
    ends = time.monotonic() + after
    while time.monotonic() < ends:
        found, status = os.waitpid(process, os.WNOHANG)
        if found:
            return os.waitstatus_to_exitcode(status)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    return None


def _ledger(server: str, method: str = "GET") -> dict[str, int]:
    with urlopen(Request(f"{server}/ledger", method=method)) as answer:
        found: dict[str, int] = json.load(answer)
        return found


def _broken_run(folder: Path, server: str, journal: Path, chance: random.Random, longest: float, keys: bool) -> int:
    """Run, kill, and go on until the run has ended or asks; return how it ended, and how often it was killed."""
    _ledger(server, "DELETE")
    ended = _killed(_process(lambda: _run(folder, server, journal, keys)), chance.uniform(0, longest))
    while ended is None:
        if not journal.exists() or not journal.stat().st_size:
            return ENDED  # it was killed before it had begun
        try:
            if read(journal).result is not None:
                return ENDED  # it was killed when it had ended
        except UsageError:
            assert not _ledger(server), "nothing is sent before the head of the journal stands"
            return ENDED
        ended = _killed(_process(lambda: _go_on(journal)), chance.uniform(0, 2 * longest))
    return ended


def _unbroken(folder: Path, server: str, keys: bool) -> tuple[dict[str, Any], float]:
    _ledger(server, "DELETE")
    began = time.monotonic()
    process = _process(lambda: _run(folder, server, folder / "whole.ndjson", keys))
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == ENDED
    assert _ledger(server) == EXPECTED
    result = read(folder / "whole.ndjson").result
    assert result is not None
    return dict(result.outputs), time.monotonic() - began


def _kills(folder: Path, server: str, seed: int, times: int, keys: bool) -> dict[int, int]:
    """Break runs at random moments, see what the server counted, and return how many ended in which way."""
    chance = random.Random(seed)
    outputs, longest = _unbroken(folder, server, keys)
    ends = {ENDED: 0, ASKED: 0}
    for number in range(times):
        journal = folder / f"{number}.ndjson"
        ended = _broken_run(folder, server, journal, chance, longest, keys)
        assert ended in ends, f"seed {seed}, kill {number}: the run ended with {ended}"
        ends[ended] += 1
        counted = _ledger(server)
        twice = {step: count for step, count in counted.items() if count > EXPECTED[step]}
        assert not twice, f"seed {seed}, kill {number}: done more often than it should be: {twice}"
        if ended == ASKED:
            _see_question(journal)
        elif counted:
            found = read(journal).result
            assert found is not None
            assert dict(found.outputs) == outputs, f"seed {seed}, kill {number}"
            assert counted == EXPECTED, f"seed {seed}, kill {number}"
        assert b"a-secret-of-the-run" not in (journal.read_bytes() if journal.exists() else b"")
    return ends


def _see_question(journal: Path) -> None:
    """See that a run that asks has a reason to: its last request is unsafe, and its answer is unknown."""
    last = [entry for entry in read(journal).entries if entry.intent.request is not None][-1]
    assert last.outcome is None
    assert last.intent.request is not None
    assert last.intent.request.method == "POST"


@pytest.mark.parametrize("keys", [False, True])
def test_killed_runs_are_gone_on_with(folder: Path, server: str, keys: bool) -> None:
    ends = _kills(folder, server, seed=7, times=6, keys=keys)
    assert sum(ends.values()) == 6


@pytest.mark.long
@pytest.mark.parametrize("keys", [False, True])
def test_two_hundred_kills(folder: Path, server: str, keys: bool) -> None:
    ends = _kills(folder, server, seed=200, times=200, keys=keys)
    assert ends[ENDED] > 50
    assert bool(ends[ASKED]) is not keys, "with keys nothing is unknown; without, some kills fall into a request"
