"""Finding an operation by its id (Arazzo 1.1, Step Object: operationId)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from arazzo_runner.diagnostics import LIKE_ENOUGH_TO_WRITE, did_you_mean, near_matches
from arazzo_runner.sources.fitting import fitting, named_by
from arazzo_runner.sources.matching import Match, Miss, Scope, listed
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.sources.registry import ApiSource

PREFIX = "$sourceDescriptions."

_INVENTED = re.compile(r"([A-Za-z]+)_(/.*)", re.DOTALL)


def by_id(text: str, scope: Scope) -> Match | Miss | None:
    """Find the operation that an `operationId` names; None where its source could not be loaded."""
    if text.startswith(PREFIX):
        return _qualified(text.removeprefix(PREFIX), scope)
    if text.startswith(("$", "{$")):
        message = f"an operationId is no expression: only {PREFIX}NAME.ID may stand here, not '{text}'"
        return Miss("operation-not-static", message, "name the operation itself; steps can't compute what they call")
    return _plain(text, scope)


def _qualified(rest: str, scope: Scope) -> Match | Miss | None:
    split = scope.head(rest, ".")
    if split is None:
        name = rest.partition(".")[0]
        if name in scope.names:
            return Miss("operation-unknown", f"after the source '{name}' comes no operationId")
        return Miss("operation-unknown-source", f"there is no source '{name}'", did_you_mean(name, scope.names))
    name, identifier = split
    api = scope.api(name)
    if api is None or isinstance(api, Miss):
        return api
    return _in_source(identifier, *api, scope)


def _in_source(identifier: str, source: ApiSource, api: OpenApiDocument, scope: Scope) -> Match | Miss:
    matches = _exact(identifier, source, api) or _loose(identifier, source, api)
    if not matches:
        missed = _unknown(identifier, ((source, api),))
        qualified = f"{PREFIX}{source.name}.{missed.meant}" if missed.meant else ""
        return replace(missed, meant=qualified)
    return matches[0] if len(matches) == 1 else _one_of(identifier, matches, scope)


def _plain(text: str, scope: Scope) -> Match | Miss | None:
    exact = [match for source, api in scope.apis for match in _exact(text, source, api)]
    if len(exact) == 1:
        return _unqualified(exact[0], text, scope) if len(scope.callable_names) > 1 else exact[0]
    if exact:
        return _one_of(text, exact, scope)
    split = scope.head(text, ".")
    if split is not None:
        return _dotted(text, *split, scope)
    loose = [match for source, api in scope.apis for match in _loose(text, source, api)]
    if len(loose) == 1:
        return _unqualified(loose[0], text, scope) if len(scope.callable_names) > 1 else loose[0]
    if loose:
        return _one_of(text, loose, scope)
    return _unknown(text, scope.apis) if scope.complete else None


def _dotted(text: str, name: str, identifier: str, scope: Scope) -> Match | Miss | None:
    api = scope.api(name)
    if api is None or isinstance(api, Miss):
        return api
    match = _in_source(identifier, *api, scope)
    if isinstance(match, Miss):
        return match
    problem = f"the operationId '{text}' names its source without '{PREFIX}'"
    return match.read_as("P11", problem, match.standard(), "operation-unknown")


def _unqualified(match: Match, text: str, scope: Scope) -> Match:
    count = len(scope.callable_names)
    problem = f"there are {count} sources, and the operationId '{text}' does not say which one it is in"
    return match.read_as("P11", problem, match.standard(), "operation-unqualified")


def _exact(identifier: str, source: ApiSource, api: OpenApiDocument) -> list[Match]:
    return [Match(source, endpoint) for endpoint in api.endpoints.by_id.get(identifier, ())]


def _loose(identifier: str, source: ApiSource, api: OpenApiDocument) -> list[Match]:
    """Match what differs in case only, or is ``method_/path`` of an operation without id (P12)."""
    folded = identifier.casefold()
    found: list[Match] = []
    for known, endpoints in api.endpoints.by_id.items():
        if known.casefold() == folded:
            problem = f"there is no operationId '{identifier}', only '{known}'"
            matches = (Match(source, endpoint) for endpoint in endpoints)
            found += [match.read_as("P12", problem, f"'{known}'", "operation-unknown") for match in matches]
    invented = _INVENTED.fullmatch(identifier)
    endpoint = api.endpoints.by_place.get((invented[2], invented[1].upper())) if invented else None
    if endpoint is not None and endpoint.operation_id is None:
        problem = f"the operation that '{identifier}' describes has no operationId"
        match = Match(source, endpoint)
        found.append(match.read_as("P12", problem, f"operationPath: '{match.pointer()}'", "operation-unknown"))
    return found


def _one_of(identifier: str, matches: list[Match], scope: Scope) -> Match | Miss:
    """Return the only one that what the step gives can be meant for, else say that the id is ambiguous (OPR-06)."""
    left = fitting(matches, scope.given)
    chosen = left[0] if len(left) == 1 else named_by(scope.given.step_id, left)
    if chosen is None:
        return _ambiguous(identifier, matches)
    named = len(left) > 1
    why = "the id of the step speaks for one of them alone" if named else "what the step gives fits one of them alone"
    problem = f"the operationId '{identifier}' is that of {listed(matches)}; {why}"
    standard = chosen.standard() if len(chosen.same_id()) == 1 else f"operationPath: '{chosen.pointer()}'"
    return chosen.read_as("OPR-06", problem, standard, "operation-ambiguous", is_guess=named)


def _ambiguous(identifier: str, matches: list[Match]) -> Miss:
    message = f"the operationId '{identifier}' is that of {listed(matches)}"
    several = len({match.source.name for match in matches}) > 1
    how = f"write {matches[0].standard()}" if several else f"write operationPath: '{matches[0].pointer()}'"
    return Miss("operation-ambiguous", message, f"{how}, or the other one")


def _unknown(identifier: str, apis: tuple[tuple[ApiSource, OpenApiDocument], ...]) -> Miss:
    for source, api in apis:
        kind = _uncallable(identifier, api)
        if kind:
            message = f"'{identifier}' is a {kind} of source '{source.name}': the API calls it, a step can't"
            return Miss("operation-not-callable", message)
    known = [name for _, api in apis for name in api.endpoints.by_id]
    where = " or ".join(f"'{source.name}'" for source, _ in apis) if apis else "any source"
    message = f"there is no operation '{identifier}' in {where}"
    faults = tuple(fault for _, api in apis for fault in api.endpoints.diagnostics)
    close = near_matches(identifier, known, 2, LIKE_ENOUGH_TO_WRITE)
    meant = close[0] if len(close) == 1 and len(apis) == 1 else ""
    return Miss("operation-unknown", message, did_you_mean(identifier, known), faults, meant)


def _uncallable(identifier: str, api: OpenApiDocument) -> str:
    webhooks = api.root.member("webhooks")
    if webhooks is not None and any(_has_id(item, identifier) for _, item in webhooks.members()):
        return "webhook"
    return "callback" if any(_has_id(item, identifier) for item in _callbacks(api)) else ""


def _callbacks(api: OpenApiDocument) -> Iterator[Node]:
    for endpoint in api.endpoints.all:
        callbacks = endpoint.node.member("callbacks")
        for _, callback in callbacks.members() if callbacks is not None else ():
            for _, item in callback.fields():
                yield item


def _has_id(item: Node, identifier: str) -> bool:
    return any(operation.text("operationId") == identifier for _, operation in item.fields())
