"""replacement-absent: a replacement names a place that the payload does not have.

What: the `target` of a replacement is a JSON Pointer into a payload that is written out in the document, and on its way
is a name or an index that is not there; or only its last name is not there, and is almost the name of one that is.
Places that expressions or earlier replacements fill count as anything.
Why: only the last name of a pointer is made where it is missing (RPL-12). Without what stands above it the step fails
before its request is sent; with a misspelt last name, the body gets a member that the API does not know, and keeps the
value that should have been replaced.
Example: `target: /order/totl` for `payload: {order: {total: 0}}`.
Instead: write the pointer as the payload has it, or put the place into the payload.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from arazzo_runner.diagnostics import Diagnostic, did_you_mean
from arazzo_runner.document.model import Replacement, Step
from arazzo_runner.document.objects.fields import is_slip
from arazzo_runner.expressions.pointer import decode
from arazzo_runner.expressions.template import CompiledValue, Constant, ListValue, ObjectValue
from arazzo_runner.program.model import BoundBody
from arazzo_runner.validate.subject import Subject

_APPENDS: Final = "-"
_DIGITS: Final = re.compile(r"\d")

_Members: TypeAlias = "dict[str, CompiledValue]"


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find replacements of places that there are not (RPL-12)."""
    for step, _, call in subject.calls():
        if step.request_body is not None and call.body is not None and call.body.payload is not None:
            yield from _judged(subject, step, step.request_body.replacements, call.body, call.body.payload)


def _judged(
    subject: Subject, step: Step, replacements: tuple[Replacement, ...], body: BoundBody, payload: CompiledValue
) -> Iterator[Diagnostic]:
    before: list[tuple[str, ...]] = []
    for replacement in replacements:
        if not _is_pointer(replacement, body):
            return  # what it makes of the payload is not known here
        tokens = tuple(decode(replacement.target))
        if not any(other[: len(tokens)] == tokens[: len(other)] for other in before):
            grown = frozenset(other[:-1] for other in before)
            yield from _missing(subject, step, replacement, tokens, payload, grown)
        before.append(tokens)


def _is_pointer(replacement: Replacement, body: BoundBody) -> bool:
    named = replacement.target_selector_type
    if named is not None:
        return named.type == "jsonpointer" and "{$" not in replacement.target
    types = (body.content_type or "", *body.media)
    return (
        replacement.target.startswith("/") and "{$" not in replacement.target and not any("xml" in one for one in types)
    )


def _missing(
    subject: Subject,
    step: Step,
    replacement: Replacement,
    tokens: tuple[str, ...],
    payload: CompiledValue,
    grown: frozenset[tuple[str, ...]],
) -> Iterator[Diagnostic]:
    """Judge a pointer; in an array that earlier replacements put something into (`grown`), no index is doubted."""
    value = payload
    for index, token in enumerate(tokens):
        members = _members(value)
        if members is None:
            return
        if token in members:
            value = members[token]
            continue
        is_last = index == len(tokens) - 1
        if isinstance(_opened(value), ListValue):
            if tokens[:index] in grown:
                return
            doubted = not is_last or token not in (_APPENDS, str(len(members)))
        else:
            doubted = not is_last or any(_is_slip(token, name) for name in members)
        if doubted:
            yield _absent(subject, step, replacement, token, members, is_last)
        return


def _is_slip(token: str, name: str) -> bool:
    """Tell whether a name is another, mistyped; names that are counted on (`line1`, `line2`) are not."""
    counted = _DIGITS.sub("", token) == _DIGITS.sub("", name)
    return is_slip(token, name) and not counted


def _members(value: CompiledValue) -> _Members | None:
    """Return what stands in an object or array by its tokens; None where that is not known."""
    match _opened(value):
        case ObjectValue(members):
            return dict(members)
        case ListValue(items):
            return {str(index): item for index, item in enumerate(items)}
    return None


def _opened(value: CompiledValue) -> CompiledValue:
    """Return a constant with its members as values of their own; JSON text as what it holds."""
    if not isinstance(value, Constant):
        return value
    held = value.value
    if isinstance(held, str) and held.lstrip()[:1] in ("{", "["):
        try:
            held = json.loads(held)
        except (ValueError, RecursionError):
            return value
    match held:
        case dict():
            return ObjectValue(tuple((name, Constant(inner)) for name, inner in held.items()))
        case list():
            return ListValue(tuple(Constant(inner) for inner in held))
    return value


def _absent(
    subject: Subject, step: Step, replacement: Replacement, token: str, members: _Members, is_last: bool
) -> Diagnostic:
    then = "" if is_last else ", so the step fails before it is sent"
    message = f"step '{step.step_id}' replaces '{replacement.target}', but its payload has no '{token}' there{then}"
    help = did_you_mean(token, members) if members else "add it to the payload, or remove the replacement"
    return subject.warning("replacement-absent", message, (*replacement.at, "target"), help)
