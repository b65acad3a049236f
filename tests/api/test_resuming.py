"""A run is gone on with where it stopped; what was answered is not asked again."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.api.playback import Replay, prepared_again
from arazzo_runner.api.resuming import cut_of, resume
from arazzo_runner.api.running import EventStream
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RunEnded, Stamped
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Response
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import DocumentError, Drifted, Unanswered, UsageError
from arazzo_runner.journal import Journal, read
from arazzo_runner.journal.vault import Vault
from arazzo_runner.sources.security import Credential
from arazzo_runner.transports.transport import TransportFailure
from tests.journal.runs import flow, written

MADE = Response(201, (("Content-Type", "application/json"),), b'{"id": "t-1"}')
FOUND, GONE = Response(200), Response(404)


class Server:
    """A transport that answers in turn, and keeps what it was asked."""

    def __init__(self, *answers: Response | BaseException) -> None:
        self.answers, self.asked = list(answers), list[str]()
        self.headers: list[dict[str, str]] = []

    def send(self, request: Request, timeout: float | None) -> Response:
        self.asked.append(f"{request.method} {request.url.partition('/things')[2]}")
        self.headers.append(dict(request.headers))
        answer = self.answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


INPUTS = {"name": "n", "password": "a-long-password"}


def _run(folder: Path, server: Server, **options: Any) -> Journal:
    """Run a workflow until it ends, or the server's exception kills it."""
    where = folder / "run.ndjson"
    document = folder / "flow.json" if (folder / "flow.json").exists() else written(folder, flow())
    prepared = prepare(load(document), None, Options(servers={"": "http://localhost"}, **options))
    try:
        with EventStream(prepared, dict(INPUTS), journal=where, transport=server) as stream:
            for _ in stream:
                pass
    except KeyboardInterrupt:
        pass
    return read(where)


def _go_on(journal: Journal, server: Server, **wishes: Any) -> Journal:
    with resume(read(journal.path), transport=server, **wishes) as stream:
        for _ in stream:
            pass
    return read(journal.path)


def test_it_goes_on_with_the_step_that_failed(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE))
    assert journal.result is not None
    assert journal.result.status is Status.FAILED
    again = Server(FOUND)
    journal = _go_on(journal, again)
    assert again.asked == ["GET /t-1?page=1"]
    assert journal.result is not None
    assert journal.result.succeeded
    assert journal.resumed == 1


def test_the_events_are_those_of_an_unbroken_run(tmp_path: Path) -> None:
    (tmp_path / "whole").mkdir()
    whole = _run(tmp_path / "whole", Server(MADE, FOUND))
    broken = _go_on(_run(tmp_path, Server(MADE, KeyboardInterrupt())), Server(FOUND))
    names = [type(stamped.event).__name__ for stamped in whole.events]
    assert [type(stamped.event).__name__ for stamped in broken.events] == names
    assert broken.result is not None
    assert whole.result is not None
    assert broken.result.outputs == whole.result.outputs


def test_a_journal_that_was_gone_on_with_can_be_replayed(tmp_path: Path) -> None:
    journal = _go_on(_run(tmp_path, Server(MADE, KeyboardInterrupt())), Server(FOUND))
    replay = Replay(journal)
    assert [stamped.event for stamped in replay] == [stamped.event for stamped in journal.events]
    assert replay.drifts == ()


def test_a_safe_request_that_nobody_knows_of_is_sent_again(tmp_path: Path) -> None:
    again = Server(FOUND)
    _go_on(_run(tmp_path, Server(MADE, KeyboardInterrupt())), again)
    assert again.asked == ["GET /t-1?page=1"]


LOST: list[Any] = [
    KeyboardInterrupt(),
    TransportFailure(FailureKind.TIMEOUT, "late"),
    TransportFailure(FailureKind.RESET, "cut"),
]


@pytest.mark.parametrize("lost", LOST, ids=["killed", "timeout", "reset"])
def test_an_unsafe_one_is_a_question(tmp_path: Path, lost: Any) -> None:
    journal = _run(tmp_path, Server(lost))
    again = Server(MADE, FOUND)
    with pytest.raises(Unanswered, match=r"step 'make': POST http://localhost/things was sent, and nobody knows"):
        _go_on(journal, again)
    assert again.asked == []
    with pytest.raises(Unanswered):
        _go_on(journal, again)
    journal = _go_on(journal, again, retry_unknown=True)
    assert again.asked == ["POST ", "GET /t-1?page=1"]
    assert journal.result is not None
    assert journal.result.succeeded


