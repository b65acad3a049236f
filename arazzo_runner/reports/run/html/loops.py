"""Repetitions in a row of steps: a loop of a hundred turns is told as one thing that happened a hundred times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.reports.run.html.history import Activation, Call, Item

FEWEST_TURNS = 4
"""Turns from which on a repetition is folded."""

LONGEST_TURN = 12
"""Steps of one turn that are recognised as such."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The same steps again and again, turn by turn."""

    turns: tuple[tuple[Item, ...], ...]

    @property
    def items(self) -> tuple[Item, ...]:
        """All steps of it."""
        return tuple(item for turn in self.turns for item in turn)


Row: TypeAlias = Activation | Call | Loop


def folded(items: Sequence[Item]) -> list[Row]:
    """Return the items with their repetitions folded, in their order."""
    names = [_name(item) for item in items]
    rows: list[Row] = []
    at = 0
    while at < len(items):
        length, turns = _repetition(names, at)
        if turns:
            rows.append(Loop(tuple(tuple(items[at + n * length : at + (n + 1) * length]) for n in range(turns))))
            at += length * turns
        else:
            rows.append(items[at])
            at += 1
    return rows


def _name(item: Item) -> tuple[str, str]:
    return (item.workflow, "" if isinstance(item, Call) else item.name)


def _repetition(names: Sequence[tuple[str, str]], at: int) -> tuple[int, int]:
    """Return the length of a turn and the number of turns that begin here; no turns where too few do.

    Of several, the one that covers most is taken; of those, the one with the shortest turn.
    """
    best = (0, 0)
    for length in range(1, LONGEST_TURN + 1):
        turns = _turns(names, at, length)
        if turns >= FEWEST_TURNS and turns * length > best[0] * best[1]:
            best = (length, turns)
    return best


def _turns(names: Sequence[tuple[str, str]], at: int, length: int) -> int:
    end = at + length
    while end < len(names) and names[end] == names[end - length]:
        end += 1
    return (end - at) // length
