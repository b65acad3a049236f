from __future__ import annotations

import asyncio
import dataclasses
import gc
import re
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from arazzo_runner import Options, Prepared, Status, arun, load, prepare, run, stream
from arazzo_runner.api.beginning import begin
from arazzo_runner.api.running import execute
from arazzo_runner.api.worlds import answer_of
from arazzo_runner.engine.effects import Request, SendRequest
from arazzo_runner.engine.events import RequestFailed, RequestSent, ResponseReceived, RunEnded, RunStarted, Stamped
from arazzo_runner.engine.outcomes import Proceed, Responded, Response
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import DocumentError, InputsError, LimitReached, UsageError
from tests import wire
from tests.api.documents import ARAZZO, OPENAPI, write
from tests.canaries import spelled
from tests.wire import Wire


@pytest.fixture
def document(tmp_path: Path) -> Path:
    return write(tmp_path)


def options(server: Wire, **others: Any) -> Options:
    return Options(servers={"": server.url}, **others)


def prepared_for(document: Path, server: Wire, workflow: str = "one", **others: Any) -> Prepared:
    return prepare(load(document), workflow, options(server, **others))


def go(way: str, *arguments: Any, **others: Any) -> RunResult:
    """Run by one of the three ways; a stream is only begun, and given up unless it raises."""
    if way == "arun":
        return asyncio.run(arun(*arguments, **others))
    if way == "run":
        return run(*arguments, **others)
    stream(*arguments, **others).close()
    raise AssertionError("a stream has no result before it is read")


# ---------------------------------------------------------------- what goes out


@pytest.mark.parametrize(
    "value",
    ["a/b c", "\u00fc\u20ac\U0001f4a9", "a;b@c:d", "'(!*)~[]", "100%", "%2F", "a+b&c=d?e#f", "..a", ":generateToken"],
)
def test_a_path_value_travels_as_the_engine_wrote_it(document: Path, value: str) -> None:
    with Wire() as server:
        result = run(document, "one", {"id": value}, options=options(server))
    request = result.steps[0].attempts[0].request
    assert request is not None
    assert server.received[0].target == request.url.removeprefix(server.url)


def test_a_slash_and_a_blank_are_encoded(document: Path) -> None:
    with Wire() as server:
        run(document, "one", {"id": "a/b c"}, options=options(server))
    assert server.lines == ["GET /items/a%2Fb%20c HTTP/1.1"]


def test_a_base_path_is_not_resolved_away(document: Path) -> None:
    with Wire() as server:
        run(document, "three", options=Options(servers={"": server.url + "/v1/../v2/./"}))
    assert {request.target for request in server.received} == {"/v1/../v2/./items"}


def test_cookies_do_not_travel_from_step_to_step(document: Path) -> None:
    with Wire(wire.answer(200, b"", ("Set-Cookie", "sid=1; Path=/"))) as server:
        run(document, "three", options=options(server))
    assert [request.values("Cookie") for request in server.received] == [[], [], []]
    assert server.connections == 1


# ---------------------------------------------------------------- faults of the network


FAULTS = {
    "refused": (None, "the connection was refused"),
    "silence": (wire.hang(), "no answer within "),
    "half-a-body": (wire.hang(wire.head(200, [("Content-Length", "9")]) + b"abc"), "was not complete within "),
    "drip": (wire.drip(wire.chunk(b"x"), wire.CHUNKED), "was not complete within "),
    "reset": (wire.reset(), "the connection broke off"),
    "closed": (wire.close(), "the connection was closed without an answer"),
    "garbage": (wire.raw(b"\x16\x03\x01hidden\r\n\r\n"), "the answer is no sound HTTP"),
    "declared": (wire.raw(wire.head(200, [("Content-Length", "200000000")])), "the answer is larger than 64 MiB"),
    "bomb": (wire.bomb(65), "the answer is larger than 64 MiB"),
}


