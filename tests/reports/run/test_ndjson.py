from __future__ import annotations

import io
import json
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from arazzo_runner.engine.events import Event, RunEnded
from arazzo_runner.engine.result import Status
from arazzo_runner.journal.codec import decode
from arazzo_runner.reports.run.ndjson import NdjsonReporter
from arazzo_runner.reports.run.progress import INTERRUPTED
from tests.canaries import spelled
from tests.reports.run.event_schema import PLACE, schema
from tests.reports.run.snapshots import KEPT, snapshot, written
from tests.reports.run.tape import CHECKOUT, RUNS

EVENT: Any = Event
SCHEMA = Draft202012Validator(json.loads(PLACE.read_text("utf-8")))


def test_the_schema_is_that_of_the_events() -> None:
    Draft202012Validator.check_schema(schema())
    assert json.loads(PLACE.read_text("utf-8")) == schema(), "python -m tests.reports.run.event_schema writes it anew"


@pytest.mark.parametrize("name", RUNS)
def test_the_schema_describes_every_tape_and_every_event_comes_back(name: str) -> None:
    lines = written("ndjson", name).splitlines()
    for line, stamped in zip(lines, RUNS[name], strict=False):
        data = json.loads(line, parse_constant=pytest.fail)
        SCHEMA.validate(data)
        assert spelled(decode(EVENT, data["event"])) == spelled(
            stamped.event
        )  # a number that is none equals not itself
        assert (data["wall"], data["monotonic"]) == (stamped.clock.wall, stamped.clock.monotonic)


def test_the_tape_has_every_kind_of_event() -> None:
    assert {type(stamped.event) for stamped in CHECKOUT} == set(get_args(Event))


@pytest.mark.parametrize("name", KEPT)
def test_the_snapshot(name: str) -> None:
    assert written("ndjson", name) == snapshot("ndjson", name)


def test_each_event_is_written_when_it_happens() -> None:
    stream = io.StringIO()
    reporter = NdjsonReporter(stream)
    for number, stamped in enumerate(CHECKOUT, 1):
        reporter.on(stamped)
        assert stream.getvalue().count("\n") == number
    reporter.close()
    assert stream.getvalue().count("\n") == len(CHECKOUT)


def test_a_run_that_was_broken_off_ends_all_the_same() -> None:
    *_, last = map(json.loads, written("ndjson", "cut off").splitlines())
    event = decode(EVENT, last["event"])
    assert isinstance(event, RunEnded)
    assert event.result.status is Status.STOPPED
    assert event.result.reason.startswith(INTERRUPTED)


@pytest.mark.parametrize("change", [{"more": 1}, {"schemaVersion": "2"}, {"event": {"is": "nothing"}}, {"wall": None}])
def test_the_schema_refuses_what_is_no_line(change: dict[str, object]) -> None:
    line = json.loads(written("ndjson", "success").splitlines()[0])
    assert SCHEMA.is_valid(line)
    assert not SCHEMA.is_valid(line | change)
