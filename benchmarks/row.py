"""What a row is: two things to do, and how the time of the one may compare to that of the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from benchmarks import rows

Act: TypeAlias = Callable[[], object]
"""Does a thing once. What it returns is thrown away outside of the time that is taken; where bytes are compared, it
returns how many."""

SECONDS, BYTES = "seconds", "bytes"
"""What is compared."""


class Size(Enum):
    """How much a row does: `TINY` shows in a test that it works, `FULL` is what is measured."""

    TINY = "tiny"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Contest:
    """What is measured and its floor. `repeat` is how often each is done in one turn, for what takes too little."""

    measured: Act
    floor: Act
    repeat: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table. `open` makes what it needs, and removes it at its end.

    `goal` is the greatest ratio that is good; `note` says why where it is missed. `unit` is what is compared; `turns`
    how many are enough where one is like the next.
    """

    name: str
    what: str
    floor: str
    goal: float
    open: Callable[[Size], AbstractContextManager[Contest]]
    note: str = ""
    unit: str = SECONDS
    turns: int | None = None


def all_rows() -> Iterator[Row]:
    """Yield the rows that the folder holds, by the names of their modules."""
    for module in sorted(iter_modules(rows.__path__), key=lambda one: one.name):
        row = import_module(f"{rows.__name__}.{module.name}").ROW
        assert isinstance(row, Row), f"benchmarks/rows/{module.name}.py has no ROW"
        yield row
