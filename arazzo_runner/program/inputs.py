"""Settling the inputs of a workflow: defaults filled in, then judged by the input schema (P15, INP-03, INP-09)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.expressions.pointer import navigate
from arazzo_runner.program.input_schema import is_secret, parts
from arazzo_runner.program.model import InputSchema
from arazzo_runner.redact import is_secret_name
from arazzo_runner.values import JSON, Nothing, Value, kind

MAX_DEFAULT_DEPTH = 32
"""Levels of nested objects in which defaults are filled in."""

MAX_DEFAULTS = 10_000
"""Defaults that are filled in: a schema that contains itself twice could else have no end of them."""

MAX_NESTED = 10_000
"""Values inside the inputs that are looked at for secrets."""

MAX_SHOWN = 60
"""Characters of a wrong value that a problem shows."""

MAX_PLACES = 100
"""Schemas of one value that are looked at to tell whether it is a secret; with more, it is taken for one."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Inputs ready for a run. `problems` say what is wrong, one sentence each; with any, nothing may be sent.

    `undeclared` are the given inputs that the schema does not name, where it allows them (INP-11).
    """

    inputs: dict[str, Value] = field(repr=False)
    problems: tuple[str, ...] = ()
    undeclared: tuple[str, ...] = ()


def settle(
    schema: InputSchema, given: Mapping[str, Value], *, spared: Callable[[Value | Nothing], bool] | None = None
) -> Settled:
    """Fill in defaults and judge the inputs; what is given is not changed.

    What is wrong with a value for which `spared` holds does not count.
    """
    inputs = _Defaults(schema.schema).fill(dict(given), schema.schema, MAX_DEFAULT_DEPTH)
    problems: list[str] = []
    if schema.validator is not None:
        for fault in schema.validator.iter_errors(_judgeable(inputs)):
            names = fault.kind.name in ("additionalProperties", "unevaluatedProperties")  # their values do not matter
            if names or spared is None or not spared(navigate(inputs, tuple(fault.instance_path))):
                problems.append(_problem(schema, fault, inputs))
    undeclared = () if schema.opens else tuple(name for name in given if name not in schema.properties)
    return Settled(inputs, tuple(problems), undeclared if schema.properties else ())


@dataclass(slots=True)
class _Defaults:
    """Fills in the defaults of a schema, those of nested objects too (P15)."""

    root: JSON
    left: int = MAX_DEFAULTS

    def fill(self, value: dict[str, Value], schema: JSON, depth: int) -> dict[str, Value]:
        """Return the object with the defaults of its absent members."""
        filled = dict(value)
        for name, member in self._members(schema) if depth else ():
            if name not in filled and self.left > 0:
                default = _default(member, self.root)
                if not isinstance(default, Nothing):
                    self.left -= 1
                    filled[name] = deepcopy(default)
            present = filled.get(name)
            if isinstance(present, dict):
                filled[name] = self.fill(present, member, depth - 1)
        return filled

    def _members(self, schema: JSON) -> Iterator[tuple[str, JSON]]:
        for part in parts(schema, self.root):
            properties = part.get("properties")
            yield from properties.items() if isinstance(properties, dict) else ()


def _default(schema: JSON, root: JSON) -> Value | Nothing:
    """Return the default of a schema; null is one."""
    for part in parts(schema, root):
        if "default" in part:
            return part["default"]  # type: ignore[return-value]  # JSON is a Value; list and dict are invariant
    return Nothing("the schema has no default")


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


def _problem(schema: InputSchema, fault: Any, inputs: dict[str, Value]) -> str:
    """Say in a sentence what is wrong with the inputs; no secret is shown, and of the rest only what is wrong."""
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
    name = ".".join(path)
    if _hidden(schema, path):
        return f"input '{name}' does not fit its schema: {fault.message} (it is a secret and not shown)"
    found = navigate(inputs, tuple(fault.instance_path))
    value = found if isinstance(found, bytes) else fault.instance
    if what.name == "type":
        return f"input '{name}' must be {_types(what)}, but is {_shown(value)}"
    return f"input '{name}' does not fit its schema: {fault.message}{_seen(value)}"


def nested_secrets(schema: InputSchema, inputs: Mapping[str, Value]) -> Iterator[Value]:
    """Yield the values inside the inputs that are secrets, by their names or by their schemas."""
    waiting: list[tuple[list[str], Value]] = [([name], value) for name, value in inputs.items()]
    seen = 0
    while waiting and seen < MAX_NESTED:
        path, value = waiting.pop()
        seen += 1
        if _hidden(schema, path):
            yield value
        elif isinstance(value, dict):
            waiting += [([*path, name], member) for name, member in value.items()]
        elif isinstance(value, list):
            waiting += [([*path, str(index)], item) for index, item in enumerate(value)]


def _hidden(schema: InputSchema, path: list[str]) -> bool:
    """Tell whether a value is a secret, or stands in one: by the names on the way to it, or by their schemas."""
    nodes: list[JSON] = [schema.schema]
    for name in path:
        nodes = [member for node in nodes for part in parts(node, schema.schema) for member in _members(part, name)]
        doubtful = len(nodes) > MAX_PLACES
        if doubtful or is_secret_name(name) or any(is_secret("", node, schema.schema) for node in nodes):
            return True
    return False


def _members(part: dict[str, JSON], name: str) -> Iterator[JSON]:
    """Yield the schemas that a schema has for a member of an object, or for an item of an array."""
    properties, prefix = part.get("properties"), part.get("prefixItems")
    if isinstance(properties, dict) and name in properties:
        yield properties[name]
    else:
        yield part.get("additionalProperties", True)
    if name.isdecimal() and isinstance(prefix, list) and int(name) < len(prefix):
        yield prefix[int(name)]
    yield part.get("items", True)


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
    return _text(value).strip() if isinstance(value, bytes) else f"the {kind(value)}{_text(value)}"


def _seen(value: Value) -> str:
    text = _text(value)
    return f"; it is{text}" if text else ""


def _text(value: Value) -> str:
    """Return a scalar as it may be shown, with a space in front; bytes are counted."""
    if isinstance(value, bytes):
        return f" {len(value)} bytes"
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return ""
    text = repr(value)
    return f" {text if len(text) <= MAX_SHOWN else text[: MAX_SHOWN - 3] + '...'}"
