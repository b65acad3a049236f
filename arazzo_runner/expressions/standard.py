"""The grammar of the specification, read from the left: the longest expression that a text starts with.

Arazzo 1.1, Runtime Expressions (ABNF), and 1.0.1 where the document says so. Differences of 1.0: no `$self`, no
`$message`, no `payload`; the names after `$inputs.` and the like are undefined there, and read as anything without
whitespace, braces and `#` (EXP-12). Keywords are case-sensitive in both (EXP-04). A text is an expression if the
longest prefix is all of it; simple conditions use the rest as navigation (SIM-16).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions import pointer
from arazzo_runner.expressions.grammar import (
    Component,
    Dialect,
    Exchange,
    Expression,
    Fault,
    Input,
    Method,
    Output,
    Self,
    SourceReference,
    StatusCode,
    StepOutput,
    Tokens,
    Url,
    WorkflowField,
)


@dataclass(frozen=True, slots=True)
class Munched:
    """The longest expression at the start of a text, where it ends, and what would have to follow to go on."""

    expression: Expression
    end: int
    hint: str = ""


Reader: TypeAlias = Callable[[str, int, Dialect], Munched | Fault]

_ROOT = re.compile(r"\$([A-Za-z0-9_]*)")
_WORD = re.compile(r"[A-Za-z0-9_]*")
_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]+")
_ID = re.compile(r"[A-Za-z0-9_-]+")
_LOOSE_NAME = re.compile(r"[^#{}\s]+")
_LOOSE_ID = re.compile(r"[^.#{}\s]+")
_HEADER = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CHARS = re.compile(r'(?:[^\x00-\x1f"\\{}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*')
_ESCAPE = re.compile(r'\\(?:u([0-9A-Fa-f]{4})|(["\\/bfnrt]))')
_ESCAPED = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

COMPONENT_KINDS = ("parameters", "successActions", "failureActions")
PARTS = ("header", "query", "path", "body")
PARTS_OF = {"request": PARTS, "response": ("header", "body"), "message": ("header", "payload")}
"""The parts that can have a value; the grammar allows more of them (EXP-17)."""


def munch(text: str, dialect: Dialect) -> Munched | Fault:
    """Read the longest expression that `text` starts with, by the grammar of the dialect's version alone."""
    found = _ROOT.match(text)
    if found is None:
        return Fault("a runtime expression starts with '$'", 0)
    reader = roots(dialect).get(found[1])
    return reader(text, found.end(), dialect) if reader else _unknown_root(found[1], dialect)


def is_identifier(name: str, dialect: Dialect) -> bool:
    """Tell whether a name of an input or output can be written in an expression of the dialect's version."""
    return (_IDENTIFIER if dialect.v1_1 else _LOOSE_NAME).fullmatch(name) is not None


def is_id(name: str, dialect: Dialect) -> bool:
    """Tell whether the id of a step or workflow can be written in an expression of the dialect's version."""
    return (_ID if dialect.v1_1 else _LOOSE_NAME).fullmatch(name) is not None


def is_header(name: str) -> bool:
    """Tell whether a text is a header name (RFC 9110, token)."""
    return _HEADER.fullmatch(name) is not None


def roots(dialect: Dialect) -> dict[str, Reader]:
    """Return the roots of the dialect's version, each with the function that reads what follows it."""
    return _ROOTS if dialect.v1_1 else _ROOTS_1_0


def _unknown_root(root: str, dialect: Dialect) -> Fault:
    if root in _ROOTS:
        return Fault(f"'${root}' is no runtime expression in Arazzo 1.0", 0, "it is new in 1.1: set 'arazzo: 1.1.0'")
    known = [f"${name}" for name in roots(dialect)]
    return Fault(f"'${root}' is not a root of runtime expressions", 0, did_you_mean(f"${root}", known))


def _simple(node: Callable[[str], Expression]) -> Reader:
    def read(text: str, at: int, dialect: Dialect) -> Munched | Fault:
        return Munched(node(text[:at]), at, f"nothing can follow '{text[:at]}'")

    return read


