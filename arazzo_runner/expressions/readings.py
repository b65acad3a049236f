"""The practical readings of a whole expression: P2, P3, P4, P5 and EXP-13.

Documents in use stray from the grammar in a few constant ways. Each is read here as its author plainly meant it, and
leaves a `Remark` with the standard spelling. What the grammar has keeps its meaning, with one addition: a name with
dots that is not declared, behind a head that is, is navigation. Where two readings are plausible none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias, assert_never

from arazzo_runner.expressions import pointer
from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Exchange,
    Expression,
    Fault,
    Input,
    Output,
    Patch,
    Remark,
    StepOutput,
    Tokens,
    WorkflowField,
)
from arazzo_runner.expressions.maps import NameMap, contents_of, name_map
from arazzo_runner.expressions.print import write
from arazzo_runner.expressions.standard import Munched, is_header, is_id, is_identifier, munch
from arazzo_runner.values import Path

MAX_CUTS = 16
"""How many places of a name are tried as the end of a declared head."""

MAX_INDEX_DIGITS = 100
"""How many digits of an index are kept."""

Named: TypeAlias = Input | Output | StepOutput | WorkflowField

_STEP = re.compile(r"""\.([^\s.\[\]#{}"']+)|\[([0-9]+)\]|\['([^'\[\]{}]*)'\]|\["([^"\[\]{}]*)"\]""")
_MESSAGES = {
    "P2": "'{text}' navigates without a JSON Pointer: read as '{standard}'",
    "P3": "'{text}' has a pointer without its leading '/': read as '{standard}'",
    "P4": "'{text}' is read as '{standard}'",
    "EXP-13": "'{text}' alone names no value: read as the object of all {contents}",
    "P5": "'{text}' is read with the declared {strange}, which the grammar of this version does not allow",
}


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a head: navigation, then a pointer; `slashless` where it lacks its leading slash (P3)."""

    navigation: Path = ()
    pointer: Tokens | None = None
    slashless: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing stands there."""
        return not self.navigation and self.pointer is None

    def on(self, head: Expression) -> Expression:
        """Return the head with the tail applied; navigation before a pointer becomes part of the pointer."""
        if not isinstance(head, Exchange | Named):
            return replace(head, navigation=self.navigation)
        if self.pointer is None:
            return replace(head, navigation=self.navigation)
        return replace(head, pointer=tuple(str(step) for step in self.navigation) + self.pointer)


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a text, and the practical readings that it takes, in the order of their occurrence."""

    expression: Expression
    codes: tuple[str, ...]

    def remarks(self, text: str, dialect: Dialect) -> tuple[Remark, ...]:
        """Return one remark for each practical reading taken."""
        standard = "" if {"P5", "EXP-13"} & set(self.codes) else write(self.expression)
        words = {"text": text, "standard": standard, "strange": _strange(self.expression, dialect)}
        if isinstance(self.expression, NameMap):
            words["contents"] = contents_of(self.expression)
        patch = _patch(text, standard, self.expression, dialect)
        return tuple(
            Remark(f"reading-{code}", _MESSAGES[code].format(**words), 0, standard, patch)
            for code in dict.fromkeys(self.codes)
        )


def _patch(text: str, standard: str, expression: Expression, dialect: Dialect) -> Patch | None:
    """Write the standard spelling, if the grammar of the version has one that finds the same in every value."""
    if any(isinstance(step, pointer.MeantName) for step in expression.navigation):
        return None
    found = munch(standard, dialect) if standard else None
    is_standard = isinstance(found, Munched) and found.end == len(standard)
    return Patch(0, len(text), standard) if is_standard else None


def _strange(expression: Expression, dialect: Dialect) -> str:
    """Name what the grammar of the version does not have in an expression: an id, a name, or both."""
    found: list[str] = []
    if isinstance(expression, StepOutput) and not is_id(expression.step, dialect):
        found.append(f"step id '{expression.step}'")
    if isinstance(expression, WorkflowField) and not is_id(expression.workflow, dialect):
        found.append(f"workflow id '{expression.workflow}'")
    if isinstance(expression, Named) and not is_identifier(expression.name, dialect):
        found.append(f"name '{expression.name}'")
    return " and ".join(found)


def read_tail(text: str, at: int = 0) -> Tail | None:
    """Read ``.name``, ``[n]``, ``['name']`` and a pointer up to the end of the text; None if there is anything else."""
    steps: list[str | int] = []
    while found := _STEP.match(text, at):
        name, index, quoted, double = found.groups()
        steps.append(_index(index) if index is not None else next(n for n in (name, quoted, double) if n is not None))
        at = found.end()
    if at == len(text):
        return Tail(tuple(steps))
    if text[at] != "#":
        return None
    return _pointer_tail(tuple(steps), text[at + 1 :])


def _index(digits: str) -> int:
    """Return an index; of a longer one the first digits are enough to find nothing anywhere (SIM-10)."""
    return int((digits.lstrip("0") or "0")[:MAX_INDEX_DIGITS])


def _pointer_tail(steps: Path, text: str) -> Tail | None:
    slashless = bool(text) and not text.startswith("/")
    written = "/" + text if slashless else text
    if pointer.scan(written, 0) != len(written):
        return None
    return Tail(steps, pointer.decode(written), slashless)


def readings(text: str, dialect: Dialect, declared: Declared, *, malformed: bool, guess: bool) -> tuple[Reading, ...]:
    """Return the plausible practical readings of a text that stands where an expression can.

    `malformed`: the grammar does not have the text; else only a declared head can take over. `guess`: names that
    nobody declares may be split too, where any name may be given.
    """
    found = list(_named_readings(text, dialect, declared, malformed and guess))
    if malformed:
        found += _exchange_readings(text, dialect)
        whole = name_map(text, dialect, declared)
        found += [] if whole is None else [Reading(whole, ("EXP-13",))]
    return tuple(dict.fromkeys(found))


def ambiguity(text: str, found: tuple[Reading, ...]) -> Fault:
    """Return the fault for a text with several plausible readings; it names the first two."""
    first, second = (write(reading.expression) for reading in found[:2])
    return Fault(
        f"'{text}' can be read in two ways: as '{first}' and as '{second}'", 0, "write the one that is meant",
        "expression-ambiguous",
    )  # fmt: skip


def _exchange_readings(text: str, dialect: Dialect) -> Iterator[Reading]:
    for side, part in _bodies(dialect):
        start = f"${side}.{part}"
        if text.startswith(start):
            yield from _with_tail(Exchange(text, side, part), text[len(start) :])
    if text.startswith("$body"):
        for reading in _with_tail(Exchange(text, "response", "body"), text[len("$body") :]):
            yield Reading(reading.expression, ("P4",))
    for side in ("request", "response", "message") if dialect.v1_1 else ("request", "response"):
        start = f"${side}.headers."
        name = text[len(start) :]
        if text.startswith(start) and is_header(name):
            yield Reading(Exchange(text, side, "header", name), ("P4",))


def _bodies(dialect: Dialect) -> tuple[tuple[str, str], ...]:
    bodies = (("response", "body"), ("request", "body"))
    return (*bodies, ("message", "payload")) if dialect.v1_1 else bodies


def _with_tail(head: Exchange, rest: str) -> Iterator[Reading]:
    tail = read_tail(rest)
    if tail is not None:
        yield from _tailed(head, tail, ())


def _tailed(head: Expression, tail: Tail, codes: tuple[str, ...]) -> Iterator[Reading]:
    """Give the reading of a head with a tail; a dotted name without its slash (``#a.b``) has two."""
    codes = (*codes, *(["P2"] if tail.navigation else []), *(["P3"] if tail.slashless else []))
    if isinstance(head, Named):
        tail = replace(tail, navigation=pointer.meant(tail.navigation))
    yield Reading(tail.on(head), codes)
    if tail.slashless and tail.pointer and len(tail.pointer) == 1 and any(mark in tail.pointer[0] for mark in ".["):
        steps = read_tail("." + tail.pointer[0])
        if steps is not None:
            yield Reading(replace(steps, navigation=tail.navigation + steps.navigation).on(head), codes)


@dataclass(frozen=True, slots=True)
class _Family:
    """The names that one start of a text (``$steps.login.outputs.``) leads to; `open` where there may be others."""

    make: Callable[[str], Named]
    rest: str
    names: frozenset[str]
    open: bool = False
    codes: tuple[str, ...] = ()


def _named_readings(text: str, dialect: Dialect, declared: Declared, guess: bool) -> Iterator[Reading]:
    for family in _families(text, dialect, declared):
        found = _longest(family, dialect)
        if found is not None:
            yield from found
        elif guess and family.open:
            yield from _undeclared(family, dialect)


def _longest(family: _Family, dialect: Dialect) -> list[Reading] | None:
    """Return the readings of the longest declared name that the rest starts with; None where there is none."""
    for name in heads(family.rest):
        tail = read_tail(family.rest, len(name)) if name in family.names else None
        if tail is not None:
            codes = family.codes if is_identifier(name, dialect) else (*family.codes, "P5")
            return list(_tailed(family.make(name), tail, codes))
    return None


def _undeclared(family: _Family, dialect: Dialect) -> Iterator[Reading]:
    """Read ``a[0]`` where any name may be given; with dots before the bracket, where the name ends is unknown."""
    for name in heads(family.rest):
        tail = read_tail(family.rest, len(name))
        if is_identifier(name, dialect) and "[" not in name and tail is not None and not tail.empty:
            yield from _tailed(family.make(name), tail, family.codes)


def heads(rest: str) -> Iterator[str]:
    """Yield what a name at the start of `rest` can be: all of it, then each part before ``.``, ``[`` or ``#``."""
    cuts = []
    for found in re.finditer(r"[.\[#]", rest):
        cuts.append(found.start())
        if len(cuts) == MAX_CUTS:
            break
    yield from dict.fromkeys([rest, *(rest[:cut] for cut in reversed(cuts) if cut)])


def _families(text: str, dialect: Dialect, declared: Declared) -> Iterator[_Family]:
    if text.startswith("$inputs."):
        yield _Family(partial(Input, text), text[8:], declared.inputs, declared.open_inputs)
    elif text.startswith("$outputs."):
        yield _Family(partial(Output, text), text[9:], declared.outputs or frozenset(), declared.outputs is None)
    elif text.startswith("$steps."):
        yield from _step_families(text, dialect, declared)
    elif text.startswith("$workflows."):
        yield from _workflow_families(text, dialect, declared)


def _step_families(text: str, dialect: Dialect, declared: Declared) -> Iterator[_Family]:
    rest = text[len("$steps.") :]
    for step, outputs in (declared.steps or {}).items():
        if not rest.startswith(step + "."):
            continue
        plain = rest.startswith(step + ".outputs.")
        codes = (*(() if is_id(step, dialect) else ("P5",)), *(() if plain else ("P4",)))
        skip = len(step) + (len(".outputs.") if plain else 1)
        yield _Family(partial(StepOutput, text, step), rest[skip:], outputs, False, codes)


def _workflow_families(text: str, dialect: Dialect, declared: Declared) -> Iterator[_Family]:
    rest = text[len("$workflows.") :]
    for workflow, names in (declared.workflows or {}).items():
        codes = () if is_id(workflow, dialect) else ("P5",)
        for side, known in (("inputs", names.inputs), ("outputs", names.outputs)):
            if rest.startswith(f"{workflow}.{side}."):
                make = partial(WorkflowField, text, workflow, side)
                yield _Family(make, rest[len(workflow) + len(side) + 2 :], known or frozenset(), known is None, codes)


def is_declared(named: Named, declared: Declared) -> bool:
    """Tell whether the name of an expression is declared; what is not known counts as not declared."""
    match named:
        case Input():
            return named.name in declared.inputs
        case Output():
            return named.name in (declared.outputs or ())
        case StepOutput():
            return named.name in (declared.steps or {}).get(named.step, ())
        case WorkflowField():
            names = (declared.workflows or {}).get(named.workflow)
            known = None if names is None else names.inputs if named.side == "inputs" else names.outputs
            return named.name in (known or ())
        case _:
            assert_never(named)


def is_open(named: Named, declared: Declared) -> bool:
    """Tell whether other names than the declared ones can be given where the expression looks."""
    match named:
        case Input():
            return declared.open_inputs
        case Output():
            return declared.outputs is None
        case StepOutput():
            return declared.steps is None or named.step not in declared.steps
        case WorkflowField():
            names = (declared.workflows or {}).get(named.workflow)
            return names is None or (named.side == "inputs" and names.inputs is None)
        case _:
            assert_never(named)
