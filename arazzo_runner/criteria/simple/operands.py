"""Where an operand's expression ends and its navigation begins.

The longest prefix that is an expression, the rest read by the operators ``.`` and ``[n]`` (SIM-16); a pointer takes all
that follows ``#`` (SIM-17). A dotted name is the exact name if there is one, else its longest declared head with
navigation (SIM-18). Where it is not known what can be given, the scope decides at run time. What is left over is read
by the practical readings P2 to P5.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from arazzo_runner.criteria.simple.syntax import Reference
from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Expression,
    Fault,
    Input,
    Output,
    Remark,
    StepOutput,
    WorkflowField,
)
from arazzo_runner.expressions.parse import doubts, parse
from arazzo_runner.expressions.readings import Named, heads, is_declared, is_open, read_tail
from arazzo_runner.expressions.standard import Munched, is_identifier, munch


@dataclass(frozen=True, slots=True)
class Operand:
    """A reference as read, with the remarks about it; else the fault."""

    reference: Reference | None
    fault: Fault | None = None
    remarks: tuple[Remark, ...] = ()


def read_operand(text: str, dialect: Dialect, declared: Declared) -> Operand:
    """Read an operand of a condition that starts with ``$``; offsets count from its start."""
    found = munch(text, dialect)
    reference = _standard(text, found, dialect, declared) if isinstance(found, Munched) else None
    if reference is not None:
        return Operand(reference, None, doubts(reference.expression))
    parsed = parse(text, dialect, declared)
    if parsed.expression is None:
        return Operand(None, parsed.fault)
    return Operand(Reference(text, parsed.expression), None, parsed.remarks)


def _standard(text: str, found: Munched, dialect: Dialect, declared: Declared) -> Reference | None:
    """Read by the grammar and the operators alone; None where that does not take all of the text."""
    expression = found.expression
    if isinstance(expression, Input | Output | StepOutput | WorkflowField):
        return _named(text, expression, dialect, declared)
    if found.end == len(text):
        return Reference(text, expression)
    read = _navigated(text, found.end, replace(expression, text=text))
    return Reference(text, read) if read is not None and "#" not in text[found.end :] else None


def _navigated(text: str, at: int, head: Expression) -> Expression | None:
    tail = read_tail(text, at)
    if tail is None or tail.slashless or _has_quotes(text[at:]):
        return None
    return tail.on(head)


def _has_quotes(rest: str) -> bool:
    navigation = rest.partition("#")[0]
    return "['" in navigation or '["' in navigation


def _named(text: str, munched: Named, dialect: Dialect, declared: Declared) -> Reference | None:
    """Decide how much of what follows is the name."""
    start = _name_start(munched)
    found: list[Expression] = []
    for name in heads(text[start:]):
        head = replace(munched, text=text, name=name, pointer=None)
        known = is_declared(head, declared)
        if not is_identifier(name, dialect):
            if known and not dialect.strict:
                return None  # a name by practical reading P5, which leaves a remark
            continue
        read = _navigated(text, start + len(name), head)
        if read is None:
            continue
        if known:
            return Reference(text, read, (*found, read) if found and is_open(munched, declared) else ())
        found.append(read)
    if not found:
        return None
    return Reference(text, found[0], tuple(found) if len(found) > 1 and is_open(munched, declared) else ())


def _name_start(munched: Named) -> int:
    match munched:
        case Input():
            return len("$inputs.")
        case Output():
            return len("$outputs.")
        case StepOutput():
            return len(f"$steps.{munched.step}.outputs.")
        case WorkflowField():
            return len(f"$workflows.{munched.workflow}.{munched.side}.")
