import pytest

from arazzo_runner.diagnostics import Diagnostic, Severity, error, warning
from arazzo_runner.reports.findings.judgement import judgement_of

ERROR, WARNING, NOTE = error("e", "m"), warning("w", "m"), Diagnostic("n", Severity.NOTE, "m")


@pytest.mark.parametrize(
    ("found", "fails_from", "failed"),
    [
        ([], Severity.NOTE, False),
        ([NOTE, WARNING], Severity.ERROR, False),
        ([NOTE, WARNING, ERROR], Severity.ERROR, True),
        ([NOTE, WARNING], Severity.WARNING, True),
        ([NOTE], Severity.WARNING, False),
        ([NOTE], Severity.NOTE, True),
    ],
)
def test_a_finding_fails_from_a_severity_on(found: list[Diagnostic], fails_from: Severity, failed: bool) -> None:
    assert judgement_of(found, fails_from=fails_from).failed is failed


@pytest.mark.parametrize(
    ("most", "told", "omitted"),
    [(None, (ERROR, WARNING, NOTE), 0), (3, (ERROR, WARNING, NOTE), 0), (1, (ERROR,), 2), (0, (), 3)],
)
def test_the_heaviest_are_told_and_the_verdict_is_that_of_all(
    most: int | None, told: tuple[Diagnostic, ...], omitted: int
) -> None:
    judgement = judgement_of([NOTE, ERROR, WARNING, ERROR], most=most)
    assert (judgement.told, judgement.omitted) == (told, omitted)
    assert judgement.failed