@pytest.mark.parametrize("way", ["run", "arun", "httpx", "httpx2"])
@pytest.mark.parametrize(("behaviour", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_of_the_network_fails_the_step(
    document: Path, behaviour: wire.Behaviour | None, words: str, way: str
) -> None:
    with Wire(behaviour or wire.answer()) as server:
        url = server.url if behaviour else f"http://127.0.0.1:{wire.refusing_port()}"
        # What takes long to unpack must not look slow; what never ends must not take long.
        slow = "within" in words
        chosen = Options(servers={"": url}, timeout=0.3 if slow else 30.0, auth=("key=hidden-key",))
        result = run_by(way, document, chosen)
    assert result.status is Status.FAILED
    (step,) = result.steps
    assert step.reason.startswith(f"no answer: GET {url}: ")
    assert words in step.reason
    assert result.reason == f"step 'a': {step.reason}"
    assert "hidden" not in repr(result)


def run_by(way: str, document: Path, chosen: Options) -> RunResult:
    if way in ("run", "arun"):
        return go(way, document, "three", options=chosen)
    with {"httpx": httpx, "httpx2": httpx2}[way].Client() as client:
        return run(document, "three", options=chosen, transport=client)


def test_a_server_that_answers_500_fails_the_step(document: Path) -> None:
    with Wire(wire.answer(500)) as server:
        result = run(document, "three", options=options(server))
    assert result.status is Status.FAILED
    assert "500" in result.reason
    assert len(server.received) == 1


def test_broken_json_is_an_answer_with_a_warning(document: Path) -> None:
    with Wire(wire.answer(200, b'{"a": ', ("Content-Type", "application/json"))) as server:
        result = run(document, "one", {"id": "1"}, options=options(server))
    assert result.outputs == {"body": '{"a": '}
    assert any("says it is JSON, but it is not" in found.message for found in result.warnings)


def test_a_fault_of_the_network_is_an_event(document: Path) -> None:
    events: list[Stamped] = []
    with Wire(wire.close()) as server:
        run(document, "three", options=options(server), on_event=events.append)
    (failed,) = [one.event for one in events if isinstance(one.event, RequestFailed)]
    assert failed.failure.message == f"GET {server.url}: the connection was closed without an answer"


def test_a_certificate_is_checked_unless_its_host_is_named(document: Path) -> None:
    with Wire(secure=True) as server:
        assert "its certificate is not trusted" in run(document, "three", options=options(server)).reason
        assert server.received == []
        for chosen in (options(server, insecure_hosts={"127.0.0.1"}), options(server, cacert=str(wire.CERTIFICATE))):
            assert run(document, "three", options=chosen).succeeded
            assert asyncio.run(arun(document, "three", options=chosen)).succeeded


# ---------------------------------------------------------------- events


def test_events_come_by_callback_and_by_iterator_alike(document: Path) -> None:
    with Wire(wire.json_answer({"n": 1})) as server:
        prepared = prepared_for(document, server)
        called: list[Stamped] = []
        awaited: list[Stamped] = []
        run(prepared, inputs={"id": "1"}, on_event=called.append)
        asyncio.run(arun(prepared, inputs={"id": "1"}, on_event=awaited.append))
        with stream(prepared, inputs={"id": "1"}) as events:
            read = list(events)
    names = [type(one.event).__name__ for one in called]
    assert names[0] == "RunStarted"
    assert names[-1] == "RunEnded"
    assert names == [type(one.event).__name__ for one in awaited] == [type(one.event).__name__ for one in read]
    assert [one.clock.monotonic for one in read] == sorted(one.clock.monotonic for one in read)


def test_a_stream_sends_as_far_as_it_is_read(document: Path) -> None:
    with Wire() as server:
        events = stream(prepared_for(document, server, "three"))
        assert isinstance(next(events).event, RunStarted)
        assert server.connections == 0
        for stamped in events:
            if isinstance(stamped.event, ResponseReceived):
                break
        assert len(server.received) == 1
        result = events.result
        assert result.succeeded
        assert len(server.received) == 3
        assert list(events) == []
        server.wait_closed()


def test_giving_up_midway_closes_the_connection(document: Path) -> None:
    with Wire() as server:
        with stream(prepared_for(document, server, "three")) as events:
            for stamped in events:
                if isinstance(stamped.event, ResponseReceived):
                    break
        server.wait_closed()
        assert len(server.received) == 1
        with pytest.raises(UsageError, match="given up before its end"):
            _ = events.result
        events.close()


def test_a_stream_that_is_never_read_opens_nothing(document: Path) -> None:
    with Wire() as server:
        events = stream(prepared_for(document, server, "three"))
        events.close()
        with pytest.raises(UsageError, match="given up"):
            _ = events.result
    assert server.connections == 0


class StopNowError(Exception):
    """Raised by a listener."""


@pytest.mark.parametrize("asynchronous", [False, True])
def test_what_a_listener_raises_goes_up_and_closes_the_connection(document: Path, asynchronous: bool) -> None:
    def on_event(stamped: Stamped) -> None:
        if isinstance(stamped.event, ResponseReceived):
            raise StopNowError

    with Wire() as server:
        prepared = prepared_for(document, server, "three")
        with pytest.raises(StopNowError):
            go("arun" if asynchronous else "run", prepared, on_event=on_event)
        server.wait_closed()
        assert len(server.received) == 1


def test_who_cancels_a_run_closes_its_connection(document: Path) -> None:
    async def main(prepared: Prepared) -> None:
        sent = asyncio.Event()

        def on_event(stamped: Stamped) -> None:
            if isinstance(stamped.event, RequestSent):
                sent.set()

        task = asyncio.create_task(arun(prepared, on_event=on_event))
        await sent.wait()
        while not server.received:
            await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    with Wire(wire.hang()) as server:
        asyncio.run(main(prepared_for(document, server, "three")))
        server.wait_closed()


# ---------------------------------------------------------------- results


def test_a_result_is_typed_frozen_and_shows_no_secret(document: Path) -> None:
    secrets = {"password": "hidden-password", "pin": "hidden-pin"}
    with Wire(wire.json_answer({"token": "hidden-token", "echo": "hidden-password"})) as server:
        chosen = options(server, auth=("bearer=hidden-bearer",))
        events: list[Stamped] = []
        prepared = prepare(load(document), "one", chosen)
        result = run(prepared, inputs={"id": "hidden-pin", **secrets}, on_event=events.append)
    assert result.outputs == {"body": {"token": "hidden-token", "echo": "hidden-password"}}
    assert server.received[0].values("Authorization") == ["Bearer hidden-bearer"]
    assert server.received[0].values("X-Password") == ["hidden-password"]
    for shown in (result, events, prepared, chosen, result.steps, result.steps[0].attempts):
        assert "hidden" not in repr(shown)
    for name in ("status", "outputs", "steps"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(result, name, None)
    assert isinstance(result, RunResult)
    assert isinstance(result.steps, tuple)


def test_secrets_are_shown_on_request(document: Path) -> None:
    events: list[Stamped] = []
    with Wire(wire.json_answer({"token": "hidden-token"})) as server:
        inputs = {"id": "1", "password": "hidden-password"}
        run(document, "one", inputs, options=options(server, show_secrets=True), on_event=events.append)
    assert "hidden-password" in spelled(events)
    (ended,) = [one.event for one in events if isinstance(one.event, RunEnded)]
    assert ended.result.outputs == {"body": {"token": "hidden-token"}}


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_limit_is_an_exception_with_what_was_done(document: Path, asynchronous: bool) -> None:
    with Wire() as server:
        prepared = prepared_for(document, server, "loop", max_steps=4)
        with pytest.raises(LimitReached, match="has used its budget of 4") as caught:
            go("arun" if asynchronous else "run", prepared)
    assert caught.value.limit == "max_steps"
    assert caught.value.result is not None
    assert caught.value.result.status is Status.STOPPED
    assert caught.value.result.requests == len(server.received) == 3
    assert caught.value.exit_code == 3


def test_a_limit_ends_a_stream_with_its_event_and_its_result_with_an_exception(document: Path) -> None:
    with Wire() as server, stream(prepared_for(document, server, "loop", max_steps=3)) as events:
        *_, last = events
        assert isinstance(last.event, RunEnded)
        assert last.event.result.status is Status.STOPPED
        with pytest.raises(LimitReached):
            _ = events.result


# ---------------------------------------------------------------- nothing sent


def without(text: str, part: str, instead: str = "") -> str:
    assert part in text
    return text.replace(part, instead)


NOTHING_SENT: dict[str, tuple[dict[str, Any], type[Exception], str]] = {
    "missing-input": ({"inputs": {}}, InputsError, "input 'id' is missing; it is required"),
    "wrong-type": ({"inputs": {"id": "1", "count": "many"}}, InputsError, "input 'count' must be an integer"),
    "unknown-workflow": ({"workflow": "on"}, UsageError, "there is no workflow 'on'"),
    "no-workflow-chosen": ({"workflow": None}, UsageError, "has 3 workflows"),
    "unknown-operation": (
        {"arazzo": without(ARAZZO, "operationId: item", "operationId: itme")},
        DocumentError,
        "arazzo.yaml:17:18",
    ),
    "missing-source": ({"openapi": None}, DocumentError, "arazzo.yaml:4:"),
    "source-of-another-kind": ({"openapi": "[1, 2]"}, DocumentError, "openapi.yaml"),
    "no-yaml": ({"arazzo": ARAZZO + "- {workflowId: [\n"}, DocumentError, "arazzo.yaml:3"),
    "nothing": ({"arazzo": ""}, DocumentError, "arazzo.yaml"),
    "no-server": (
        {"openapi": OPENAPI.replace("servers:", "x-servers:"), "options": Options()},
        DocumentError,
        "declares no server",
    ),
    "server-of-an-unknown-source": ({"options": Options(servers={"apy": "http://a"})}, UsageError, "no source 'apy'"),
    "server-that-is-no-url": ({"options": Options(servers={"": "localhost:1"})}, UsageError, "no absolute http"),
    "server-with-user": ({"options": Options(servers={"": "http://me:hidden@a"})}, UsageError, "user information"),
    "unknown-server-variable": (
        {"options": Options(server_variables={"regio": "us"})},
        UsageError,
        "no server has a variable 'regio'",
    ),
    "forbidden-server-variable": (
        {
            "openapi": re.sub(
                r"servers: .*",
                "servers: [{url: 'https://{region}.x.com', variables: {region: {default: eu, enum: [eu, us]}}}]",
                OPENAPI,
            ),
            "options": Options(server_variables={"region": "ust"}),
        },
        UsageError,
        "allowed: eu, us",
    ),
    "unknown-source": ({"options": Options(sources={"apy": "x"})}, UsageError, "no source 'apy'"),
    "unknown-auth-scheme": ({"options": Options(auth=("bearr=hidden",))}, UsageError, "no security scheme"),
    "auth-without-value": ({"options": Options(auth=("bearer",))}, UsageError, "needs a scheme and a value"),
    "no-certificates": ({"tls": {"cacert": "/nowhere.pem"}}, UsageError, "can't be used: No such file"),
    "insecure-url": ({"tls": {"insecure_hosts": frozenset(["https://a"])}}, UsageError, "is no host to trust"),
    "inputs-for-nobody": ({"inputs_for": {"two": {}}}, InputsError, "there is no workflow 'two'"),
    "transport-that-sends-nothing": ({"transport": object()}, UsageError, "a object can't send requests"),
}


@pytest.mark.parametrize("way", ["run", "arun", "stream"])
@pytest.mark.parametrize(("case", "kind", "words"), NOTHING_SENT.values(), ids=NOTHING_SENT)
def test_what_can_be_known_before_is_said_before_anything_is_sent(
    tmp_path: Path, case: dict[str, Any], kind: type[Exception], words: str, way: str
) -> None:
    path = write(tmp_path, case.get("arazzo", ARAZZO), case.get("openapi", OPENAPI))
    with Wire() as server:
        chosen = case.get("options") or options(server, **case.get("tls", {}))
        others = {name: case[name] for name in ("inputs_for", "transport") if name in case}
        arguments = (path, case.get("workflow", "one"), case.get("inputs", {"id": "1"}))
        with pytest.raises(kind) as caught:
            go(way, *arguments, options=chosen, **others)
    assert words in str(caught.value)
    assert "hidden" not in str(caught.value)
    assert getattr(caught.value, "exit_code", None) == 2
    assert server.connections == 0


def test_faults_of_a_document_have_places(tmp_path: Path) -> None:
    path = write(tmp_path, without(ARAZZO, "operationId: item", "operationId: itme"))
    with pytest.raises(DocumentError) as caught:
        run(path, "one", {"id": "1"})
    (found,) = caught.value.diagnostics
    assert found.span is not None
    assert (found.span.line, found.span.column) == (17, 18)
    assert "operationId: itme" in found.span.text
    assert "item" in found.help


def test_the_value_of_a_secret_input_is_not_in_the_complaint(document: Path) -> None:
    inputs: dict[str, Any] = {
        "id": "hidden-password",
        "password": "hidden-password",
        "pin": 7,
        "count": "hidden-password",
    }
    with pytest.raises(InputsError) as caught:
        run(document, "one", inputs)
    assert "'count' must be an integer" in str(caught.value)
    assert "hidden" not in str(caught.value)


# ---------------------------------------------------------------- transports


class Coroutine:
    async def send(self, request: Request, timeout: float | None) -> Response:
        return Response(200)


class NotCallable:
    send = "a letter"


@pytest.mark.parametrize("make", [httpx.AsyncClient, httpx2.AsyncClient, Coroutine])
@pytest.mark.parametrize("way", [run, stream])
def test_what_is_asynchronous_needs_arun(document: Path, make: Any, way: Any) -> None:
    with pytest.raises(UsageError, match="this transport is asynchronous"):
        way(document, "three", transport=make())


@pytest.mark.parametrize("transport", [object(), "http://proxy", 3, NotCallable()])
def test_what_has_no_send_is_no_transport(document: Path, transport: object) -> None:
    with pytest.raises(UsageError, match="can't send requests"):
        run(document, "three", transport=transport)
    with pytest.raises(UsageError, match="can't send requests"):
        asyncio.run(arun(document, "three", transport=transport))


def test_a_transport_that_gives_nonsense_is_said(document: Path) -> None:
    class Nonsense:
        def send(self, request: Request, timeout: float | None) -> int:
            return 200

    for way in ("run", "arun"):
        with pytest.raises(UsageError, match=r"send\(\) gave a int"):
            go(way, document, "three", transport=Nonsense())


def test_a_mocked_run_takes_no_transport(document: Path) -> None:
    chosen = Options(mock=True)
    with pytest.raises(UsageError, match="sends nothing"):
        run(document, "three", options=chosen, transport=Coroutine())
    with pytest.raises(UsageError, match="sends nothing"):
        asyncio.run(arun(document, "three", options=chosen, transport=Coroutine()))


@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_mocked_run_opens_no_connection(document: Path, asynchronous: bool) -> None:
    events: list[Stamped] = []
    with Wire() as server:
        chosen = options(server, mock=True)
        result = go("arun" if asynchronous else "run", document, "three", options=chosen, on_event=events.append)
    assert result.succeeded
    assert len([one for one in events if isinstance(one.event, ResponseReceived)]) == 3
    assert server.connections == 0


def test_a_driver_of_the_callers_own(document: Path) -> None:
    class Answering:
        def send(self, request: Request, timeout: float | None) -> Response:
            return Response(204)

    current = begin(prepare(load(document), "three"))
    answer = answer_of(Answering())
    while current.result is None:
        for effect in current.effects():
            outcome = answer(effect) if isinstance(effect, SendRequest) else Proceed()
            assert isinstance(outcome, Responded | Proceed)
            current.resolve(effect.ticket, outcome)
    assert current.result.succeeded
    assert execute(prepare(load(document), "three"), transport=Answering()).requests == 3


def test_nothing_is_left_open(document: Path, recwarn: pytest.WarningsRecorder) -> None:
    with Wire() as server:
        prepared = prepared_for(document, server, "three")
        for _ in range(3):
            run(prepared)
            asyncio.run(arun(prepared))
        server.wait_closed(6)
    gc.collect()
    assert [str(one.message) for one in recwarn if issubclass(one.category, ResourceWarning)] == []