def _exchange(side: str) -> Reader:
    def read(text: str, at: int, dialect: Dialect) -> Munched | Fault:
        known = [*PARTS, "payload"] if dialect.v1_1 else list(PARTS)
        if not text.startswith(".", at):
            help = " or ".join(f"${side}.{part}" for part in PARTS_OF[side])
            return Fault(f"'${side}' alone names no value", at, f"say which part: {help}")
        part = _word(text, at + 1)
        at += 1 + len(part)
        if part not in known:
            return Fault(f"'${side}' has no part '{part}'", at - len(part), _part_help(side, part))
        if part in ("body", "payload"):
            tokens, end, hint = _pointer(text, at)
            return Munched(Exchange(text[:end], side, part, pointer=tokens), end, hint)
        return _named_part(text, at, side, part)

    return read


def _part_help(side: str, part: str) -> str:
    if side == "response" and part.lower() in ("statuscode", "status", "code"):
        return "did you mean '$statusCode'?"
    return did_you_mean(part, PARTS_OF[side])


def _named_part(text: str, at: int, side: str, part: str) -> Munched | Fault:
    if not text.startswith(".", at):
        return Fault(f"expected '.' and a name after '{text[:at]}'", at, f"as in ${side}.{part}.name")
    pattern = _HEADER if part == "header" else _CHARS
    found = pattern.match(text, at + 1)
    if found is None:
        return Fault("expected the name of a header", at + 1, "a header name is letters, digits and !#$%&'*+-.^_`|~")
    end = found.end()
    name = found[0] if part == "header" else _unescape(found[0])
    return Munched(Exchange(text[:end], side, part, name), end, f"a {part} name can't hold this")


def _input(text: str, at: int, dialect: Dialect) -> Munched | Fault:
    found = _dotted(text, at, dialect, "an input")
    if isinstance(found, Fault):
        return found
    name, tokens, end, hint = found
    return Munched(Input(text[:end], name, tokens), end, hint)


def _output(text: str, at: int, dialect: Dialect) -> Munched | Fault:
    found = _dotted(text, at, dialect, "an output")
    if isinstance(found, Fault):
        return found
    name, tokens, end, hint = found
    return Munched(Output(text[:end], name, tokens), end, hint)


def _step(text: str, at: int, dialect: Dialect) -> Munched | Fault:
    found = _owner(text, at, dialect, ("outputs",), "step")
    if isinstance(found, Fault):
        return found
    step, _, at = found
    named = _dotted(text, at, dialect, "an output")
    if isinstance(named, Fault):
        return named
    name, tokens, end, hint = named
    return Munched(StepOutput(text[:end], step, name, tokens), end, hint)


def _workflow(text: str, at: int, dialect: Dialect) -> Munched | Fault:
    found = _owner(text, at, dialect, ("inputs", "outputs"), "workflow")
    if isinstance(found, Fault):
        return found
    workflow, side, at = found
    named = _dotted(text, at, dialect, f"an {side[:-1]}")
    if isinstance(named, Fault):
        return named
    name, tokens, end, hint = named
    return Munched(WorkflowField(text[:end], workflow, side, name, tokens), end, hint)


def _source(text: str, at: int, dialect: Dialect) -> Munched | Fault:
    example = "as in $sourceDescriptions.name.operationId"
    name = _match(_ID if dialect.v1_1 else _LOOSE_ID, text, at + 1) if text.startswith(".", at) else ""
    if not name:
        return Fault("expected '.' and the name of a source description", at, example)
    at += 1 + len(name)
    reference = _match(_CHARS, text, at + 1) if text.startswith(".", at) else ""
    if not reference:
        return Fault(f"expected '.' and what to take from '{name}'", at, example)
    end = at + 1 + len(reference)
    return Munched(SourceReference(text[:end], name, _unescape(reference)), end, "a reference can't hold this")


def _component(text: str, at: int, dialect: Dialect) -> Munched | Fault:
    if not text.startswith(".", at):
        return Fault("'$components' alone names no component", at, f"say which kind: {', '.join(COMPONENT_KINDS)}")
    kind = _word(text, at + 1)
    if kind == "inputs":
        return Fault("'$components.inputs' is no runtime expression", at + 1, "reuse an input schema by '$ref'")
    if kind not in COMPONENT_KINDS:
        return Fault(f"'$components' has no kind '{kind}'", at + 1, did_you_mean(kind, COMPONENT_KINDS))
    at += 1 + len(kind)
    name = _match(_IDENTIFIER if dialect.v1_1 else _LOOSE_NAME, text, at + 1) if text.startswith(".", at) else ""
    if not name:
        return Fault("expected '.' and the name of a component", at, f"as in $components.{kind}.name")
    end = at + 1 + len(name)
    return Munched(Component(text[:end], kind, name), end, _name_hint(dialect))


