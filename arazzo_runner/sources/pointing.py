"""Finding an operation by its place (Arazzo 1.1, Step Object: operationPath).

The standard form is an expression for the source, then a JSON Pointer:
``{$sourceDescriptions.pets.url}#/paths/~1pets/get``.
Only ``{$`` begins an expression: the braces of path templates in the pointer are literal.
"""

from __future__ import annotations

import re
from urllib.parse import unquote

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.sources.location import resolve
from arazzo_runner.sources.matching import Match, Miss, Scope, listed
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.openapi.endpoints import methods_of
from arazzo_runner.sources.openapi.references import tokens
from arazzo_runner.sources.registry import ApiSource

STANDARD = "{$sourceDescriptions.NAME.url}#/paths/~1path/method"

_CANONICAL = re.compile(r"\{\$sourceDescriptions\.(?P<name>[^}]+)\.url\}(?P<rest>.*)", re.DOTALL)
_BARE = re.compile(r"\{?\$sourceDescriptions\.(?P<name>[^}#]+)\}?#(?P<pointer>.*)", re.DOTALL)
_PLACE = re.compile(r"(?:(?P<method>[A-Za-z]+)\s+)?(?:\{(?P<name>[^{}$]+)\}\.)?(?P<path>/.*)", re.DOTALL)


def by_path(text: str, scope: Scope) -> Match | Miss | None:
    """Find the operation that an `operationPath` names; None where its source could not be loaded."""
    canonical = _CANONICAL.fullmatch(text)
    if canonical is not None:
        if not canonical["rest"].startswith("#"):
            return _malformed(text, "after the source comes '#' and a JSON Pointer")
        return _in_source(canonical["name"], canonical["rest"][1:], scope)
    bare = _BARE.fullmatch(text)
    if bare is not None:
        return _read(text, _in_source(_source_name(bare["name"], scope), bare["pointer"], scope))
    if text.startswith("$sourceDescriptions."):
        return _malformed(text, "it names an operation and has no pointer", f"write operationId: {text}")
    split = scope.head(text, "#")
    if split is not None:
        return _read(text, _in_source(*split, scope))
    place = _PLACE.fullmatch(text)
    return (
        _malformed(text, "it does not begin with a source", _advice(text, scope))
        if place is None
        else _read(text, _by_place(place["method"], place["path"], place["name"], scope))
    )


def _source_name(written: str, scope: Scope) -> str:
    return written if written in scope.names else written.removesuffix(".url")


def _read(text: str, found: Match | Miss | None) -> Match | Miss | None:
    if not isinstance(found, Match):
        return found
    problem = f"the operationPath '{text}' is not of the form {STANDARD}"
    return found.read_as("P10", problem, f"'{found.pointer()}'", "operation-path-malformed")


def _malformed(text: str, reason: str, help: str = "") -> Miss:
    message = f"the operationPath '{text}' is malformed: {reason}"
    return Miss("operation-path-malformed", message, help or f"write {STANDARD}")


def _advice(text: str, scope: Scope) -> str:
    url, _, pointer = text.partition("#")
    named = [each.name for each in scope.description.source_descriptions if url and _same(url, each.url, scope)]
    names = named or (list(scope.callable_names) if len(scope.callable_names) == 1 else [])
    return f"write '{{$sourceDescriptions.{names[0]}.url}}#{pointer}'" if names and pointer else f"write {STANDARD}"


def _same(url: str, other: str, scope: Scope) -> bool:
    try:
        return resolve(scope.description.base_uri, url) == resolve(scope.description.base_uri, other)
    except ValueError:
        return False


def _by_place(method: str | None, path: str, name: str | None, scope: Scope) -> Match | Miss | None:
    apis = scope.apis
    if name is not None:
        api = scope.api(name)
        if api is None or isinstance(api, Miss):
            return api
        apis = (api,)
    matches = [
        Match(source, endpoint)
        for source, api in apis
        for endpoint in api.endpoints.on_path(path)
        if method is None or endpoint.method == method.upper()
    ]
    if len(matches) == 1:
        return matches[0]
    if matches:
        message = f"'{path}' may mean {listed(matches)}"
        return Miss("operation-ambiguous", message, f"write '{matches[0].pointer()}', or another one")
    if name is None and not scope.complete:
        return None
    here = {endpoint.method for _, api in apis for endpoint in api.endpoints.on_path(path)}
    if here:
        return Miss("operation-unknown", f"the path '{path}' has no {method}, only {', '.join(sorted(here))}")
    known = dict.fromkeys(endpoint.path for _, api in apis for endpoint in api.endpoints.all)
    return Miss("operation-unknown", f"no source has the path '{path}'", did_you_mean(path, known))


def _in_source(name: str, pointer: str, scope: Scope) -> Match | Miss | None:
    found = scope.api(name)
    if found is None or isinstance(found, Miss):
        return found
    source, api = found
    for written in dict.fromkeys((pointer, unquote(pointer))):
        match = _at(tokens(written), source, api)
        if match is not None:
            return match
    return _no_operation(tokens(unquote(pointer)), pointer, source, api)


def _at(place: tuple[str, ...], source: ApiSource, api: OpenApiDocument) -> Match | None:
    match place:
        case ("paths", path, method) if method in methods_of(api.version):
            endpoint = api.endpoints.by_place.get((path, method.upper()))
        case ("paths", path, "additionalOperations", method):
            endpoint = api.endpoints.by_place.get((path, method))
        case _:
            return None
    return Match(source, endpoint) if endpoint is not None else None


def _no_operation(place: tuple[str, ...], pointer: str, source: ApiSource, api: OpenApiDocument) -> Miss:
    where = f"'#{pointer}' in source '{source.name}'"
    if place[:1] == ("webhooks",) or "callbacks" in place[3:4]:
        kind = "webhook" if place[0] == "webhooks" else "callback"
        return Miss("operation-not-callable", f"{where} is a {kind}: the API calls it, a step can't")
    if place[:1] != ("paths",) or len(place) < 2:
        return Miss("operation-path-malformed", f"{where} is no operation under '#/paths'", f"write {STANDARD}")
    # A path whose slashes were not escaped falls apart into tokens; put together, it may be known.
    for end in (len(place), len(place) - 1):
        path = "/".join(place[1:end])
        here = api.endpoints.on_path(path)
        if here and (len(place) == 2 or end < len(place) or len(place) > 3):
            return _beside(place, end, where, [Match(source, endpoint) for endpoint in here])
    known = dict.fromkeys(endpoint.path for endpoint in api.endpoints.all)
    message = f"{where} leads nowhere: there is no path '{place[1]}'"
    return Miss("operation-unknown", message, did_you_mean(place[1], known), api.endpoints.diagnostics)


def _beside(place: tuple[str, ...], end: int, where: str, here: list[Match]) -> Miss:
    spellings = ", ".join(f"'{match.pointer()}'" for match in here[:4])
    if end == len(place):
        message = f"{where} is a path, not an operation: its method is missing"
        return Miss("operation-path-item", message, f"write {spellings}")
    wanted = [match for match in here if match.endpoint.method == place[end].upper()]
    if wanted:
        message = f"{where} leads nowhere as it is written"
        return Miss("operation-path-malformed", message, f"write '{wanted[0].pointer()}'", meant=wanted[0].pointer())
    methods = ", ".join(match.endpoint.method.lower() for match in here)
    return Miss("operation-unknown", f"{where} leads nowhere: that path has {methods}, not '{place[end]}'")
