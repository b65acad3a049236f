import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.reports.run.html.history import Activation, Call, Item
from arazzo_runner.reports.run.html.loops import LONGEST_TURN, Loop, folded


def items(names: str) -> list[Item]:
    """One item a letter: a step, or a workflow for a capital."""
    return [
        Call(name, (), 0.0) if name.isupper() else Activation(number, (name,), "w", "", 0.0)
        for number, name in enumerate(names, 1)
    ]


def shape(names: str) -> str:
    """The items as folded: a loop is ``(ab)4``."""
    told = []
    for row in folded(items(names)):
        match row:
            case Loop(turns=turns):
                told.append(f"({''.join(map(_letter, turns[0]))}){len(turns)}")
            case Activation() | Call():
                told.append(_letter(row))
    return "".join(told)


def _letter(item: Item) -> str:
    return item.workflow if isinstance(item, Call) else item.name


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("", ""),
        ("abc", "abc"),
        ("aaa", "aaa"),
        ("aaaa", "(a)4"),
        ("xaaaaay", "x(a)5y"),
        ("abababab", "(ab)4"),
        ("ababababa", "(ab)4a"),
        ("xabcabcabcabcy", "x(abc)4y"),
        ("aabaabaabaab", "(aab)4"),
        ("ABABABABa", "(AB)4a"),
        ("aaaabbbb", "(a)4(b)4"),
        ("abcdefghijklm" * 4, "abcdefghijklm" * 4),
    ],
)
def test_repetitions_are_folded(names: str, expected: str) -> None:
    assert shape(names) == expected
    assert len("abcdefghijklm") > LONGEST_TURN


@given(st.text("abA", max_size=40))
def test_nothing_is_lost_and_nothing_changes_its_place(names: str) -> None:
    given_items = items(names)
    told = [each for row in folded(given_items) for each in (row.items if isinstance(row, Loop) else [row])]
    assert told == given_items
