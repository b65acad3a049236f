"""The machine that runs patterns which no automaton can do: step by step, with a way back, and every step counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from arazzo_runner.query.regex.membership import contains, is_line_end, is_word, same_letter
from arazzo_runner.query.regex.program import (
    Assert,
    Done,
    Forget,
    Jump,
    One,
    Place,
    Program,
    Progress,
    Refer,
    Save,
    Split,
)
from arazzo_runner.query.regex.syntax import Boundary, End, Start

Registers: TypeAlias = tuple[int, ...]
"""Places in the text; -1 for none."""


class Exhausted(Exception):
    """The steps are used up. It never leaves the engine of patterns."""


@dataclass(slots=True)
class Machine:
    """One search in one text."""

    program: Program
    text: str
    steps: int

    def search(self) -> bool:
        """Tell whether the pattern matches anywhere. Raises `Exhausted`."""
        starts = range(1) if self.program.anchored else range(len(self.text) + 1)
        empty = (-1,) * self.program.registers
        return any(self.run(0, start, empty) is not None for start in starts)

    def run(self, at: int, place: int, registers: Registers) -> Registers | None:
        """Follow the instructions from one place on; return the registers of the match, None if there is none."""
        back: list[tuple[int, int, Registers]] = [(at, place, registers)]
        while back:
            at, place, registers = back.pop()
            while True:
                self.steps -= 1
                if self.steps < 0:
                    raise Exhausted
                match self.program.code[at]:
                    case Done():
                        return registers
                    case Split(first, second):
                        back.append((second, place, registers))
                        at = first
                        continue
                    case Jump(target):
                        at = target
                        continue
                    case Save(register):
                        registers = (*registers[:register], place, *registers[register + 1 :])
                    case Forget(first, last):
                        registers = (*registers[:first], *(-1,) * (last - first), *registers[last:])
                    case Assert(negated, then):
                        found = self.run(at + 1, place, registers)
                        if (found is None) is not negated:
                            break
                        registers = registers if found is None else found
                        at = then
                        continue
                    case instruction:
                        moved = self._taken(instruction, place, registers)
                        if moved is None:
                            break
                        place = moved
                at += 1
        return None

    def _taken(self, step: One | Place | Progress | Refer, place: int, registers: Registers) -> int | None:
        """Return the place behind what an instruction takes; None where it takes nothing here."""
        match step:
            case One():
                return self._one(step, place)
            case Place():
                return place if self._stands(step, place) else None
            case Progress(register):
                return None if registers[register] == place else place
            case Refer():
                return self._referred(step, place, registers)
            case _:
                assert_never(step)

    def _one(self, step: One, place: int) -> int | None:
        index = place - 1 if step.back else place
        if not 0 <= index < len(self.text):
            return None
        character, wanted = self.text[index], step.wanted
        found = not is_line_end(character) if wanted is None else contains(wanted, character, step.ignore_case)
        return (index if step.back else index + 1) if found else None

    def _stands(self, step: Place, place: int) -> bool:
        before = self.text[place - 1 : place] if place else ""
        after = self.text[place : place + 1]
        match step.node:
            case Start():
                return not before or (step.multiline and is_line_end(before))
            case End():
                return not after or (step.multiline and is_line_end(after))
            case Boundary(negated):
                return (is_word(before) != is_word(after)) is not negated
            case _:
                assert_never(step.node)

    def _referred(self, step: Refer, place: int, registers: Registers) -> int | None:
        first, last = registers[step.first], registers[step.first + 1]
        if first < 0 or last < 0:
            return place
        length = last - first
        start = place - length if step.back else place
        if start < 0 or start + length > len(self.text):
            return None
        self.steps -= length // 16
        captured, found = self.text[first:last], self.text[start : start + length]
        if captured != found and not (step.ignore_case and all(map(same_letter, captured, found))):
            return None
        return start if step.back else start + length
