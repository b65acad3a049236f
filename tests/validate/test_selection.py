import pytest

from arazzo_runner.diagnostics import warning
from arazzo_runner.validate.selection import is_meant, selected


@pytest.mark.parametrize(
    ("code", "name", "meant"),
    [
        ("structure-empty-list", "structure-empty-list", True),
        ("structure-empty-list", "structure", True),
        ("structure-empty-list", "structure-empty", True),
        ("structure-empty-list", "structure-", True),
        ("structure-empty-list", "structure-*", True),
        ("structure-empty-list", " structure ", True),
        ("structure-empty-list", "struct", False),
        ("structure-empty-list", "structure-empty-list-of", False),
        ("reading-P13", "reading-P1", False),
        ("reading-P1", "reading-P1", True),
        ("a-b", "", False),
    ],
)
def test_a_name_means_a_code_or_its_family(code: str, name: str, meant: bool) -> None:
    assert is_meant(code, [name]) is meant


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        ([], [], ["a-b", "a-c", "d-e"]),
        (["a"], [], ["a-b", "a-c"]),
        ([], ["a-b"], ["a-c", "d-e"]),
        (["a", "d"], ["a-b"], ["a-c", "d-e"]),
        (["a"], ["a"], []),
    ],
)
def test_what_is_ignored_goes_before_what_is_selected(select: list[str], ignore: list[str], left: list[str]) -> None:
    found = [warning(code, "m") for code in ("a-b", "a-c", "d-e")]
    assert [one.code for one in selected(found, select, ignore)] == left
