"""What was sent is what is received: operations and values made up, encoded, sent over a socket, read by openapi-core.

carriers.py lists what each style carries without loss. Values are made of that, and must come back with their types.
What is outside has a case each, with the bytes that go out.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from arazzo_runner.engine.effects import Request
from arazzo_runner.sources.openapi.bodies import encode_body
from arazzo_runner.sources.openapi.media import choose_content_type, media_for
from arazzo_runner.sources.openapi.parameters import cookie_header, serialise
from arazzo_runner.sources.openapi.paths import expand_path
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.servers import ServerUrl, join
from arazzo_runner.transports.http import HttpTransport
from arazzo_runner.values import JSON, Value
from tests.sources.inline import document_of, operation
from tests.sources.openapi.carriers import (
    CARRIERS,
    MISREAD,
    OUTSIDE,
    OUTSIDE_BODIES,
    Carrier,
    Misread,
    Outside,
    OutsideBody,
)
from tests.sources.openapi.drawn import FORM_DATA, KINDS, NAMES, PLAIN, Body, Written, bodies, of_carrier, texts
from tests.sources.openapi.receiver import Raw, Receiver, Unmarshalled, unmarshal

PLACES = ("path", "query", "header", "cookie")
VERSIONS = ("3.0.4", "3.1.1", "3.2.0")

# ---------------------------------------------------------------- operations


@dataclass(frozen=True)
class Call:
    """An operation and the values that it is called with."""

    version: str
    method: str
    parameters: tuple[tuple[str, Carrier, Written], ...]
    body: Body | None = None
    extra: dict[str, JSON] = field(default_factory=dict)

    @property
    def template(self) -> str:
        names = [name for name, carrier, _ in self.parameters if carrier.location == "path"]
        return "/op" + "".join(f"/{{{name}}}" for name in names)

    def description(self, origin: str) -> dict[str, JSON]:
        operation: dict[str, JSON] = {"responses": {"200": {"description": "done"}}}
        operation["parameters"] = [self._declared(*each) for each in self.parameters]
        if self.body is not None:
            operation["requestBody"] = {"content": {self.body.name: self.body.media}}
        paths: JSON = {self.template: {self.method: operation}}
        info: JSON = {"title": "made up", "version": "1"}
        return {"openapi": self.version, "info": info, "servers": [{"url": origin}], "paths": paths}

    def _declared(self, name: str, carrier: Carrier, written: Written) -> JSON:
        described: dict[str, JSON] = {"name": name, "in": carrier.location, "required": carrier.location == "path"}
        if carrier.media:
            return {**described, "content": {carrier.media: {"schema": written.schema}}}
        reserved: dict[str, JSON] = {"allowReserved": True} if carrier.reserved else {}
        styled: dict[str, JSON] = {"style": carrier.style, "explode": carrier.explode, "schema": written.schema}
        return {**described, **styled, **reserved, **self.extra}


@st.composite
def calls(draw: st.DrawFn) -> Call:
    version = draw(st.sampled_from(VERSIONS))
    body = draw(st.none() | bodies(version))
    bodied = ["post", "put", "patch", "delete"] + ["query"] * (version >= "3.2")
    method = draw(st.sampled_from(bodied if body is not None else ["get", "delete", "options"]))
    carriers = draw(st.lists(st.sampled_from(CARRIERS), max_size=4))
    parameters = tuple((f"p{index}", carrier, draw(of_carrier(carrier))) for index, carrier in enumerate(carriers))
    return Call(version, method, parameters, body)


def build(found: Operation, call: Call, origin: str) -> Request:
    """Put the request of a call together, as the engine does, from the description that an author would write."""
    pieces: dict[str, list[str]] = {place: [] for place in PLACES}
    segments: dict[str, str] = {}
    headers: list[tuple[str, str]] = []
    for name, carrier, written in call.parameters:
        declared = found.parameter(name, carrier.location)
        assert declared is not None
        done = serialise(declared, written.value, from_whole_expression=True)
        assert not isinstance(done, Unserialisable), done
        if carrier.location == "path":
            segments[name] = done.pieces[0]
        elif carrier.location == "header":
            headers += [(name, text) for text in done.pieces]
        else:
            pieces[carrier.location] += done.pieces
    path = expand_path(found.path, segments)
    assert isinstance(path, str), path
    if pieces["cookie"]:
        headers.append(("Cookie", cookie_header(pieces["cookie"])))
    content = None
    if call.body is not None:
        content, content_type = body_of(found, call.body.value)
        headers.append(("Content-Type", content_type))
    return Request(found.method, join(ServerUrl(origin), path, pieces["query"]), tuple(headers), content)


def body_of(found: Operation, value: Value, given: str | None = None) -> tuple[bytes, str]:
    chosen = choose_content_type(given, found.body, value)
    assert not isinstance(chosen, Unserialisable)
    described = media_for(found.body, chosen.value)
    done = encode_body(chosen.value, value, described, from_whole_expression=True, boundary_seed="seed")
    assert not isinstance(done, Unserialisable), done
    return done.content, done.content_type


# ---------------------------------------------------------------- sending and receiving


@dataclass(frozen=True)
class Line:
    """A client and a server, connected."""

    receiver: Receiver
    transport: HttpTransport

    def send(self, call: Call) -> Raw:
        """Send a call and return the request as it arrived."""
        found = operation(document_of(dict(call.description(self.receiver.origin))), call.template, call.method.upper())
        self.transport.send(build(found, call, self.receiver.origin), 10)
        return self.receiver.taken()

    def read(self, call: Call, raw: Raw) -> Unmarshalled:
        return unmarshal(call.description(self.receiver.origin), call.template, raw)


@pytest.fixture(scope="module")
def line() -> Iterator[Line]:
    with Receiver() as receiver, HttpTransport() as transport:
        yield Line(receiver, transport)


def exact(value: Any) -> Any:
    """A value with the type of everything in it, for comparison: 1, 1.0 and True differ."""
    match value:
        case dict():
            return {name: exact(member) for name, member in value.items()}
        case list() | tuple():
            return [exact(item) for item in value]
        case _:
            return (type(value).__name__, value)


def check(line: Line, call: Call) -> None:
    raw = line.send(call)
    received = line.read(call, raw)
    assert received.errors == (), raw
    wanted: dict[str, dict[str, Value]] = {place: {} for place in PLACES}
    for name, carrier, written in call.parameters:
        wanted[carrier.location][name] = written.value
    assert exact(received.parameters) == exact(wanted), raw
    assert call.body is None or exact(received.body) == exact(call.body.value), raw


CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large]


@seed(32)
@settings(max_examples=50, deadline=None, database=None, suppress_health_check=CHECKS)
@given(call=calls())
def test_what_was_sent_is_what_is_received(line: Line, call: Call) -> None:
    check(line, call)


@pytest.mark.long
@seed(1000)
@settings(max_examples=1000, deadline=None, database=None, suppress_health_check=CHECKS)
@given(call=calls())
def test_what_was_sent_is_what_is_received_a_thousand_times(line: Line, call: Call) -> None:
    check(line, call)


@pytest.mark.parametrize("carrier", CARRIERS, ids=lambda carrier: carrier.name)
@settings(max_examples=3, deadline=None, database=None, suppress_health_check=CHECKS)
@given(data=st.data())
def test_each_carrier_carries(line: Line, carrier: Carrier, data: st.DataObject) -> None:
    check(line, Call("3.1.1", "get", (("p", carrier, data.draw(of_carrier(carrier))),)))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8, deadline=None, database=None, suppress_health_check=CHECKS)
@given(data=st.data())
def test_each_kind_of_body_comes_back(line: Line, kind: str, data: st.DataObject) -> None:
    check(line, Call("3.1.1", "post", (), data.draw(bodies("3.1.1", kind))))


@settings(max_examples=30, deadline=None, database=None, suppress_health_check=CHECKS)
@given(files=st.dictionaries(NAMES, st.lists(st.binary(), min_size=1, max_size=3) | texts(PLAIN), min_size=1))
def test_files_come_back_whole(line: Line, files: dict[str, list[bytes] | str]) -> None:
    """Bytes are none of openapi-core's: werkzeug, which frameworks read forms with, takes the parts apart."""
    value: dict[str, Value] = {name: [*each] if isinstance(each, list) else each for name, each in files.items()}
    raw = line.send(Call("3.1.1", "post", (), Body(FORM_DATA, {}, value)))
    mimetype, options = parse_options_header((raw.header("content-type") or b"").decode())
    _, fields, found = FormDataParser(lambda *_, **__: BytesIO()).parse(
        BytesIO(raw.body), mimetype, len(raw.body), options
    )
    assert dict(fields) == {name: each for name, each in files.items() if isinstance(each, str)}
    received = {name: [(part.filename, part.read()) for part in parts] for name, parts in found.lists()}
    assert received == {
        name: [(name, each) for each in parts] for name, parts in files.items() if isinstance(parts, list)
    }


