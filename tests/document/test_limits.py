from typing import Any

import pytest

from arazzo_runner.diagnostics import Severity
from arazzo_runner.document import limits
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, TooDeep, TooMany, measure_tree, too_long, too_much
from arazzo_runner.document.page import Page

PAGE = Page("one\ntwo", "file:///w/doc.yaml", "doc.yaml")


def nested(depth: int) -> Any:
    """A value at that depth, the root being 1."""
    data: Any = 0
    for _ in range(depth - 1):
        data = [data]
    return data


@pytest.mark.parametrize(
    ("data", "members"),
    [(1, 0), ([], 0), ({}, 0), ({"a": 1}, 1), ({"a": {"b": 1, "c": []}}, 3), ([{"a": 1}, {"b": {"c": 1}}, 2], 3)],
)
def test_members_are_counted(data: Any, members: int) -> None:
    assert measure_tree(data) == members


def test_the_deepest_that_is_read_and_one_more() -> None:
    assert measure_tree(nested(MAX_DOCUMENT_DEPTH)) == 0
    with pytest.raises(TooDeep):
        measure_tree(nested(MAX_DOCUMENT_DEPTH + 1))


def test_an_empty_collection_counts_as_a_value() -> None:
    data: Any = {}
    for _ in range(MAX_DOCUMENT_DEPTH - 1):
        data = [data]
    assert measure_tree(data) == 0
    with pytest.raises(TooDeep):
        measure_tree([data])


def test_values_are_counted_against_their_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_NODES", 6)
    assert measure_tree({"a": [1, 2, 3], "b": 4}) == 2
    with pytest.raises(TooMany):
        measure_tree({"a": [1, 2, 3, 5], "b": 4, "c": 6})


def test_a_reached_limit_is_an_error_that_names_it() -> None:
    deep, many, long = too_much(PAGE, TooDeep(4)), too_much(PAGE, TooMany()), too_long(PAGE, 999)
    assert [found.code for found in (deep, many, long)] == [
        "syntax-too-deep",
        "syntax-too-many-values",
        "syntax-too-long",
    ]
    assert all(found.severity is Severity.ERROR and found.help for found in (deep, many, long))
    assert deep.span is not None
    assert deep.span.line == 2
    assert str(MAX_DOCUMENT_DEPTH) in deep.message
    assert "999" in long.message
