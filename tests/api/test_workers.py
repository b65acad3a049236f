"""Workers: what one workflow does to its process is that workflow's failure alone."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from arazzo_runner.api.testing import run_with
from arazzo_runner.api.workers import (
    Begun,
    Done,
    Finished,
    Known,
    Task,
    _Pool,
    _received,
    cores,
    in_workers,
    messages,
)
from arazzo_runner.coverage.reasons import Reason
from tests.api.trial_documents import Faulty, named, written


def test_a_worker_that_dies_is_a_failure_of_its_workflow(tmp_path: Path) -> None:
    files = written(tmp_path, one=named("before", "dies", "after"), two=named("alone"))
    trials = run_with(tuple(files.values()), Faulty(), 2)
    assert [(trial.workflow, trial.reason) for trial in trials.all] == [
        ("before", None),
        ("dies", Reason.CRASH),
        ("after", None),
        ("alone", None),
    ]
    (failure,) = trials.documents[0].trials[1].failures
    assert failure.message == "the process that tested it ended (exit code 7)"


def test_a_worker_that_hangs_is_ended(tmp_path: Path) -> None:
    files = written(tmp_path, one=named("hangs", "after"))
    trials = run_with(tuple(files.values()), Faulty(), 1, seconds=6.0)
    assert [(trial.workflow, trial.reason) for trial in trials.all] == [("hangs", Reason.TIME), ("after", None)]
    assert trials.all[0].failures[0].message == "it took more than 6 seconds"


def test_a_document_that_ends_its_worker_is_broken(tmp_path: Path) -> None:
    files = written(tmp_path, unloadable=named("w"), sound=named("v"))
    trials = run_with(tuple(files.values()), Faulty(), 1)
    broken, sound = trials.documents
    assert [failure.reason for failure in broken.failures] == [Reason.CRASH]
    assert (broken.succeeded, sound.succeeded, trials.by_reason) == (False, True, {Reason.CRASH: 1})


def test_a_fault_of_ours_is_a_crash_of_its_workflow(tmp_path: Path) -> None:
    (file,) = written(tmp_path, one=named("raises", "after")).values()
    told = [one for one in messages(Task(0, file), Faulty(), lambda _: None) if isinstance(one, Done)]
    assert [one.trial.reason for one in told] == [Reason.CRASH, None]
    assert told[0].trial.failures[0].message == "KeyError: 'ours'"


def test_what_is_told_of_a_document_in_order(tmp_path: Path) -> None:
    (file,) = written(tmp_path, one=named("w", "v")).values()
    begun: list[object] = []
    told = list(messages(Task(3, file, frozenset({"w"})), Faulty(), begun.append))
    assert begun == [Begun(3, ""), Begun(3, "v")]
    assert [type(one) for one in told] == [Known, Done, Finished]
    assert told[0] == Known(3, ("w", "v"), frozenset({"w", "v"}), frozenset({"api"}))


def test_a_document_that_is_not_there_is_told(tmp_path: Path) -> None:
    known, finished = messages(Task(0, str(tmp_path / "none.yml")), Faulty(), lambda _: None)
    assert isinstance(known, Known)
    assert "there is no such file" in known.problem
    assert finished == Finished(0)


def test_whoever_stops_reading_leaves_no_process_behind(tmp_path: Path) -> None:
    import multiprocessing

    files = written(tmp_path, one=named("hangs"), two=named("w"))
    with closing(in_workers(tuple(files.values()), Faulty(), 2)) as told:
        next(told)
        assert multiprocessing.active_children()
    assert not [child for child in multiprocessing.active_children() if child.name == "arazzo test"]


def test_there_is_a_core() -> None:
    assert cores() >= 1


@pytest.mark.parametrize("jobs", [None, 1, 3])
def test_no_document_needs_no_worker(jobs: int | None) -> None:
    assert list(in_workers((), Faulty(), jobs)) == []


def test_half_a_message_holds_nobody_up() -> None:
    import multiprocessing
    import os

    ours, theirs = multiprocessing.Pipe()
    theirs.send(Finished(3))
    assert _received(ours, 5.0) == Finished(3)
    os.write(theirs.fileno(), b"\0\0\1\0half")
    assert _received(ours, 0.05) is None
    theirs.close()


def test_the_time_to_start_a_process_is_not_counted(tmp_path: Path) -> None:
    """A limit that is shorter than any process takes to start."""
    files = written(tmp_path, one=named("w"))
    pool = _Pool(Faulty(), 0.01, [Task(0, files["one"])])
    try:
        pool._employ(1)
        (worker,) = pool.workers
        assert pool._left(worker) > 1.0
        assert worker.pipe.poll(60)
        assert [type(one) for one in pool._heard(worker)] == [Begun]
        assert pool._left(worker) <= 0.01
    finally:
        pool.close()
