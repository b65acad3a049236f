"""A run as annotations of GitHub Actions: each step that failed and each warning, at its line of the document.

The summary of a job is another report: ``--report markdown="$GITHUB_STEP_SUMMARY"``.
"""

from __future__ import annotations

from typing import Final, TextIO

from arazzo_runner.engine.result import RunResult
from arazzo_runner.reports.annotation import annotation
from arazzo_runner.reports.escape import encodable
from arazzo_runner.reports.findings.github import annotation_of
from arazzo_runner.reports.findings.order import ordered
from arazzo_runner.reports.layout import shorten
from arazzo_runner.reports.page import Look, encoding_of, plain_text
from arazzo_runner.reports.run.failure import account
from arazzo_runner.reports.run.summary import counts
from arazzo_runner.reports.run.visits import Visit, Visits

MAX_MESSAGE: Final = 4_000
"""Characters of an annotation."""


def write(stream: TextIO, look: Look, run: Visits) -> None:
    """Write one workflow command a line: how the run ended, the failed steps, then what was warned of."""
    result = run.close()
    commands = [_ending(result, began=run.began), *(_failure(visit, look) for visit in run.blamed())]
    commands += map(annotation_of, ordered(result.warnings))
    for command in commands:
        stream.write(encodable(command, encoding_of(stream)) + "\n")


def _ending(result: RunResult, *, began: bool) -> str:
    name = f"workflow '{result.workflow}'" if result.workflow else "the run"
    told = f"{name} {result.status.value}: {counts(result)}" if began else f"{name} did not begin"
    told += f"\n{result.reason}" if result.reason else ""
    kind = "notice" if result.succeeded else "error"
    return annotation(kind, {"title": "arazzo run"}, shorten(told, MAX_MESSAGE, "..."))


def _failure(visit: Visit, look: Look) -> str:
    assert visit.record is not None
    told = "\n".join(plain_text(line) for line in account(visit.record, visit.label, 1, look))
    title = f"step '{visit.label}' failed"
    return annotation("error", {**_place(visit.place), "title": title}, shorten(told, MAX_MESSAGE, "..."))


def _place(place: str) -> dict[str, str]:
    """Return where a step stands, of ``file:line:column``."""
    file, _, column = place.rpartition(":")
    file, _, line = file.rpartition(":")
    return {"file": file, "line": line, "col": column} if file and line.isdigit() else {}
