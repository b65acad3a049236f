"""The header fields of an answer: those that are declared, and those that a criterion or an output reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.formats import token
from arazzo_runner.mock.invention import Source, Wish, invent
from arazzo_runner.sources.openapi.headers import FRAMING, header_text
from arazzo_runner.sources.openapi.scalars import Unserialisable, scalar_text
from arazzo_runner.sources.operations import OperationHeader
from arazzo_runner.values import JSON

_MAX_FIELDS: Final = 60
_OURS: Final = FRAMING | {"content-type", "content-encoding", "content-length", "date"}
"""Fields that follow from the answer itself, or would say something of it that is not so."""

_TEXT: Final[JSON] = {"type": ["string", "number", "integer", "boolean"]}


@dataclass(frozen=True, slots=True)
class Fields:
    """Header fields, and the wishes that were not met: the name of the field and why."""

    fields: tuple[tuple[str, str], ...]
    unmet: tuple[tuple[str, str], ...] = ()
    undeclared: tuple[str, ...] = ()


def header_fields(
    declared: dict[str, OperationHeader], wanted: dict[str, list[Wish]], schemas: Schemas, seed: int
) -> Fields:
    """Make the fields of an answer; `wanted` maps names in lower case to what is wished of them."""
    known = {name.lower(): name for name in declared}
    names = {**known, **{name: name for name in wanted if name not in known}}
    fields: list[tuple[str, str]] = []
    unmet: list[tuple[str, str]] = []
    for lower, name in list(names.items())[:_MAX_FIELDS]:
        if lower in _OURS:
            continue
        made = _field(declared.get(name), name, wanted.get(lower, []), schemas, seed)
        if isinstance(made, NoInstance):
            unmet.append((name, made.sentence()))
            continue
        text, faults = made
        fields.append((name, text))
        unmet += [(name, fault) for fault in faults]
    return Fields(tuple(fields), tuple(unmet), tuple(name for name in wanted if name not in {*known, *_OURS}))


def _field(
    declared: OperationHeader | None, name: str, wishes: list[Wish], schemas: Schemas, seed: int
) -> tuple[str, list[str]] | NoInstance:
    schema = declared.schema if declared else None
    examples = declared.examples if declared else ()
    if name.lower() == "set-cookie" and not examples:
        examples = (f"session={token(Draw(seed, name))}; Path=/; HttpOnly",)
    asked = wishes if schema is not None else [*wishes, (_TEXT,)]
    made = invent(Source(schemas.described(schema), examples, seed, name), asked)
    if isinstance(made, NoInstance):
        return made
    text = _text(made.value)
    if isinstance(text, Unserialisable):
        return NoInstance(text.reason)
    return text, [reason for _, reason in made.unmet]


def _text(value: JSON) -> str | Unserialisable:
    """Write a value in the style `simple` (OpenAPI 3.1, Header Object)."""
    match value:
        case list():
            pieces = [scalar_text(item) for item in value]  # type: ignore[arg-type]  # JSON is a Value
        case dict():
            pieces = [piece for name, item in value.items() for piece in (name, scalar_text(item))]  # type: ignore[arg-type]  # JSON is a Value
        case _:
            pieces = [scalar_text(value)]
    faults = [piece for piece in pieces if isinstance(piece, Unserialisable)]
    return faults[0] if faults else header_text(",".join(str(piece) for piece in pieces))
