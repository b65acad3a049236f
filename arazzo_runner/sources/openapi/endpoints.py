"""The operations of a description, found in one shallow walk of its `paths`.

Webhooks and callbacks are requests that the API makes to its user: they are no endpoints (Arazzo 1.1, Step Object:
`operationId` names an operation that can be called).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import followed, reference_of
from arazzo_runner.values import JSON

_METHODS_2_0 = ("get", "put", "post", "delete", "options", "head", "patch")
_METHODS = {
    "2.0": _METHODS_2_0,
    "3.0": (*_METHODS_2_0, "trace"),
    "3.1": (*_METHODS_2_0, "trace"),
    "3.2": (*_METHODS_2_0, "trace", "query"),
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An operation that has not been read yet.

    `node` is the Operation Object, `items` the Path Item Objects that it stands in: the one under `paths`, and where
    that one is a reference also the one it leads to (the first says more).
    """

    path: str
    method: str
    operation_id: str | None
    node: Node
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Endpoints:
    """All endpoints of a description, by operationId and by path and method (upper case, except custom methods)."""

    all: tuple[Endpoint, ...]
    by_id: Mapping[str, tuple[Endpoint, ...]]
    by_place: Mapping[tuple[str, str], Endpoint]
    diagnostics: tuple[Diagnostic, ...] = ()

    def on_path(self, path: str) -> tuple[Endpoint, ...]:
        """Return the endpoints of one path template, written exactly so."""
        return tuple(endpoint for endpoint in self.all if endpoint.path == path)


def methods_of(version: str) -> tuple[str, ...]:
    """Return the fields of a Path Item Object that hold operations, in that version of OpenAPI."""
    return _METHODS.get(version, _METHODS["3.2"])


def endpoints_of(root: Node) -> Endpoints:
    """Find the endpoints of a whole description."""
    faults = Faults()
    found = tuple(_endpoints(root, faults))
    by_id: dict[str, list[Endpoint]] = {}
    for endpoint in found:
        if endpoint.operation_id is not None:
            by_id.setdefault(endpoint.operation_id, []).append(endpoint)
    return Endpoints(
        found,
        {name: tuple(endpoints) for name, endpoints in by_id.items()},
        {(endpoint.path, endpoint.method): endpoint for endpoint in reversed(found)},
        faults.found(),
    )


def _endpoints(root: Node, faults: Faults) -> Iterator[Endpoint]:
    paths = root.member("paths")
    if paths is None:
        return
    paths = followed(paths, faults)
    if paths is not None and not isinstance(paths.data, dict):
        faults.unexpected(paths, "an object of paths")
        return
    for path, item in paths.fields() if paths is not None else ():
        yield from _of_path(path, item, root, faults)


def _of_path(path: str, item: Node, root: Node, faults: Faults) -> Iterator[Endpoint]:
    items = [item]
    if reference_of(item.data) is not None:
        target = followed(item, faults)
        items += [target] if target is not None else []
    seen: set[str] = set()
    for each in items:
        if not isinstance(each.data, dict):
            faults.unexpected(each, "a Path Item Object")
            continue
        for method, node in _methods_of(each, root.document.version, faults):
            if method not in seen:
                seen.add(method)
                yield from _endpoint(path, method, node, tuple(items), faults)


def _methods_of(item: Node, version: str, faults: Faults) -> Iterator[tuple[str, Node]]:
    for name in methods_of(version):
        node = item.member(name)
        if node is not None:
            yield name.upper(), node
    additional = item.member("additionalOperations") if version >= "3.2" else None
    if additional is not None:
        yield from additional.members()


def _endpoint(path: str, method: str, node: Node, items: tuple[Node, ...], faults: Faults) -> Iterator[Endpoint]:
    target = followed(node, faults)
    if target is None:
        return
    if not isinstance(target.data, dict):
        faults.unexpected(target, "an Operation Object")
        return
    yield Endpoint(path, method, _id_of(target.data.get("operationId")), target, items)


def _id_of(written: JSON) -> str | None:
    # YAML reads an id such as 404 as a number; a step's operationId is text.
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return None
    return str(written)
