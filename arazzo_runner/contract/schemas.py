"""Whether values are as schemas of a description say, by jsonschema-rs; compiled when first used, and kept.

Offline always: what a schema refers to stands in the bundle, or is a fault of the schema, never a download. Formats
are annotations, as JSON Schema 2020-12 has them: a server that is fond of an odd date breaks no contract.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import Path, Value

MAX_BREACHES: Final = 20
"""Faults of one value that are told."""

BACKTRACKS: Final = 100_000
"""Steps that one pattern of a schema may go back before the value is taken as not judged."""

_IT: Final = "it"
"""Stands for the value in the library's messages: the value itself is shown by us, secrets apart."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """One fault of a value: where in the value, in words, and the way to the keyword through the schema."""

    at: Path
    message: str
    keyword: Path


class Schemas:
    """The compiled schemas of one side: a `request` needs no read-only members, a `response` no write-only ones."""

    def __init__(self, side: str) -> None:
        self._side = side
        self._compiled: dict[tuple[str, Path], Any] = {}
        self._faults: dict[tuple[str, Path], str] = {}

    def fault(self, schema: Schema) -> str:
        """Return why values can't be judged by a schema; empty where they can. The values are then taken as right."""
        self._validator(schema)
        return self._faults.get((schema.document.uri, schema.at), "")

    def wrong(self, schema: Schema, value: Value) -> tuple[Wrong, ...]:
        """Return what is wrong with a value, the first faults alone; nothing where the schema can't be used."""
        validator = self._validator(schema)
        if validator is None:
            return ()
        try:
            return tuple(_wrong(each) for each in islice(validator.iter_errors(value), MAX_BREACHES))
        except ValueError:  # a value that the library can't take: bytes, a number beyond its range
            return ()

    def holds(self, schema: Schema, value: Value) -> bool:
        """Tell whether a value is as the schema says; true where the schema can't be used."""
        validator = self._validator(schema)
        try:
            return validator is None or bool(validator.is_valid(value))
        except ValueError:
            return True

    def _validator(self, schema: Schema) -> Any:
        key = (schema.document.uri, schema.at)
        if key not in self._compiled:
            self._compiled[key] = self._compile(schema)
        return self._compiled[key]

    def _compile(self, schema: Schema) -> Any:
        from jsonschema_rs import Draft202012Validator, FancyRegexOptions  # 35 ms, and most runs of `show` need none

        bundle = schema.document.bundle(schema, self._side)
        if not isinstance(bundle, dict | bool):
            return self._unusable(schema, "a schema is an object or a boolean")
        try:
            return Draft202012Validator(
                bundle,
                offline=True,
                mask=_IT,
                validate_formats=False,
                pattern_options=FancyRegexOptions(backtrack_limit=BACKTRACKS),
            )
        except ValueError as fault:
            return self._unusable(schema, str(fault).partition("\n")[0])

    def _unusable(self, schema: Schema, fault: str) -> None:
        self._faults[schema.document.uri, schema.at] = fault


def _wrong(error: Any) -> Wrong:
    return Wrong(tuple(error.instance_path), str(error.message), tuple(error.evaluation_path))
