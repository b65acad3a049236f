"""Whether a value is valid against schemas, by jsonschema-rs: it is told, never guessed.

Offline always: a reference that leads out of the document is a fault of the schema, not a download.
"""

from __future__ import annotations

from itertools import islice
from typing import Final, TypeAlias

from jsonschema_rs import Draft202012Validator, FancyRegexOptions, Registry

from arazzo_runner.mock.instances.rooted import URN, RootedSchema
from arazzo_runner.values import JSON, Path

Nodes: TypeAlias = tuple[JSON, ...]
"""Schemas as written, all of which hold."""

_MAX_FAULTS: Final = 20
_BACKTRACKS: Final = 100_000


class Judge:
    """Checks values against pieces of one schema; what it compiled is kept.

    By JSON Schema 2020-12 a `format` is an annotation. With `formats` it is asserted besides: a value has to be valid
    both ways, for under `not` or in a `oneOf` an assertion can make valid what is not.
    """

    def __init__(self, root: RootedSchema, *, formats: bool = True) -> None:
        self._ways = (False, True) if formats and root.has_formats else (False,)
        # What can't be read is told before anything is judged; here it must only do no harm.
        usable = isinstance(root.node, dict) and not root.faults
        self._registry = Registry([(URN, root.node if usable else {})])
        self._compiled: dict[tuple[int, ...], tuple[Nodes, list[Draft202012Validator]]] = {}

    def fault_of(self, nodes: Nodes) -> str:
        """Return why the schemas can't be used, empty where they can."""
        try:
            self._validators(nodes)
        except ValueError as fault:
            return str(fault).partition("\n")[0]
        return ""

    def holds(self, nodes: Nodes, value: JSON) -> bool:
        """Tell whether a value satisfies all the schemas; false where they can't be used."""
        try:
            return all(validator.is_valid(value) for validator in self._validators(nodes))
        except ValueError:
            return False

    def faults(self, nodes: Nodes, value: JSON) -> list[tuple[Path, str]]:
        """Return what is wrong with a value, with its places, a few of each; empty where it is valid."""
        try:
            validators = self._validators(nodes)
        except ValueError as fault:  # a part of the schema that refers to what is not there
            return [((), str(fault).partition("\n")[0])]
        errors = (error for validator in validators for error in validator.iter_errors(value))
        return [(tuple(error.instance_path), error.message) for error in islice(errors, _MAX_FAULTS)]

    def _validators(self, nodes: Nodes) -> list[Draft202012Validator]:
        key = tuple(map(id, nodes))
        if key not in self._compiled:
            # The nodes are kept with what was made of them: an id names an object only while it lives.
            self._compiled[key] = nodes, [self._compile(nodes, formats) for formats in self._ways]
        return self._compiled[key][1]

    def _compile(self, nodes: Nodes, formats: bool) -> Draft202012Validator:
        schema: JSON = {"allOf": list(nodes)} if len(nodes) > 1 else nodes[0] if nodes else True
        if not isinstance(schema, dict | bool):
            raise ValueError("a schema is an object or a boolean")
        return Draft202012Validator(
            schema,
            registry=self._registry,
            offline=True,
            validate_formats=formats,
            ignore_unknown_formats=True,
            pattern_options=FancyRegexOptions(backtrack_limit=_BACKTRACKS),
        )
