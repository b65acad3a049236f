"""A value for a place of the answer that meets its schema, and as many wishes as the schema has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from arazzo_runner.mock.described import Described
from arazzo_runner.mock.examples import from_examples
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.values import JSON

Wish: TypeAlias = tuple[JSON, ...]
"""Schemas of which one should hold, the best first."""

_MAX_TRIALS: Final = 60
"""Values that are made where the wishes can't all be met at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a value is made from: its schema, its examples, its name (a header's) and the seed."""

    described: Described
    examples: tuple[JSON, ...]
    seed: int
    name: str = ""

    def made(self, wishes: tuple[JSON, ...]) -> JSON | NoInstance:
        """Return a value that satisfies the schema and the wishes."""
        return from_examples(self.described.generator, self.examples, wishes, self.seed, self.name)


@dataclass(frozen=True, slots=True)
class Invented:
    """A value, and for each wish that the schema has no room for its number and the reason.

    `weakened` are the wishes of which only a later choice is met, with the reason why not the first.
    `limited` tells that a limit of the mock was reached for one that is not met.
    """

    value: JSON
    unmet: tuple[tuple[int, str], ...] = ()
    weakened: tuple[tuple[int, str], ...] = ()
    limited: bool = False


def invent(source: Source, wishes: Sequence[Wish]) -> Invented | NoInstance:
    """Make a value that meets all wishes; where that can't be, each that can be met beside those before it.

    Gives the `NoInstance` of the schema alone where even without wishes there is no value.
    """
    whole = source.made(tuple(wish[0] for wish in wishes))
    if not isinstance(whole, NoInstance):
        return Invented(whole)
    bare = source.made(()) if wishes else whole
    if isinstance(bare, NoInstance):
        return bare
    trial = _Trial(source, bare)
    trial.add(list(enumerate(wishes)), whole)
    return Invented(trial.value, tuple(trial.unmet), tuple(trial.weakened), trial.limited)


def agreeing(source: Source, made: Invented, wishes: Sequence[Wish], known: JSON) -> Invented:
    """Return the value that is known, or one that keeps of it what can be kept; `made` if that meets more wishes."""
    found = invent(replace(source, examples=(known,)), wishes)
    if isinstance(found, NoInstance) or _shortfall(found) > _shortfall(made):
        return made
    return found


def _shortfall(made: Invented) -> tuple[int, int]:
    return len(made.unmet), len(made.weakened)


class _Trial:
    """Meets wishes in their order: half of them at once where that goes, each alone where it does not."""

    def __init__(self, source: Source, value: JSON) -> None:
        self.value = value
        self.unmet: list[tuple[int, str]] = []
        self.weakened: list[tuple[int, str]] = []
        self.limited = False
        self._source = source
        self._kept: tuple[JSON, ...] = ()
        self._left = _MAX_TRIALS

    def add(self, wishes: list[tuple[int, Wish]], fault: NoInstance) -> None:
        """Meet what can be met of the wishes, which can't be met together because of `fault`."""
        if len(wishes) == 1:
            self._one(*wishes[0], fault)
            return
        middle = len(wishes) // 2
        for half in (wishes[:middle], wishes[middle:]):
            tried = self._tried(tuple(wish[0] for _, wish in half))
            if isinstance(tried, NoInstance):
                self.add(half, tried)

    def _one(self, number: int, wish: Wish, fault: NoInstance) -> None:
        for weaker in wish[1:]:
            if not isinstance(self._tried((weaker,)), NoInstance):
                self.weakened.append((number, fault.sentence()))
                return
        self.limited = self.limited or fault.limited
        self.unmet.append((number, fault.sentence()))

    def _tried(self, schemas: tuple[JSON, ...]) -> JSON | NoInstance:
        """Make a value that meets further schemas, and keep it where there is one."""
        if self._left <= 0:
            return NoInstance("there are too many wishes", limited=True)
        self._left -= 1
        value = self._source.made((*self._kept, *schemas))
        if not isinstance(value, NoInstance):
            self.value, self._kept = value, (*self._kept, *schemas)
        return value
