"""The schemas of places in requests and answers, taken out of their description once and laid open."""

from __future__ import annotations

from arazzo_runner.mock.demands.demand import ANYTHING
from arazzo_runner.mock.demands.inlining import inlined
from arazzo_runner.mock.demands.parts import inside, member
from arazzo_runner.sources.openapi import media
from arazzo_runner.sources.operations import Operation, Schema
from arazzo_runner.values import JSON, Path


class Places:
    """Schemas by the place they stand at, each made self-contained once; a part of one is the same object each time."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, Path, str], JSON] = {}
        self._members: dict[tuple[int, str | int], tuple[JSON, JSON]] = {}
        self._open: dict[int, tuple[JSON, JSON]] = {}
        self._parts: dict[tuple[int, int], tuple[JSON, JSON, JSON]] = {}

    def schema(self, schema: Schema | None, side: str = "request") -> JSON:
        """Return a schema for one side of the exchange, self-contained."""
        if schema is None:
            return ANYTHING
        key = (schema.document.uri, schema.at, side)
        if key not in self._known:
            self._known[key] = schema.document.bundle(schema, side)
        return self._known[key]

    def declared(self, root: JSON, schema: JSON) -> JSON:
        """Return a part of the input schema `root`, self-contained."""
        key = (id(root), id(schema))
        if key not in self._parts:
            definitions = root.get("$defs") if isinstance(root, dict) else None
            whole = {**schema, "$defs": definitions} if isinstance(schema, dict) and definitions else schema
            self._parts[key] = root, schema, whole  # all are kept, so that their ids stay their own
        return self._parts[key][2]

    def member(self, schema: JSON, token: str | int) -> JSON:
        """Return what a schema says of a member."""
        key = (id(schema), token)
        if key not in self._members:
            self._members[key] = schema, member(schema, token)
        return self._members[key][1]

    def laid_open(self, schema: JSON) -> JSON:
        """Return a schema without references, as one that can be wished for."""
        if not isinstance(schema, dict):
            return schema
        if id(schema) not in self._open:
            self._open[id(schema)] = schema, inlined(schema)
        return self._open[id(schema)][1]

    def answered(self, operation: Operation, path: Path) -> JSON:
        """Return what the successful answer's JSON body says of a place."""
        keys = sorted(operation.responses, key=lambda key: (not key.startswith("2"), key == "default"))
        for key in keys[:1]:
            for name, described in operation.responses[key].content.items():
                if media.is_json(name):
                    return inside(self.schema(described.schema, "response"), path)
        return ANYTHING
