"""What a request is about: an item, a collection, or something below an item, read from the paths of a description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, TypeAlias
from urllib.parse import quote, urlsplit, urlunsplit

from arazzo_runner.mock.state.identity import text_of
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import Nothing, Value

Key: TypeAlias = tuple[str, ...]
"""The URI of the description and the concrete parts of a path: what names a collection."""

_VARIABLE: Final = re.compile(r"\{([^{}]*)\}")
_WHOLE: Final = re.compile(r"\{([^{}]*)\}")
_SUFFIX: Final = re.compile(r"\.(json|xml)$", re.IGNORECASE)
_KEYED: Final = re.compile(r"([^{}()]+)\((?:[^{}()=]+=)?'?(\{[^{}]*\})'?\)")
_CREATING: Final = ("create", "new", "add")
_WRITING: Final = ("PUT", "PATCH")


class Kind(Enum):
    """What a path names. OTHER is neither; it can still stand below an item."""

    ITEM = auto()
    COLLECTION = auto()
    SINGLETON = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Reference:
    """What one request is about.

    `collection` names the collection, `id` the item in it (empty for none). `variables` are the names that paths have
    for the id, `name` is the last word of the collection's path, `above` are the items that it stands below.
    """

    kind: Kind
    collection: Key
    id: str = ""
    variables: tuple[str, ...] = ()
    name: str = ""
    above: tuple[tuple[Key, str], ...] = ()

    @property
    def path(self) -> str:
        """The concrete path, for people."""
        return "/" + "/".join((*self.collection[1:], *([self.id] if self.id else [])))


class Resources:
    """The collections of descriptions, each description read once."""

    def __init__(self) -> None:
        self._known: dict[str, _Paths] = {}

    def reference(self, operation: Operation, values: Mapping[str, Value]) -> Reference | None:
        """Return what a request to an operation is about; `values` are those of its path, by name.

        None where a value of the path is missing or can't be a part of one.
        """
        paths = self._paths(operation)
        template = _template(operation.path)
        concrete = _concrete(template, values)
        if not template or concrete is None:
            return None
        uri = operation.document.uri
        above = tuple(
            ((uri, *concrete[:index]), concrete[index])
            for index in range(len(template) - 1)
            if _WHOLE.fullmatch(template[index])
        )
        last = _WHOLE.fullmatch(template[-1])
        if last is not None:
            *before, id = concrete
            variables = paths.collections.get(_shape(template[:-1]), ())
            names = tuple(dict.fromkeys((_name(last[1]), *variables)))
            return Reference(Kind.ITEM, (uri, *before), id, names, _last_word(template[:-1]), above)
        found = paths.collection(template, operation.method)
        if found is not None:
            shape, tail = found
            whole = (*concrete[: len(shape) - 1], tail)
            return Reference(Kind.COLLECTION, (uri, *whole), "", paths.collections[shape], tail, above)
        kind = Kind.SINGLETON if _shape(template) in paths.singletons else Kind.OTHER
        return Reference(kind, (uri, *concrete), "", (), template[-1], above)

    def _paths(self, operation: Operation) -> _Paths:
        document = operation.document
        if document.uri not in self._known:
            self._known[document.uri] = _paths_of(document) if isinstance(document, OpenApiDocument) else _Paths({})
        return self._known[document.uri]


@dataclass(frozen=True, slots=True)
class _Paths:
    """The shapes of a description's paths: collections, with the names of their items' variables, and singletons."""

    collections: Mapping[Key, tuple[str, ...]]
    singletons: frozenset[Key] = frozenset()

    def collection(self, template: Key, method: str) -> tuple[Key, str] | None:
        """Return the shape and the last word of the collection that a path means; None where it means none."""
        shape = _shape(template)
        if shape in self.collections:
            return shape, template[-1]
        if method not in ("POST", "PUT"):
            return None
        if template[-1].lower() in _CREATING and shape[:-1] in self.collections and not _VARIABLE.search(template[-2]):
            return shape[:-1], template[-2]
        for tail in (template[-1] + "s", template[-1].removesuffix("s")):
            if (*shape[:-1], tail) in self.collections:
                return (*shape[:-1], tail), tail
        return None


def _paths_of(document: OpenApiDocument) -> _Paths:
    collections: dict[Key, tuple[str, ...]] = {}
    methods: dict[Key, set[str]] = {}
    for endpoint in document.endpoints.all:
        template = _template(endpoint.path)
        methods.setdefault(_shape(template), set()).add(endpoint.method)
        last = _WHOLE.fullmatch(template[-1]) if len(template) > 1 else None
        if last is not None and not _VARIABLE.search(template[-2]):
            shape = _shape(template[:-1])
            collections[shape] = tuple(dict.fromkeys((*collections.get(shape, ()), _name(last[1]))))
    alone = (shape for shape, found in methods.items() if "GET" in found and not found.isdisjoint(_WRITING))
    return _Paths(collections, frozenset(shape for shape in alone if shape not in collections))


def _template(path: str) -> Key:
    """Return the parts of a path template; ``Pets('{id}')`` are two, and a last ``.json`` is none."""
    bare = path.partition("#")[0].partition("?")[0].strip("/")
    return tuple(_split(_SUFFIX.sub("", bare))) if bare else ()


def _split(path: str) -> Iterator[str]:
    for part in path.split("/"):
        keyed = _KEYED.fullmatch(part)
        yield from keyed.groups() if keyed else (part,)


def _shape(template: Key) -> Key:
    return tuple(_VARIABLE.sub("{}", part) for part in template)


def _name(written: str) -> str:
    return written.strip(" +*")


def _last_word(template: Key) -> str:
    return next((part for part in reversed(template) if not _VARIABLE.search(part)), "")


def _concrete(template: Key, values: Mapping[str, Value]) -> Key | None:
    """Return the parts of a path with their values; None where one is missing."""
    texts: dict[str, str | None] = {}
    for name in (name for part in template for name in _VARIABLE.findall(part)):
        value = values.get(_name(name), Nothing("it was not sent"))
        texts[name] = None if isinstance(value, Nothing) else text_of(value)
    if None in texts.values():
        return None
    return tuple(_VARIABLE.sub(lambda found: texts[found[1]] or "", part) for part in template)


def item_url(url: str, template: str, collection: Key, id: str) -> str | None:
    """Return the URL of an item of a collection; None where there is none.

    `url` is that of a request to an operation with the path `template`, `collection` are the parts of its path.
    """
    parts = template.partition("#")[0].partition("?")[0].strip("/").split("/")
    if not id or _SUFFIX.search(parts[-1]):
        return None
    whole = urlsplit(url)
    served = whole.path.rstrip("/").split("/")[: -len(parts)]
    path = "/".join((*served, *(quote(part, safe="") for part in (*collection, id))))
    return urlunsplit((whole.scheme, whole.netloc, path, "", ""))
