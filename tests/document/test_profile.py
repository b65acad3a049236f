from arazzo_runner.diagnostics import Severity
from arazzo_runner.document.profile import Profile


def test_what_can_be_read_around_stops_only_arazzo_documents() -> None:
    assert Profile.ARAZZO.severity is Severity.ERROR
    assert Profile.SOURCE.severity is Severity.WARNING