def test_one_that_never_went_out_is_none(tmp_path: Path) -> None:
    again = Server(MADE, FOUND)
    _go_on(_run(tmp_path, Server(TransportFailure(FailureKind.REFUSED, "nobody there"))), again)
    assert again.asked == ["POST ", "GET /t-1?page=1"]


def test_a_key_answers_the_question(tmp_path: Path) -> None:
    first = Server(KeyboardInterrupt())
    journal = _run(tmp_path, first, idempotency_keys=True)
    again = Server(MADE, FOUND)
    journal = _go_on(journal, again)
    assert again.headers[0]["Idempotency-Key"] == first.headers[0]["Idempotency-Key"]
    assert journal.result is not None
    assert journal.result.succeeded


def test_a_run_that_succeeded_is_not_gone_on_with(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, FOUND))
    with pytest.raises(UsageError, match="nothing to go on with"):
        _go_on(journal, Server())


def test_it_goes_on_from_a_step_that_is_named(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, FOUND))
    again = Server(FOUND)
    journal = _go_on(journal, again, step="get")
    assert again.asked == ["GET /t-1?page=1"]
    again = Server(MADE, FOUND)
    _go_on(journal, again, step="make")
    assert again.asked == ["POST ", "GET /t-1?page=1"]


def test_a_step_that_the_run_never_came_to_is_told(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, FOUND))
    with pytest.raises(UsageError, match="did not come to a step 'nowhere'"):
        cut_of(journal, "nowhere")


def test_an_input_in_the_place_of_another(tmp_path: Path) -> None:
    parameters = [
        {"name": "id", "in": "path", "value": "$inputs.name"},
        {"name": "page", "in": "query", "value": 1},
    ]
    document = flow(parameters=parameters)
    document["workflows"][0]["steps"][0]["requestBody"]["payload"] = {"a": 1}
    written(tmp_path, document)
    journal = _run(tmp_path, Server(MADE, GONE))
    again = Server(FOUND)
    journal = _go_on(journal, again, inputs={"name": "other"})
    assert again.asked == ["GET /other?page=1"]
    assert journal.header.inputs["name"] == "other"
    assert journal.header.inputs["password"] != INPUTS["password"]
    assert Replay(journal).journal.header.inputs["name"] == "other"


def test_an_input_that_was_used_already_is_told(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE))
    with pytest.raises(Drifted, match="body #/name was"):
        _go_on(journal, Server(FOUND), inputs={"name": "other"})


def test_a_document_that_changed_before_the_place_is_told(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE))
    document = flow()
    document["workflows"][0]["steps"][0]["requestBody"]["payload"] = {"a": 1}
    written(tmp_path, document)
    with pytest.raises(Drifted, match="body #/"):
        _go_on(journal, Server(FOUND))


def test_a_document_that_was_mended_after_the_place_is_taken(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE))
    written(tmp_path, flow(successCriteria=[{"condition": "$statusCode == 404"}]))
    journal = _go_on(journal, Server(GONE))
    assert journal.result is not None
    assert journal.result.succeeded


def test_a_secret_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    headers = [
        {"name": "id", "in": "path", "value": "$steps.make.outputs.id"},
        {"name": "X-Password", "in": "header", "value": "$inputs.password"},
    ]
    written(tmp_path, flow(parameters=headers))
    journal = _run(tmp_path, Server(MADE, GONE))
    secrets = tmp_path / "run.ndjson.secrets"
    kept = secrets.read_bytes()
    secrets.unlink()
    again = Server(FOUND)
    with pytest.raises(Unanswered, match="step 'get' needs a secret"):
        _go_on(journal, again)
    assert again.asked == []
    secrets.write_bytes(kept)
    journal = _go_on(journal, again)
    assert again.headers[0]["X-Password"] == INPUTS["password"]


