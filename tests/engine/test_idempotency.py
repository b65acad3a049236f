"""A request that is sent again because nobody knows what became of it has the key that it had."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.beginning import begin
from arazzo_runner.engine.effects import Request, SendRequest
from arazzo_runner.engine.idempotency import HEADER, may_repeat
from arazzo_runner.engine.outcomes import Failed, FailureKind, Outcome, Proceed, Responded, Response, Slept
from tests.journal.runs import flow, written


@pytest.mark.parametrize(
    ("method", "repeats"),
    [("GET", True), ("HEAD", True), ("PUT", True), ("DELETE", True), ("get", True), ("POST", False), ("PATCH", False)],
)
def test_methods_that_may_be_repeated(method: str, repeats: bool) -> None:
    assert may_repeat(Request(method, "http://a")) is repeats


def test_a_request_with_a_key_may_be_repeated() -> None:
    assert may_repeat(Request("POST", "http://a", (("idempotency-key", "x"),)))


def _sent(folder: Path, answers: list[Outcome], wanted: bool = True) -> list[Request]:
    """Return the requests of a workflow whose first step retries, answered in turn."""
    document = flow()
    document["workflows"][0]["steps"][0]["onFailure"] = [{"name": "again", "type": "retry", "retryLimit": 5}]
    options = Options(servers={"": "http://localhost"}, idempotency_keys=wanted)
    run = begin(prepare(load(written(folder, document)), None, options), {"name": "n"})
    sent = []
    while run.result is None:
        for effect in run.effects():
            if isinstance(effect, SendRequest):
                sent.append(effect.request)
                run.resolve(effect.ticket, answers.pop(0) if answers else Responded(Response(200)))
            else:
                run.resolve(effect.ticket, Proceed() if type(effect).__name__ == "Checkpoint" else Slept())
    return sent


LOST = Failed(FailureKind.TIMEOUT, "late")
BUSY = Responded(Response(503))
MADE = Responded(Response(201, (("Content-Type", "application/json"),), b'{"id":"t-1"}'))


def test_a_key_is_the_same_until_there_is_an_answer(tmp_path: Path) -> None:
    keys = [request.header(HEADER) for request in _sent(tmp_path, [LOST, LOST, BUSY, MADE])]
    first, second, third, fourth, get = keys
    assert first is not None
    assert first == second == third
    assert fourth not in (None, first)
    assert get is None


def test_a_key_looks_like_a_uuid(tmp_path: Path) -> None:
    key = _sent(tmp_path, [MADE])[0].header(HEADER)
    assert key is not None
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}", key)


def test_nobody_gets_a_key_unasked(tmp_path: Path) -> None:
    assert all(request.header(HEADER) is None for request in _sent(tmp_path, [BUSY, MADE], wanted=False))


def test_a_key_of_the_document_stays(tmp_path: Path) -> None:
    document = flow()
    document["workflows"][0]["steps"][0]["parameters"] = [{"name": HEADER, "in": "header", "value": "mine"}]
    options = Options(servers={"": "http://localhost"}, idempotency_keys=True)
    run = begin(prepare(load(written(tmp_path, document)), None, options), {"name": "n"})
    (checkpoint,) = run.effects()
    run.resolve(checkpoint.ticket, Proceed())
    (effect,) = run.effects()
    assert isinstance(effect, SendRequest)
    assert [text for name, text in effect.request.headers if name == HEADER] == ["mine"]
