"""The header fields of an answer: those that are declared, and those that a criterion or an output reads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, TypeAlias

from arazzo_runner.mock.described import Schemas
from arazzo_runner.mock.instances.conjunction import NoInstance
from arazzo_runner.mock.instances.draw import Draw
from arazzo_runner.mock.instances.formats import token
from arazzo_runner.mock.invention import Source, Wish, agreeing, invent
from arazzo_runner.sources.openapi.headers import FRAMING, header_text
from arazzo_runner.sources.openapi.scalars import Unserialisable, scalar_text
from arazzo_runner.sources.operations import OperationHeader
from arazzo_runner.values import JSON

_MAX_FIELDS: Final = 60
_OURS: Final = FRAMING | {"content-type", "content-encoding", "content-length", "date"}
"""Fields that follow from the answer itself, or would say something of it that is not so."""

_TEXT: Final[JSON] = {"type": ["string", "number", "integer", "boolean"]}

Known: TypeAlias = Mapping[str, Callable[[str], str | None]]
"""By names in lower case what makes of an invented text the one that is known; None where nothing is."""

_NOTHING_KNOWN: Final[Known] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Fields:
    """Header fields, and the wishes that were not met: the name of the field and why; `limited` by the mock itself."""

    fields: tuple[tuple[str, str], ...]
    unmet: tuple[tuple[str, str], ...] = ()
    undeclared: tuple[str, ...] = ()
    limited: bool = False


def header_fields(
    declared: dict[str, OperationHeader],
    wanted: dict[str, list[Wish]],
    schemas: Schemas,
    seed: int,
    known_texts: Known = _NOTHING_KNOWN,
) -> Fields:
    """Make the fields of an answer; `wanted` maps names in lower case to what is wished of them.

    `known_texts` are what fields have to agree with, as far as their schemas and the wishes have room for it.
    """
    known = {name.lower(): name for name in declared}
    names = {**known, **{name: name for name in wanted if name not in known}}
    fields: list[tuple[str, str]] = []
    unmet: list[tuple[str, str]] = []
    limited = False
    for lower, name in list(names.items())[:_MAX_FIELDS]:
        if lower in _OURS:
            continue
        made = _field(declared.get(name), name, wanted.get(lower, []), schemas, seed, known_texts.get(lower))
        if isinstance(made, NoInstance):
            unmet.append((name, made.sentence()))
            limited = limited or made.limited
            continue
        text, faults, reached = made
        limited = limited or reached
        fields.append((name, text))
        unmet += [(name, fault) for fault in faults]
    undeclared = tuple(name for name in wanted if name not in {*known, *_OURS})
    return Fields(tuple(fields), tuple(unmet), undeclared, limited)


def _field(
    declared: OperationHeader | None,
    name: str,
    wishes: list[Wish],
    schemas: Schemas,
    seed: int,
    known: Callable[[str], str | None] | None = None,
) -> tuple[str, list[str], bool] | NoInstance:
    schema = declared.schema if declared else None
    examples = declared.examples if declared else ()
    if name.lower() == "set-cookie" and not examples:
        examples = (f"session={token(Draw(seed, name))}; Path=/; HttpOnly",)
    asked = wishes if schema is not None else [*wishes, (_TEXT,)]
    source = Source(schemas.described(schema), examples, seed, name)
    made = invent(source, asked)
    if isinstance(made, NoInstance):
        return made
    text = known(str(made.value)) if known is not None else None
    if text is not None:
        made = agreeing(source, made, asked, text)
    written = _text(made.value)
    if isinstance(written, Unserialisable):
        return NoInstance(written.reason)
    return written, [reason for _, reason in made.unmet], made.limited


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
