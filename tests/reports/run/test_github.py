from __future__ import annotations

import io

import pytest

from arazzo_runner.diagnostics import error
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.errors import DocumentError
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.github import MAX_MESSAGE
from arazzo_runner.reports.run.refusal import refuse
from tests.reports.run.snapshots import KEPT, snapshot, written
from tests.reports.run.tape import RUNS
from tests.reports.tape import place


@pytest.mark.parametrize("name", KEPT)
def test_the_snapshot(name: str) -> None:
    assert written("github", name) == snapshot("github", name)


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("success", ["notice title=arazzo run", "warning file=spec.yml", "warning file=spec.yml"]),
        ("retried", ["error title=arazzo run", "error title=step 'broadcast' failed", "warning", "warning"]),
        ("nested", ["error title=arazzo run", "error title=step 'report' failed", "warning", "warning"]),
        ("broken off", ["error title=arazzo run", "warning", "warning"]),
        ("checkout", ["error title=arazzo run", "error file=flows/checkout.yml,line=51,col=5", *["warning"] * 4]),
    ],
)
def test_what_is_told_in_which_order(name: str, heads: list[str]) -> None:
    lines = written("github", name).splitlines()
    assert len(lines) == len(heads)
    for line, head in zip(lines, heads, strict=True):
        assert line.startswith(f"::{head}")


@pytest.mark.parametrize("name", RUNS)
def test_each_line_is_a_command_of_bounded_length(name: str) -> None:
    for line in written("github", name).splitlines():
        assert line.startswith("::")
        assert len(line) < 3 * MAX_MESSAGE


def test_a_run_that_did_not_begin() -> None:
    stream = io.StringIO()
    reporter = FORMATS["github"](stream, Look())
    refuse(reporter, DocumentError((error("c", "wrong", place(3, 5, 9, "x"), "mend it"),)), "w", Clock(5))
    reporter.close()
    assert stream.getvalue().splitlines() == [
        "::error title=arazzo run::workflow 'w' did not begin%0Athe document can't run: 1 error in 1 file",
        "::error file=spec.yml,line=3,endLine=3,col=5,endColumn=8,title=c::wrong%0Amend it",
    ]
