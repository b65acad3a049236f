"""One demand: what a use of a value wants of it, and where that use stands."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from arazzo_runner.document.model import Description
from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Path

ANYTHING: Final[JSON] = True

PRESENT: Final[JSON] = {"not": {"enum": [None, ""]}}
"""A value that is of use: neither null nor empty text."""

SCALAR: Final[JSON] = {"type": ["string", "integer", "number", "boolean"], "not": {"const": ""}}
"""A value that can stand in a text, and is not empty."""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a value is used: `what` in words, its place in the Arazzo document, and the schema that describes it."""

    what: str
    document: Description | None = field(default=None, repr=False, compare=False)
    at: Path = ()
    schema: Schema | None = field(default=None, repr=False, compare=False)

    def told(self) -> str:
        """Return the use in words, with its place and that of its schema as ``file:line:column``."""
        here = "" if self.document is None else f" at {self.document.span(self.at).place()}"
        if self.schema is None:
            return f"{self.what}{here}"
        return f"{self.what}{here} (its schema stands at {self.schema.document.span(self.schema.at).place()})"


@dataclass(frozen=True, slots=True)
class Tie:
    """A comparison with a value that only the run knows: the operator, and the other side."""

    operator: str
    other: Expression


@dataclass(frozen=True, slots=True)
class Demand:
    """What a use wants of a value: `must` has to hold for the run to go on, `fits` is what the use's schema says.

    `form` is in between: what the place of the use makes plain by itself (one text in a path). `absent_fails` tells
    that the use can't do without the value, where it is an input that nobody has to give.
    """

    use: Use
    must: JSON = field(default_factory=lambda: PRESENT)
    fits: JSON = ANYTHING
    form: JSON = ANYTHING
    absent_fails: bool = True
    tie: Tie | None = None

    def inside(self, must: JSON, fits: JSON, *, absent_fails: bool | None = None) -> Demand:
        """Return the demand on a part of the value."""
        needed = self.absent_fails if absent_fails is None else absent_fails
        return replace(self, must=must, fits=fits, form=ANYTHING, absent_fails=needed, tie=None)
