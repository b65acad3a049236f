"""Patterns compiled and searched for (ECMA-262, unanchored, with case), bounded by sizes and steps.

The engine is fancy-regex in Rust, which `jsonschema-rs` brings along. A pattern without lookarounds and backreferences
runs there as an automaton: its time is its size times the length of the text, whatever it says. The others go back
step by step, and stop after a number of steps that depends on the length of the text alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.regex.limits import (
    MAX_BACKTRACKS,
    MAX_PATTERN_SIZE,
    MAX_PATTERN_WORK,
    MAX_SUBJECT_LENGTH,
)
from arazzo_runner.query.regex.read import read_pattern
from arazzo_runner.query.regex.syntax import Node
from arazzo_runner.query.regex.tree import has_boundaries, needs_backtracking, properties, size
from arazzo_runner.query.regex.write import spell
from arazzo_runner.query.undecided import Undecided

if TYPE_CHECKING:
    from jsonschema_rs import Draft202012Validator

_MIN_BACKTRACKS = 1_000
_COMPILED_BYTES = 64 * 1024 * 1024
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A compiled pattern. `size` is about its number of states; `backtracks` tells how it runs."""

    text: str
    size: int
    backtracks: bool
    for_ascii: str
    for_any: str

    def search(self, subject: str) -> bool | Undecided:
        """Tell whether the pattern matches anywhere in a text; `Undecided` once a limit is reached. Never raises."""
        if len(subject) > MAX_SUBJECT_LENGTH:
            return Undecided(f"the text is longer than {MAX_SUBJECT_LENGTH:,} characters", "max_subject_length")
        if self.size * (len(subject) + 1) > MAX_PATTERN_WORK:
            reason = f"the pattern has {self.size:,} states, too many for a text of {len(subject):,} characters"
            return Undecided(reason, "max_pattern_work")
        ascii_text = subject.isascii()
        if not ascii_text:
            subject = _SURROGATE.sub("\ufffd", subject)
        slow = self.backtracks or not (ascii_text or self.for_ascii == self.for_any)
        limit = _backtracks(len(subject)) if slow else MAX_BACKTRACKS
        return _search(self.for_ascii if ascii_text else self.for_any, limit, subject)


def compile_pattern(text: str) -> Pattern | Fault:
    """Compile a pattern, or say why it is none, at its offset (checklist RGX-01, RGX-02). Never raises."""
    return _compiled(text)


@lru_cache(maxsize=256)
def _compiled(text: str) -> Pattern | Fault:
    tree = read_pattern(text)
    return tree if isinstance(tree, Fault) else compile_tree(text, tree)


def compile_tree(text: str, tree: Node) -> Pattern | Fault:
    """Compile a pattern that has been read; `text` is what it was read from."""
    states = size(tree)
    if states > MAX_PATTERN_SIZE:
        message = f"the pattern is too large: {states:,} states, of {MAX_PATTERN_SIZE:,} at most"
        return Fault(message, 0, "repeat less, or a smaller part", "pattern-too-large")
    for_any = spell(tree, ascii_text=False)
    for_ascii = spell(tree, ascii_text=True) if has_boundaries(tree) else for_any
    if not all(_is_taken(spelling) for spelling in {for_any, for_ascii}):
        return _refused(tree)
    return Pattern(text, states, needs_backtracking(tree), for_ascii, for_any)


def _refused(tree: Node) -> Fault:
    """Say what the engine does not take: a property that it does not know, or else the size."""
    for found in properties(tree):
        if not _is_taken(rf"\p{{{found.text}}}"):
            message = f"'{found.text}' is no Unicode property"
            return Fault(message, found.offset, r"as in \p{L} or \p{Script=Greek}", "pattern-malformed")
    return Fault("the pattern is too large to be compiled", 0, "repeat less, or a smaller part", "pattern-too-large")


def _backtracks(length: int) -> int:
    """Return how many steps back a text of this length allows: each step can look at all of it again."""
    steps = MAX_BACKTRACKS
    while steps > _MIN_BACKTRACKS and steps * length > MAX_PATTERN_WORK:
        steps //= 10
    return steps


@lru_cache(maxsize=256)
def _engine(spelling: str, backtracks: int) -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator, FancyRegexOptions

    options = FancyRegexOptions(backtrack_limit=backtracks, size_limit=_COMPILED_BYTES)
    return Draft202012Validator({"pattern": spelling}, pattern_options=options, offline=True)


def _is_taken(spelling: str) -> bool:
    from jsonschema_rs import ValidationError

    try:
        _engine(spelling, MAX_BACKTRACKS)
    except ValidationError:
        return False
    return True


def _search(spelling: str, backtracks: int, subject: str) -> bool | Undecided:
    from jsonschema_rs import ValidationErrorKind

    error = next(_engine(spelling, backtracks).iter_errors(subject), None)
    if error is None:
        return True
    if isinstance(error.kind, ValidationErrorKind.BacktrackLimitExceeded):
        reason = f"the pattern goes back and forth in the text: stopped after {backtracks:,} steps"
        return Undecided(reason, "max_backtracks")
    return False
