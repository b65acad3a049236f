"""Telling operations of one id apart by what a step gives them (checklist OPR-06, practical mode).

A description that gives one operationId to several operations is at fault, and yet a step can often mean one of them
only: a value for `{id}` has no place in a path without it, and a path with it can't be called without one. Where
several are left, a payload whose members one alone declares tells, then parameters that are all that one declares,
then the id of the step where it names what sets one path apart from the others (`get-event-details`, `/events/{id}`),
or where it names nothing of what lies below a path (`read-draft`, `/drafts/{id}`, not `/drafts/{id}/institutions`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from arazzo_runner.document.model import Components, Parameter, RequestBody, Reusable
from arazzo_runner.sources.matching import Given, Match
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.operations import Operation, Schema
from arazzo_runner.values import JSON

_VARIABLE = re.compile(r"\{([^{}]+)\}")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PLURAL = re.compile(r"ies$|(?<=[^su])s$")
_COMPONENT: Final = "$components.parameters."
_MAX_PARTS: Final = 200
_PREPOSITIONS: Final = frozenset(("at", "by", "for", "from", "in", "of", "on", "to", "via", "with"))
_UNTOLD: Final = frozenset({("authorization", "header"), ("accept", "header"), ("content-type", "header")})
"""Headers that no operation has to declare."""


def given_by(
    items: Iterable[Parameter | Reusable], components: Components, body: RequestBody | None = None, step_id: str = ""
) -> Given:
    """Return what a step gives: names and places of parameters, references followed, members of its payload, its id."""
    found: set[tuple[str, str]] = set()
    for item in items:
        followed = item
        if isinstance(item, Reusable):
            followed = components.parameters.get(item.reference.removeprefix(_COMPONENT), item)
        if isinstance(followed, Parameter) and followed.location is not None:
            found.add(_named(followed.name, followed.location))
    payload = body.payload if body is not None else None
    return Given(frozenset(found), frozenset(payload) if isinstance(payload, dict) else frozenset(), step_id)


def fitting(matches: list[Match], given: Given) -> list[Match]:
    """Return the matches whose path takes just the path values given; of several, those that all the rest speaks for.

    Nothing is chosen between sources: which host is called is not for parameters to decide.
    """
    if len({match.source.name for match in matches}) > 1:
        return []
    values = {name for name, location in given.parameters if location == "path"}
    placed = [match for match in matches if set(_VARIABLE.findall(match.endpoint.path)) == values]
    if len(placed) < 2:
        return placed
    taking = [match for match in placed if _takes(match, given)]
    for speaks in (_has_members, _has_no_others):
        told = [match for match in taking if speaks(match, given)]
        if len(told) == 1:
            return told
    return taking


def named_by(step_id: str, matches: list[Match]) -> Match | None:
    """Return the one match that a step's id names by what sets its path apart from the others.

    That is the one of which the id names every word that not all paths have; of several the one whose word comes last,
    for "event venue" is a venue. Where the id names no such word, it is the one that all the others lie below: a thing,
    where they are parts of it. Only what reads is chosen so: a name is a hint, no more.
    """
    if any(match.endpoint.method != "GET" for match in matches):
        return None
    words = [frozenset(_words(_VARIABLE.sub("", match.endpoint.path))) for match in matches]
    shared, said = frozenset[str]().union(*words).intersection(*words), _said(step_id)
    own = [(each - shared, match) for each, match in zip(words, matches, strict=True)]
    named = [(max(map(said.index, each)), len(each), match) for each, match in own if each and each <= set(said)]
    if not all(each for each, _ in own):
        named = [one for one in named if one[0] > 0]  # the first word may be what is done: `archive-event`
    if named:
        best = max(named, key=lambda one: one[:2])
        return best[2] if sum(one[:2] == best[:2] for one in named) == 1 else None
    above = [match for match in matches if all(_is_below(other, match) for other in matches if other is not match)]
    hinted = any(each & frozenset(said) for each, _ in own)
    return above[0] if len(above) == 1 and not hinted else None


def _said(step_id: str) -> list[str]:
    """Return the words of an id that name its thing: those before "of", "by" and such, which say more about it."""
    words = _words(step_id)
    end = next((index for index, word in enumerate(words) if word in _PREPOSITIONS), len(words))
    return words[:end]


def _is_below(one: Match, other: Match) -> bool:
    return one.endpoint.path.startswith(f"{other.endpoint.path.rstrip('/')}/")


def _takes(match: Match, given: Given) -> bool:
    """Tell whether an operation declares all parameters that are given, and gets all that it requires."""
    operation = _operation(match)
    if operation is None:
        return False
    required = {_named(each.name, each.location) for each in operation.parameters if each.required}
    return given.parameters - _UNTOLD <= _declared(operation) and required <= given.parameters


def _has_members(match: Match, given: Given) -> bool:
    """Tell whether an operation declares each member of the payload."""
    operation = _operation(match)
    if operation is None or operation.body is None or not given.members:
        return False
    schemas = (described.schema for described in operation.body.content.values())
    return any(given.members <= frozenset(_members(schema)) for schema in schemas if schema is not None)


def _has_no_others(match: Match, given: Given) -> bool:
    """Tell whether what is given are all parameters that an operation has, optional ones among them."""
    operation = _operation(match)
    if operation is None:
        return False
    optional = any(not each.required for each in operation.parameters)
    return optional and given.parameters - _UNTOLD == _declared(operation) - _UNTOLD


def _words(text: str) -> list[str]:
    """Return the words of a name or a path, in lower case and in the singular."""
    return [_PLURAL.sub(_singular, word.lower()) for word in _WORD.findall(text)]


def _singular(ending: re.Match[str]) -> str:
    return "y" if ending[0] == "ies" else ""


def _operation(match: Match) -> Operation | None:
    api = match.source.document
    return api.operation(match.endpoint, match.source.name).operation if isinstance(api, OpenApiDocument) else None


def _declared(operation: Operation) -> frozenset[tuple[str, str]]:
    return frozenset(_named(each.name, each.location) for each in operation.parameters)


def _members(schema: Schema) -> Iterator[str]:
    """Yield the names of the properties that a schema and those that it takes in by `$ref` and `allOf` declare."""
    root = schema.document.bundle(schema)
    queue, followed = [root], set[str]()
    for part in queue:
        if not isinstance(part, dict):
            continue
        properties, combined, reference = part.get("properties"), part.get("allOf"), part.get("$ref")
        yield from properties if isinstance(properties, dict) else ()
        queue += combined if isinstance(combined, list) and len(queue) < _MAX_PARTS else []
        if isinstance(reference, str) and reference not in followed:
            followed.add(reference)
            queue.append(_referred(root, reference))


def _referred(root: JSON, reference: str) -> JSON:
    """Return the definition that a reference of a bundled schema names."""
    definitions = root.get("$defs") if isinstance(root, dict) else None
    name = reference.rpartition("#/$defs/")[2]
    return definitions.get(name.replace("~1", "/").replace("~0", "~")) if isinstance(definitions, dict) else None


def _named(name: str, location: str) -> tuple[str, str]:
    return (name.lower() if location == "header" else name, location)
