"""Fingerprints: of what was really sent and answered, secrets as well, of which nothing but a digest is kept."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from arazzo_runner.api import Options, load
from arazzo_runner.api.fingerprint import Fingerprint
from arazzo_runner.api.preparing import prepare
from arazzo_runner.api.running import EventStream
from arazzo_runner.api.trying import SameForAll, try_document
from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Failed, FailureKind, Responded, Response
from tests.mock.one_step import asked, json_of

REFERENCE = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"

SCRIPT = """\
import sys
from arazzo_runner.api import Options, load
from arazzo_runner.api.trying import SameForAll, try_document
description = load(sys.argv[1])
for seed in range(3):
    print(*(trial.fingerprint for trial in try_document(description, SameForAll(Options(mock=True, seed=seed)))))
"""


def fingerprints(file: str, seed: int, *, walks: bool = False, stateless: bool = False) -> tuple[str, ...]:
    setup = SameForAll(Options(mock=True, seed=seed, stateless=stateless), walks=walks)
    return tuple(trial.fingerprint for trial in try_document(load(file), setup))


@pytest.mark.parametrize("walks", [False, True])
def test_each_seed_has_its_own_though_secrets_alone_differ(project: Path, walks: bool) -> None:
    file = str(project / REFERENCE)
    found = [fingerprints(file, seed, walks=walks) for seed in range(8)]
    assert len(set(found)) == 8
    assert found[5] == fingerprints(file, 5, walks=walks)


def test_each_process_comes_to_the_same(project: Path) -> None:
    def told(hash_seed: str) -> str:
        command = [sys.executable, "-c", SCRIPT, str(project / REFERENCE)]
        environ = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(project)}
        return subprocess.run(command, env=environ, capture_output=True, text=True, check=True, timeout=60).stdout

    first, other = told("1"), told("2")
    assert first == other
    assert first.split() == [text for seed in range(3) for text in fingerprints(str(project / REFERENCE), seed)]


class Minting:
    """A server whose tokens differ from run to run."""

    def __init__(self, token: str) -> None:
        self.token = token

    def send(self, request: object, timeout: object = None, **_: object) -> Response:
        return Response(200, (("Content-Type", "application/json"),), b'{"token": "%s"}' % self.token.encode())


def test_a_live_run_is_watched_before_anything_is_hidden(project: Path) -> None:
    prepared = prepare(load(str(project / REFERENCE)), None, Options())

    def taken(token: str, access: str) -> Fingerprint:
        fingerprint = Fingerprint()
        inputs = {"accessToken": access, "hub": "chat", "message": "m"}
        with EventStream(prepared, inputs, transport=Minting(token), fingerprint=fingerprint) as events:
            list(events)
        return fingerprint

    one, again, answered, sent = taken("a", "x" * 20), taken("a", "x" * 20), taken("b", "x" * 20), taken("a", "y" * 20)
    assert one.text == again.text
    assert len({one.text, answered.text, sent.text}) == 3
    assert "xxx" not in repr(one)


def test_every_part_of_an_exchange_counts() -> None:
    effect, _ = asked({"200": json_of(True)})

    def text(request_of: SendRequest, outcome: Responded | Failed) -> str:
        fingerprint = Fingerprint()
        fingerprint.answering(lambda _: outcome)(request_of)
        return fingerprint.text

    plain = Responded(Response(200, (("A", "1"),), b"x"))
    others = [
        text(replace(effect, request=request), plain)
        for request in (
            replace(effect.request, url="https://b"),
            replace(effect.request, method="PUT"),
            replace(effect.request, headers=(("A", "b"),)),
            replace(effect.request, body=b"b"),
        )
    ]
    others += [
        text(effect, outcome)
        for outcome in (
            Responded(Response(201, (("A", "1"),), b"x")),
            Responded(Response(200, (("A", "2"),), b"x")),
            Responded(Response(200, (("A", "1"),), b"y")),
            Failed(FailureKind.RESET, ""),
        )
    ]
    assert len({text(effect, plain), *others}) == 9
    assert text(effect, plain) == text(effect, replace(plain, elapsed=3.0))
