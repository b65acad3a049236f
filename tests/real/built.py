"""Building the request of each step of a workflow, with what it needs invented: inputs, and outputs of other steps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arazzo_runner.api import Prepared, execute
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.request import Built, Unbuildable, build_request
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import ArazzoError, LimitReached
from arazzo_runner.expressions.scope import Scope, WorkflowRecord
from arazzo_runner.preview import preview_program
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import BoundWorkflow, OperationCall
from arazzo_runner.values import Value
from tests.real.mocked import form, inputs_for

STAND_INS: tuple[Value, ...] = ("invented", 7, ["invented"], {"invented": "invented"})
"""What stands in for an output that the mocked run did not give; the first with which a request can be built."""

_SOUGHT = re.compile(r": '([^']*)' finds nothing")
_PIECES = re.compile(r"[./]([A-Za-z_][^.\[\]/]*)|[\[/](\d{1,3})\]?")


@dataclass(frozen=True, slots=True)
class Filled(Mapping[str, Value]):
    """Outputs by name; those that are not there are the stand-in, and `lacking` is told that one was asked for."""

    given: Mapping[str, Value]
    stand_in: Value
    lacking: list[str]

    def __getitem__(self, name: str) -> Value:
        if name not in self.given and name not in self.lacking:
            self.lacking.append(name)
        return self.given.get(name, self.stand_in)

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


@dataclass(frozen=True, slots=True)
class Steps(Mapping[str, Filled]):
    """The outputs of each step that has run; any other step has given whatever is asked of it."""

    given: Mapping[str, Mapping[str, Value]]
    stand_in: Value
    lacking: list[str]

    def __getitem__(self, step: str) -> Filled:
        return Filled(self.given.get(step, {}), self.stand_in, self.lacking)

    def __iter__(self) -> Iterator[str]:
        return iter(self.given)

    def __len__(self) -> int:
        return len(self.given)


@dataclass(frozen=True, slots=True)
class BuiltRequest:
    """What a step sends, byte for byte, with placeholders for what only an answer or an input can give.

    `step` are the ids of the steps down to it. `request` is method, URL, headers and body; None where nothing can be
    built: `reason` says why, or `calls` names the workflow that the step calls.
    """

    step: tuple[str, ...]
    request: tuple[bytes, bytes, tuple[tuple[bytes, bytes], ...], bytes | None] | None
    calls: str = ""
    reason: str = ""


def built_requests(prepared: Prepared) -> tuple[BuiltRequest, ...]:
    """Return what each step of a prepared workflow, and of those that it calls, sends, in order.

    No input is given, and a placeholder stands for each.
    """
    found = preview_program(prepared.program, {}, prepared.settings, every=True)
    return tuple(BuiltRequest(step.path, _bytes(step.request), step.calls, step.reason) for step in found.steps)


def _bytes(request: Request | None) -> tuple[bytes, bytes, tuple[tuple[bytes, bytes], ...], bytes | None] | None:
    if request is None:
        return None
    headers = tuple((name.encode(), value.encode()) for name, value in request.headers)
    return request.method.encode(), request.url.encode(), headers, request.body


def requests(prepared: Prepared) -> Iterator[tuple[str, str, str]]:
    """Yield the id, the kind and the reason for each step of the workflow: `built`, or why it could not be."""
    flow = prepared.program.workflow
    inputs = settle(flow.inputs, inputs_for(flow.inputs)).inputs
    given = _given(prepared, flow)
    for step in flow.steps:
        if not isinstance(step.call, OperationCall):
            yield step.step_id, "step calls a workflow", ""
            continue
        found, invented = _built(prepared, step.call, inputs, given)
        if isinstance(found, Unbuildable):
            yield step.step_id, f"request not built: {form(found.reason)}", found.reason
            continue
        yield step.step_id, "request built, outputs of steps invented" if invented else "request built", ""
        for remark in found.remarks:
            yield step.step_id, f"doubt: {form(remark)}", remark


def outputs(prepared: Prepared) -> dict[str, dict[str, Value]]:
    """Return the outputs that the steps of the workflow give when it is run against the mock."""
    return _given(prepared, prepared.program.workflow)


def sent(prepared: Prepared, given: Mapping[str, Mapping[str, Value]]) -> Iterator[tuple[str, object]]:
    """Yield the id of each step and what it sends, with these outputs given: method, URL, headers and body, or nothing.

    Inputs are invented.
    """
    flow = prepared.program.workflow
    inputs = settle(flow.inputs, inputs_for(flow.inputs)).inputs
    for step in flow.steps:
        if not isinstance(step.call, OperationCall):
            yield step.step_id, None
            continue
        found, _ = _built(prepared, step.call, inputs, given)
        yield step.step_id, _bytes(found.request) if isinstance(found, Built) else None


def _built(
    prepared: Prepared, call: OperationCall, inputs: Mapping[str, Value], given: Mapping[str, Mapping[str, Value]]
) -> tuple[Built | Unbuildable, bool]:
    first: Unbuildable | None = None
    flow = prepared.program.workflow
    tried = list(STAND_INS)
    for stand_in in tried:
        steps = Steps(given, stand_in, [])
        everywhere = Filled({}, stand_in, steps.lacking)
        others = {name: WorkflowRecord(everywhere, everywhere) for name in _others(prepared)}
        scope = Scope(inputs, steps, others, sources=flow.source_fields, self_uri=flow.self_uri)
        found = build_request(call, scope, prepared.settings)
        if isinstance(found, Built):
            return found, bool(steps.lacking)
        if steps.lacking and first is None and (path := _SOUGHT.search(found.reason)):
            tried.insert(1, shaped(path[1]))
        first = first or found
        if not steps.lacking:
            break
    assert first is not None
    return first, False


def shaped(path: str) -> Value:
    """Return a value in which a path such as `.items[0].id` leads to something."""
    value: Value = "invented"
    for name, index in reversed(_PIECES.findall(path)):
        value = {name: value} if name else [value] * (int(index) + 1)
    return value


def _others(prepared: Prepared) -> list[str]:
    return [flow.workflow_id for flow in prepared.description.workflows if flow.workflow_id]


def _given(prepared: Prepared, flow: BoundWorkflow) -> dict[str, dict[str, Value]]:
    """Return what the steps of the workflow give when it is run against the mock."""
    result: RunResult | None = None
    try:
        result = execute(prepared, inputs_for(flow.inputs))
    except LimitReached as reached:
        result = reached.result
    except ArazzoError:
        pass
    given: dict[str, dict[str, Value]] = {}
    for step in result.steps if result else ():
        if step.workflow_id == flow.key.workflow_id:
            found = {name: value for name, value in step.outputs.items() if value is not None}
            given.setdefault(step.step_id, {}).update(found)
    return given
