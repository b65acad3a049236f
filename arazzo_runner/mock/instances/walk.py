"""What the makers of a value share: the place that they stand at, and the way back to the maker of any value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from arazzo_runner.mock.instances.conjunction import Flat, NoInstance
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.judge import Judge, Nodes
from arazzo_runner.values import JSON, Nothing, Path

NO_HINT = Nothing("no example speaks of it")


@dataclass(frozen=True, slots=True)
class At:
    """A place in the value that is being made.

    `trail` holds the references that were followed on the way to it: one that comes back is a schema that contains
    itself. `hint` is what an example has there. `salt` tells second and further tries apart.
    """

    path: Path = ()
    trail: frozenset[str] = frozenset()
    hint: JSON | Nothing = NO_HINT
    salt: int = 0

    @property
    def name(self) -> str:
        """The member's name; an item has the name of its array, in the singular."""
        if not self.path or self.salt:
            return ""
        last = self.path[-1]
        if isinstance(last, str):
            return last
        listed = next((token for token in reversed(self.path) if isinstance(token, str)), "")
        return listed.removesuffix("s")

    def under(self, references: frozenset[str]) -> At:
        """Return the same place with these references behind it."""
        return replace(self, trail=self.trail | references) if references else self

    def child(self, token: str | int, salt: int = 0) -> At:
        """Return the place of a member or item; what is in a second try is itself a second try."""
        match self.hint:
            case dict() if isinstance(token, str):
                hint = self.hint.get(token, NO_HINT) if token in self.hint else NO_HINT
            case list() if isinstance(token, int) and token < len(self.hint):
                hint = self.hint[token]
            case _:
                hint = NO_HINT
        return At((*self.path, token), self.trail, hint, self.salt + salt)


class Maker(Protocol):
    """Makes the values of an attempt."""

    @property
    def judge(self) -> Judge:
        """What checks values against pieces of the schema."""

    def make(self, nodes: Nodes, at: At) -> JSON | NoInstance:
        """Return a value that satisfies all the schemas, or why there is none."""

    def flat(self, nodes: Nodes) -> Flat | NoInstance:
        """Return the parts of schemas."""

    def draw(self, at: At, *purpose: str) -> Draw:
        """Return the choices of a place."""

    def is_rich(self, at: At) -> bool:
        """Tell whether there is still room for containers that the schema does not ask for."""

    def leaves_out(self, nodes: Nodes, at: At) -> bool:
        """Tell whether an optional value is better left out: it would contain itself, or is not for this side."""
