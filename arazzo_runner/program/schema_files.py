"""Documents that schemas stand in, and what their schemas call themselves (JSON Schema 2020-12, sections 8.2 and 9).

A schema with an `$id` is a resource of its own: references and anchors in it are its own, and a pointer that crosses
it leads into it. Validators notice that only below keywords that they know, so that such a resource is known here by
its absolute URI, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import cast

from arazzo_runner.document.source import Source
from arazzo_runner.expressions.pointer import decode, navigate, resolve
from arazzo_runner.sources.location import resolve as resolve_uri
from arazzo_runner.values import JSON, Nothing, Path, Value

WHOLE = "urn:arazzo-runner:document"
"""The name under which the whole Arazzo document is known to its schemas."""

DATA = frozenset({"const", "default", "enum", "examples"})
"""Keywords that hold values, no schemas."""

MAPS = frozenset({"$defs", "dependentSchemas", "patternProperties", "properties"})
"""Keywords whose members have names of the author's own."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A schema that references inside are relative to: its place in its file (the root is one) and its base URI."""

    at: Path
    base: str


@dataclass(frozen=True, slots=True)
class Names:
    """What the schemas of a file call themselves: resources by place and by URI, anchors by resource and name."""

    at: Mapping[Path, Resource]
    resources: Mapping[str, Resource]
    anchors: Mapping[tuple[Path, str], Path]


@dataclass(slots=True)
class File:
    """A document that schemas stand in: `uri` is its name here, `base` what its references are relative to.

    `place` is where it was read from. `source` is None for the schema itself. `rewritten` are its references that
    are pointed elsewhere, by their places.
    """

    uri: str
    base: str
    data: JSON
    place: str
    source: Source | None = None
    rewritten: dict[Path, str] = field(default_factory=dict)
    known: Names | None = None

    @property
    def names(self) -> Names:
        """What its schemas call themselves; of the Arazzo document, only its schemas count."""
        if self.known is None:
            self.known = names_of(schemas_of(self.data) if self.uri == WHOLE else self.data, self.base)
        return self.known

    def resource(self, at: Path) -> Resource:
        """Return the innermost resource around a place."""
        known = self.names.at
        return next(known[at[:size]] for size in range(len(at), -1, -1) if at[:size] in known)

    def place_of(self, fragment: str, resource: Resource) -> Path | Nothing:
        """Return the place that a fragment names in a resource, by pointer or by anchor; its reason is a clause."""
        if fragment and not fragment.startswith("/"):
            found = self.names.anchors.get((resource.at, fragment))
            return Nothing(f"there is no anchor '{fragment}'") if found is None else found
        data = at_path(self.data, resource.at)
        missing = resolve(cast(Value, data), decode(fragment))
        return missing if isinstance(missing, Nothing) else (*resource.at, *_steps(cast(JSON, data), fragment))

    def with_references(self) -> JSON:
        """Return the data with its references pointed at their targets; what has none is not copied."""
        data = self.data
        if isinstance(data, dict) and isinstance(data.get("$id"), str) and self.uri != WHOLE:
            data = {**data, "$id": self.uri if self.source else self.names.at[()].base}
        for path, text in self.rewritten.items():
            data = _with(data, path, text)
        return data


def schemas_of(document: JSON) -> JSON:
    """Return an Arazzo document with nothing in it but the schemas of inputs, each at its place."""
    held = document if isinstance(document, dict) else {}
    workflows, components = held.get("workflows"), held.get("components")
    listed = workflows if isinstance(workflows, list) else []
    shared = components.get("inputs") if isinstance(components, dict) else None
    inputs: list[JSON] = [
        {"inputs": each["inputs"]} if isinstance(each, dict) and "inputs" in each else {} for each in listed
    ]
    return {"workflows": inputs, "components": {"inputs": shared}}


def names_of(data: JSON, base: str) -> Names:
    """Look through a document for what its schemas call themselves; of two with one name the first counts."""
    root = Resource((), _base(data, base))
    names = Names({(): root}, {root.base: root} if root.base != base else {}, {})
    places, resources, anchors = dict(names.at), dict(names.resources), dict(names.anchors)
    waiting: list[tuple[JSON, Path, Resource]] = [(data, (), root)]
    for value, at, around in waiting:
        own = around
        if isinstance(value, dict):
            identity = _base(value, around.base)
            if at and identity != around.base:
                own = places[at] = Resource(at, identity)
                resources.setdefault(identity, own)
            for keyword in ("$anchor", "$dynamicAnchor"):
                if isinstance(name := value.get(keyword), str):
                    anchors.setdefault((own.at, name), at)
        waiting += [(inner, (*at, step), own) for step, inner in below(value, at)]
    return Names(places, resources, anchors)


def below(data: JSON, at: Path) -> Iterator[tuple[str | int, JSON]]:
    """Yield the arrays and objects in a value that can be schemas or hold some."""
    if isinstance(data, list):
        yield from ((index, item) for index, item in enumerate(data) if isinstance(item, dict | list))
    elif isinstance(data, dict):
        is_map = at[-1:] and at[-1] in MAPS
        for name, value in data.items():
            if isinstance(value, dict | list) and (is_map or name not in DATA):
                yield name, value


def at_path(data: JSON, path: Path) -> JSON | Nothing:
    """Return what stands at a place."""
    return cast("JSON | Nothing", navigate(cast(Value, data), path))


def _base(data: JSON, around: str) -> str:
    identity = data.get("$id") if isinstance(data, dict) else None
    if not isinstance(identity, str):
        return around
    try:
        return resolve_uri(around, identity)
    except ValueError:
        return around


def _steps(data: JSON, pointer: str) -> Path:
    path: list[str | int] = []
    for token in decode(pointer):
        step: str | int = int(token) if isinstance(data, list) else token
        data = cast(JSON, at_path(data, (step,)))
        path.append(step)
    return tuple(path)


def _with(data: JSON, path: Path, text: str) -> JSON:
    if not path:
        return text
    first, rest = path[0], path[1:]
    if isinstance(data, dict) and isinstance(first, str):
        return {**data, first: _with(data[first], rest, text)}
    assert isinstance(data, list)
    return [_with(item, rest, text) if index == first else item for index, item in enumerate(data)]
