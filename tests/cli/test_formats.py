import pytest

from arazzo_runner.cli.formats import chosen_format
from arazzo_runner.errors import UsageError

FORMATS = ("text", "json", "junit")


@pytest.mark.parametrize(
    ("name", "as_json", "chosen"),
    [(None, False, "text"), (None, True, "json"), ("json", True, "json"), ("junit", False, "junit")],
)
def test_the_format_that_is_wanted(name: str | None, as_json: bool, chosen: str) -> None:
    assert chosen_format(name, as_json, FORMATS, "text") == chosen


@pytest.mark.parametrize(("name", "as_json", "told"), [("junit", True, "contradict"), ("junt", False, "'junt'")])
def test_what_is_no_format_is_refused(name: str, as_json: bool, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        chosen_format(name, as_json, FORMATS, "text")
