"""`arazzo resume`, through the real command."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Asked, Loopback
from tests.journal.runs import flow, written


class Api:
    """Answers as the things API does; `found` says whether what was made can be got."""

    def __init__(self) -> None:
        self.found = False

    def __call__(self, asked: Asked) -> Answer:
        if asked.line.startswith("POST"):
            return Answer(201, b'{"id": "t-1"}')
        return Answer(200 if self.found else 404, b"{}")


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def server(api: Api) -> Iterator[Loopback]:
    with Loopback(api) as loopback:
        yield loopback


@pytest.fixture
def journal(arazzo: Command, server: Loopback, tmp_path: Path) -> Path:
    document = written(tmp_path, flow())
    where = tmp_path / "run.ndjson"
    inputs = ("-i", "name=n", "-i", "password=a-long-password")
    ended = arazzo("run", str(document), "--server", server.url, *inputs, "--journal", str(where), "--check", "none")
    assert ended.code == 1
    return where


def test_it_goes_on_from_the_step_that_failed(arazzo: Command, journal: Path, api: Api, server: Loopback) -> None:
    api.found = True
    ended = arazzo("resume", str(journal))
    assert ended.code == 0
    assert ended.out == "id: t-1\n"
    assert [asked.line for asked in server.asked] == [
        "POST /things",
        "GET /things/t-1?page=1",
        "GET /things/t-1?page=1",
    ]
    assert arazzo("replay", str(journal)).code == 0


def test_it_goes_on_from_a_step_that_is_named(arazzo: Command, journal: Path, api: Api, server: Loopback) -> None:
    api.found = True
    assert arazzo("resume", str(journal), "--from", "make", "--json").code == 0
    assert [asked.line.partition(" ")[0] for asked in server.asked] == ["POST", "GET", "POST", "GET"]


def test_an_input_is_put_in_the_place_of_another(arazzo: Command, journal: Path, api: Api, server: Loopback) -> None:
    api.found = True
    ended = arazzo("resume", str(journal), "--from", "make", "--with-input", "name=other")
    assert ended.code == 0
    assert json.loads(server.asked[2].body) == {"name": "other", "password": "a-long-password"}


def test_a_request_that_nobody_knows_of_is_a_question(
    arazzo: Command, journal: Path, api: Api, server: Loopback
) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    post = next(index for index, line in enumerate(lines) if b'"method":"POST"' in line and b'"intent"' in line)
    journal.write_bytes(b"".join(lines[: post + 1]))
    ended = arazzo("resume", str(journal))
    assert ended.code == 3
    assert "step 'make': POST" in ended.err
    assert "nobody knows whether it was carried out" in ended.err
    assert "--retry-unknown" in ended.err
    assert len(server.asked) == 2
    api.found = True
    assert arazzo("resume", str(journal), "--retry-unknown").code == 0


def test_a_run_that_succeeded_is_told(arazzo: Command, journal: Path, api: Api) -> None:
    api.found = True
    assert arazzo("resume", str(journal)).code == 0
    ended = arazzo("resume", str(journal))
    assert ended.code == 2
    assert "nothing to go on with" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--from", "nowhere"], "did not come to a step 'nowhere'"),
        (["--with-input", "nothing=1"], "nothing"),
        (["--with-input", "name"], "name"),
        (["--quiet", "--verbose"], "contradict"),
    ],
)
def test_what_can_not_be_done_is_told(
    arazzo: Command, journal: Path, server: Loopback, arguments: list[str], words: str
) -> None:
    before = journal.read_bytes()
    ended = arazzo("resume", str(journal), *arguments)
    assert ended.code == 2
    assert words in ended.err
    assert len(server.asked) == 2
    assert journal.read_bytes() == before
