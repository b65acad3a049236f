"""What a journal keeps of how a run was begun, and what is made of it again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from arazzo_runner.api import Options, arun
from arazzo_runner.api.playback import Replay
from arazzo_runner.api.recording import filled, options_of, settings_of
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.errors import UsageError
from arazzo_runner.journal import read
from arazzo_runner.journal.vault import SecretsFile
from arazzo_runner.sources.security import Credential
from tests.journal.runs import flow, recorded, written

OPTIONS = Options(
    mock=True,
    seed=3,
    strict=True,
    servers={"": "https://other.example.com"},
    auth_hosts=frozenset({"a.example.com"}),
    insecure_hosts=frozenset({"localhost"}),
    timeout=5.0,
    run_timeout=50,
    max_steps=77,
    cookies=True,
    check="requests",
    check_level="fail",
    proxy="http://user:the-proxy-password@proxy.example.com",
    no_proxy=("localhost",),
    credentials={("api", "key"): Credential({"API_KEY": "the-key-of-the-api"})},
)


def test_options_and_settings_come_back(tmp_path: Path) -> None:
    journal = recorded(tmp_path, written(tmp_path, flow()), {"name": "n"}, OPTIONS)
    vault = SecretsFile(journal.path).load()
    assert vault is not None
    found, settings = options_of(journal.header, vault), settings_of(journal.header, vault)
    for name in (
        "mock",
        "seed",
        "strict",
        "servers",
        "auth_hosts",
        "insecure_hosts",
        "cookies",
        "check",
        "no_proxy",
        "proxy",
    ):
        assert getattr(found, name) == getattr(OPTIONS, name), name
    assert (found.timeout, found.run_timeout, found.max_steps) == (5.0, 50, 77)
    assert settings.limits.max_steps == 77
    assert settings.strict
    assert b"the-key-of-the-api" not in journal.path.read_bytes()
    assert b"the-proxy-password" not in journal.path.read_bytes()


def test_files_are_kept_by_their_whole_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    document = written(tmp_path, flow())
    (tmp_path / "api.json").rename(tmp_path / "elsewhere.json")
    monkeypatch.chdir(tmp_path)
    options = Options(mock=True, sources={"api": "elsewhere.json"})
    header = recorded(tmp_path, document, {"name": "n"}, options).header
    assert header.options["sources"] == {"api": str(tmp_path / "elsewhere.json")}


@pytest.mark.parametrize(
    ("given", "kept"),
    [("c.pem", "{}/c.pem"), ("c.pem:k.pem", "{}/c.pem:{}/k.pem"), ("odd:name.pem", "{}/odd:name.pem")],
)
def test_certificates_are_kept_by_their_whole_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, kept: str
) -> None:
    document = written(tmp_path, flow())
    (tmp_path / "odd:name.pem").write_text("a certificate", "utf-8")
    monkeypatch.chdir(tmp_path)
    header = recorded(tmp_path, document, {"name": "n"}, Options(mock=True, client_cert=given)).header
    assert header.options["client_cert"] == kept.replace("{}", str(tmp_path))


def test_names_are_filled_in() -> None:
    assert filled("a-{run}.ndjson", "12ab") == "a-12ab.ndjson"
    assert "{time}" not in filled("a-{time}", "x")


def test_a_journal_that_is_there_stops_the_run_before_it_begins(tmp_path: Path) -> None:
    document = written(tmp_path, flow())
    recorded(tmp_path, document, {"name": "n"})
    with pytest.raises(UsageError, match="is there already"):
        recorded(tmp_path, document, {"name": "n"})


def test_a_run_in_an_event_loop_is_recorded_too(tmp_path: Path) -> None:
    document = written(tmp_path, flow())

    async def answer(method: str) -> Response:
        return (
            Response(201, (("Content-Type", "application/json"),), b'{"id": "t-1"}')
            if method == "POST"
            else Response(200)
        )

    class Server:
        async def send(self, request: Request, timeout: float | None) -> Response:
            return await answer(request.method)

    options = Options(servers={"": "http://localhost"})
    result = asyncio.run(
        arun(document, None, {"name": "n"}, options=options, transport=Server(), journal=tmp_path / "run.ndjson")
    )
    journal = read(tmp_path / "run.ndjson")
    assert result.succeeded
    assert journal.result is not None
    assert journal.result.status is result.status
    assert [entry.intent.wish for entry in journal.entries].count("request") == 2
    assert [stamped.event for stamped in Replay(journal)] == [stamped.event for stamped in journal.events]


def test_a_mocked_run_in_an_event_loop_is_recorded_too(tmp_path: Path) -> None:
    document = written(tmp_path, flow())
    asyncio.run(arun(document, options=Options(mock=True), journal=tmp_path / "run.ndjson"))
    assert read(tmp_path / "run.ndjson").result is not None