@pytest.mark.parametrize("kind", ["basic", "digest", "oauth2"])
def test_a_credential_that_is_not_there_is_asked_for(tmp_path: Path, kind: str) -> None:
    document = written(tmp_path, flow())
    flows = {"clientCredentials": {"tokenUrl": "http://localhost/token", "scopes": {}}}
    scheme = {"type": "oauth2", "flows": flows} if kind == "oauth2" else {"type": "http", "scheme": kind}
    api = json.loads((tmp_path / "api.json").read_text("utf-8"))
    api["components"] = {"securitySchemes": {"login": scheme}}
    api["paths"]["/things/{id}"]["get"]["security"] = [{"login": []}]
    (tmp_path / "api.json").write_text(json.dumps(api), "utf-8")
    token = Response(
        200, (("Content-Type", "application/json"),), b'{"access_token": "tok-en-1", "token_type": "bearer"}'
    )
    before = (MADE, token, GONE) if kind == "oauth2" else (MADE, GONE)
    names = ("CLIENT_ID", "CLIENT_SECRET") if kind == "oauth2" else ("USERNAME", "PASSWORD")
    credential = Credential(dict(zip(names, ("who", "a-password"), strict=True)))
    held: dict[tuple[str | None, str], Any] = {("api", "login"): credential}
    prepared = prepare(load(document), None, Options(servers={"": "http://localhost"}, credentials=held))
    with EventStream(prepared, dict(INPUTS), journal=tmp_path / "run.ndjson", transport=Server(*before)) as stream:
        assert stream.result.status is Status.FAILED
    (tmp_path / "run.ndjson.secrets").unlink()
    again = Server(FOUND)
    with pytest.raises(Unanswered, match="step 'get' needs a secret"):
        _go_on(read(tmp_path / "run.ndjson"), again)
    assert again.asked == []


def test_a_password_of_a_proxy_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE), proxy="http://who:a-password@localhost:9")
    (tmp_path / "run.ndjson.secrets").unlink()
    with pytest.raises(Unanswered, match="the proxy"):
        _go_on(journal, Server(FOUND))
    journal = _go_on(journal, Server(FOUND), changed={"proxy": ""})
    assert journal.result is not None
    assert journal.result.succeeded


def test_hosts_that_may_get_credentials_can_be_given_anew(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE), auth_hosts=frozenset({"a.example.com"}))
    changed = {"auth_hosts": frozenset({"b.example.com"}), "insecure_hosts": frozenset({"c.example.com"})}
    settings = prepared_again(journal, Vault(), changed=changed).settings
    assert settings.auth_hosts == frozenset({"b.example.com"})
    assert settings.trusted_hosts == frozenset({"c.example.com"})


def test_a_run_that_another_process_went_on_with_meanwhile_is_left_alone(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, KeyboardInterrupt()))
    _go_on(journal, Server(FOUND))
    late = Server(FOUND)
    with pytest.raises(UsageError, match="has changed since it was read"):
        resume(journal, transport=late)
    assert late.asked == []


def test_a_torn_journal_survives_an_attempt_that_could_not_go_on(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, KeyboardInterrupt()))
    with journal.path.open("ab") as file:
        file.write(b'{"is":"ca')
    written(
        tmp_path, {**flow(), "workflows": [{**flow()["workflows"][0], "steps": flow()["workflows"][0]["steps"][1:]}]}
    )
    with pytest.raises((Drifted, DocumentError)):
        _go_on(journal, Server(FOUND))
    written(tmp_path, flow())
    again = Server(FOUND)
    _go_on(journal, again)
    assert again.asked == ["GET /t-1?page=1"]


def test_a_run_that_goes_on_with_other_limits_is_replayed_with_them(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE), max_steps=1)
    assert journal.result is not None
    assert journal.result.limit == "max_steps"
    journal = _go_on(journal, Server(GONE), changed={"max_steps": 2})
    journal = _go_on(journal, Server(FOUND))
    assert journal.header.settings.limits.max_steps == 2
    replay = Replay(journal)
    assert [stamped.event for stamped in replay] == [stamped.event for stamped in journal.events]
    assert replay.drifts == ()


