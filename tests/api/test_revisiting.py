from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arazzo_runner.api import execute, load, prepare
from arazzo_runner.api.evaluating import Answered, answer
from arazzo_runner.api.options import Options
from arazzo_runner.api.revisiting import Wanted, visit
from arazzo_runner.engine.effects import Checkpoint, Moment
from arazzo_runner.engine.outcomes import Change, Decided, Proceed, Replace, Retry, Where
from arazzo_runner.errors import Drifted, UsageError
from arazzo_runner.journal import Journal, read
from arazzo_runner.values import Nothing, Value
from tests.engine.programs import HEAD, OPENAPI

FLOW = """
workflows:
- workflowId: w
  inputs: {type: object, properties: {i: {type: string}}}
  steps:
  - stepId: a
    operationId: x
    outputs: {n: $statusCode}
    onFailure: [{name: r, type: retry, retryLimit: 2, retryAfter: 0}]
  - {stepId: call, workflowId: v, parameters: [{name: p, value: $inputs.i}], outputs: {o: $outputs.o}}
  - stepId: b
    operationId: item
    parameters: [{name: id, in: path, value: $inputs.i}, {name: need, in: query, value: $steps.a.outputs.n}]
    onSuccess: [{name: again, type: goto, stepId: a, criteria: [{condition: $response.body#/again == true}]}]
- workflowId: v
  inputs: {type: object}
  steps: [{stepId: inner, operationId: y, outputs: {o: $statusCode}}]
  outputs: {o: $steps.inner.outputs.o}
"""


class Answers:
    """A transport that answers from a list, the last one again and again."""

    def __init__(self, *bodies: tuple[int, bytes]) -> None:
        self.bodies = list(bodies)

    def send(self, request: object, timeout: float | None = None) -> object:
        from arazzo_runner.engine.outcomes import Response

        status, body = self.bodies.pop(0) if len(self.bodies) > 1 else self.bodies[0]
        return Response(status, (("Content-Type", "application/json"),), body)


BODIES = (
    (503, b'{"try": 1}'), (200, b'{"try": 2}'), (201, b'{"in": 1}'), (200, b'{"again": true}'),
    (200, b'{"try": 3}'), (202, b'{"in": 2}'), (200, b'{"again": false}'),
)  # fmt: skip


@pytest.fixture
def document(tmp_path: Path) -> Path:
    (tmp_path / "openapi.yaml").write_text(OPENAPI)
    path = tmp_path / "flow.yaml"
    path.write_text(HEAD.format(version="1.1.0") + FLOW)
    return path


def recorded(document: Path, hold: Callable[[Checkpoint], Decided] | None = None) -> Journal:
    prepared = prepare(load(document), "w", Options())
    journal = document.with_name("run.ndjson")
    execute(prepared, {"i": "old"}, transport=Answers(*BODIES), journal=journal, hold=hold)
    return read(journal)


def asked(journal: Journal, text: str, wanted: Wanted) -> Value | Nothing:
    visited = visit(journal, wanted)
    found = answer(text, visited.scope, visited.reading)
    assert isinstance(found, Answered), found
    return found.value


@pytest.mark.parametrize(
    ("text", "wanted", "value"),
    [
        ("$response.body", Wanted(), {"again": False}),
        ("$response.body", Wanted("b"), {"again": False}),
        ("$response.body", Wanted("b", 1), {"again": True}),
        ("$response.body", Wanted("a"), {"try": 3}),
        ("$response.body", Wanted("a", 1), {"try": 2}),
        ("$response.body", Wanted("a", 1, 1), {"try": 1}),
        ("$statusCode == 503", Wanted("a", 1, 1), True),
        ("$steps.a.outputs.n", Wanted("a", 1, 1), 503),
        ("$steps.a.outputs.n", Wanted("b", 1), 200),
        ("$response.body", Wanted("inner"), {"in": 2}),
        ("$response.body#/in", Wanted("call/inner", 1), 1),
        ("$inputs.p", Wanted("call/inner", 1), "old"),
        ("$outputs.o", Wanted("call", 1), 201),
        ("$url", Wanted("b", 1), "https://api.example/items/old?need=200"),
        ("$request.query.need", Wanted("b"), 200),
    ],
)
def test_what_a_step_saw_after_its_try(document: Path, text: str, wanted: Wanted, value: Value) -> None:
    assert asked(recorded(document), text, wanted) == value


def test_what_a_step_saw_before_it(document: Path) -> None:
    journal = recorded(document)
    assert isinstance(asked(journal, "$steps.a.outputs.n", Wanted("a", 1, 1, before=True)), Nothing)
    assert asked(journal, "$steps.a.outputs.n", Wanted("a", 1, 2, before=True)) == 503
    assert isinstance(asked(journal, "$response.body", Wanted("b", before=True)), Nothing)
    visited = visit(journal, Wanted("a", 1, before=True))
    assert (visited.step, visited.activation, visited.attempt, visited.answered) == (("a",), 1, 2, False)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (Wanted("bb"), "step 'bb' did not begin in that run"),
        (Wanted("v/inner"), "did not begin in that run"),
        (Wanted("b", 3), "there is no activation 3 of step 'b' in that run\n  it began 2 times"),
        (Wanted("b", attempt=9), "there is no try 9 of step 'b' in that run\n  it was tried once at the most"),
        (Wanted("b", 1, 9), "there is no try 9 of step 'b', activation 1, in that run"),
        (Wanted(attempt=9), "there is no try 9 of any step in that run"),
    ],
)
def test_a_moment_that_never_was(document: Path, wanted: Wanted, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        visit(recorded(document), wanted)


def test_a_run_that_was_cut_off_is_known_as_far_as_it_was_recorded(document: Path) -> None:
    journal = recorded(document)
    lines = journal.path.read_bytes().splitlines(keepends=True)
    requests = [
        number for number, line in enumerate(lines) if line.startswith(b'{"is":"intent"') and b'"request"' in line
    ]
    journal.path.write_bytes(b"".join(lines[: requests[3] + 1]))
    cut = read(journal.path)
    assert asked(cut, "$url", Wanted()) == "https://api.example/items/old?need=200"
    assert isinstance(asked(cut, "$response.body", Wanted()), Nothing)
    assert asked(cut, "$response.body", Wanted("a")) == {"try": 2}


def test_a_document_that_does_something_else_by_now_is_told(document: Path) -> None:
    journal = recorded(document)
    document.write_text(
        document.read_text().replace(
            "{name: need, in: query, value: $steps.a.outputs.n}", "{name: need, in: query, value: new}"
        )
    )
    with pytest.raises(Drifted, match="step 'b': query parameter 'need' was"):
        visit(journal, Wanted("b"))
    assert asked(journal, "$response.body", Wanted("a", 1, 1)) == {"try": 1}, "it stood before the difference"


def test_what_was_decided_while_the_run_was_held_is_decided_again(document: Path) -> None:
    decisions: dict[tuple[str, Moment], Decided] = {
        ("a", Moment.FAILED): Retry(),
        ("b", Moment.BEFORE): Replace((Change(Where.INPUT, "i", "new"),)),
    }

    def hold(checkpoint: Checkpoint) -> Decided:
        return decisions.pop((checkpoint.step[-1], checkpoint.moment), Proceed())

    journal = recorded(document, hold)
    assert asked(journal, "$url", Wanted("b", 1)) == "https://api.example/items/new?need=200"
    assert asked(journal, "$inputs.i", Wanted("a", 1)) == "old"
