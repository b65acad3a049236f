from __future__ import annotations

import io

import pytest

from arazzo_runner.engine.result import Status
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run.progress import INTERRUPTED
from arazzo_runner.reports.run.visits import AfterTheRun, Visits
from tests.reports.run.tape import CHECKOUT, CUT_OFF, HOSTILE, RUNS, TOLD
from tests.reports.tape import SUCCESS, Tape


def visits_of(tape: Tape) -> Visits:
    run = Visits()
    for stamped in tape:
        run.on(stamped)
    return run


def test_visits_in_the_order_in_which_they_began() -> None:
    run = visits_of(CHECKOUT)
    assert [(visit.workflow, "/".join(visit.path)) for visit in run.all] == [
        ("prices", "prices"),
        ("checkout", "login"),
        ("checkout", "find"),
        ("checkout", "pay"),
        ("charge", "pay/card"),
        ("checkout", "audit"),
        ("checkout", HOSTILE),
    ]
    find, pay = run.all[2], run.all[3]
    assert (find.target, find.place, round(find.seconds, 3)) == ("GET /items/{id}", "flows/checkout.yml:26:5", 2.466)
    assert [event.name for event in find.chosen] == ["again", "anyway"]
    assert find.warnings == [TOLD]
    assert [one.name for one in run.all[1].default] == ["early"]
    assert pay.record is not None
    assert (pay.record.handled, pay.record.action) == (True, "tell")
    assert [visit.label for visit in run.blamed()] == [run.all[-1].label]
    assert run.unreached() == ["ship"]
    assert run.began


def test_a_run_that_was_broken_off() -> None:
    run = visits_of(CUT_OFF)
    result = run.close()
    assert (result.status, result.reason) == (Status.STOPPED, f"{INTERRUPTED}, in step 'find'")
    last = run.all[-1]
    assert last.record is not None
    assert (last.ended, last.seconds, last.record.status) == (None, 0.0, Status.STOPPED)
    assert run.blamed() == []
    assert len(run.unreached()) == 4


@pytest.mark.parametrize("name", RUNS)
def test_each_visit_that_ended_has_its_record(name: str) -> None:
    run = visits_of(RUNS[name])
    result = run.close()
    ended = {id(visit.record) for visit in run.all if visit.ended is not None}
    assert ended <= {id(step) for step in result.steps}


def test_a_report_is_written_once_after_the_run() -> None:
    told: list[str] = []
    reporter = AfterTheRun(io.StringIO(), Look(), lambda stream, look, run: told.append(run.close().status.value))
    reporter.close()
    for stamped in SUCCESS:
        assert told == []
        reporter.on(stamped)
    reporter.close()
    assert told == ["succeeded"]
