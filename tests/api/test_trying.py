"""One document in this process."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, Prepared, load
from arazzo_runner.api.checking import gathered
from arazzo_runner.api.running import OnEvent
from arazzo_runner.api.trying import SameForAll, chosen, read, try_document, unnamed
from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.engine.events import RunEnded, Stamped
from arazzo_runner.sources.registry import Registry
from tests.api.trial_documents import FAILING, GOOD, HEAD, written

MOCKED = Options(mock=True)


def test_sources_are_read_once_for_all_workflows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    description = load(written(tmp_path, failing=FAILING)["failing"])
    times: list[object] = []

    def counted(*given: Any) -> Registry:
        times.append(given)
        return gathered(*given)

    monkeypatch.setattr("arazzo_runner.api.trying.gathered", counted)
    assert len(list(try_document(description, SameForAll(MOCKED)))) == 7
    assert len(times) == 1


def test_each_workflow_is_told_before_it_begins(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    begun: list[str] = []
    made = list(try_document(description, SameForAll(MOCKED), begun.append, passed_over={"first"}))
    assert (begun, [trial.workflow for trial in made]) == (["second"], ["second"])
    assert made[0].seconds > 0


def test_the_events_can_be_watched(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    ended: list[tuple[str, bool]] = []

    def watch(prepared: Prepared) -> OnEvent:
        def on(stamped: Stamped) -> None:
            if isinstance(stamped.event, RunEnded):
                ended.append((prepared.program.entry.workflow_id, stamped.event.result.succeeded))

        return on

    list(try_document(description, SameForAll(MOCKED), watch=watch))
    assert ended == [("first", True), ("second", True)]


def test_only_what_is_wanted_is_chosen(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    assert chosen(description, SameForAll(MOCKED)) == ["first", "second"]
    assert chosen(description, SameForAll(MOCKED, workflows=("second", "other"))) == ["second"]


def test_inputs_that_do_not_fit_are_told(tmp_path: Path) -> None:
    description = load(written(tmp_path, good=GOOD)["good"])
    first, second = try_document(description, SameForAll(MOCKED, {"size": "many", "other": 1}))
    assert (first.reason, second.reason) == (Reason.INPUTS, None)
    assert first.inputs == frozenset({"size"})
    assert second.fingerprint


UNASKED = (
    HEAD
    + """\
- workflowId: w
  steps:
  - stepId: s
    operationId: find
    onFailure: [{name: on, type: goto, stepId: t}]
  - {stepId: e, operationId: find, onSuccess: [{name: over, type: end}]}
  - {stepId: t, operationId: find, successCriteria: [{condition: "$statusCode == 200 && $response.body#/kind == 'c'"}]}
"""
)


def test_a_walk_tells_what_failed_unasked_and_in_which_run(tmp_path: Path) -> None:
    description = load(written(tmp_path, unasked=UNASKED)["unasked"])
    (main,) = try_document(description, SameForAll(MOCKED))
    (walked,) = try_document(description, SameForAll(MOCKED, walks=True))
    assert main.succeeded
    assert not walked.succeeded
    failure = walked.failures[0]
    assert (failure.reason, failure.step) == (Reason.SCHEMA, ("t",))
    assert failure.run > 1
    assert "s.on" in failure.wishes
    assert [one.wish for one in walked.unwalked] == ["t=success"]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    told = read(str(tmp_path / "none.yml"), SameForAll(MOCKED))
    assert isinstance(told, str)
    assert "there is no such file" in told


@pytest.mark.parametrize(
    ("text", "failures"),
    [(GOOD, 0), ("arazzo: 1.0.1", 1), (HEAD + "- {steps: [{stepId: s, operationId: find}]}\n", 1)],
)
def test_a_workflow_that_can_not_be_named_is_told(tmp_path: Path, text: str, failures: int) -> None:
    assert len(unnamed(load(written(tmp_path, one=text)["one"]))[:1]) == failures


STRAYING = (
    HEAD
    + """\
- workflowId: w
  inputs: {type: object, properties: {size: {type: string, pattern: "^[a-z]+$"}}, required: [size]}
  steps: [{stepId: s, operationId: find, parameters: [{name: size, in: query, value: $inputs.size}]}]
"""
)


@pytest.mark.parametrize(("level", "succeeds"), [(None, True), ("fail", False)])
def test_what_does_not_fit_the_description_is_counted(tmp_path: Path, level: str | None, succeeds: bool) -> None:
    description = load(written(tmp_path, one=STRAYING)["one"])
    (trial,) = try_document(description, SameForAll(replace(MOCKED, check_level=level)))
    assert trial.succeeded is succeeds
    assert len(trial.breaches) == 1
    assert "the query parameter 'size'" in trial.breaches[0]
