"""Practical reading P1: an expression in a longer string, without braces (``Bearer $inputs.token``).

Literal text is standard there, so this reading is narrow. It takes only the roots inputs, steps and workflows, only a
whole declared name (the longest), begun at the start or after a character that is no letter, digit, ``$`` or ``\\``,
and ended where no letter, digit, ``_`` or ``-`` follows. All else stays literal, with a remark if it looks like an
expression. A secret input is taken only where `secrets` says so (header, query and cookie values): in a payload it
could end in a place where its author never wanted it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from arazzo_runner.expressions.grammar import Declared, Fault, Input, Patch, Remark, StepOutput, WorkflowField
from arazzo_runner.expressions.pieces import Piece
from arazzo_runner.expressions.print import write
from arazzo_runner.expressions.readings import Named

Make: TypeAlias = Callable[[str, str], Named]
"""Makes the node of a source text and a name."""

_SUSPECT = re.compile(
    r"\$(?:inputs|outputs|steps|workflows|request|response|message|sourceDescriptions|components)\.(?=[A-Za-z0-9_])"
)


def split(text: str, piece: Piece, declared: Declared, *, secrets: bool) -> Iterator[Piece]:
    """Yield the pieces that a stretch of literal text falls into when declared names in it are expressions."""
    done = piece.start
    for start in _suspects(text, piece):
        found = _found(text, start, piece.end, declared, secrets) if start >= done else None
        if found is not None:
            if start > done:
                yield Piece(done, start)
            yield found
            done = found.end
    if done < piece.end:
        yield Piece(done, piece.end)


def literals(text: str, piece: Piece) -> tuple[Remark, ...]:
    """Return a remark for each place in literal text that looks like an expression and is none (PAR-13, EXP-19)."""
    return tuple(_literal(text, start, piece.end) for start in _suspects(text, piece))


def _suspects(text: str, piece: Piece) -> Iterator[int]:
    for found in _SUSPECT.finditer(text, piece.start, piece.end):
        if found.start() == 0 or text[found.start() - 1] not in "$\\":
            yield found.start()


def _literal(text: str, start: int, end: int) -> Remark:
    shown = re.compile(r"[^\s{}\"']{1,60}").match(text, start, end)
    name = shown[0] if shown else text[start:end]
    return Remark("expression-literal", f"'{name}' looks like an expression, but is plain text here", start)


def declared_at(text: str, start: int, end: int, declared: Declared) -> Named | None:
    """Return the expression of the longest declared name that starts at `start`; None where there is none."""
    for at, names, make in _families(text, start, declared):
        name = _longest(text, at, end, names)
        if name:
            return make(text[start : at + len(name)], name)
    return None


def _found(text: str, start: int, end: int, declared: Declared, secrets: bool) -> Piece | None:
    if start > 0 and text[start - 1].isalnum():
        return None
    named = declared_at(text, start, end, declared)
    return _piece(text, start, start + len(named.text), named, declared, secrets) if named else None


def _piece(text: str, start: int, end: int, named: Named, declared: Declared, secrets: bool) -> Piece:
    standard = "{" + write(named) + "}"
    if isinstance(named, Input) and named.name in declared.secret_inputs and not secrets:
        return Piece(start, end, fixed=True, fault=_secret(named, start, standard))
    message = f"'{named.text}' in a longer string lacks its braces: read as '{standard}'"
    patch = Patch(start, end, standard)
    return Piece(start, end, named, remarks=(Remark("reading-P1", message, start, standard, patch),))


def _secret(named: Input, start: int, standard: str) -> Fault:
    message = f"'{named.text}' can be plain text here, or the secret input '{named.name}'"
    return Fault(message, start, f"write '{standard}' if the secret has to go there", "expression-secret")


def _longest(text: str, start: int, end: int, names: frozenset[str]) -> str:
    for length in sorted({len(name) for name in names}, reverse=True):
        stop = start + length
        if length > 0 and stop <= end and text[start:stop] in names and not _continues(text, stop):
            return text[start:stop]
    return ""


def _continues(text: str, at: int) -> bool:
    return at < len(text) and (text[at].isalnum() or text[at] in "_-")


def _families(text: str, at: int, declared: Declared) -> Iterator[tuple[int, frozenset[str], Make]]:
    if text.startswith("$inputs.", at):
        yield at + len("$inputs."), declared.inputs, Input
    elif text.startswith("$steps.", at):
        for step, outputs in (declared.steps or {}).items():
            start = f"$steps.{step}.outputs."
            if text.startswith(start, at):
                yield at + len(start), outputs, partial(_step_output, step)
    elif text.startswith("$workflows.", at):
        yield from _workflow_families(text, at, declared)


def _workflow_families(text: str, at: int, declared: Declared) -> Iterator[tuple[int, frozenset[str], Make]]:
    for workflow, names in (declared.workflows or {}).items():
        for side, known in (("inputs", names.inputs), ("outputs", names.outputs)):
            start = f"$workflows.{workflow}.{side}."
            if text.startswith(start, at):
                yield at + len(start), known or frozenset(), partial(_workflow_field, workflow, side)


def _step_output(step: str, text: str, name: str) -> Named:
    return StepOutput(text, step, name)


def _workflow_field(workflow: str, side: str, text: str, name: str) -> Named:
    return WorkflowField(text, workflow, side, name)
