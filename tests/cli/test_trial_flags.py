import pytest

from arazzo_runner.cli.trial_flags import format_named, walks
from arazzo_runner.errors import UsageError


@pytest.mark.parametrize(
    ("name", "as_json", "chosen"),
    [(None, False, "text"), (None, True, "json"), ("json", True, "json"), ("junit", False, "junit")],
)
def test_the_format(name: str | None, as_json: bool, chosen: str) -> None:
    assert format_named(name, as_json) == chosen


@pytest.mark.parametrize(("name", "as_json"), [("junit", True), ("yaml", False)])
def test_no_such_format(name: str, as_json: bool) -> None:
    with pytest.raises(UsageError):
        format_named(name, as_json)


@pytest.mark.parametrize(
    ("scenario", "live", "walked"), [(None, False, False), ("main", True, False), ("all", False, True)]
)
def test_the_scenario(scenario: str | None, live: bool, walked: bool) -> None:
    assert walks(scenario, live=live) is walked


@pytest.mark.parametrize(("scenario", "live"), [("all", True), ("step=failure", False)])
def test_no_such_scenario(scenario: str, live: bool) -> None:
    with pytest.raises(UsageError):
        walks(scenario, live=live)
