import io
from dataclasses import replace

from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure, Trial, Trials, TriedDocument
from arazzo_runner.reports.page import Look, Verbosity
from arazzo_runner.reports.tests.text import MAX_FAILURES, write_trials
from tests.reports.tests.trials import TRIALS


def written(trials: Trials, look: Look | None = None) -> str:
    page = io.StringIO()
    write_trials(page, trials, look or Look(width=100))
    return page.getvalue()


def test_a_line_a_workflow_with_its_failures() -> None:
    assert written(TRIALS).splitlines() == [
        "✓ good  2 of 4 edges, 2 requests, 1 breach  a.yml",
        "✗ bad  criterion-contradicts-schema, 1 of 2 edges, 1 request  a.yml",
        "    a.yml:5:7: step 'call/pay': they contradict each other",
        "    criterion does not hold: $response.body#/a == 'x'",
        '      $response.body#/a was "y"',
        "    criterion does not hold: $b == 1",
        "      it can't be decided: no $b",
        "    help: correct one",
        "✗ refused  refused  a.yml",
        "    a.yml:9:1: [operation-unknown] no operation \\x1b[1m'x'",
        "    help: known: 'y'",
        "✗ led  criterion-failed, 3 of 4 edges, 3 runs, 5 requests  a.yml",
        "    it failed (run 2, led by pay=failure)",
        "    · pay.never not taken: no way leads there (a.yml:7:3)",
        "✗ gone.yml: there is no such file",
        "✗ dead.yml: crash",
        "    the process ended",
        "    help: report it",
        "",
        "✗ 3 documents, 4 workflows: 1 succeeded, 3 failed, 1 document unreadable, 1 document failed as a whole, in 1.5 s",
        "      1  crash",
        "      1  criterion-contradicts-schema",
        "      1  criterion-failed",
        "      1  refused",
        "  6 of 10 edges taken",
        "  1 breach of API descriptions failed nothing; --check-level fail makes failures of them",
    ]


def test_quiet_tells_only_what_failed_and_the_counts() -> None:
    lines = written(TRIALS, Look(Verbosity.QUIET, width=100)).splitlines()
    assert lines[0].startswith("✗ bad")
    assert not any("pay.never" in line for line in lines)
    assert lines[-2] == "  6 of 10 edges taken"


def test_many_failures_of_one_workflow_are_counted() -> None:
    failures = tuple(Failure(Reason.ANSWER, f"number {number}") for number in range(MAX_FAILURES + 2))
    text = written(Trials((TriedDocument("f", (Trial("w", failures),)),)))
    assert f"number {MAX_FAILURES - 1}" in text
    assert f"number {MAX_FAILURES}" not in text
    assert "    and 2 failures more\n" in text


def test_an_interruption_is_told() -> None:
    assert "interrupted: the rest was not tested" in written(replace(TRIALS, interrupted=True))
