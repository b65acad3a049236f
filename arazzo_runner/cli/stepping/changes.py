"""What follows `set` and `skip`: which value is to be changed, and to what."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Final

from arazzo_runner.api.evaluating import Reading, evaluate
from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.engine.outcomes import Change, Where
from arazzo_runner.expressions import pointer
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.program.model import BoundStep, WorkflowCall
from arazzo_runner.query.assignment import Draft
from arazzo_runner.values import Nothing, Value

TARGETS: Final = "$inputs.NAME, $steps.STEP.outputs.NAME, $request.query.NAME (path, header, cookie), $request.body"

_ASSIGNED = re.compile(r"(?P<target>[^=]*?)\s*=(?!=)\s*")
_INPUT = re.compile(r"\$inputs\.(?P<name>[^#]+)")
_OUTPUT = re.compile(r"\$steps\.(?P<step>.+?)\.outputs\.(?P<name>[^#]+)")
_PART = re.compile(r"\$request\.(?P<part>path|query|header|cookie|querystring)\.(?P<name>[^#]+)")
_BODY = re.compile(r"\$request\.body")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a run is held, for who wants to change something there: the step, what it sees, the steps around it."""

    bound: BoundStep
    scope: Scope
    reading: Reading
    steps: tuple[str, ...]


def read_change(text: str, place: Place) -> Change | Fault:
    """Read ``TARGET = VALUE``: the value is JSON, or an expression that gives one. Offsets count in `text`."""
    found = _ASSIGNED.match(text)
    if found is None:
        return Fault("there is no '=' in it", len(text), "set TARGET = JSON")
    target, begins = found["target"].strip(), found.end()
    head, mark, tokens = target.partition("#")
    where = _target(head, place)
    if isinstance(where, Fault):
        return where
    value = read_value(text, begins, place)
    if isinstance(value, Fault):
        return value
    if mark:
        return _inside(where, pointer.decode(tokens), value.value, target, place)
    return Change(where.where, where.name, value.value, where.step)


@dataclass(frozen=True, slots=True)
class Given:
    """A value that was typed."""

    value: Value


def read_value(text: str, begins: int, place: Place) -> Given | Fault:
    """Read what stands from `begins` on: JSON, or an expression whose value is taken."""
    written = text[begins:].strip()
    if written.startswith("$"):
        found = evaluate(written, place.scope, place.reading)
        if isinstance(found, Fault):
            return Fault(found.message, begins + found.offset, found.help)
        if isinstance(found.value, Nothing):
            return Fault(f"it has no value: {found.value.reason}", begins, found.help)
        return Given(found.value)
    try:
        return Given(json.loads(written, parse_constant=_no_constant))
    except json.JSONDecodeError as fault:
        return Fault("this is no JSON", begins + fault.pos, 'a text stands in double quotes: "..."')
    except (ValueError, RecursionError):
        return Fault("this is no JSON that can be read", begins, "")


def _no_constant(name: str) -> None:
    raise ValueError(name)  # NaN and Infinity are no JSON


def _target(head: str, place: Place) -> Change | Fault:
    """Return which value is meant, as a change to null."""
    if found := _INPUT.fullmatch(head):
        return Change(Where.INPUT, found["name"], None)
    if found := _OUTPUT.fullmatch(head):
        if found["step"] not in place.steps:
            return Fault(
                f"there is no step '{found['step']}'", len("$steps."), did_you_mean(found["step"], place.steps)
            )
        return Change(Where.OUTPUT, found["name"], None, found["step"])
    if isinstance(place.bound.call, WorkflowCall):
        return _argument(head)
    if found := _PART.fullmatch(head):
        return Change(Where(found["part"]), found["name"], None)
    if _BODY.fullmatch(head):
        return Change(Where.BODY, "", None)
    return _parameter(head, place)


def _argument(head: str) -> Change | Fault:
    if head.startswith("$") or not head:
        return Fault(
            f"'{head}' can't be changed here: this step calls a workflow",
            0,
            "what it is handed goes by its name: NAME = JSON",
        )
    return Change(Where.ARGUMENT, head, None)


def _parameter(head: str, place: Place) -> Change | Fault:
    """Return the parameter of the request that goes by a bare name."""
    call = place.bound.call
    if isinstance(call, WorkflowCall) or head.startswith("$"):
        return Fault(f"'{head}' can't be changed", 0, f"what can: {TARGETS}")
    here = [(one.name, one.location) for one in call.parameters]
    here += [(one.name, one.location) for one in call.operation.parameters]
    locations = sorted({location for name, location in here if name == head})
    if len(locations) == 1:
        return Change(Where(locations[0]), head, None)
    if locations:
        return Fault(f"'{head}' is sent in several places", 0, f"say which: $request.{locations[0]}.{head}")
    names = sorted({name for name, _ in here})
    hint = f"{did_you_mean(head, names)}; or one of {TARGETS}" if names else f"it has none; what can be set: {TARGETS}"
    return Fault(f"'{head}' is no parameter of this step", 0, hint)


def _inside(change: Change, tokens: tuple[str, ...], value: Value, target: str, place: Place) -> Change | Fault:
    """Return a change of a part: the rest stays as it is now."""
    head = target.partition("#")[0]
    head = head if head.startswith("$") else f"$request.{change.where.value}.{change.name}"
    now = evaluate(head, place.scope, place.reading)
    if isinstance(now, Fault) or isinstance(now.value, Nothing):
        return Fault(f"'{head}' has no value yet, so it has no parts", 0, "set it as a whole")
    draft = Draft(now.value, grow=True)
    refused = draft.assign(tokens, value)
    if refused is not None:
        return Fault(f"there is no such place: {refused.reason}", target.index("#"), "")
    return Change(change.where, change.name, draft.value, change.step)


def read_outputs(text: str, bound: BoundStep, place: Place) -> dict[str, Value] | Fault:
    """Read what follows `skip`: nothing, or an object with outputs of the step."""
    if not text.strip():
        return {}
    given = read_value(text, 0, place)
    if isinstance(given, Fault):
        return given
    if not isinstance(given.value, dict):
        return Fault("outputs are given as an object", 0, 'skip {"name": "value"}')
    names = [name for name, _ in bound.outputs]
    for name in given.value:
        if name not in names:
            return Fault(f"step '{bound.step_id}' has no output '{name}'", 0, did_you_mean(name, names))
    return given.value
