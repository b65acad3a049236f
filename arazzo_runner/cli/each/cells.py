"""From the values of a row to the inputs of its run.

A column, or a member of a JSON row, is named by its input. A name with dots that no input has itself leads into one:
``address.city`` is the member `city` of the input `address`. Texts of CSV become values as those of `-i` do, by the
schema of their place; an empty field gives nothing, so that the default counts. What a row gives goes before what is
given for all rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import Any, Final

from arazzo_runner.cli.conversion import ConversionError, convert
from arazzo_runner.cli.files import cut
from arazzo_runner.cli.inputs import is_secret
from arazzo_runner.program.accepted_types import accepted_types
from arazzo_runner.program.input_schema import parts
from arazzo_runner.program.inputs import nested_secrets
from arazzo_runner.program.model import InputSchema
from arazzo_runner.redact import REDACTED, Redactor, is_secret_name
from arazzo_runner.reports.plain import plain
from arazzo_runner.values import JSON, Value

MAX_PLACES: Final = 10_000
"""The most places of the inputs that are remembered; rows of JSON may name others each time."""

FINGERPRINT: Final = 16
"""The characters of a fingerprint."""


class Misfit(ValueError):
    """A row gives no inputs. The message is for a person, and shows no secret."""


@dataclass(frozen=True, slots=True)
class Placing:
    """How rows become inputs. `given` is what is given for all rows, `are_texts` tells that values are to be read."""

    schema: InputSchema
    given: Mapping[str, Value] = field(default_factory=dict, repr=False)
    are_texts: bool = False
    _places: dict[tuple[str, ...], tuple[frozenset[str], bool]] = field(default_factory=dict, repr=False, compare=False)

    def inputs(self, content: Mapping[str, Value]) -> dict[str, Value]:
        """Return the inputs that a row gives, over those that are given for all.

        Raises:
            Misfit: a value is of no type that its place welcomes, or two names give one place.
        """
        found: dict[str, Value] = dict(self.given)
        placed: set[tuple[str, ...]] = set()
        for name, value in content.items():
            path = self.path(name)
            if self.are_texts:
                if value == "":
                    continue
                value = self._typed(name, path, str(value))
            _clear(path, placed, name)
            placed.add(path)
            _put(found, path, value)
        return found

    def path(self, name: str) -> tuple[str, ...]:
        """Return where a value of this name goes: an input of this name, or a place inside of one."""
        declared = {*self.schema.properties, *self.schema.required}
        steps = tuple(name.split("."))
        return steps if name not in declared and steps[0] in declared and all(steps) else (name,)

    def undeclared(self, names: Collection[str]) -> Iterator[str]:
        """Yield the names that give no declared input, where the schema does not welcome others."""
        declared = {*self.schema.properties, *self.schema.required}
        if declared and not self.schema.opens:
            yield from (name for name in names if self.path(name)[0] not in declared)

    def _typed(self, name: str, path: tuple[str, ...], text: str) -> Value:
        types, secret = self._place(path)
        try:
            return convert(text, types)
        except ConversionError as fault:
            hidden = secret or text.lstrip()[:1] in ("{", "[")
            shown = "its value (not shown)" if hidden else f"'{cut(text)}'"
            raise Misfit(f"column '{cut(name)}': {shown} does not fit: {fault}") from None

    def _place(self, path: tuple[str, ...]) -> tuple[frozenset[str], bool]:
        """Return the types that a place welcomes, and whether its value is a secret; looked up once, within bounds."""
        known = self._places.get(path)
        if known is None:
            known = _place(self.schema, path)
            if len(self._places) < MAX_PLACES:
                self._places[path] = known
        return known

    def fingerprint(self, content: Mapping[str, Value]) -> str:
        """Return what tells one row from another: a hash of its values, without those that are secret.

        It stands in results that may be shown, and a short secret could be guessed from a hash.
        """
        redactor = Redactor()
        secret = {name for name in content if self._place(self.path(name))[1]}
        shown = {name: REDACTED if name in secret else value for name, value in content.items()}
        for value in nested_secrets(self.schema, shown):
            redactor.learn(value)
        text = dumps(plain(dict(redactor.scrub(shown))), sort_keys=True, ensure_ascii=True)
        return sha256(text.encode()).hexdigest()[:FINGERPRINT]


def _place(inputs: InputSchema, path: tuple[str, ...]) -> tuple[frozenset[str], bool]:
    """Return the types that a place welcomes, and whether its value is a secret."""
    nodes: list[JSON] = [inputs.properties.get(path[0], True)]
    secret = is_secret(path[0], inputs)
    for step in path[1:]:
        nodes = [member for node in nodes for part in parts(node, inputs.schema) for member in _members(part, step)]
        secret = secret or is_secret_name(step) or any(_is_password(node) for node in nodes)
    types = accepted_types(True, inputs.schema)
    for node in nodes:
        types &= accepted_types(node, inputs.schema)
    return types, secret


def _members(part: Mapping[str, JSON], name: str) -> Iterator[JSON]:
    properties = part.get("properties")
    if isinstance(properties, dict) and name in properties:
        yield properties[name]


def _is_password(node: JSON) -> bool:
    return isinstance(node, dict) and (node.get("format") == "password" or node.get("writeOnly") is True)


def _clear(path: tuple[str, ...], placed: Collection[tuple[str, ...]], name: str) -> None:
    """See that no other name of the row gives this place, one inside of it, or one that it is inside of."""
    for other in placed if len(path) > 1 or any(len(each) > 1 for each in placed) else ():
        shorter = min(len(path), len(other))
        if path[:shorter] == other[:shorter]:
            raise Misfit(f"'{cut(name)}' and '{cut('.'.join(other))}' give the same place twice")


def _put(found: dict[str, Value], path: tuple[str, ...], value: Value) -> None:
    """Put a value in its place; the objects on the way are copies, for what is given for all rows stays as it is."""
    holder: dict[str, Any] = found
    for step in path[:-1]:
        inner = holder.get(step)
        holder[step] = dict(inner) if isinstance(inner, dict) else {}
        holder = holder[step]
    holder[path[-1]] = value
