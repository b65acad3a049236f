"""Payloads of text that are JSON: read as the data they become, so that each expression has its place (BOD-08)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from arazzo_runner.expressions.grammar import Expression
from arazzo_runner.expressions.template import (
    CompiledValue,
    Constant,
    ListValue,
    ObjectValue,
    Template,
    Whole,
    template,
)
from arazzo_runner.values import JSON

_MARK: Final = re.compile("\ue000([wt])([0-9]+)\ue001")
"""Stands for an expression: a value of its own, or a part of a text. The characters are for private use."""


def structured(text: Template) -> CompiledValue | None:
    """Return what the JSON text of a template is made of; None where it is no JSON."""
    pieces = [
        part if isinstance(part, str) else _mark(number, inside)
        for number, (part, inside) in enumerate(zip(text.parts, text.quoted, strict=True))
    ]
    try:
        read: JSON = json.loads("".join(pieces), strict=False)
        return _value(read, text)
    except (ValueError, RecursionError, IndexError):
        return None


def _mark(number: int, inside: bool) -> str:
    return f"\ue000t{number}\ue001" if inside else f'"\ue000w{number}\ue001"'


def _value(read: JSON, text: Template) -> CompiledValue:
    match read:
        case dict():
            return ObjectValue(tuple((name, _value(member, text)) for name, member in read.items()))
        case list():
            return ListValue(tuple(_value(item, text) for item in read))
        case str() if _MARK.search(read):
            return _text(read, text)
        case _:
            return Constant(read)


def _text(read: str, text: Template) -> CompiledValue:
    whole = _MARK.fullmatch(read)
    if whole is not None and whole[1] == "w":
        part = text.parts[int(whole[2])]
        return Constant(part) if isinstance(part, str) else Whole(part)
    return template(tuple(part for part in _parts(read, text)), read)


def _parts(read: str, text: Template) -> Iterator[str | Expression]:
    at = 0
    for found in _MARK.finditer(read):
        if found.start() > at:
            yield read[at : found.start()]
        yield text.parts[int(found[2])]
        at = found.end()
    if at < len(read):
        yield read[at:]
