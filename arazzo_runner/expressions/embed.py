"""Any-typed values compiled: whole expressions, embedded ``{$...}``, and plain data.

A string that is one expression keeps the type of its value; any other string with expressions in it is a template.
Objects and arrays are walked at any depth; the names of members are never evaluated (BOD-06).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import TypeAlias

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
from arazzo_runner.expressions.lookalikes import SELECTOR_TYPES, named_type, selector_lookalike
from arazzo_runner.expressions.parse import UNKNOWN, Parsed, looks_like_expression, parse, parse_embedded, parse_value
from arazzo_runner.expressions.pieces import Piece, embedded
from arazzo_runner.expressions.readings import is_declared
from arazzo_runner.expressions.standard import is_identifier
from arazzo_runner.expressions.template import (
    CompiledValue,
    Constant,
    ListValue,
    ObjectValue,
    Whole,
    template,
)
from arazzo_runner.expressions.unbraced import literals, split
from arazzo_runner.values import JSON, Path

MAX_VALUE_DEPTH = 100
"""How deep the objects and arrays of a value may be nested."""


class Place(Enum):
    """Where a value stands: the parameter locations, an input of a called workflow, a payload, a replacement."""

    HEADER = "header"
    QUERY = "query"
    QUERYSTRING = "querystring"
    COOKIE = "cookie"
    PATH = "path"
    INPUT = "input"
    PAYLOAD = "payload"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True)
class CompiledResult:
    """A compiled value, with the faults and remarks and the paths below the value where they stand.

    What has a fault is compiled as a constant, so that `value` is always there.
    """

    value: CompiledValue
    faults: tuple[tuple[Path, Fault], ...] = ()
    remarks: tuple[tuple[Path, Remark], ...] = ()


_SECRET_PLACES = frozenset({Place.HEADER, Place.QUERY, Place.QUERYSTRING, Place.COOKIE})
_NAMES_1_1 = Dialect(v1_1=True)


SelectorCompiler: TypeAlias = Callable[[Mapping[str, JSON], Dialect, Declared], CompiledResult]
"""Compiles a Selector Object; the query languages stand on a floor above. Its findings stand at the object's fields."""


def compile_value(
    value: JSON, dialect: Dialect, declared: Declared | None, place: Place, selectors: SelectorCompiler | None = None
) -> CompiledResult:
    """Compile a parameter value, a payload or the value of a replacement. Never raises.

    In practical mode P1, P2 and P5 are read (Arazzo 1.1, Parameter, Request Body and Payload Replacement Objects).
    `selectors` compiles Selector Objects of 1.1; without it, one is a fault.
    """
    return _compile(value, _Reader(dialect, declared or UNKNOWN, place in _SECRET_PLACES, selectors), 0)


def compile_output(text: str, dialect: Dialect, declared: Declared | None) -> CompiledResult:
    """Compile the text of a step or workflow output: an expression, in practical mode a template too (OUT-04)."""
    parsed = parse(text, dialect, declared)
    if parsed.expression is not None:
        return _result(Whole(parsed.expression), (), parsed.remarks)
    pieces = [] if dialect.strict else embedded(text, lambda inner: parse(inner, dialect, declared))
    if not any(piece.expression for piece in pieces):
        return _result(Constant(text), (parsed.fault,) if parsed.fault else (), ())
    message = f"the output '{text}' is a text with expressions in it, where one expression is expected"
    notes = tuple(note for piece in pieces for note in piece.remarks)
    return _result(_template(text, pieces), (), (Remark("reading-OUT-04", message, 0), *notes))


def is_selector(value: JSON, dialect: Dialect, declared: Declared | None = None) -> bool:
    """Tell whether an object in an Any-typed place is a Selector Object (Arazzo 1.1 only; PAR-29)."""
    if not dialect.v1_1 or not isinstance(value, dict):
        return False
    context = value.get("context")
    if not isinstance(context, str) or not isinstance(value.get("selector"), str):
        return False
    if named_type(value) not in SELECTOR_TYPES:
        return False
    others = value.keys() - {"context", "selector", "type"}
    return all(name.startswith("x-") for name in others) and parse(context, dialect, declared).expression is not None


_Parts: TypeAlias = dict[str, CompiledResult] | dict[int, CompiledResult]


@dataclass(frozen=True, slots=True)
class _Reader:
    dialect: Dialect
    declared: Declared
    secrets: bool
    selectors: SelectorCompiler | None = None


