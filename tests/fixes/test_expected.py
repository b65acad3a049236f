"""The data that a document must hold once it is mended."""

from __future__ import annotations

import pytest

from arazzo_runner.diagnostics import Change, Removal, Rename, Splice
from arazzo_runner.fixes.expected import Unfit, expected
from arazzo_runner.values import JSON

DATA: JSON = {"a": {"b": "abc", "c": 1}, "l": ["xyz", {"k": "v"}]}


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ([], DATA),
        ([Splice(("l", 0), 1, 2, "--")], {"a": {"b": "abc", "c": 1}, "l": ["x--z", {"k": "v"}]}),
        ([Splice(("a", "b"), 0, 1, "A"), Splice(("a", "b"), 2, 3, "C")], {"a": {"b": "AbC", "c": 1}, "l": DATA["l"]}),  # type: ignore[index, call-overload]  # DATA is an object
        ([Splice(("l", 1, "k"), 0, 1, "w"), Rename(("l",), "m")], {"a": {"b": "abc", "c": 1}, "m": ["xyz", {"k": "w"}]}),
        ([Removal(("a", "c")), Rename(("a", "b"), "x")], {"a": {"x": "abc"}, "l": ["xyz", {"k": "v"}]}),
        ([Removal(("a", "c"))] * 2, {"a": {"b": "abc"}, "l": ["xyz", {"k": "v"}]}),
    ],
)  # fmt: skip
def test_changes_are_made_all_together(changes: list[Change], wanted: JSON) -> None:
    assert expected(DATA, changes) == wanted
    assert DATA == {"a": {"b": "abc", "c": 1}, "l": ["xyz", {"k": "v"}]}


def test_a_renamed_member_keeps_its_place() -> None:
    found = expected({"a": 1, "b": 2, "c": 3}, [Rename(("b",), "x")])
    assert isinstance(found, dict)
    assert list(found) == ["a", "x", "c"]


@pytest.mark.parametrize(
    "changes",
    [
        [Splice(("a", "c"), 0, 1, "")],
        [Splice(("l", 7), 0, 1, "")],
        [Splice(("a", "b"), 0, 2, "x"), Splice(("a", "b"), 1, 3, "y")],
        [Rename(("a", "b"), "c")],
        [Rename(("l", 0), "c")],
        [Removal(("l", 0))],
        [Removal(("z",))],
    ],
)
def test_what_does_not_fit_is_told(changes: list[Change]) -> None:
    with pytest.raises(Unfit):
        expected(DATA, changes)
