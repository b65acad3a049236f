r"""Patterns compiled and searched for (ECMA-262, unanchored, with case), bounded by sizes and steps.

Two engines: an automaton, whose time is bounded whatever the pattern says, and for lookarounds and backreferences a
machine that counts its steps. The automaton's ``\b`` knows words of any script, ECMA-262 only those of ASCII; where the
two can differ in a text, the text is simplified if the pattern can't tell, else the machine searches it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.characters import LINE_ENDS, shorthand
from arazzo_runner.query.regex.limits import (
    MAX_PATTERN_SIZE,
    MAX_PATTERN_STEPS,
    MAX_PATTERN_WORK,
    MAX_SUBJECT_LENGTH,
)
from arazzo_runner.query.regex.linear import Linear
from arazzo_runner.query.regex.machine import Exhausted, Machine
from arazzo_runner.query.regex.program import Program, compile_program
from arazzo_runner.query.regex.read import read_pattern
from arazzo_runner.query.regex.syntax import Node
from arazzo_runner.query.regex.tree import has_boundaries, needs_backtracking, properties, sees_ascii_only, size
from arazzo_runner.query.regex.write import spell
from arazzo_runner.query.undecided import Undecided

_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_WORD = "\N{SNOWMAN}"


@dataclass(frozen=True, slots=True)
class Pattern:
    r"""A compiled pattern.

    `size` is about its number of states. `linear` is None where only the machine can run it. `boundaries` tells of
    ``\b`` in it, `simple` that it makes no difference between characters beyond ASCII.
    """

    text: str
    size: int
    tree: Node
    linear: Linear | None
    boundaries: bool
    simple: bool

    def search(self, subject: str) -> bool | Undecided:
        """Tell whether the pattern matches anywhere in a text; `Undecided` once a limit is reached. Never raises."""
        if len(subject) > MAX_SUBJECT_LENGTH:
            return Undecided(f"the text is longer than {MAX_SUBJECT_LENGTH:,} characters", "max_subject_length")
        if self.size * (len(subject) + 1) > MAX_PATTERN_WORK:
            reason = f"the pattern has {self.size:,} states, too many for a text of {len(subject):,} characters"
            return Undecided(reason, "max_pattern_work")
        if not subject.isascii():
            subject = _SURROGATE.sub("\ufffd", subject)
            if self.boundaries and self.simple:
                subject = _beyond_ascii().sub(_NO_WORD, subject)
            elif self.boundaries:
                return self._step_by_step(subject)
        return self._step_by_step(subject) if self.linear is None else self.linear.search(subject)

    def _step_by_step(self, subject: str) -> bool | Undecided:
        try:
            return Machine(_program(self.tree), subject, MAX_PATTERN_STEPS).search()
        except Exhausted:
            reason = f"the pattern goes back and forth in the text: stopped after {MAX_PATTERN_STEPS:,} steps"
            return Undecided(reason, "max_pattern_steps")


@lru_cache(maxsize=256)
def compile_pattern(text: str) -> Pattern | Fault:
    """Compile a pattern, or say why it is none, at its offset (checklist RGX-01, RGX-02). Never raises."""
    tree = read_pattern(text)
    return tree if isinstance(tree, Fault) else compile_tree(text, tree)


def compile_tree(text: str, tree: Node) -> Pattern | Fault:
    """Compile a pattern that has been read; `text` is what it was read from."""
    states = size(tree)
    if states > MAX_PATTERN_SIZE:
        message = f"the pattern has more than {MAX_PATTERN_SIZE:,} states with its repetitions written out"
        return Fault(message, 0, "repeat less, or a smaller part", "pattern-too-large")
    for found in properties(tree):
        if not Linear(rf"\p{{{found.text}}}").is_taken():
            message = f"'{found.text}' is no Unicode property"
            return Fault(message, found.offset, r"as in \p{L} or \p{Script=Greek}", "pattern-malformed")
    linear = None if needs_backtracking(tree) else Linear(spell(tree))
    if linear is not None and not linear.is_taken():
        linear = None
    return Pattern(text, states, tree, linear, has_boundaries(tree), sees_ascii_only(tree))


@lru_cache(maxsize=64)
def _program(tree: Node) -> Program:
    return compile_program(tree)


@cache
def _beyond_ascii() -> re.Pattern[str]:
    """Match what is neither ASCII nor white space."""
    kept = "".join(f"{chr(part.first)}-{chr(part.last)}" for part in (*shorthand("s"), *LINE_ENDS))
    return re.compile(f"[^\\x00-\\x7f{kept}]")
