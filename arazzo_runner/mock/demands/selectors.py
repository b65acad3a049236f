"""The places that simple selectors name: a pointer, a JSONPath of names and indexes, its wildcards as first items."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import Selected
from arazzo_runner.mock.demands.demand import PRESENT
from arazzo_runner.mock.solving.jsonpath import solve_rfc9535
from arazzo_runner.program.selecting import FixedSelect
from arazzo_runner.values import JSON, Path

_SEGMENT: Final = re.compile(
    r"\.(?P<name>[A-Za-z_\u0080-\U0010ffff][\w-]*)|\[(?P<index>[0-9]{1,9})\]|\['(?P<single>[^'\\]*)'\]"
    r'|\["(?P<double>[^"\\]*)"\]|(?P<all>\[\*\]|\.\*)|\[\?\(?@\.(?P<key>[\w.-]+)\s*==\s*(?P<value>[^\]()]+)\)?\]'
)
_MAX_LENGTH: Final = 2_000
_BODY: Final = Exchange("$response.body", "response", "body")


@dataclass(frozen=True, slots=True)
class Place:
    """A place that a selector takes its value from; `many` tells that it gives an array of such values.

    `filters` are places with the value that they have to have for the selector to take what holds them.
    """

    path: Path
    many: bool = False
    filters: tuple[tuple[Path, JSON], ...] = ()


def place_of(selected: Selected) -> Place | None:
    """Return the place that a selector names; None where it is not as simple as that."""
    if not isinstance(selected.select, FixedSelect):
        return None
    tokens = getattr(selected.select.selection, "tokens", None)  # a JSON Pointer's; other languages have none
    if isinstance(tokens, tuple):
        return Place(tokens)
    return query_place(selected.text) if selected.text.startswith("$") else None


def wanted_by(selected: Selected) -> JSON:
    """Return the schema of the values in which a selector that names no simple place finds something."""
    text = selected.text
    if not isinstance(selected.select, FixedSelect) or not text.startswith("$") or len(text) > _MAX_LENGTH:
        return PRESENT
    plans = solve_rfc9535(text, _BODY, True, Scope())
    return {"allOf": [PRESENT, *plans[0].body]} if plans and plans[0].body else PRESENT


def query_place(text: str) -> Place | None:
    """Return the place that a JSONPath query names, where it is made of names, indexes, wildcards and equalities."""
    text = text.strip()
    if len(text) > _MAX_LENGTH or not text.startswith("$"):
        return None
    path: list[str | int] = []
    filters: list[tuple[Path, JSON]] = []
    at, many = 1, False
    while at < len(text):
        found = _SEGMENT.match(text, at)
        if found is None:
            return None
        at = found.end()
        many = many or found["all"] is not None or found["key"] is not None
        path.append(_token(found))
        if found["key"] is not None:
            value = _literal(found["value"].strip())
            if value is None:
                return None
            filters.append(((*path, *found["key"].split(".")), value))
    return Place(tuple(path), many, tuple(filters))


def _token(found: re.Match[str]) -> str | int:
    if found["index"] is not None:
        return int(found["index"])
    named = (found["name"], found["single"], found["double"])
    return next((name for name in named if name is not None), 0)


def _literal(text: str) -> JSON:
    """Return a literal of a filter; None for what is none."""
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1]
    try:
        found: JSON = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, str | int | float) else None