def _compile(value: JSON, reader: _Reader, depth: int) -> CompiledResult:
    if isinstance(value, str):
        return _string(value, reader)
    if not isinstance(value, dict | list):
        return CompiledResult(Constant(value))
    if depth >= MAX_VALUE_DEPTH:
        return _result(Constant(value), (Fault(f"the value is nested deeper than {MAX_VALUE_DEPTH} levels", 0),), ())
    if isinstance(value, list):
        found = {index: _compile(item, reader, depth + 1) for index, item in enumerate(value)}
        return _joined(value, found, ListValue(tuple(part.value for part in found.values())))
    if is_selector(value, reader.dialect, reader.declared):
        return _selector(value, reader)
    named = {name: _compile(member, reader, depth + 1) for name, member in value.items()}
    joined = _joined(value, named, ObjectValue(tuple((name, part.value) for name, part in named.items())))
    doubt = _doubt(value, reader)
    return joined if doubt is None else replace(joined, remarks=(((), doubt), *joined.remarks))


def _selector(value: Mapping[str, JSON], reader: _Reader) -> CompiledResult:
    if reader.selectors is None:
        fault = Fault("a Selector Object can't stand here", 0, code="selector-misplaced")
        return _result(Constant(dict(value)), (fault,), ())
    return reader.selectors(value, reader.dialect, reader.declared)


def _doubt(value: Mapping[str, JSON], reader: _Reader) -> Remark | None:
    """Return the remark for a plain object that was probably meant to be a Selector Object."""
    if "selector" not in value or ("type" not in value and "context" not in value):
        return None
    if not reader.dialect.v1_1:
        if not is_selector(dict(value), replace(reader.dialect, v1_1=True), reader.declared):
            return None
        message = "Selector Objects came with Arazzo 1.1: in this 1.0 document this is a plain object"
        return Remark("document-newer-feature", message, 0)
    reason = selector_lookalike(value)
    return Remark("selector-lookalike", f"this is a plain object, no Selector Object: {reason}", 0) if reason else None


def _joined(value: JSON, parts: _Parts, built: CompiledValue) -> CompiledResult:
    faults = tuple(((step, *at), fault) for step, part in parts.items() for at, fault in part.faults)
    remarks = tuple(((step, *at), remark) for step, part in parts.items() for at, remark in part.remarks)
    constant = all(isinstance(part.value, Constant) for part in parts.values())
    return CompiledResult(Constant(value) if constant else built, faults, remarks)


def _result(value: CompiledValue, faults: tuple[Fault, ...], remarks: tuple[Remark, ...]) -> CompiledResult:
    return CompiledResult(value, tuple(((), fault) for fault in faults), tuple(((), remark) for remark in remarks))


def _string(text: str, reader: _Reader) -> CompiledResult:
    if "$" not in text:
        return CompiledResult(Constant(text))
    parsed = parse_value(text, reader.dialect, reader.declared)
    if parsed.fault is not None and parsed.fault.code == "expression-ambiguous":
        return _result(Constant(text), (parsed.fault,), ())
    if parsed.expression is not None and not _doubtful(parsed.expression, reader):
        return _result(Whole(parsed.expression), (), parsed.remarks)
    pieces = _pieces(text, reader)
    if parsed.expression is not None and not any(piece.expression or piece.fault for piece in pieces):
        return _result(Whole(parsed.expression), (), parsed.remarks)
    return _text(text, pieces, parsed)


def _doubtful(expression: Expression, reader: _Reader) -> bool:
    """Tell whether what the open grammar of 1.0 takes for one name may be names in a text: ``$inputs.a/$inputs.b``."""
    if reader.dialect.strict or not isinstance(expression, Input | Output | StepOutput | WorkflowField):
        return False
    return not is_identifier(expression.name, _NAMES_1_1) and not is_declared(expression, reader.declared)


def _pieces(text: str, reader: _Reader) -> list[Piece]:
    pieces: list[Piece] = []
    for piece in embedded(text, lambda inner: parse_embedded(inner, reader.dialect, reader.declared)):
        if piece.expression is None and not piece.fixed and not reader.dialect.strict:
            pieces += split(text, piece, reader.declared, secrets=reader.secrets)
        else:
            pieces.append(piece)
    return pieces


def _text(text: str, pieces: list[Piece], parsed: Parsed) -> CompiledResult:
    """Compile a string that is no expression as a whole."""
    faults = tuple(piece.fault for piece in pieces if piece.fault)
    remarks = [note for piece in pieces for note in piece.remarks]
    for piece in pieces:
        if piece.expression is None and not piece.fixed:
            remarks += literals(text, piece)
    if parsed.fault is not None and looks_like_expression(text) and not any(note.offset == 0 for note in remarks):
        remarks.insert(0, Remark("expression-literal", f"plain text, no expression: {parsed.fault.message}", 0))
    if faults or not any(piece.expression for piece in pieces):
        return _result(Constant(text), faults, tuple(remarks))
    return _result(_template(text, pieces), (), tuple(remarks))


def _template(text: str, pieces: list[Piece]) -> CompiledValue:
    return template(tuple(piece.expression or text[piece.start : piece.end] for piece in pieces), text)
