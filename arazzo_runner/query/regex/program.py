"""Patterns compiled for the machine that goes back step by step: a list of instructions.

The machine does what no automaton can: lookarounds and backreferences. Its instructions follow ECMA-262 (Pattern
Semantics) to the letter: a turn of a loop begins with its groups forgotten, a turn that matches nothing is no turn,
what stands in a lookbehind is matched from right to left.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TypeAlias, assert_never

from arazzo_runner.query.regex.syntax import (
    Any,
    BackReference,
    Boundary,
    Char,
    Choice,
    End,
    Group,
    Look,
    Modified,
    Node,
    Range,
    Repeat,
    Sequence,
    Set,
    Start,
)
from arazzo_runner.query.regex.tree import nodes


@dataclass(frozen=True, slots=True)
class One:
    """One character of a set, or any but a line terminator where `wanted` is None; to the left where `back`."""

    wanted: Set | None
    ignore_case: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Place:
    r"""A place that takes no text: ``^``, ``$``, ``\b`` or ``\B``."""

    node: Start | End | Boundary
    multiline: bool


@dataclass(frozen=True, slots=True)
class Split:
    """Go on at `first`, and if that fails at `second`."""

    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Jump:
    """Go on at `target`."""

    target: int


@dataclass(frozen=True, slots=True)
class Save:
    """Keep the place in a register."""

    register: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Empty the registers from `first` up to `last`, which is not included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Fail if the place is still the one in a register."""

    register: int


@dataclass(frozen=True, slots=True)
class Refer:
    """The text between two registers; the empty text if one of them is empty."""

    first: int
    ignore_case: bool
    back: bool


@dataclass(frozen=True, slots=True)
class Assert:
    """Go on at `then` if the instructions from the next on lead to `Done`, or do not where negated."""

    negated: bool
    then: int


@dataclass(frozen=True, slots=True)
class Done:
    """A match."""


Instruction: TypeAlias = One | Place | Split | Jump | Save | Forget | Progress | Refer | Assert | Done


@dataclass(frozen=True, slots=True)
class Program:
    """Instructions, and the number of registers that they use. `anchored`: a match can only start at the start."""

    code: tuple[Instruction, ...]
    registers: int
    anchored: bool


def compile_program(tree: Node) -> Program:
    """Compile a pattern."""
    groups = max((node.number or 0 for node in nodes(tree) if isinstance(node, Group)), default=0)
    compiler = _Compiler(registers=2 * groups + 2)
    compiler.node(tree, _Mode())
    compiler.code.append(Done())
    return Program(tuple(compiler.code), compiler.registers, _starts_at_start(tree))


def _starts_at_start(node: Node) -> bool:
    match node:
        case Start():
            return True
        case Sequence(parts):
            return bool(parts) and _starts_at_start(parts[0])
        case Group(inner):
            return _starts_at_start(inner)
        case Choice(options):
            return all(map(_starts_at_start, options))
        case _:
            return False


@dataclass(frozen=True, slots=True)
class _Mode:
    back: bool = False
    ignore_case: bool = False
    multiline: bool = False
    dot_all: bool = False


@dataclass(slots=True)
class _Compiler:
    registers: int
    code: list[Instruction] = field(default_factory=list)

    def node(self, node: Node, mode: _Mode) -> None:
        match node:
            case Char(code):
                self.code.append(One(Set((Range(code, code),)), mode.ignore_case, mode.back))
            case Set():
                self.code.append(One(node, mode.ignore_case, mode.back))
            case Any():
                self.code.append(One(Set((), negated=True) if mode.dot_all else None, False, mode.back))
            case Start() | End() | Boundary():
                self.code.append(Place(node, mode.multiline))
            case BackReference(number):
                self.code.append(Refer(2 * number, mode.ignore_case, mode.back))
            case Sequence(parts):
                for part in reversed(parts) if mode.back else parts:
                    self.node(part, mode)
            case Choice(options):
                self.choice(options, mode)
            case Repeat():
                self.repeat(node, mode)
            case Group(inner, number):
                self.group(inner, number, mode)
            case Modified(inner, add, remove):
                self.node(inner, _changed(mode, add, remove))
            case Look():
                self.look(node, mode)
            case _:
                assert_never(node)

    def hole(self) -> int:
        """Leave room for an instruction whose targets are not known yet."""
        self.code.append(Done())
        return len(self.code) - 1

    def choice(self, options: tuple[Node, ...], mode: _Mode) -> None:
        ends = []
        for option in options[:-1]:
            split = self.hole()
            self.node(option, mode)
            ends.append(self.hole())
            self.code[split] = Split(split + 1, len(self.code))
        self.node(options[-1], mode)
        for end in ends:
            self.code[end] = Jump(len(self.code))

    def group(self, inner: Node, number: int | None, mode: _Mode) -> None:
        if number is None:
            self.node(inner, mode)
            return
        first, last = (2 * number + 1, 2 * number) if mode.back else (2 * number, 2 * number + 1)
        self.code.append(Save(first))
        self.node(inner, mode)
        self.code.append(Save(last))

    def look(self, node: Look, mode: _Mode) -> None:
        start = self.hole()
        self.node(node.inner, replace(mode, back=not node.ahead))
        self.code.append(Done())
        self.code[start] = Assert(node.negated, len(self.code))

    def repeat(self, node: Repeat, mode: _Mode) -> None:
        for _ in range(node.least):
            self.turn(node, mode)
        if node.most is None:
            split = self.optional_turn(node, mode)
            self.code.append(Jump(split))
            self.close(split, node.lazy)
            return
        splits = [self.optional_turn(node, mode) for _ in range(node.most - node.least)]
        for split in splits:
            self.close(split, node.lazy)

    def turn(self, node: Repeat, mode: _Mode) -> None:
        numbers = [group.number for group in nodes(node.inner) if isinstance(group, Group) and group.number]
        if numbers:
            self.code.append(Forget(2 * min(numbers), 2 * max(numbers) + 2))
        self.node(node.inner, mode)

    def optional_turn(self, node: Repeat, mode: _Mode) -> int:
        """Write a turn that need not be taken, and that fails if it takes no text."""
        split, register = self.hole(), self.registers
        self.registers += 1
        self.code.append(Save(register))
        self.turn(node, mode)
        self.code.append(Progress(register))
        return split

    def close(self, split: int, lazy: bool) -> None:
        inside, after = split + 1, len(self.code)
        self.code[split] = Split(after, inside) if lazy else Split(inside, after)


def _changed(mode: _Mode, add: str, remove: str) -> _Mode:
    def flag(letter: str, now: bool) -> bool:
        return letter in add or (now and letter not in remove)

    return replace(
        mode,
        ignore_case=flag("i", mode.ignore_case),
        multiline=flag("m", mode.multiline),
        dot_all=flag("s", mode.dot_all),
    )
