from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from arazzo_runner import Options
from arazzo_runner.api.calling import arun, prepared_of, run, stream
from arazzo_runner.api.loading import load
from arazzo_runner.engine.events import RunEnded
from arazzo_runner.errors import UsageError

MOCKED = Options(mock=True)


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    (tmp_path / "api.yml").write_text(
        "{openapi: 3.1.0, info: {title: T, version: '1'}, paths: {/x: {get: {operationId: x, responses: {}}}}}"
    )
    (tmp_path / "flow.yml").write_text(
        "{arazzo: 1.0.1, info: {title: T, version: '1'}, sourceDescriptions: [{name: api, url: api.yml}], "
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]}"
    )
    return tmp_path / "flow.yml"


def test_a_path_a_description_and_what_is_prepared_can_be_run(flow: Path) -> None:
    prepared = prepared_of(flow, None, MOCKED)
    for document in (flow, str(flow), load(flow), prepared):
        assert run(document, options=MOCKED).succeeded
    assert prepared_of(prepared, None, None) is prepared


def test_an_event_loop_runs_it_too(flow: Path) -> None:
    assert asyncio.run(arun(flow, options=MOCKED)).succeeded


def test_its_events_can_be_read_one_by_one(flow: Path) -> None:
    with stream(flow, options=MOCKED) as events:
        assert isinstance([each.event for each in events][-1], RunEnded)
        assert events.result.succeeded


def test_what_is_not_there_is_refused(flow: Path) -> None:
    with pytest.raises(UsageError, match="there is no workflow 'v'"):
        run(flow, "v")
