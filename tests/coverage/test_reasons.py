import re
from pathlib import Path

from arazzo_runner.api.blaming import CODED
from arazzo_runner.coverage.reasons import HELP, MEANINGS, Reason
from arazzo_runner.mock import notes
from arazzo_runner.mock.demands import missed


def test_each_reason_has_a_meaning_and_a_help() -> None:
    assert list(MEANINGS) == list(HELP) == list(Reason)


def test_the_page_lists_them_all(project: Path) -> None:
    page = (project / "docs" / "test.md").read_text("utf-8")
    assert re.findall(r"^\| `([a-z-]+)` \| (.+?) \|$", page, re.M) == [(each.value, MEANINGS[each]) for each in Reason]


def test_the_codes_of_the_mock_are_reasons() -> None:
    assert {notes.SCHEMA, notes.ITSELF, notes.NO_INSTANCE, missed.LATER} <= set(CODED)
    assert CODED[notes.SCHEMA].is_contradiction
    assert not Reason.CRASH.is_contradiction
