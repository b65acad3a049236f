"""XPath criteria turned round: location paths with predicates, comparisons and counts become wishes for a document."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from arazzo_runner.expressions.grammar import Exchange, Expression
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock import wishes
from arazzo_runner.mock.solving import nodes
from arazzo_runner.mock.solving.elements import Step, Wanted
from arazzo_runner.mock.solving.plan import FLIPPED, FREE, OPPOSITE, Plan, Plans, all_of, any_of
from arazzo_runner.mock.solving.xpath_tree import (
    Both,
    Call,
    Compare,
    Either,
    Literal,
    Location,
    Stride,
    Tree,
    Unsolved,
    read,
)
from arazzo_runner.values import JSON

_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
_SYNTAX: Final = re.compile(r"[\\^$.*+?()\[\]{}|/]")
_PLAIN: Final = frozenset(("string", "normalize-space", "number", "data", "lower-case", "upper-case"))
"""Functions of a path's text that are taken for the text itself."""

_TRUTHS: Final = {"true": True, "false": False}


def solve_xpath(condition: str, context: Expression, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make an xpath criterion hold, or fail (Arazzo 1.1, Criterion Object: xpath)."""
    if not isinstance(context, Exchange) or context.part != "body" or context.pointer or context.navigation:
        return FREE
    try:
        return _ways(read(condition), wanted)
    except Unsolved:
        return FREE


def _ways(tree: Tree, wanted: bool) -> Plans:
    match tree:
        case Both(parts) | Either(parts):
            found = [_ways(part, wanted) for part in parts]
            return all_of(found) if isinstance(tree, Both) is wanted else any_of(found)
        case Call("not", (inner,)):
            return _ways(inner, not wanted)
        case Call("boolean" | "exists", (Location() as path,)):
            return _ways(path, wanted)
        case Call("empty", (Location() as path,)):
            return _ways(path, not wanted)
        case Call("true" | "false" as name, ()):
            return FREE if (name == "true") is wanted else ()
        case Location():
            return _plan(_wanted(tree, absent=not wanted))
        case Literal(value):
            return FREE if bool(value) is wanted else ()
        case Call("contains" | "starts-with" | "ends-with" | "matches", (subject, Literal(str(text)))):
            pattern: JSON = {"type": "string", "pattern": _pattern(tree.name, text)}
            return _texts(subject, pattern if wanted else {"not": pattern}, missing=not wanted)
        case Compare():
            return _compared(tree, wanted)
    raise Unsolved


def _compared(tree: Compare, wanted: bool) -> Plans:
    left, right, operator = tree.left, tree.right, tree.operator
    if isinstance(left, Literal) and not isinstance(right, Literal):
        left, right, operator = right, left, FLIPPED["==" if operator == "=" else operator]
    sign = "==" if operator == "=" else operator
    holding = sign if wanted else OPPOSITE[sign]
    match left, right:
        case Call("count", (Location() as path,)), Literal(int() | float() as number):
            return any_of(_plan(found) for found in _counted(path, holding, number))
        case Call("string-length", (subject,)), Literal(int() | float() as number):
            low, high = nodes.bounds((holding, number)) if holding != "!=" else (int(number) + 1, None)
            most: dict[str, JSON] = {} if high is None else {"maxLength": high}
            return _texts(subject, {"type": "string", "minLength": low, **most}, missing=not wanted)
        case Call("boolean" | "not" | "exists" | "empty"), Call("true" | "false" as name, ()):
            return _ways(left, ((name == "true") is (holding == "==")))
        case _, Call("true" | "false" as name, ()):
            return _texts(left, _text(holding, name), missing=not wanted)
        case _, Literal(value):
            return _texts(left, _text(holding, value), missing=not wanted)
    raise Unsolved


def _texts(subject: Tree, schema: JSON, *, missing: bool) -> Plans:
    """Return ways for the text of a path to satisfy a schema; with `missing`, it may not be there at all."""
    while isinstance(subject, Call) and subject.name in _PLAIN and len(subject.arguments) == 1:
        subject = subject.arguments[0]
    if not isinstance(subject, Location):
        raise Unsolved
    found = _wanted(subject)
    ways = _plan(replace(found, text=schema)) if schema is not False else ()
    return (*ways, *_plan(replace(found, absent=True))) if missing else ways


def _plan(wanted: Wanted) -> Plans:
    return (Plan(markup=(wanted,)),)


def _wanted(path: Location, *, absent: bool = False) -> Wanted:
    return Wanted(tuple(map(_step, path.strides)), absent=absent)


def _step(stride: Stride) -> Step:
    step = Step(stride.name, stride.axis == "attribute", stride.axis == "descendant")
    for predicate in stride.predicates:
        step = _narrowed(step, predicate)
    return step


def _narrowed(step: Step, predicate: Tree) -> Step:
    """Add what a predicate wants of an element: of several ways the first is taken."""
    match predicate:
        case Literal(int() as position) if position > 0:
            return replace(step, count=max(step.count, position))
        case Call("last", ()):
            return step
        case Compare("=", Call("position", ()), Literal(int() as position)) if position > 0:
            return replace(step, count=max(step.count, position))
    ways = _ways(predicate, True)
    if not ways:
        raise Unsolved
    return replace(step, inside=(*step.inside, *ways[0].markup))


def _counted(path: Location, operator: str, number: float) -> list[Wanted]:
    found: list[Wanted] = []
    for each in [(">", number), ("<", number)] if operator == "!=" else [(operator, number)]:
        low, high = nodes.bounds(each)
        if high is not None and high < low:
            continue
        wanted = _wanted(path)
        if high == 0 or (low == 0 and high is not None):
            found.append(replace(wanted, absent=True))
        elif wanted.steps:
            last = replace(wanted.steps[-1], count=low, exactly=high is not None)
            found.append(replace(wanted, steps=(*wanted.steps[:-1], last)))
    return found


def _text(operator: str, constant: str | int | float) -> JSON:
    """Return the schema of the values whose text compares so with a constant, by type of the constant."""
    if operator in ("==", "!="):
        same: JSON = {"enum": _spellings(constant)}
        return same if operator == "==" else {"not": same}
    if isinstance(constant, str):
        if not _NUMBER.fullmatch(constant):
            return {"type": "string", "enum": wishes.ordered_texts(operator, constant)}
        constant = float(constant) if "." in constant else int(constant)
    number: JSON = {"type": "number", wishes.KEYWORDS[operator]: constant}
    return {"anyOf": [number, {"type": "string", "const": wishes.text_beyond(operator, constant)}]}


def _spellings(constant: str | int | float) -> list[JSON]:
    """Return the values that are written as a constant is."""
    text = constant if isinstance(constant, str) else wishes.number_text(constant)
    found: list[JSON] = [text]
    if _NUMBER.fullmatch(text):
        found.append(float(text) if "." in text else int(text))
    if text in _TRUTHS:
        found.append(_TRUTHS[text])
    return found


def _pattern(name: str, text: str) -> str:
    escaped = _SYNTAX.sub(r"\\\g<0>", text)
    return {"contains": escaped, "starts-with": f"^{escaped}", "ends-with": f"{escaped}$", "matches": text}[name]
