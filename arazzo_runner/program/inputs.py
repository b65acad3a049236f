"""Settling the inputs of a workflow: defaults filled in, then judged by the input schema (P15, INP-03, INP-09)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.program.input_schema import parts
from arazzo_runner.program.model import InputSchema
from arazzo_runner.values import JSON, Value, kind

MAX_DEFAULT_DEPTH = 32
"""Levels of nested objects in which defaults are filled in."""

MAX_SHOWN = 60
"""Characters of a wrong value that a problem shows."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Inputs ready for a run. `problems` say what is wrong, one sentence each; with any, nothing may be sent.

    `undeclared` are the given inputs that the schema does not name, where it allows them (INP-11).
    """

    inputs: dict[str, Value] = field(repr=False)
    problems: tuple[str, ...] = ()
    undeclared: tuple[str, ...] = ()


def settle(schema: InputSchema, given: Mapping[str, Value]) -> Settled:
    """Fill in defaults and judge the inputs; what is given is not changed."""
    inputs = _with_defaults(dict(given), schema.schema, schema.schema, MAX_DEFAULT_DEPTH)
    problems: list[str] = []
    if schema.validator is not None:
        problems = [_problem(schema, fault) for fault in schema.validator.iter_errors(_judgeable(inputs))]
    undeclared = () if schema.opens else tuple(name for name in given if name not in schema.properties)
    return Settled(inputs, tuple(problems), undeclared if schema.properties else ())


def _with_defaults(value: dict[str, Value], schema: JSON, root: JSON, left: int) -> dict[str, Value]:
    """Return the object with the defaults of its absent members, those of nested objects too (P15)."""
    filled = dict(value)
    for part in parts(schema, root) if left else ():
        properties = part.get("properties")
        for name, member in properties.items() if isinstance(properties, dict) else ():
            if name not in filled:
                default = _default(member, root)
                if default is not None:
                    filled[name] = default[0]
            present = filled.get(name)
            if isinstance(present, dict):
                filled[name] = _with_defaults(present, member, root, left - 1)
    return filled


def _default(schema: JSON, root: JSON) -> tuple[Value] | None:
    """Return the default in a tuple (null is a default), or None where there is none."""
    for part in parts(schema, root):
        if "default" in part:
            return (part["default"],)  # type: ignore[return-value]  # JSON is a Value; list and dict are invariant
    return None


def _judgeable(value: Value) -> Any:
    """Return the value with bytes as text: JSON Schema knows no bytes."""
    match value:
        case bytes():
            return value.decode("latin-1")
        case list():
            return [_judgeable(item) for item in value]
        case dict():
            return {name: _judgeable(member) for name, member in value.items()}
        case _:
            return value


def _problem(schema: InputSchema, fault: Any) -> str:
    """Say in a sentence what is wrong with the inputs; the value of a secret input is not shown."""
    path = [str(part) for part in fault.instance_path]
    what = fault.kind
    match what.name:
        case "required":
            name = ".".join([*path, what.property])
            return f"input '{name}' is missing; it is required{_describe(schema, what.property) if not path else ''}"
        case "additionalProperties" | "unevaluatedProperties":
            return "; ".join(_unexpected(schema, path, name) for name in what.unexpected)
    if not path:
        return f"the inputs do not fit their schema: {fault.message}"
    if path[0] in schema.secret:
        return f"input '{'.'.join(path)}' does not fit its schema (its value is a secret and not shown)"
    if what.name == "type":
        return f"input '{'.'.join(path)}' must be {_types(what)}, but is {_shown(what.value)}"
    return f"input '{'.'.join(path)}' does not fit its schema: {fault.message}"


def _unexpected(schema: InputSchema, path: list[str], name: str) -> str:
    hint = f"; {did_you_mean(name, schema.properties)}" if not path else ""
    return f"input '{'.'.join([*path, name])}' is not declared, and the schema allows no others{hint}"


def _describe(schema: InputSchema, name: str) -> str:
    declared = schema.properties.get(name)
    text = declared.get("description") if isinstance(declared, dict) else None
    return f" ({' '.join(text.split())})" if isinstance(text, str) and text.strip() else ""


def _types(what: Any) -> str:
    names = list(what.types)
    return " or ".join(f"{'an' if name[0] in 'aeio' else 'a'} {name}" for name in names)


def _shown(value: Value) -> str:
    text = f"{value!r}" if isinstance(value, str) else ""
    shown = f" {text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + '...'}" if text else ""
    return f"the {kind(value)}{shown}"
