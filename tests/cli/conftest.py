"""The command in the test's own process, and what it is pointed at."""

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from arazzo_runner.cli.app import main
from tests import canaries
from tests.cli.invocation import Command, Ended
from tests.cli.loopback import Answer, Asked, Loopback

TOKEN = json.dumps({"token": canaries.TOKEN}).encode()


@pytest.fixture
def arazzo(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, project: Path) -> Command:
    """Run the command in this process, from the root of the checkout, with nothing on standard input."""
    monkeypatch.chdir(project)

    def call(*arguments: str, stdin: bytes = b"") -> Ended:
        capfdbinary.readouterr()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            patch.setattr(sys, "stdout", os.fdopen(os.dup(1), "w", encoding="utf-8"))
            patch.setattr(sys, "stderr", os.fdopen(os.dup(2), "w", encoding="utf-8"))
            try:
                code = main(list(arguments))
            finally:
                sys.stdout.close()
                sys.stderr.close()
        out, err = capfdbinary.readouterr()
        return Ended(int(code), out.decode(), err.decode())

    return call


@pytest.fixture
def pubsub() -> Iterator[Loopback]:
    """The API of the reference workflow: answers both of its requests as the workflow hopes."""

    def answer(asked: Asked) -> Answer:
        return Answer(200, TOKEN) if ":generateToken" in asked.line else Answer(202)

    with Loopback(answer) as loopback:
        yield loopback


@pytest.fixture
def reference() -> str:
    """The reference workflow, as a person in the checkout types it."""
    return "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
