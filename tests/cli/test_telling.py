"""What commands that play a journal say of a run, and what they end with."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.telling import EXITS, Shown
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import UsageError
from arazzo_runner.reports.page import Verbosity
from tests.cli.invocation import Command
from tests.journal.runs import flow, written


def test_each_end_of_a_run_has_an_exit_code() -> None:
    assert set(EXITS) == set(Status) - {Status.SKIPPED}, "only steps are skipped"
    assert EXITS[Status.FAILED] is ExitCode.FAILED


@pytest.mark.parametrize(
    ("shown", "verbosity"),
    [(Shown(), None), (Shown(quiet=True), Verbosity.QUIET), (Shown(verbose=True), Verbosity.VERBOSE)],
)
def test_how_much_is_told(shown: Shown, verbosity: Verbosity | None) -> None:
    assert shown.verbosity is verbosity


@pytest.mark.parametrize("shown", [Shown(quiet=True, verbose=True), Shown(json=True, output="a")])
def test_flags_that_contradict_each_other_are_refused(shown: Shown) -> None:
    with pytest.raises(UsageError):
        shown.check()


def test_outputs_without_a_value_are_left_out_after_a_failure(arazzo: Command, tmp_path: Path) -> None:
    document = written(tmp_path, flow(outputs={"none": "$response.body#/none"}))
    where = tmp_path / "run.ndjson"
    flags = ("--mock", "-i", "name=n", "--scenario", "get=404", "--journal", str(where))
    assert arazzo("run", str(document), *flags, "-q").code == 1
    ended = arazzo("replay", str(where), "-q")
    assert (ended.code, ended.out) == (1, "id: t-1\n")


def test_a_reader_gets_its_object_also_where_the_run_can_not_go_on(arazzo: Command, tmp_path: Path) -> None:
    where = tmp_path / "run.ndjson"
    assert (
        arazzo("run", str(written(tmp_path, flow())), "--mock", "-i", "name=n", "--journal", str(where), "-q").code == 0
    )
    written(tmp_path, flow(parameters=[{"name": "id", "in": "path", "value": "t-2"}]))
    ended = arazzo("replay", str(where), "--json")
    assert ended.code == 1
    assert '"status": "stopped"' in ended.out
    assert "url was" in ended.err