# ---------------------------------------------------------------- outside


def arrived(raw: Raw, location: str) -> str:
    match location:
        case "path":
            return raw.path.removeprefix("/op/")
        case "query":
            return raw.query
        case _:
            return (raw.header("p" if location == "header" else "cookie") or b"").decode()


@pytest.mark.parametrize("case", OUTSIDE, ids=lambda case: f"{case.location}-{case.style}-{case.sent}")
def test_values_outside_go_out_as_these_bytes(line: Line, case: Outside) -> None:
    carrier = Carrier(case.location, case.style, case.explode, "value")
    call = Call("3.1.1", "get", (("p", carrier, Written({}, case.value)),), extra=dict(case.extra))
    assert arrived(line.send(call), case.location) == case.sent


@pytest.mark.parametrize("case", OUTSIDE_BODIES, ids=lambda case: f"{case.name}-{case.sent[-20:]!r}")
def test_bodies_outside_go_out_as_these_bytes(line: Line, case: OutsideBody) -> None:
    call = Call("3.1.1", "post", (), Body(case.name, case.media, case.value))
    found = operation(document_of(dict(call.description(line.receiver.origin))), "/op", "POST")
    boundary = "; boundary=b1" if case.name.startswith("multipart/") else ""
    content, content_type = body_of(found, case.value, case.name + boundary)
    headers = (("Content-Type", content_type),)
    line.transport.send(Request("POST", line.receiver.origin + "/op", headers, content), 10)
    raw = line.receiver.taken()
    assert (raw.body, raw.header("content-type")) == (case.sent, content_type.encode())
    received = line.read(call, raw)
    assert received.errors or exact(received.body) != exact(case.value), "it comes back: it belongs inside"


