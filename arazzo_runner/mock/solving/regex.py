"""Regex criteria turned round: a text that the pattern is found in, where the context stands.

The context may be a number, a boolean or a whole JSON body, whose text is searched. For a body, what the pattern
says in the spelling of a member (``"status": "ok"``, ``<status>ok</status>``) becomes a wish for that member.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from arazzo_runner.criteria.regex import read_pattern
from arazzo_runner.expressions.grammar import Dialect, Exchange, Expression, Fault
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.mock import wishes
from arazzo_runner.mock.instances import pattern_text
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.pattern import Unread
from arazzo_runner.mock.instances.pattern_spelling import spelt
from arazzo_runner.mock.limits import MAX_STRING, MAX_TRIES
from arazzo_runner.mock.solving.plan import FREE, Plan, Plans, placed, tokens_of
from arazzo_runner.values import JSON, Value

_FLAGS: Final = re.compile(r"\(\?([ims]{1,3})\)")
_NUMBER: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,9})?")
_MEMBER: Final = re.compile(r'"([^"\\]{1,200})"\s*:\s*("[^"\\]*"|-?[0-9]+(?:\.[0-9]+)?|true|false|null)?')
_ELEMENT: Final = re.compile(r"<([A-Za-z_][\w.-]*)>([^<>]*)")
_OTHER: Final[JSON] = ["number", "boolean", "object", "array"]
_SCALARS: Final = (True, False, 1, 0, 5, 42, 250, 7000, 12_345, 1_735_689_600, -1, 0.5, 19.99)
"""Values of other types that are tried, since no pattern can be put to them."""


def solve_regex(condition: str, context: Expression, wanted: bool, scope: Scope) -> Plans:
    """Return ways to make a regex criterion hold, or fail (Arazzo 1.1, Criterion Object: regex)."""
    plans = placed(context, text_matching(condition, wanted), absent=not wanted)
    if not wanted:
        return plans
    if isinstance(context, Exchange) and context.part == "body":
        plans += tuple(_inside(condition, context))
    return plans or FREE


def text_matching(pattern: Value, wanted: bool = True) -> JSON:
    """Return the schema of the values in whose text a pattern is found, or is not found.

    Nothing is promised of an object or array: its text is known when it is made.
    """
    if not isinstance(pattern, str):
        return not wanted
    written = spelt(_with_flags(pattern))
    finds = _finder(pattern)
    samples = [json.loads(text) for text in _samples(written) if _NUMBER.fullmatch(text)] if wanted else []
    scalars = [value for value in (*samples, *_SCALARS) if finds(json.dumps(value)) is wanted]
    numbers: list[JSON] = [value for value in scalars if not isinstance(value, bool)]
    truths: list[JSON] = [value for value in scalars if isinstance(value, bool)]
    found: dict[str, JSON] = {"pattern": written} if wanted else {"not": {"pattern": written}}
    options: list[JSON] = [{"type": "string", **found}]
    options += [{"type": "number", "enum": numbers}] if numbers else []
    options += [{"type": "boolean", "enum": truths}] if truths else []
    return {"anyOf": [*options, {"type": _OTHER}]}


def _with_flags(pattern: str) -> str:
    """Put flags that stand before a pattern around it, as criteria read them."""
    found = _FLAGS.match(pattern)
    return pattern if found is None else f"(?{found[1]}:{pattern[found.end() :]})"


def _samples(pattern: str) -> list[str]:
    written = pattern_text.texts(pattern, 0, MAX_STRING, Draw("regex", pattern))
    return [] if isinstance(written, Unread) else list(islice(written, MAX_TRIES))


def _finder(pattern: str) -> Callable[[str], bool]:
    """Return what tells whether a text holds a pattern, as the criterion reads it."""
    compiled = read_pattern(pattern, Dialect())
    if isinstance(compiled, Fault):
        return lambda _: False
    return lambda text: compiled.search(text) is True


def _inside(pattern: str, context: Exchange) -> Iterator[Plan]:
    """Yield plans for a body that is no text: a member that is spelt as the pattern wants, or any text in it."""
    seen: list[JSON] = []
    for text in _samples(_with_flags(pattern))[:8]:
        for wish in (_members(text), _elements(text)):
            if wish is not None and wish not in seen:
                seen.append(wish)
                yield Plan(body=(wishes.nested(tokens_of(context), wish),))
    if not seen:
        holding: JSON = {"type": "string", "pattern": pattern.lstrip("^").rstrip("$") or "."}
        inner: JSON = {"anyOf": [holding, wishes.some_member(holding), {"type": "array", "contains": holding}]}
        yield Plan(body=(wishes.nested(tokens_of(context), wishes.some_member(inner)),))


def _members(text: str) -> JSON:
    """Return the wish for the members that a text spells in JSON; None where it spells none."""
    found = {name: {"const": json.loads(value)} if value else True for name, value in _MEMBER.findall(text)}
    return {"type": "object", "required": list(found), "properties": {**found}} if found else None


def _elements(text: str) -> JSON:
    found: dict[str, JSON] = {name: {"const": value} for name, value in _ELEMENT.findall(text) if value.strip()}
    return {"type": "object", "required": list(found), "properties": found} if found else None
