"""The door to tests: documents in, what came of each workflow out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from arazzo_runner.api import Options
from arazzo_runner.api.testing import Gathering, Trials, run_tests
from arazzo_runner.api.workers import Begun, Broken, Done, Finished, Known, Message
from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Trial
from tests.api.trial_documents import FAILING, GOOD, written


def without_times(trials: Trials) -> Trials:
    documents = (
        replace(each, trials=tuple(replace(trial, seconds=0.0) for trial in each.trials)) for each in trials.documents
    )
    return replace(trials, documents=tuple(documents), seconds=0.0)


def test_every_workflow_is_tested_and_reported_in_order(tmp_path: Path) -> None:
    files = written(tmp_path, failing=FAILING, good=GOOD)
    seen: list[Message] = []
    trials = run_tests([files["good"], files["failing"]], jobs=2, on_message=seen.append)
    assert [document.file for document in trials.documents] == [files["good"], files["failing"]]
    assert {trial.workflow: trial.reason for trial in trials.all} == {
        "first": None,
        "second": None,
        "schema": Reason.SCHEMA,
        "itself": Reason.ITSELF,
        "loop": Reason.BUDGET,
        "never": Reason.NO_INSTANCE,
        "later": Reason.LATER,
        "refused": Reason.REFUSED,
        "fine": None,
    }
    assert [type(message) for message in seen].count(Done) == 9
    assert (trials.succeeded, trials.unreadable) == (False, 0)


def test_one_seed_gives_the_same_and_another_does_not(tmp_path: Path) -> None:
    (file,) = written(tmp_path, good=GOOD).values()
    first, again, other = (run_tests([file], Options(mock=True, seed=seed), jobs=1) for seed in (1, 1, 2))
    assert without_times(first) == without_times(again)
    assert [trial.fingerprint for trial in first.all] != [trial.fingerprint for trial in other.all]


def test_every_edge_can_be_walked(tmp_path: Path) -> None:
    (file,) = written(tmp_path, good=GOOD).values()
    main, walked = (run_tests([file], workflows=["second"], every_edge=each, jobs=1) for each in (False, True))
    assert [(trial.runs, trial.taken, trial.edges) for trial in main.all] == [(1, 1, 3)]
    assert [(trial.runs, trial.taken, trial.edges) for trial in walked.all] == [(3, 3, 3)]
    assert walked.succeeded


def test_inputs_hold_for_those_that_declare_them(tmp_path: Path) -> None:
    (file,) = written(tmp_path, good=GOOD).values()
    first, other = (run_tests([file], inputs={"size": size}, jobs=1).all for size in (3, 4))
    assert (first[0].fingerprint != other[0].fingerprint, first[1].fingerprint == other[1].fingerprint) == (True, True)
    (refused, _) = run_tests([file], inputs={"size": "many"}, jobs=1).all
    assert refused.reason is Reason.INPUTS


def test_sources_hold_for_those_that_declare_them(tmp_path: Path) -> None:
    files = written(tmp_path, good=GOOD)
    elsewhere = tmp_path / "elsewhere.yaml"
    (tmp_path / "api.yaml").rename(elsewhere)
    assert not run_tests(files.values(), jobs=1).succeeded
    options = Options(mock=True, sources={"api": str(elsewhere), "other": "x.yaml"})
    assert run_tests(files.values(), options, jobs=1).succeeded


def test_an_interrupt_keeps_what_was_done(tmp_path: Path) -> None:
    files = written(tmp_path, good=GOOD, failing=FAILING)

    def interrupt(message: Message) -> None:
        if isinstance(message, Done):
            raise KeyboardInterrupt

    trials = run_tests(files.values(), jobs=1, on_message=interrupt)
    assert trials.interrupted
    assert not trials.succeeded
    assert [len(document.trials) for document in trials.documents] == [1]


@pytest.mark.parametrize("text", ["workflows: 3", "arazzo: 1.0.1", "arazzo: 1.0.1\nworkflows: [{steps: []}]"])
def test_a_document_without_workflows_to_name_is_no_success(tmp_path: Path, text: str) -> None:
    (file,) = written(tmp_path, odd=text).values()
    trials = run_tests([file], jobs=1)
    assert not trials.succeeded
    assert [failure.reason for failure in trials.documents[0].failures][:1] == [Reason.REFUSED]
    assert trials.by_reason == {Reason.REFUSED: 1}


def test_what_comes_in_any_order_is_kept_in_that_of_the_document() -> None:
    gathering = Gathering(("a", "b"))
    broken = Failure(Reason.CRASH, "m")
    for message in (
        Begun(1, ""),
        Known(1, ("w", "v"), frozenset({"w", "v"})),
        Done(1, Trial("v")),
        Done(1, Trial("w")),
        Finished(1),
        Broken(0, (broken,)),
    ):
        gathering.on(message)
    assert [trial.workflow for trial in gathering.document(1).trials] == ["w", "v"]
    assert gathering.document(0).failures == (broken,)
    assert gathering.finished == {1}
