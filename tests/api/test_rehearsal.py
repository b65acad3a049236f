from __future__ import annotations

import json
from pathlib import Path

import pytest

from arazzo_runner.api.options import Options
from arazzo_runner.api.rehearsal import CUT_OFF, Rehearsal
from arazzo_runner.api.testing import run_tests
from arazzo_runner.api.trying import SameForAll
from arazzo_runner.api.workers import Begun, Done, Finished, Known, Task, messages
from arazzo_runner.coverage.reasons import HELP, Reason
from arazzo_runner.coverage.trials import Failure, Trial
from arazzo_runner.errors import UsageError
from tests.journal.runs import flow, recorded, written

SETUP = SameForAll(Options(mock=True))


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return recorded(tmp_path, written(tmp_path, flow()), {"name": "n"}).path


def tried(journal: Path, setup: SameForAll = SETUP) -> Trial:
    return Rehearsal(str(journal), setup).trial()


def test_a_run_that_does_what_it_did_passes(journal: Path) -> None:
    trial = tried(journal)
    assert (trial.workflow, trial.succeeded, trial.runs, trial.requests) == ("make-and-get", True, 1, 2)
    assert trial.seconds > 0


def test_a_request_that_differs_is_named(journal: Path, tmp_path: Path) -> None:
    written(tmp_path, flow(parameters=[{"name": "id", "in": "path", "value": "t-2"}]))
    (failure,) = tried(journal).failures
    message = 'url was "https://api.example.com/things/t-1" and is "https://api.example.com/things/t-2" now'
    assert failure == Failure(Reason.DRIFT, message, help=HELP[Reason.DRIFT], step=("get",))


def test_an_output_that_differs_is_named(journal: Path, tmp_path: Path) -> None:
    document = flow()
    document["workflows"][0]["outputs"] = {"id": "$steps.make.outputs.id", "name": "$inputs.name"}
    written(tmp_path, document)
    (failure,) = tried(journal).failures
    assert (failure.reason, failure.message) == (Reason.DRIFT, "the run: output 'name' was not there and is \"n\" now")


def test_a_run_that_failed_and_fails_again_passes(tmp_path: Path) -> None:
    document = written(tmp_path, flow(successCriteria=[{"condition": "$statusCode == 404 && $statusCode == 200"}]))
    found = recorded(tmp_path, document, {"name": "n"})
    assert found.result is not None
    assert not found.result.succeeded
    assert tried(found.path).succeeded


def test_a_run_that_reached_a_limit_and_reaches_it_again_passes(tmp_path: Path) -> None:
    again = {"onSuccess": [{"name": "again", "type": "goto", "stepId": "get"}]}
    document = written(tmp_path, flow(**again))

    found = recorded(tmp_path, document, {"name": "n"}, Options(mock=True, max_steps=4))
    assert found.result is not None
    assert found.result.limit == "max_steps"
    assert tried(found.path).succeeded


@pytest.mark.parametrize("lines", [3, 12])
def test_a_run_that_was_cut_off_is_nothing_to_compare_with(journal: Path, lines: int) -> None:
    content = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(content[:lines]))
    (failure,) = tried(journal).failures
    assert (failure.reason, failure.message) == (Reason.DRIFT, CUT_OFF)


def test_a_document_that_can_not_run_any_more_is_refused(journal: Path, tmp_path: Path) -> None:
    written(tmp_path, flow(operationId="no-such-operation"))
    assert tried(journal).reason is Reason.REFUSED


def test_the_document_is_found_beside_the_journal(journal: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("run.ndjson", "flow.json", "api.json"):
        (tmp_path / name).rename(elsewhere / name)
    assert tried(elsewhere / "run.ndjson").succeeded


def test_a_document_that_is_nowhere(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "flow.json").unlink()
    with pytest.raises(UsageError, match="is not where it was"):
        Rehearsal(str(journal), SETUP)


def test_a_source_can_be_named(journal: Path, tmp_path: Path) -> None:
    (tmp_path / "api.json").rename(tmp_path / "moved.json")
    setup = SameForAll(Options(mock=True, sources={"api": str(tmp_path / "moved.json")}))
    assert tried(journal, setup).succeeded


def test_what_is_told_of_a_journal_in_order(journal: Path) -> None:
    begun: list[object] = []
    known, done, finished = messages(Task(2, str(journal)), SETUP, begun.append)
    assert begun == [Begun(2, ""), Begun(2, "make-and-get")]
    assert known == Known(2, ("make-and-get",), frozenset({"make-and-get"}), frozenset({"api"}))
    assert isinstance(done, Done)
    assert finished == Finished(2)


@pytest.mark.parametrize("left_out", ["another", "passed over"])
def test_a_workflow_that_is_not_wanted_is_not_tested(journal: Path, left_out: str) -> None:
    setup = SameForAll(Options(mock=True), workflows=("other",) if left_out == "another" else ())
    over = frozenset({"make-and-get"}) if left_out == "passed over" else frozenset[str]()
    assert not any(isinstance(one, Done) for one in messages(Task(0, str(journal), over), setup, lambda _: None))


def test_a_journal_that_is_broken_is_unreadable(journal: Path) -> None:
    head, *rest = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(head + b"{}\n" + b"".join(rest))
    known, _ = messages(Task(0, str(journal)), SETUP, lambda _: None)
    assert isinstance(known, Known)
    assert "run.ndjson:2 is no line of a journal" in known.problem


def test_journals_and_documents_together(journal: Path, tmp_path: Path) -> None:
    trials = run_tests([tmp_path / "flow.json", journal], inputs={"name": "n"}, jobs=1)
    assert [(trial.workflow, trial.succeeded) for trial in trials.all] == [("make-and-get", True)] * 2


def test_a_fault_of_ours_is_a_crash(journal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr("arazzo_runner.api.rehearsal.Replay", fails)
    assert tried(journal).reason is Reason.CRASH


def test_secrets_stay_hidden(tmp_path: Path) -> None:
    found = recorded(tmp_path, written(tmp_path, flow()), {"name": "n", "password": "sesame-open"}).path
    document = json.loads((tmp_path / "flow.json").read_text("utf-8"))
    document["workflows"][0]["steps"][0]["requestBody"]["payload"]["password"] = "another"
    (tmp_path / "flow.json").write_text(json.dumps(document), "utf-8")
    (failure,) = tried(found).failures
    assert failure.reason is Reason.DRIFT
    assert "sesame" not in failure.message