@pytest.mark.parametrize("method", ["LINK", "Copy", "query-all"])
def test_the_methods_of_3_2_go_out_as_they_are_written(line: Line, method: str) -> None:
    parameter: JSON = {"name": "p", "in": "query", "schema": {"type": "array"}, "explode": False}
    item: JSON = {"additionalOperations": {method: {"operationId": "it", "parameters": [parameter]}}}
    info: JSON = {"title": "made up", "version": "1"}
    document = document_of({"openapi": "3.2.0", "info": info, "paths": {"/op": item}})
    (endpoint,) = document.endpoints.by_id["it"]
    found = document.operation(endpoint, "things").operation
    carrier = Carrier("query", "form", False, "array")
    call = Call("3.2.0", method, (("p", carrier, Written({}, [1, 2])),))
    line.transport.send(build(found, call, line.receiver.origin), 10)
    raw = line.receiver.taken()
    assert (raw.method, raw.path, raw.query) == (method, "/op", "p=1,2")


@pytest.mark.parametrize("case", MISREAD, ids=lambda case: f"{case.location}-{case.style}-{case.sent}")
def test_what_openapi_core_misreads(line: Line, case: Misread) -> None:
    """The bytes are what the tables of OpenAPI have, and openapi-core reads another value, or none."""
    assert isinstance(case.schema, dict)
    version = "3.2.0" if case.style == "cookie" else "3.1.1"
    carrier = Carrier(case.location, case.style, case.explode, "value")
    call = Call(version, "get", (("p", carrier, Written(case.schema, case.value)),))
    raw = line.send(call)
    assert arrived(raw, case.location) == case.sent
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells so of a style that it does not know
        received = line.read(call, raw)
    assert received.errors or received.parameters[case.location].get("p") != case.value
