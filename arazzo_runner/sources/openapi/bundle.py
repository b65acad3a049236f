"""A schema of an API description as one JSON Schema of draft 2020-12 that stands alone.

Everything that it refers to, in whatever file, is put under `$defs`, once, so schemas that contain themselves work,
and no validator ever follows a reference into the network or the file system. The walk keeps its own list of what is
still to do: a schema may be deeper than Python's stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.sources.openapi.dialect import (
    KEPT,
    ONE_SCHEMA,
    SCHEMA_LISTS,
    SCHEMA_MAPS,
    SOUND,
    UNUSED,
    modernise,
)
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import Dangling, follow, followed, reference_of
from arazzo_runner.values import JSON, Path, kind

BUNDLE_URI = "urn:arazzo-runner:bundle"
"""The `$id` of a bundle, where schemas in it have an `$id` of their own."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The schema, and what is wrong with the schemas that it was made of."""

    schema: JSON
    diagnostics: tuple[Diagnostic, ...] = ()


def bundle(node: Node, side: str = "", *, literal: bool = False) -> Bundle:
    """Bundle a schema. On the `side` request read-only properties are not required, on response write-only ones.

    `literal`: null is allowed only where the description's own version of OpenAPI allows it, not where its author
    meant to.

    (OpenAPI 3.1, Schema Object, with JSON Schema 2020-12; OpenAPI 3.0 and Swagger 2.0, Schema Object.)
    """
    bundling = _Bundling(side, literal=literal)
    schema = bundling.run(node)
    if bundling.identified:
        # Inside a schema with an `$id`, "#" means that schema: the definitions need a whole URI.
        bundling = _Bundling(side, BUNDLE_URI, literal)
        schema = bundling.run(node)
    return Bundle(schema, bundling.faults.found())


@dataclass(frozen=True, slots=True)
class _Task:
    """A schema to convert, and what puts the result in its place.

    `lifted` where that place is a definition; `kept` where the schema stands in one that keeps its `$id`, and so keeps
    its anchors.
    """

    node: Node
    put: Callable[[JSON], None]
    lifted: bool = False
    kept: bool = False


