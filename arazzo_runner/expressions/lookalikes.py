"""Plain objects that look like Selector Objects and are none.

Where any value may stand, an object is a Selector Object only if all of it fits (Arazzo 1.1, PAR-29). One that nearly
fits is plain data by that rule, and seldom meant to be: so it is told.
"""

from __future__ import annotations

from collections.abc import Mapping

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions.parse import looks_like_expression
from arazzo_runner.values import JSON

SELECTOR_TYPES = ("jsonpath", "xpath", "jsonpointer")
"""The languages that a Selector Object can name."""

_FIELDS = ("context", "selector", "type")
_CRITERIA = frozenset({"simple", "regex"})


def selector_lookalike(value: Mapping[str, JSON]) -> str:
    """Return why an object that is no Selector Object of 1.1 looks like one; empty where it does not."""
    selector, type, context = value.get("selector"), named_type(value), value.get("context")
    others = [name for name in value if name not in _FIELDS and not name.startswith("x-")]
    if not isinstance(selector, str):
        return "its 'selector' is no string" if _expression(context) and type in SELECTOR_TYPES else ""
    if type in SELECTOR_TYPES:
        return _of_a_known_type(value, context, others)
    if not _expression(context):
        return ""
    if "type" not in value:
        return "its 'type' is missing" if not others else ""
    if type in _CRITERIA:
        return f"'{type}' is a type of criteria, not of selectors"
    return f"its 'type' is none of selectors: {did_you_mean(type, SELECTOR_TYPES)}"


def _of_a_known_type(value: Mapping[str, JSON], context: JSON, others: list[str]) -> str:
    if "context" not in value:
        meant = others[0] if len(others) == 1 and _expression(value[others[0]]) else ""
        return f"its 'context' is missing; rename '{meant}' to 'context'" if meant else ""
    if not isinstance(context, str):
        return "its 'context' is no expression"
    if others and _expression(context):
        return f"it has the field '{others[0]}', which a Selector Object does not have"
    return f"its context '{context[:60]}' is no expression" if not others else ""


def named_type(value: Mapping[str, JSON]) -> str:
    """Return the language that the `type` of an object names, alone or with a version; empty where it names none."""
    type = value.get("type")
    named = type.get("type") if isinstance(type, dict) else type
    return named if isinstance(named, str) else ""


def _expression(value: JSON) -> bool:
    return isinstance(value, str) and looks_like_expression(value.removeprefix("{"))
