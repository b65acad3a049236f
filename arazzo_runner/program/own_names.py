"""Outputs that are named where their members should be (practical readings P2 and P19).

Who describes an answer that is one text, a file or a list often writes its name as if it were a member of it:
``document: $response.body#/document``, where the body is the document. A text has no members, so nothing else can be
meant than the text itself. And who gives an output the whole body often goes on as if it were its member of that name:
``user: $response.body`` and then ``$steps.create.outputs.user.id``, where the id stands at ``#/user/id``. The API
description decides in both cases, and nothing that it could give a value is read in another way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, assert_never

from arazzo_runner.expressions.grammar import Exchange, Patch, Remark, StepOutput
from arazzo_runner.expressions.pointer import MeantName, encode
from arazzo_runner.expressions.template import CompiledValue, ListValue, ObjectValue, Selected, Template, Whole
from arazzo_runner.program.answer_shapes import Kind, Shape, answer_shape
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON, Nothing, Path

_READ: Final = re.compile(r"\$steps\.(?=([^$]{1,200}?)\.outputs\.([^$]{1,200}))")
_BEHIND: Final = re.compile(r"\.([\w\-]+)|(\[)")
_WHAT: Final = {Kind.SCALAR: "one value without members", Kind.ARRAY: "an array", Kind.OBJECT: "an object without it"}


@dataclass(slots=True)
class OwnNames:
    """What the outputs of the steps bound so far give: by the id of the step its answer, and the places read of it."""

    answers: dict[str, tuple[Shape, Mapping[str, Path]]] = field(default_factory=dict)

    def learn(self, step_id: str, operation: Operation, outputs: Mapping[str, CompiledValue]) -> None:
        """Keep what a step gives, for the steps behind it."""
        places = {
            name: _way(value.expression)
            for name, value in outputs.items()
            if isinstance(value, Whole) and isinstance(value.expression, Exchange) and _is_body(value.expression)
        }
        if places:
            self.answers[step_id] = answer_shape(operation), places

    def use(self, expression: StepOutput) -> tuple[StepOutput, Remark] | None:
        """Return how an output that is navigated is meant, where that is not as it is written."""
        shape, places = self.answers.get(expression.step, (Shape(), {}))
        place, steps = places.get(expression.name), expression.navigation
        if place is None or not steps or expression.pointer is not None:
            return None
        meant = _meant_steps(shape.at(place), place, expression.name, steps)
        if meant is None:
            return None
        path = (*place, *meant)
        message = f"'{expression.text}' is read as what stands at '{_pointer(path)}' of the answer"
        standard = f"{_pointer(path)} as an output of step '{expression.step}'"
        return replace(expression, navigation=meant), Remark("reading-P2", message, 0, standard)


def meant_output(
    name: str, expression: Exchange, operation: Operation, uses: tuple[str, ...]
) -> tuple[Exchange, Remark] | None:
    """Return how an output that ends in its own name is meant; None where it is meant as written.

    `uses` are what later steps write behind the output: the name of a member, or ``[``.
    """
    way = _way(expression)
    if not _is_body(expression) or not way or str(way[-1]) != name or name.isdecimal():
        return None
    shape, before = answer_shape(operation).at(way[:-1]), way[:-1]
    if not _is_meant(shape, name, uses):
        return None
    if "[" in uses and before and str(before[-1]).isdecimal():
        before = before[:-1]  # whoever takes items of it means the list
    message = f"'{expression.text}' names a member, but there is {_WHAT[shape.kind]}: it is read as that itself"
    standard = _pointer(before)
    patch = Patch(0, len(expression.text), standard, safe=False)
    remark = Remark("reading-OUT-07", message, 0, standard, patch)
    return replace(expression, pointer=tuple(map(str, before)) or None, navigation=()), remark


def _is_meant(shape: Shape, name: str, uses: tuple[str, ...]) -> bool:
    """Tell whether an output that ends in its own name means what stands before it, and not a member of that."""
    named = [use for use in uses if use != "["]
    match shape.kind:
        case Kind.SCALAR:
            return not named  # who reads members of it took it for something else
        case Kind.ARRAY:
            return True
        case Kind.OBJECT:
            return bool(uses) and shape.lacks(name) and all(map(shape.declares, named))
        case Kind.UNKNOWN:
            return False
        case _:
            assert_never(shape.kind)


class Uses:
    """What a workflow writes behind the outputs of its steps; its texts are looked through once."""

    def __init__(self, workflow: JSON | Nothing) -> None:
        self._reads: dict[str, list[str]] = {}
        for text in _texts(workflow):
            for read in _READ.finditer(text):
                self._reads.setdefault(read[1], []).append(read[2])

    def of(self, step_id: str, name: str) -> tuple[str, ...]:
        """Return what stands behind an output wherever it is read: names of members, or ``[``."""
        tails = (read[len(name) :] for read in self._reads.get(step_id, ()) if read.startswith(name))
        return tuple(found[1] or found[2] for found in map(_BEHIND.match, tails) if found is not None)


def mapped(value: CompiledValue, names: OwnNames, remarks: list[tuple[Path, Remark]], at: Path = ()) -> CompiledValue:
    """Return a value with its expressions as they are meant; `remarks` gets one for each that was read so."""
    match value:
        case Whole(StepOutput() as expression):
            return replace(value, expression=_used(expression, names, remarks, at))
        case Selected(StepOutput() as expression):
            return replace(value, context=_used(expression, names, remarks, (*at, "context")))
        case Template(parts):
            used = (_used(one, names, remarks, at) if isinstance(one, StepOutput) else one for one in parts)
            return replace(value, parts=tuple(used))
        case ListValue(items):
            return ListValue(tuple(mapped(one, names, remarks, (*at, index)) for index, one in enumerate(items)))
        case ObjectValue(members):
            return ObjectValue(tuple((name, mapped(one, names, remarks, (*at, name))) for name, one in members))
    return value


def _used(expression: StepOutput, names: OwnNames, remarks: list[tuple[Path, Remark]], at: Path) -> StepOutput:
    found = names.use(expression)
    if found is None:
        return expression
    remarks.append((at, found[1]))
    return found[0]


def _meant_steps(shape: Shape, place: Path, name: str, steps: Path) -> Path | None:
    """Return the navigation that is meant in a value of a shape; None where it is meant as written."""
    first = steps[0]
    if shape.kind is Kind.SCALAR:
        return () if len(steps) == 1 and place and str(first) == str(place[-1]) else None
    if shape.kind is not Kind.OBJECT:
        return None
    inner = shape.inside(name)
    if isinstance(first, int):
        is_list = inner.kind is Kind.ARRAY if shape.declares(name) else not shape.is_closed()
        return (MeantName(name), *steps) if is_list else None
    item = inner.inside(0) if inner.kind is Kind.ARRAY else inner
    lacking = not shape.declares(str(first)) and item.declares(str(first))
    return (MeantName(name), *steps) if lacking else None


def _texts(node: JSON | Nothing) -> Iterator[str]:
    waiting = [node]
    while waiting:
        match waiting.pop():
            case str() as text:
                yield text
            case dict() as members:
                waiting += members.values()
            case list() as items:
                waiting += items


def _is_body(expression: Exchange) -> bool:
    return expression.side == "response" and expression.part == "body"


def _way(expression: Exchange) -> Path:
    return (*(expression.pointer or ()), *expression.navigation)


def _pointer(path: Path) -> str:
    return f"$response.body#{encode(tuple(map(str, path)))}" if path else "$response.body"