class _Bundling:
    """One bundle in the making: the definitions so far, and what is still to convert.

    `identified` tells that a schema in it has an `$id`; then `base` has to be a URI.
    """

    def __init__(self, side: str, base: str = "", literal: bool = False) -> None:
        self.faults = Faults()
        self.identified = False
        self._side, self._base, self._literal = side, base, literal
        self._tasks: list[_Task] = []
        self._definitions: dict[str, JSON] = {}
        self._names: dict[tuple[str, Path], str] = {}

    def run(self, node: Node) -> JSON:
        top: dict[str, JSON] = {}
        self._tasks.append(_Task(node, partial(top.__setitem__, "schema")))
        while self._tasks:
            task = self._tasks.pop()
            task.put(self._convert(task))
        schema = top["schema"]
        if not self._definitions:
            return schema
        whole: dict[str, JSON] = {"$id": self._base} if self._base else {}
        return {**whole, **(schema if isinstance(schema, dict) else {"allOf": [schema]}), "$defs": self._definitions}

    def _convert(self, task: _Task) -> JSON:
        node = task.node
        if isinstance(node.data, bool):
            return node.data
        if not isinstance(node.data, dict):
            self.faults.unexpected(node, "a schema")
            return True
        if node.document.version < "3.1":
            # There, what stands beside a reference counts for nothing.
            return self._refer(node) if reference_of(node.data) is not None else self._modern(node, self._copied(task))
        identity = node.document.anchors.bases.get(node.at)
        if identity is None:
            return self._modern(node, self._with_references(task))
        return self._kept(task, identity) if task.lifted else self._referred(node)

    def _kept(self, task: _Task, identity: str) -> JSON:
        self.identified = True
        schema = self._with_references(replace(task, kept=True))
        schema["$id"] = identity
        return self._modern(task.node, schema)

    def _with_references(self, task: _Task) -> dict[str, JSON]:
        node, copied = task.node, self._copied(task)
        if reference_of(node.data) is not None:
            copied |= self._refer(node)
        dynamic = node.text("$dynamicRef")
        if dynamic is not None:
            self._refer_dynamically(task, dynamic, copied)
        return copied

    def _refer_dynamically(self, task: _Task, dynamic: str, schema: dict[str, JSON]) -> None:
        plain = Node({"$ref": dynamic}, task.node.document, task.node.at)
        if task.kept and dynamic.startswith("#"):
            if followed(plain, self.faults) is not None:
                schema["$dynamicRef"] = dynamic
            return
        # Outside of schemas with an `$id` there is one candidate: the document's own anchor.
        target = self._refer(plain)
        parts = schema.setdefault("allOf", [])
        if isinstance(parts, list):
            parts.append(target)

    def _modern(self, node: Node, schema: dict[str, JSON]) -> JSON:
        counts = not self._literal or node.document.version < "3.1"
        return modernise(schema, nullable_counts=counts, literal=self._literal)

    def _copied(self, task: _Task) -> dict[str, JSON]:
        node, schema = task.node, dict[str, JSON]()
        for name, value in node.data.items() if isinstance(node.data, dict) else ():
            child = Node(value, node.document, (*node.at, name))
            if name in KEPT and task.kept:
                self._keep(name, child, schema)
            elif name == "$ref" or name in UNUSED:
                continue
            elif name in ONE_SCHEMA or name in SCHEMA_LISTS or name in SCHEMA_MAPS:
                self._descend(name, child, schema, task.kept)
            elif name == "type" and value == "file":
                schema |= {"type": "string", "format": "binary"}
            elif name not in SOUND or SOUND[name](value):
                schema[name] = value
            else:
                self._unsound(name, child)
        self._finish(node, schema)
        return schema

    def _keep(self, name: str, child: Node, schema: dict[str, JSON]) -> None:
        if isinstance(child.data, dict):
            schema[name] = self._map(child, kept=True)
        elif isinstance(child.data, str):
            schema[name] = child.data

    def _finish(self, node: Node, schema: dict[str, JSON]) -> None:
        if "example" in schema:
            example = schema.pop("example")
            schema.setdefault("examples", [example])
        if "discriminator" in schema:
            self._discriminate(Node(schema["discriminator"], node.document, (*node.at, "discriminator")), schema)
        if self._side and isinstance(schema.get("required"), list):
            schema["required"] = [name for name in _listed(schema["required"]) if not self._elsewhere(node, str(name))]

    def _unsound(self, name: str, node: Node) -> None:
        written = f"'{node.data}'" if isinstance(node.data, str) else f"this {kind(node.data)}"
        message = f"the schema keyword '{name}' can't be {written}; it is left out"
        self.faults.add("openapi-schema", message, node)

    def _descend(self, name: str, child: Node, schema: dict[str, JSON], kept: bool) -> None:
        if name == "items" and isinstance(child.data, list):
            name = "prefixItems"  # the tuple form, of which 2020-12 made a keyword
        if name in ONE_SCHEMA:
            schema[name] = True
            self._tasks.append(_Task(child, partial(schema.__setitem__, name), kept=kept))
        elif name in SCHEMA_LISTS and isinstance(child.data, list) and child.data:
            schemas: list[JSON] = [True] * len(child.data)
            schema[name] = schemas
            for index, each in enumerate(child.elements()):
                self._tasks.append(_Task(each, partial(schemas.__setitem__, index), kept=kept))
        elif name in SCHEMA_MAPS and isinstance(child.data, dict):
            schema[name] = self._map(child, kept)
        else:
            self._unsound(name, child)

    def _map(self, node: Node, kept: bool) -> dict[str, JSON]:
        names = list(node.data) if isinstance(node.data, dict) else []
        schemas: dict[str, JSON] = dict.fromkeys(names, True)
        for name in names:
            member = node.member(name)
            if member is not None:
                self._tasks.append(_Task(member, partial(schemas.__setitem__, name), kept=kept))
        return schemas

    def _refer(self, node: Node) -> dict[str, JSON]:
        if followed(node, self.faults) is None:
            return {}
        # One step only: in 3.1 what stands beside the next reference counts too.
        target = node.document.resolve(reference_of(node.data) or "", node.at)
        return {} if isinstance(target, Dangling) else self._referred(target)

    def _referred(self, target: Node) -> dict[str, JSON]:
        key = (target.document.uri, target.at)
        if key not in self._names:
            name = self._names[key] = self._free_name(target)
            self._definitions[name] = True
            self._tasks.append(_Task(target, partial(self._definitions.__setitem__, name), lifted=True))
        identity = target.document.anchors.bases.get(target.at)
        return {"$ref": identity or f"{self._base}#/$defs/{self._names[key]}"}

    def _free_name(self, target: Node) -> str:
        last = str(target.at[-1]) if target.at else "schema"
        wanted = re.sub(r"[^A-Za-z0-9_.-]", "_", last) or "schema"
        name, count = wanted, 1
        while name in self._definitions:
            count += 1
            name = f"{wanted}.{count}"
        return name

    def _discriminate(self, node: Node, schema: dict[str, JSON]) -> None:
        """Point the `mapping` of a discriminator at the definitions; Swagger's is a bare property name."""
        if isinstance(node.data, str):
            schema["discriminator"] = {"propertyName": node.data}
        mapping = node.member("mapping")
        if mapping is None or not isinstance(mapping.data, dict) or not isinstance(node.data, dict):
            return
        pointed: dict[str, JSON] = {}
        for value, written in mapping.data.items():
            target = self._mapped(written, node)
            if target is None:
                message = f"the discriminator maps '{value}' to '{written}', which is no schema"
                self.faults.add("openapi-reference", message, Node(written, node.document, (*mapping.at, value)))
            else:
                pointed[value] = self._referred(target)["$ref"]
        schema["discriminator"] = {**node.data, "mapping": pointed}

    @staticmethod
    def _mapped(written: JSON, node: Node) -> Node | None:
        if not isinstance(written, str):
            return None
        by_name = node.document.root.member("components")
        schemas = by_name.member("schemas") if by_name is not None else None
        named = schemas.member(written) if schemas is not None else None
        if named is not None:
            return named
        target = node.document.resolve(written, node.at)
        return target if isinstance(target, Node) else None

    def _elsewhere(self, node: Node, name: str) -> bool:
        properties = node.member("properties")
        declared = properties.member(name) if properties is not None else None
        target = follow(declared) if declared is not None else None
        if not isinstance(target, Node) or declared is None:
            return False
        flag = "readOnly" if self._side == "request" else "writeOnly"
        return target.flag(flag) or declared.flag(flag)


def _listed(value: JSON) -> list[JSON]:
    return value if isinstance(value, list) else []
