"""Replacements carried out in a payload (Arazzo 1.1, Payload Replacement Object; checklist RPL-08 to RPL-16).

They are carried out in their order, each in what the ones before it have made. A query sets all that it finds. One that
finds nothing, and a pointer without a place, leave nothing to send: the author meant a body that this is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from arazzo_runner.expressions.text import scalar_text
from arazzo_runner.query.assignment import Draft
from arazzo_runner.query.jsonpath import Query
from arazzo_runner.query.target import BodyTarget, Pointer
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import XPath
from arazzo_runner.query.xpath.editing import xml_draft
from arazzo_runner.values import Nothing, Value, kind

MAX_REPLACED_VALUES = 100_000
"""Values that the queries of one body put in, those inside of others included, where one query finds several places."""

_TEXT = 1_000
"""Characters of text that count as one value."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A target, and the value that goes there. `name` is the target as the document has it, for messages."""

    name: str
    target: BodyTarget
    value: Value


def replace_in_data(body: Value, replacements: Iterable[Replacement], *, grow: bool = False) -> Value | Nothing:
    """Return the body with the values put in; a `Nothing` says what could not be.

    `grow`: the body was not written, so the objects on the way of a pointer are made (RPL-11).
    """
    draft, budget = Draft(body, grow), MAX_REPLACED_VALUES
    for one in replacements:
        match one.target:
            case Pointer(_, tokens):
                fault: Nothing | Undecided | None = draft.assign(tokens, one.value)
            case Query():
                budget, fault = _assign_all(draft, one.target, one.value, budget)
            case XPath():
                fault = Nothing("xpath names no place in a body that is no XML")
            case _:
                assert_never(one.target)
        if fault is not None:
            return _told(one, fault)
    return draft.value


def _assign_all(draft: Draft, query: Query, new: Value, budget: int) -> tuple[int, Nothing | Undecided | None]:
    nodes = query.nodes(draft.value)
    if isinstance(nodes, Undecided):
        return budget, nodes
    if not nodes:
        return budget, Nothing("it finds nothing in the body")
    if len(nodes) > 1:
        budget -= len(nodes) * _size(new, budget // len(nodes))
    if budget < 0:
        reason = f"more than {MAX_REPLACED_VALUES:,} values would be put in"
        return budget, Undecided(reason, "max_replaced_values")
    return budget, draft.assign_all((node.path for node in nodes), new)


def _size(value: Value, limit: int) -> int:
    """Count the values in a value, itself included; once over the limit it counts no further."""
    count, waiting = 0, [value]
    while waiting and count <= limit:
        inner = waiting.pop()
        count += 1
        match inner:
            case str() | bytes():
                count += len(inner) // _TEXT
            case dict() | list():
                count += len(inner)
                waiting += inner.values() if isinstance(inner, dict) else inner
    return count


def replace_in_xml(body: Value, replacements: Iterable[Replacement]) -> Value | Nothing:
    """Return the XML text of a body with the values put in as text; a `Nothing` says what could not be (RPL-15)."""
    if not isinstance(body, str | bytes):
        return Nothing(f"the body is of type {kind(body)}, and no XML")
    draft = xml_draft(body)
    if isinstance(draft, Undecided):
        return Nothing(f"nothing can be replaced in the body: {draft.told}")
    for one in replacements:
        text = _text(one.value)
        if not isinstance(one.target, XPath):
            fault: Nothing | Undecided | None = Nothing("it names no place in a body of XML")
        else:
            fault = text if isinstance(text, Nothing) else draft.replace(one.target, text)
        if fault is not None:
            return _told(one, fault)
    return draft.written()


def _text(value: Value) -> str | Nothing:
    """Return a value as the text of a node; null is an empty one."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool() | int() | float():
            return scalar_text(value)
        case _:
            return Nothing(f"a value of type {kind(value)} has no text in XML")


def _told(one: Replacement, fault: Nothing | Undecided) -> Nothing:
    reason = fault.told if isinstance(fault, Undecided) else fault.reason
    return Nothing(f"the replacement at '{one.name}' can't be made: {reason}")