def _dotted(text: str, at: int, dialect: Dialect, what: str) -> tuple[str, Tokens | None, int, str] | Fault:
    """Read ``.name`` and the pointer behind it."""
    pattern = _IDENTIFIER if dialect.v1_1 else _LOOSE_NAME
    name = _match(pattern, text, at + 1) if text.startswith(".", at) else ""
    if not name:
        return Fault(f"expected '.' and the name of {what} after '{text[:at]}'", at, _name_hint(dialect))
    end = at + 1 + len(name)
    if not text.startswith("#", end):
        return name, None, end, _name_hint(dialect)
    tokens, end, hint = _pointer(text, end)
    return name, tokens, end, hint


def _owner(text: str, at: int, dialect: Dialect, sides: tuple[str, ...], what: str) -> tuple[str, str, int] | Fault:
    """Read ``.id.side`` and return id, side and where the side ends."""
    example = f"as in ${what}s.{what}Id.{sides[-1]}.name; a {what} shows nothing else of itself"
    if not text.startswith(".", at):
        return Fault(f"'${what}s' alone names no value", at, example)
    found = _owner_1_1(text, at + 1, sides) if dialect.v1_1 else _owner_1_0(text, at + 1, sides)
    if found is not None:
        return found
    owner = _match(_ID, text, at + 1)
    choice = " or ".join(f"'.{side}.'" for side in sides)
    return Fault(f"expected {choice} and a name after the {what}'s id", at + 1 + len(owner), example)


def _owner_1_1(text: str, at: int, sides: tuple[str, ...]) -> tuple[str, str, int] | None:
    owner = _match(_ID, text, at)
    side = _word(text, at + len(owner) + 1) if text.startswith(".", at + len(owner)) else ""
    return (owner, side, at + len(owner) + 1 + len(side)) if owner and side in sides else None


def _owner_1_0(text: str, at: int, sides: tuple[str, ...]) -> tuple[str, str, int] | None:
    """Split at the first ``.outputs.``: the ids of 1.0 may hold dots."""
    reach = at + len(_match(_LOOSE_NAME, text, at))
    cuts = [(text.find(f".{side}.", at, reach), side) for side in sides]
    cut, side = min((cut for cut in cuts if cut[0] > at), default=(-1, ""))
    return (text[at:cut], side, cut + 1 + len(side)) if cut > at else None


def _pointer(text: str, at: int) -> tuple[Tokens | None, int, str]:
    if not text.startswith("#", at):
        return None, at, "a value inside is written as a JSON Pointer: #/name/0"
    end = pointer.scan(text, at + 1)
    if end == at + 1:
        return (), end, "a JSON Pointer starts with '/': #/name"
    hint = "in a JSON Pointer '~' is written '~0'" if text.startswith("~", end) else "a JSON Pointer can't hold braces"
    return pointer.decode(text[at + 1 : end]), end, hint


def _name_hint(dialect: Dialect) -> str:
    return "a name is letters, digits, '.', '_' and '-'" if dialect.v1_1 else "a name holds no spaces, braces and '#'"


def _match(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(text, at)
    return found[0] if found else ""


def _word(text: str, at: int) -> str:
    return _match(_WORD, text, at)


def _unescape(text: str) -> str:
    """Undo the JSON escapes that the rule CHAR allows."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else _ESCAPED.get(found[2], found[2]), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


_ROOTS: dict[str, Reader] = {
    "url": _simple(Url),
    "method": _simple(Method),
    "statusCode": _simple(StatusCode),
    "self": _simple(Self),
    "request": _exchange("request"),
    "response": _exchange("response"),
    "message": _exchange("message"),
    "inputs": _input,
    "outputs": _output,
    "steps": _step,
    "workflows": _workflow,
    "sourceDescriptions": _source,
    "components": _component,
}
_ROOTS_1_0 = {name: reader for name, reader in _ROOTS.items() if name not in ("self", "message")}