def test_a_request_that_the_time_of_the_run_was_too_short_for_is_sent_again(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, GONE))
    result, last = journal.result, journal.entries[-1]
    assert result is not None
    assert last.intent.wish == "request"
    late = replace(last, outcome=Failed(FailureKind.TIMEOUT, "late"))
    ended = RunEnded(replace(result, status=Status.STOPPED, limit="run_timeout"))
    stopped = replace(journal, entries=(*journal.entries[:-1], late), events=(Stamped(ended, Clock()),))
    assert cut_of(stopped).kept == len(journal.entries) - 1
    other = RunEnded(replace(result, status=Status.STOPPED, limit="max_steps"))
    assert cut_of(replace(stopped, events=(Stamped(other, Clock()),))).kept == len(journal.entries)


def test_a_run_whose_last_events_are_lost_is_ended(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(MADE, FOUND))
    lines = journal.path.read_bytes().splitlines(keepends=True)
    last = max(index for index, line in enumerate(lines) if line.startswith(b'{"is":"came"'))
    journal.path.write_bytes(b"".join(lines[: last + 1]))
    assert read(journal.path).result is None
    journal = _go_on(journal, Server())
    assert journal.result is not None
    assert journal.result.succeeded


def test_a_called_workflow_is_gone_on_with_inside(tmp_path: Path) -> None:
    document = flow()
    document["workflows"].append(
        {
            "workflowId": "outer",
            "steps": [{"stepId": "call", "workflowId": "make-and-get", "parameters": [{"name": "name", "value": "n"}]}],
        }
    )
    where = written(tmp_path, document)
    prepared = prepare(load(where), "outer", Options(servers={"": "http://localhost"}))
    with EventStream(prepared, {}, journal=tmp_path / "run.ndjson", transport=Server(MADE, GONE)) as stream:
        assert not stream.result.succeeded
    journal = read(tmp_path / "run.ndjson")
    assert cut_of(journal).step == ("call", "get")
    again = Server(FOUND)
    journal = _go_on(journal, again)
    assert again.asked == ["GET /t-1?page=1"]
    assert journal.result is not None
    assert journal.result.succeeded


def test_a_mocked_run_goes_on_with_what_its_mock_knew(tmp_path: Path) -> None:
    where = written(tmp_path, flow())
    prepared = prepare(load(where), None, Options(mock=True, scenario=("get=404",)))
    with EventStream(prepared, dict(INPUTS), journal=tmp_path / "run.ndjson") as stream:
        assert not stream.result.succeeded
    with resume(read(tmp_path / "run.ndjson"), changed={"scenario": ()}) as stream:
        assert stream.result.succeeded


def test_time_goes_on_from_where_it_stood(tmp_path: Path) -> None:
    journal = _go_on(_run(tmp_path, Server(MADE, KeyboardInterrupt())), Server(FOUND))
    times = [stamped.clock.monotonic for stamped in journal.events]
    assert times == sorted(times)
    assert times[-1] - times[0] < 60


def test_the_journal_says_that_it_was_gone_on_with(tmp_path: Path) -> None:
    journal = _go_on(_run(tmp_path, Server(MADE, GONE)), Server(FOUND))
    kinds = [json.loads(line)["is"] for line in journal.path.read_text().splitlines()]
    assert kinds.count("resumed") == 1


def test_a_request_that_was_carried_out_is_judged_again_and_not_sent_again(tmp_path: Path) -> None:
    document = flow()
    document["workflows"][0]["steps"][0]["successCriteria"] = [{"condition": "$statusCode == 200"}]
    written(tmp_path, document)
    journal = _run(tmp_path, Server(MADE))
    idle = Server()
    journal = _go_on(journal, idle)
    assert idle.asked == []
    assert journal.result is not None
    assert journal.result.status is Status.FAILED
    written(tmp_path, flow())
    again = Server(FOUND)
    journal = _go_on(journal, again)
    assert again.asked == ["GET /t-1?page=1"]
    assert journal.result is not None
    assert journal.result.succeeded


def test_one_that_was_refused_is_sent_again(tmp_path: Path) -> None:
    journal = _run(tmp_path, Server(Response(500)))
    again = Server(MADE, FOUND)
    _go_on(journal, again)
    assert again.asked == ["POST ", "GET /t-1?page=1"]
