"""Texts of expression-typed fields, read whole (Arazzo 1.1, Runtime Expressions; fields: outputs,
`context`, `reference` and the like).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Exchange,
    Expression,
    Fault,
    Remark,
)
from arazzo_runner.expressions.print import write
from arazzo_runner.expressions.readings import Named, Reading, ambiguity, readings
from arazzo_runner.expressions.standard import PARTS_OF, Munched, munch

UNKNOWN = Declared(open_inputs=True)
"""What is declared where nobody knows."""

_KNOWN_ROOT = re.compile(
    r"\$(?:url|method|statusCode|self|request|response|message|inputs|outputs|steps|workflows|sourceDescriptions"
    r"|components)(?![A-Za-z0-9_])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a text was read as. Either `expression` or `fault` is None; `remarks` tell of doubts and readings."""

    expression: Expression | None
    fault: Fault | None = None
    remarks: tuple[Remark, ...] = ()


def parse(text: str, dialect: Dialect, declared: Declared | None = None) -> Parsed:
    """Read a text that has to be one expression, from its first to its last character.

    In practical mode what strays from the grammar is read by P2 to P5, each with its remark. `declared` decides where
    names with dots end; without it names are taken as the grammar has them. Never raises.
    """
    return _read(text, dialect, declared or UNKNOWN, guess=True)


def parse_value(text: str, dialect: Dialect, declared: Declared | None = None) -> Parsed:
    """Read a string of a parameter, payload or replacement that may be one expression as a whole.

    Here text is standard too: only P5, and P2 on declared heads and `$response.`, are taken (P3 and P4 are not).
    """
    return _read(text, dialect, declared or UNKNOWN, fits=_fits_a_value)


def parse_embedded(text: str, dialect: Dialect, declared: Declared | None = None) -> Parsed:
    """Read what stands between the braces of an embedded expression in a value.

    Braces around anything else are standard text, so only declared names count besides the grammar (P2 and P5).
    """
    return _read(text, dialect, declared or UNKNOWN, fits=_fits_in_braces)


def parse_standard(text: str, dialect: Dialect) -> Parsed:
    """Read a text by the grammar alone, as strict mode does."""
    found = munch(text, dialect)
    if isinstance(found, Fault):
        return Parsed(None, _without_braces(text, found, dialect))
    if found.end < len(text):
        return Parsed(None, _leftover(text, found))
    return Parsed(found.expression, None, doubts(found.expression))


def doubts(expression: Expression) -> tuple[Remark, ...]:
    """Return the remark for an expression that the grammar allows but that never has a value (EXP-17)."""
    if isinstance(expression, Exchange) and expression.part not in PARTS_OF[expression.side]:
        message = f"'{expression.text}' never has a value: a {expression.side} has no {expression.part}"
        return (Remark("expression-no-value", message, 0),)
    return ()


def looks_like_expression(text: str) -> bool:
    """Tell whether a text starts with the name of a root (in any case), so that an expression was probably meant."""
    return _KNOWN_ROOT.match(text) is not None


def _read(
    text: str, dialect: Dialect, declared: Declared, fits: Callable[[Reading], bool] | None = None, guess: bool = False
) -> Parsed:
    standard = parse_standard(text, dialect)
    if dialect.strict:
        return standard
    malformed = standard.expression is None
    found = readings(text, dialect, declared, malformed=malformed, guess=guess)
    if not malformed:
        found = tuple(reading for reading in found if "P2" in reading.codes)
    if fits is not None:
        found = tuple(filter(fits, found))
    if len(found) > 1:
        return Parsed(None, ambiguity(text, found))
    return Parsed(found[0].expression, None, found[0].remarks(text, dialect)) if found else standard


def _fits_a_value(reading: Reading) -> bool:
    if "P3" in reading.codes or "P4" in reading.codes:
        return False
    return not isinstance(reading.expression, Exchange) or reading.expression.side == "response"


def _fits_in_braces(reading: Reading) -> bool:
    return isinstance(reading.expression, Named) and _fits_a_value(reading)


def _leftover(text: str, found: Munched) -> Fault:
    rest = text[found.end :]
    shown = rest if len(rest) <= 20 else rest[:20] + "..."
    message = f"'{text[: found.end]}' is followed by '{shown}', which is no part of an expression"
    return Fault(message, found.end, _spelling(text, found) or found.hint)


def _without_braces(text: str, fault: Fault, dialect: Dialect) -> Fault:
    if not (text.startswith("{$") and text.endswith("}")) or isinstance(munch(text[1:-1], dialect), Fault):
        return fault
    return replace(fault, help=f"write it without braces: {text[1:-1]}")


def _spelling(text: str, found: Munched) -> str:
    if text.strip() == text[: found.end]:
        return "remove the space"
    alternatives = readings(text, Dialect(v1_1=True), UNKNOWN, malformed=True, guess=True)
    return f"did you mean '{write(alternatives[0].expression)}'?" if alternatives else ""
