import pytest

from arazzo_runner.query.undecided import Undecided


@pytest.mark.parametrize(("limit", "told"), [("", "too much"), ("max_steps", "too much (max_steps)")])
def test_what_is_told_names_the_limit(limit: str, told: str) -> None:
    assert Undecided("too much", limit).told == told
