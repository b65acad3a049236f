"""What is written is judged by the schemas of the package har-schema (see ``har_schema/README.md``), formats included,
and read back by the library haralyzer."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import haralyzer
import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import Event, RequestSent, ResponseReceived, RunStarted
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.har import NO_ANSWER
from tests.reports.run.snapshots import KEPT, snapshot, written
from tests.reports.run.tape import BUSY, CHARGE, CHECKOUT, ITEM, NOTE, PNG, RESET, RUNS
from tests.reports.tape import Tape, tape

_SCHEMAS = {
    path.name: json.loads(path.read_text("utf-8")) for path in Path(__file__).with_name("har_schema").glob("*.json")
}
SCHEMA = jsonschema_rs.Draft6Validator(
    _SCHEMAS["har.json"], registry=jsonschema_rs.Registry(list(_SCHEMAS.items())), validate_formats=True
)


def read(text: str) -> Any:
    data = json.loads(text)
    SCHEMA.validate(data)
    return data["log"]


def told(events: Tape) -> Any:
    stream = io.StringIO()
    reporter = FORMATS["har"](stream, Look())
    for stamped in events:
        reporter.on(stamped)
    reporter.close()
    return read(stream.getvalue())


@pytest.mark.parametrize("name", RUNS)
def test_the_schema_describes_every_tape(name: str) -> None:
    log = read(written("har", name))
    pages = [page["id"] for page in log["pages"]]
    assert len(set(pages)) == len(pages)
    assert {entry["pageref"] for entry in log["entries"]} <= set(pages)


@pytest.mark.parametrize("name", KEPT)
def test_the_snapshot(name: str) -> None:
    assert written("har", name) == snapshot("har", name)


@pytest.mark.parametrize(
    ("member", "bad"), [("startedDateTime", "today"), ("time", "0"), ("request", {"method": "GET"}), ("timings", {})]
)
def test_the_schema_refuses_what_is_none(member: str, bad: object) -> None:
    data = json.loads(written("har", "success"))
    data["log"]["entries"][0][member] = bad
    assert not SCHEMA.is_valid(data)


def test_a_library_reads_it_back() -> None:
    archive = haralyzer.HarParser(json.loads(written("har", "checkout")))
    assert [(page.title, len(page.entries)) for page in archive.pages] == [
        ("checkout", 6),
        ("prices", 1),
        ("pay/charge", 1),
    ]
    own = archive.pages[0]
    assert [(entry.request.method, entry.response.status) for entry in own.entries] == [
        ("POST", 307),
        ("POST", 200),
        ("GET", 503),
        ("GET", 0),
        ("GET", 200),
        ("POST", 204),
    ]
    assert [entry.time for entry in own.entries][:4] == [40.0, 100.0, 310.0, 50.0]
    assert own.entries[0].response.redirectURL == "/v2/login"
    assert own.entries[0].startTime.isoformat() == "2023-11-14T22:13:20.311000+00:00"


def entries(name: str) -> list[Any]:
    found: list[Any] = read(written("har", name))["entries"]
    return found


def test_bodies_are_text_or_base64() -> None:
    picture, _, _, busy, _, item, _, note = entries("checkout")
    assert base64.b64decode(picture["response"]["content"]["text"]) == PNG
    assert picture["response"]["content"]["encoding"] == "base64"
    assert busy["response"]["content"]["text"].encode() == BUSY.body
    assert item["response"]["content"] == {
        "size": len(ITEM.body),
        "mimeType": "application/json; charset=iso-8859-1",
        "text": '{"name":"Tür"}',
    }
    assert base64.b64decode(note["request"]["postData"]["text"]) == NOTE.body
    assert note["request"]["postData"]["_encoding"] == "base64"


def test_a_form_has_its_fields() -> None:
    charge = entries("checkout")[6]
    assert charge["_step"] == ["pay", "card"]
    assert charge["request"]["postData"]["text"].encode() == CHARGE.body
    assert charge["request"]["postData"]["params"] == [
        {"name": "amount", "value": "12.5"},
        {"name": "note", "value": "a b&c"},
        {"name": "card", "value": "[redacted]"},
    ]


def test_requests_without_an_answer() -> None:
    reset = entries("checkout")[4]
    assert (reset["response"]["status"], reset["response"]["_error"]) == (0, f"reset: {RESET.message}")
    cut_off = entries("cut off")[-1]
    assert (cut_off["response"]["status"], cut_off["response"]["_error"], cut_off["time"]) == (0, NO_ANSWER, 0.0)


def test_how_the_run_ended() -> None:
    log = read(written("har", "cut off"))
    assert log["comment"] == "checkout stopped: the run was broken off before its end, in step 'find'"
    assert [page["pageTimings"]["onLoad"] for page in log["pages"]] == [-1, 202.0]


@pytest.mark.parametrize("length", range(1, len(CHECKOUT) + 1))
def test_a_run_that_was_broken_off_anywhere(length: int) -> None:
    log = told(CHECKOUT[:length])
    sent = [stamped for stamped in CHECKOUT[:length] if isinstance(stamped.event, RequestSent)]
    assert len(log["entries"]) == len(sent)


@given(
    st.text(), st.text(), st.binary(), st.sampled_from(["", "; charset=utf-16", "; charset=latin-1", "; charset=no"])
)
def test_any_answer_comes_back(name: str, text: str, body: bytes, charset: str) -> None:
    kind = f"text/plain{charset}"
    headers = (("Content-Type", kind), (name, text), ("Set-Cookie", text), ("Cookie", text))
    request = Request("POST", "https://a.test/?%20=1", headers, body)
    answer = Response(200, headers, body)
    events: list[Event] = [RunStarted("r", text, ("s",)), RequestSent(("s",), request)]
    (entry,) = told(tape([(0, each) for each in (*events, ResponseReceived(("s",), answer, 0.1))]))["entries"]
    content = entry["response"]["content"]
    found = content["text"]
    codec = charset.partition("=")[2]
    assert content["size"] == len(body)
    if "encoding" in content:
        assert base64.b64decode(found) == body
    else:
        assert found == body.decode(codec or "utf-8")


def test_what_a_server_makes_up() -> None:
    strange = Response(799, (("Content-Type", "\udcff"), ("Set-Cookie", ""), ("Location", "")), b"\xff\xfe")
    request = Request("QUERY", "https://a.test/%5B?x=[redacted]&y#f?z=1", (("Cookie", ";;"),), b"")
    log = told(
        tape(
            [
                (0, RunStarted("r", "w", ("s",))),
                (0, RequestSent(("s",), request)),
                (0, ResponseReceived(("s",), strange, -1.0)),
                (0, ResponseReceived(("s",), strange, 1.0)),
            ]
        )
    )
    (entry,) = log["entries"]
    assert (entry["response"]["status"], entry["response"]["statusText"], entry["time"]) == (799, "", 0.0)
    assert entry["request"]["queryString"] == [{"name": "x", "value": "[redacted]"}, {"name": "y", "value": ""}]
