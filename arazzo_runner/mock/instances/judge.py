"""Whether a value is valid against schemas, by jsonschema-rs: it is told, never guessed.

Offline always: a reference that leads out of the document is a fault of the schema, not a download.
"""

from __future__ import annotations

from typing import Final

import jsonschema_rs
from jsonschema_rs import Draft202012Validator, Registry

from arazzo_runner.mock.instances.rooted import URN, RootedSchema
from arazzo_runner.values import JSON, Path

_MAX_FAULTS: Final = 20


class Judge:
    """Checks values against pieces of one schema; what it compiled is kept.

    `formats` tells whether `format` is asserted: by JSON Schema 2020-12 it is an annotation, and a few schemas have
    instances only when it is one.
    """

    def __init__(self, root: RootedSchema, *, formats: bool = True) -> None:
        self._formats = formats
        # What can't be read is told before anything is judged; here it must only do no harm.
        usable = isinstance(root.node, dict) and not root.faults
        self._registry = Registry([(URN, root.node if usable else {})])
        self._compiled: dict[tuple[int, ...], tuple[tuple[JSON, ...], Draft202012Validator]] = {}

    def fault_of(self, nodes: tuple[JSON, ...]) -> str:
        """Return why the schemas can't be used, empty where they can."""
        try:
            self._validator(nodes)
        except ValueError as fault:
            return str(fault).partition("\n")[0]
        return ""

    def holds(self, nodes: tuple[JSON, ...], value: JSON) -> bool:
        """Tell whether a value satisfies all the schemas; false where they can't be used."""
        try:
            return self._validator(nodes).is_valid(value)
        except ValueError:
            return False

    def faults(self, nodes: tuple[JSON, ...], value: JSON) -> list[tuple[Path, str]]:
        """Return what is wrong with a value, with its places, a few of each; empty where it is valid."""
        found: list[tuple[Path, str]] = []
        for error in self._validator(nodes).iter_errors(value):
            found.append((tuple(error.instance_path), error.message))
            if len(found) == _MAX_FAULTS:
                break
        return found

    def _validator(self, nodes: tuple[JSON, ...]) -> Draft202012Validator:
        key = tuple(map(id, nodes))
        if key not in self._compiled:
            schema: JSON = nodes[0] if len(nodes) == 1 else {"allOf": list(nodes)}
            # The nodes are kept with what was made of them: an id names an object only while it lives.
            self._compiled[key] = nodes, self._compile(schema)
        return self._compiled[key][1]

    def _compile(self, schema: JSON) -> Draft202012Validator:
        if not isinstance(schema, dict | bool):
            raise ValueError("a schema is an object or a boolean")
        return Draft202012Validator(
            schema,
            registry=self._registry,
            offline=True,
            validate_formats=self._formats,
            ignore_unknown_formats=True,
            pattern_options=jsonschema_rs.FancyRegexOptions(backtrack_limit=100_000),
        )
