"""A value for a place of the answer that meets its schema, and as many wishes as the schema has room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from arazzo_runner.mock.described import Described
from arazzo_runner.mock.examples import from_examples
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.values import JSON

Wish: TypeAlias = tuple[JSON, ...]
"""Schemas of which one should hold, the best first."""

_MAX_SINGLE: Final = 30
"""Wishes that are tried one by one where they can't all be met."""


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
    """A value, and for each wish that the schema has no room for its number and the reason."""

    value: JSON
    unmet: tuple[tuple[int, str], ...] = ()


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
    value = bare
    kept: tuple[JSON, ...] = ()
    unmet: list[tuple[int, str]] = []
    for number, wish in enumerate(wishes):
        tried = _added(source, kept, wish) if number < _MAX_SINGLE else NoInstance("there are too many wishes")
        if isinstance(tried, NoInstance):
            unmet.append((number, tried.sentence()))
        else:
            value, kept = tried
    return Invented(value, tuple(unmet))


def _added(source: Source, kept: tuple[JSON, ...], wish: Wish) -> tuple[JSON, tuple[JSON, ...]] | NoInstance:
    fault = NoInstance("nothing is wished for")
    for schema in wish:
        value = source.made((*kept, schema))
        if not isinstance(value, NoInstance):
            return value, (*kept, schema)
        fault = value
    return fault
