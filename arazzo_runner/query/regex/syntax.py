"""The syntax tree of patterns (ECMA-262, Patterns; with the flag `u`, so that characters are code points)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Char:
    """One character, by its code point."""

    code: int


@dataclass(frozen=True, slots=True)
class Any:
    """``.``: any character but a line terminator."""


@dataclass(frozen=True, slots=True)
class Range:
    """The characters from `first` to `last`, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Shorthand:
    r"""``\d``, ``\D``, ``\w``, ``\W``, ``\s`` or ``\S``: `letter` tells which."""

    letter: str


@dataclass(frozen=True, slots=True)
class Property:
    r"""``\p{...}``, or ``\P{...}`` where negated: the characters with a Unicode property; `offset` is its place."""

    text: str
    negated: bool
    offset: int


Item: TypeAlias = Range | Shorthand | Property


@dataclass(frozen=True, slots=True)
class Set:
    """A character class: any of its items, or none of them where negated."""

    items: tuple[Item, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """``^``."""


@dataclass(frozen=True, slots=True)
class End:
    """``$``."""


@dataclass(frozen=True, slots=True)
class Boundary:
    r"""``\b``, or ``\B`` where negated."""

    negated: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A group; `number` is None where it does not capture."""

    inner: Node
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Modified:
    """``(?add-remove:inner)``: a group in which flags are on or off."""

    inner: Node
    add: str
    remove: str


@dataclass(frozen=True, slots=True)
class Look:
    """A lookahead, or a lookbehind where not `ahead`."""

    inner: Node
    ahead: bool
    negated: bool


@dataclass(frozen=True, slots=True)
class BackReference:
    """What a group matched; the empty text where the group has not matched."""

    number: int


@dataclass(frozen=True, slots=True)
class Repeat:
    """An atom with a quantifier; `most` is None where it has no upper end."""

    inner: Node
    least: int
    most: int | None
    lazy: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other; empty for the empty text."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """Alternatives, at least two."""

    options: tuple[Node, ...]


Node: TypeAlias = (
    Char | Any | Set | Start | End | Boundary | Group | Modified | Look | BackReference | Repeat | Sequence | Choice
)
