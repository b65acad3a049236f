import pytest

from benchmarks.row import Row, Size, all_rows
from benchmarks.timing import measure


@pytest.mark.parametrize("row", tuple(all_rows()), ids=lambda row: row.name)
def test_each_row_runs_once_at_its_smallest(row: Row) -> None:
    result = measure(row, Size.TINY, turns=1)
    assert result.seconds > 0
    assert result.floor_seconds > 0
    assert row.goal >= 1


def test_the_rows_have_names_of_their_own() -> None:
    names = [row.name for row in all_rows()]
    assert len(names) == len(set(names))
    assert {"validate-large", "validate-reference", "version"} <= set(names)
