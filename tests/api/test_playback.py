"""A journal is played back: the same run is the same, any other is told."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, load
from arazzo_runner.api.playback import Replay, document_of
from arazzo_runner.engine.result import Status
from arazzo_runner.errors import CannotContinue, Drifted, UsageError
from arazzo_runner.journal import Journal, read
from arazzo_runner.sources.security import Credential
from tests.journal.runs import API, flow, recorded, written

INPUTS = {"name": "a name", "password": "a-long-password"}


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return recorded(tmp_path, written(tmp_path, flow()), dict(INPUTS))


def _played(journal: Journal, **wishes: Any) -> Replay:
    replay = Replay(journal, **wishes)
    for _ in replay:
        pass
    return replay


def _without_secrets(journal: Journal) -> Journal:
    journal.path.with_name(journal.path.name + ".secrets").unlink()
    return journal


@pytest.mark.parametrize("secrets", [True, False])
def test_the_same_document_gives_the_same_events(journal: Journal, secrets: bool) -> None:
    replay = Replay(journal if secrets else _without_secrets(journal))
    assert [stamped.event for stamped in replay] == [stamped.event for stamped in journal.events]
    assert replay.drifts == ()
    assert replay.result.succeeded


@pytest.mark.parametrize("password", ["abc", "a-long-password", "ünï cödé/+&=", "1234"])
@pytest.mark.parametrize("secrets", [True, False])
def test_whatever_the_secret_is(tmp_path: Path, password: str, secrets: bool) -> None:
    journal = recorded(tmp_path, written(tmp_path, flow()), {"name": "n", "password": password})
    replay = _played(journal if secrets else _without_secrets(journal))
    assert replay.drifts == ()


SCHEMES: dict[str, tuple[dict[str, Any], dict[str, str]]] = {
    "basic": ({"type": "http", "scheme": "basic"}, {"USERNAME": "me", "PASSWORD": "pw"}),
    "basic, long": ({"type": "http", "scheme": "basic"}, {"USERNAME": "somebody", "PASSWORD": "a long p/assword"}),
    "bearer": ({"type": "http", "scheme": "bearer"}, {"TOKEN": "a.b.c"}),
    "key in the query": ({"type": "apiKey", "in": "query", "name": "k"}, {"API_KEY": "a/b c"}),
    "key in a header": ({"type": "apiKey", "in": "header", "name": "X-K"}, {"API_KEY": "abcdefghijk"}),
    "key in a cookie": ({"type": "apiKey", "in": "cookie", "name": "sid"}, {"API_KEY": "abc"}),
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("secrets", [True, False])
def test_credentials_are_the_same_again(tmp_path: Path, scheme: str, secrets: bool) -> None:
    declared, fields = SCHEMES[scheme]
    api = {**API, "components": {"securitySchemes": {"s": declared}}, "security": [{"s": []}]}
    document = written(tmp_path, flow())
    (tmp_path / "api.json").write_text(json.dumps(api))
    options = Options(mock=True, credentials={("api", "s"): Credential(fields)})
    journal = recorded(tmp_path, document, dict(INPUTS), options)
    content = journal.path.read_bytes()
    secret = fields.get("PASSWORD") or fields.get("TOKEN") or fields["API_KEY"]
    if len(secret) >= 8:
        assert secret.encode() not in content
    assert b64encode(":".join(fields.values()).encode()) not in content
    assert _played(journal if secrets else _without_secrets(journal)).drifts == ()


CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"parameters": [{"name": "id", "in": "path", "value": "t-2"}]}, "url was"),
    (
        {
            "parameters": [
                {"name": "id", "in": "path", "value": "$steps.make.outputs.id"},
                {"name": "page", "in": "query", "value": 2},
            ]
        },
        'query parameter \'page\' was "1" and is "2"',
    ),
    ({"operationId": "make"}, "method was"),
]


@pytest.mark.parametrize(("change", "words"), CHANGES, ids=range(len(CHANGES)))
def test_another_request_is_named(journal: Journal, tmp_path: Path, change: dict[str, Any], words: str) -> None:
    written(tmp_path, flow(**change))
    replay = Replay(journal)
    assert replay.changed_document
    with pytest.raises(Drifted, match=words):
        for _ in replay:
            pass


def test_leniently_all_differences_are_told(journal: Journal, tmp_path: Path) -> None:
    written(tmp_path, flow(**CHANGES[1][0]))
    replay = _played(journal, lenient=True)
    assert replay.result.succeeded
    assert [drift.field for drift in replay.drifts] == ["query parameter 'page'"]


def test_a_step_more_goes_beyond_the_recording(journal: Journal, tmp_path: Path) -> None:
    document = flow()
    document["workflows"][0]["steps"].append({"stepId": "more", "operationId": "make"})
    written(tmp_path, document)
    with pytest.raises(Drifted, match="the recorded one had ended"):
        _played(journal)


def test_a_step_less_is_told(journal: Journal, tmp_path: Path) -> None:
    document = flow()
    del document["workflows"][0]["steps"][1]
    written(tmp_path, document)
    drifts = _played(journal).drifts
    assert [drift.message for drift in drifts] == [
        "step 'get': a request was \"GET https://api.example.com/things/t-1?page=1\" and is not there now"
    ]


def test_another_result_and_another_output_are_told(journal: Journal, tmp_path: Path) -> None:
    document = flow(successCriteria=[{"condition": "$statusCode == 404"}])
    document["workflows"][0]["outputs"]["other"] = "$statusCode"
    written(tmp_path, document)
    replay = _played(journal)
    assert replay.result.status is Status.FAILED
    assert 'the result was "succeeded" and is "failed" now' in replay.drifts[0].message


def test_a_run_that_was_cut_off_is_played_to_there(journal: Journal) -> None:
    lines = journal.path.read_bytes().splitlines(keepends=True)
    last = max(index for index, line in enumerate(lines) if line.startswith(b'{"is":"intent"'))
    journal.path.write_bytes(b"".join(lines[: last + 1]))
    with pytest.raises(CannotContinue, match="step 'get': the recorded run was cut off here") as caught:
        _played(read(journal.path))
    assert not isinstance(caught.value, Drifted)


def test_the_document_may_be_another(journal: Journal, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    moved = written(other, flow())
    (tmp_path / "flow.json").unlink()
    with pytest.raises(UsageError, match="not where it was"):
        Replay(journal)
    assert _played(journal, description=document_of(journal, moved)).drifts == ()


def test_a_document_that_was_only_a_text_has_to_be_named(journal: Journal, tmp_path: Path) -> None:
    lines = journal.path.read_text().replace(load(tmp_path / "flow.json").source.uri, "<stdin>")
    journal.path.write_text(lines)
    with pytest.raises(UsageError, match="name the document"):
        Replay(read(journal.path))


def test_a_replay_changes_no_file(journal: Journal, tmp_path: Path) -> None:
    document = flow()
    document["workflows"][0]["steps"][1]["parameters"].append(
        {"name": "X-Secret", "in": "header", "value": "another secret of the document"}
    )
    written(tmp_path, document)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(Drifted, match="header X-Secret was not there"):
        _played(journal)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
