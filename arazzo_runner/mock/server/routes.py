"""Which operation a request means: by its method and its path, below whatever its API is served at.

A path is taken with the base path of each server that the description names, and without. Where there are several
APIs, each is served below its own name too, and that way goes before the others: two may have the same paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from arazzo_runner.diagnostics import near_matches
from arazzo_runner.mock.server.limits import MAX_FIELDS, MAX_SEGMENTS
from arazzo_runner.mock.server.matching import Found, PathTree, segments_of
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.openapi.endpoints import Endpoint
from arazzo_runner.sources.operations import Operation, Server

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Api:
    """A description that is served; `name` is its source's, each once."""

    name: str
    document: OpenApiDocument = field(repr=False)

    def operation(self, endpoint: Endpoint) -> Operation:
        """Read the operation of an endpoint."""
        return self.document.operation(endpoint, self.name).operation


@dataclass(frozen=True, slots=True)
class Route:
    """The operation that a request means, and the text of each path parameter (`matching.decoded`)."""

    operation: Operation
    values: dict[str, str]

    @property
    def path(self) -> str:
        """The path without what the API is served below: the same for each base path."""
        return _VARIABLE.sub(lambda name: self.values.get(name[1].strip(" +*"), ""), self.operation.path)


@dataclass(frozen=True, slots=True)
class NoRoute:
    """No operation is meant. `allowed` are the methods that the path has (empty: there is no such path).

    `near` are paths that may be meant.
    """

    allowed: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Served:
    """An endpoint, and the pairs that the query of its path template wants."""

    api: Api
    endpoint: Endpoint
    query: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Mount:
    """Paths, and where they are served: the segments before them."""

    prefix: tuple[str, ...]
    tree: PathTree[_Served]


class Routes:
    """The operations of several APIs by method and path. They are read when they are first meant."""

    def __init__(self, apis: Sequence[Api]) -> None:
        self._mounts: list[_Mount] = []
        self._paths: list[str] = []
        own: list[_Mount] = []
        bare: list[_Mount] = []
        based: list[_Mount] = []
        for api in apis:
            for bases, tree in self._trees(api):
                based += [_Mount(base, tree) for base in bases if base]
                bare.append(_Mount((), tree))
                own += [_Mount((api.name, *base), tree) for base in dict.fromkeys((*bases, ()))]
        based.sort(key=lambda mount: -len(mount.prefix))
        own.sort(key=lambda mount: -len(mount.prefix))
        self._mounts = [*own, *based, *bare] if len(apis) > 1 else [*based, *bare, *own]

    def find(self, method: str, path: str, query: str = "") -> Route | NoRoute:
        """Find the operation that a request means; HEAD means GET where the description has none of its own."""
        segments = segments_of(path)
        if len(segments) > MAX_SEGMENTS or not path.startswith("/"):
            return NoRoute()
        found = list(self._found(segments))
        for wanted in (method, "GET") if method == "HEAD" else (method,):
            fitting = [each for each in found if each.entry.endpoint.method == wanted]
            if fitting:
                best = _best(fitting, query)
                return Route(best.entry.api.operation(best.entry.endpoint), dict(best.values))
        if found:
            return NoRoute(tuple(dict.fromkeys(each.entry.endpoint.method for each in found)))
        return NoRoute(near=self._near(segments))

    def _found(self, segments: tuple[str, ...]) -> Iterator[Found[_Served]]:
        names = tuple(map(unquote, segments))
        for mount in self._mounts:
            depth = len(mount.prefix)
            if names[:depth] == mount.prefix:
                rest = segments[depth:]
                yield from mount.tree.find(() if rest == ("",) else rest)  # "/v1/" is the path "/" of "/v1"

    def _near(self, segments: tuple[str, ...]) -> tuple[str, ...]:
        """Return the path with its last slash put in or left out, where that one is served; else paths like it."""
        other = segments[:-1] if segments[-1:] == ("",) else (*segments, "")
        if next(self._found(other), None) is not None:
            return ("/" + "/".join(other),)
        return tuple(near_matches("/" + "/".join(segments), self._paths, 3))

    def _trees(self, api: Api) -> Iterator[tuple[tuple[tuple[str, ...], ...], PathTree[_Served]]]:
        """Yield the paths of an API in groups that have the same base paths."""
        trees: dict[tuple[tuple[str, ...], ...], PathTree[_Served]] = {}
        shared: tuple[tuple[str, ...], ...] | None = None
        for endpoint in api.document.endpoints.all:
            if _has_own_servers(endpoint):
                bases = _base_paths(api.operation(endpoint).servers)
            else:
                shared = bases = shared if shared is not None else _base_paths(api.operation(endpoint).servers)
            path, _, query = endpoint.path.partition("#")[0].partition("?")
            pairs = tuple(parse_qsl(query, keep_blank_values=True, max_num_fields=MAX_FIELDS))
            fixed = tuple(pair for pair in pairs if "{" not in pair[1])
            trees.setdefault(bases, PathTree()).add(path, _Served(api, endpoint, fixed))
            self._paths.append(path)
        yield from trees.items()


def _has_own_servers(endpoint: Endpoint) -> bool:
    return any(isinstance(node.data, dict) and "servers" in node.data for node in (endpoint.node, *endpoint.items))


def _base_paths(servers: Iterable[Server]) -> tuple[tuple[str, ...], ...]:
    """Return the paths of server URLs, with the defaults of their variables, as segments; each once."""
    found = []
    for server in servers:
        url = _VARIABLE.sub(lambda name: _default(server, name[1]), server.url)  # noqa: B023 -- called in this turn
        try:
            found.append(tuple(map(unquote, segments_of(urlsplit(url).path.rstrip("/")))))
        except ValueError:
            continue  # no URL: the path is served without it
    return tuple(dict.fromkeys(found))


def _default(server: Server, name: str) -> str:
    variable = server.variables.get(name)
    return variable.default if variable else "x"


def _best(fitting: list[Found[_Served]], query: str) -> Found[_Served]:
    """Return the one whose template wants most of the query that is there; else the first, the most specific."""
    if not any(each.entry.query for each in fitting):
        return fitting[0]
    given = query.split("&")
    pairs = [(unquote(name), unquote(value)) for name, _, value in (piece.partition("=") for piece in given)]
    met = [each for each in fitting if all(pair in pairs for pair in each.entry.query)]
    return max(met or fitting, key=lambda each: len(each.entry.query) if met else -len(each.entry.query))
