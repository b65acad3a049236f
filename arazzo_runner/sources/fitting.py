"""Telling operations of one id apart by the parameters that a step gives (checklist OPR-06, practical mode).

A description that gives one operationId to several operations is at fault, and yet a step can often mean one of them
only: a value for `{id}` has no place in a path without it, and a path with it can't be called without one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arazzo_runner.document.model import Components, Parameter, Reusable
from arazzo_runner.sources.matching import Match
from arazzo_runner.sources.openapi.document import OpenApiDocument

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_COMPONENT: Final = "$components.parameters."
_UNTOLD: Final = frozenset({("authorization", "header"), ("accept", "header"), ("content-type", "header")})
"""Headers that no operation has to declare."""


def given_by(items: Iterable[Parameter | Reusable], components: Components) -> frozenset[tuple[str, str]]:
    """Return the names and places of parameters, references followed; header names in lower case."""
    found: set[tuple[str, str]] = set()
    for item in items:
        followed = item
        if isinstance(item, Reusable):
            followed = components.parameters.get(item.reference.removeprefix(_COMPONENT), item)
        if isinstance(followed, Parameter) and followed.location is not None:
            found.add(_named(followed.name, followed.location))
    return frozenset(found)


def fitting_parameters(matches: list[Match], given: frozenset[tuple[str, str]]) -> list[Match]:
    """Return the matches whose path takes just the path values given; of several, those that declare all the rest.

    Nothing is chosen between sources: which host is called is not for parameters to decide.
    """
    if len({match.source.name for match in matches}) > 1:
        return []
    values = {name for name, location in given if location == "path"}
    placed = [match for match in matches if set(_VARIABLE.findall(match.endpoint.path)) == values]
    return placed if len(placed) < 2 else [match for match in placed if _takes(match, given)]


def _takes(match: Match, given: frozenset[tuple[str, str]]) -> bool:
    api = match.source.document
    operation = api.operation(match.endpoint, match.source.name).operation if isinstance(api, OpenApiDocument) else None
    if operation is None:
        return False
    declared = {_named(each.name, each.location) for each in operation.parameters}
    required = {_named(each.name, each.location) for each in operation.parameters if each.required}
    return given - _UNTOLD <= declared and required <= given


def _named(name: str, location: str) -> tuple[str, str]:
    return (name.lower() if location == "header" else name, location)
