"""The reference workflow, from its file to the bytes on the wire, by every way in which it can be run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeAlias

import httpx
import httpx2
import pytest

from arazzo_runner import Options, RunResult, Status, arun, load, prepare, run, stream
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from tests import wire
from tests.wire import Wire

GENERATE = "POST /api/hubs/chat/:generateToken?api-version=2024-01-01&minutesToExpire=60 HTTP/1.1"
SEND = "POST /api/hubs/chat/:send?api-version=2024-01-01 HTTP/1.1"
MESSAGE = 'Gr\u00fc\u00dfe, "Welt" \U0001f30d\n'
INPUTS: dict[str, Any] = {"accessToken": "eyJhbGciOi.hidden-token", "hub": "chat", "message": MESSAGE}
ISSUED = "issued-token-1234567890"

Way: TypeAlias = Callable[[Path, dict[str, Any], Options], RunResult]


@pytest.fixture
def document(project: Path) -> Path:
    return project / "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"


@pytest.fixture
def server() -> Iterator[Wire]:
    with Wire(wire.json_answer({"token": ISSUED}), wire.answer(202)) as server:
        yield server


def options(server: Wire, **others: Any) -> Options:
    return Options(servers={"": server.url}, **others)


# ---------------------------------------------------------------- the ways


def by_run(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
    return run(document, inputs=inputs, options=options)


def by_arun(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
    return asyncio.run(arun(document, inputs=inputs, options=options))


def by_stream(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
    with stream(document, inputs=inputs, options=options) as events:
        assert [type(one.event).__name__ for one in events][-1] == "RunEnded"
        return events.result


def by_run_inside_a_loop(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
    async def main() -> RunResult:
        return run(document, inputs=inputs, options=options)

    return asyncio.run(main())


def by_client(library: Any) -> Way:
    def way(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
        with library.Client() as client:
            return run(document, inputs=inputs, options=options, transport=client)

    return way


def by_client_inside_a_loop(library: Any) -> Way:
    def way(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
        with library.Client() as client:
            return asyncio.run(arun(document, inputs=inputs, options=options, transport=client))

    return way


def by_async_client(library: Any) -> Way:
    async def main(document: Path, inputs: dict[str, Any], options: Options) -> RunResult:
        async with library.AsyncClient() as client:
            return await arun(document, inputs=inputs, options=options, transport=client)

    return lambda document, inputs, options: asyncio.run(main(document, inputs, options))


WAYS: dict[str, Way] = {
    "run": by_run,
    "arun": by_arun,
    "stream": by_stream,
    "run-inside-a-loop": by_run_inside_a_loop,
    "httpx-Client": by_client(httpx),
    "httpx2-Client": by_client(httpx2),
    "httpx-Client-in-arun": by_client_inside_a_loop(httpx),
    "httpx2-Client-in-arun": by_client_inside_a_loop(httpx2),
    "httpx-AsyncClient": by_async_client(httpx),
    "httpx2-AsyncClient": by_async_client(httpx2),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_two_requests_go_out_byte_for_byte(document: Path, server: Wire, way: Way) -> None:
    result = way(document, INPUTS, options(server))
    assert result.status is Status.SUCCEEDED
    assert result.outputs == {"token": ISSUED, "broadcastStatus": 202}
    assert server.lines == [GENERATE, SEND]
    generate, send = server.received
    assert [request.values("Authorization") for request in server.received] == [[f"Bearer {INPUTS['accessToken']}"]] * 2
    assert generate.body == b""
    assert generate.values("Content-Type") == []
    assert send.body == MESSAGE.encode()
    assert send.values("Content-Type") == ["text/plain"]
    assert send.values("Content-Length") == [str(len(MESSAGE.encode()))]
    assert all(b"userid" not in request.raw.lower() for request in server.received)
    # The token that the first answer brought is for browsers; nothing of it is sent.
    assert all(ISSUED.encode() not in request.raw for request in server.received)


def test_our_own_client_adds_nothing_but_what_http_needs(document: Path, server: Wire) -> None:
    run(document, inputs=INPUTS, options=options(server))
    generate, send = ([name for name, _ in request.headers] for request in server.received)
    assert generate == ["Host", "Content-Length", "Authorization", "Accept", "Accept-Encoding", "User-Agent"]
    assert send == [
        "Host",
        "Authorization",
        "Accept",
        "Content-Type",
        "Accept-Encoding",
        "User-Agent",
        "Content-Length",
    ]


@pytest.mark.parametrize("way", [by_run, by_arun, by_stream])
def test_read_strictly_the_header_goes_out_as_it_is_written(document: Path, server: Wire, way: Way) -> None:
    way(document, INPUTS, options(server, strict=True))
    assert server.lines == [GENERATE, SEND]
    assert [request.values("Authorization") for request in server.received] == [["Bearer $inputs.accessToken"]] * 2


def test_the_reading_is_told_as_a_warning(document: Path, server: Wire) -> None:
    result = run(document, inputs=INPUTS, options=options(server))
    warned = [found for found in result.warnings if "$inputs.accessToken" in found.message]
    assert len(warned) == 2
    assert all("{$inputs.accessToken}" in found.message + found.help for found in warned)


def test_what_is_given_takes_the_place_of_a_default(document: Path, server: Wire) -> None:
    given = {**INPUTS, "hub": "a b/\u00fc?", "userId": "me&you", "minutesToExpire": 5, "apiVersion": "2025-01-01"}
    run(document, inputs=given, options=options(server))
    hub = "a%20b%2F%C3%BC%3F"
    assert server.lines == [
        f"POST /api/hubs/{hub}/:generateToken?api-version=2025-01-01&userId=me%26you&minutesToExpire=5 HTTP/1.1",
        f"POST /api/hubs/{hub}/:send?api-version=2025-01-01 HTTP/1.1",
    ]


# ---------------------------------------------------------------- transports that are no network


@pytest.mark.parametrize("library", [httpx, httpx2])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_a_client_with_a_mocked_transport(document: Path, library: Any, asynchronous: bool) -> None:
    seen: list[str] = []

    def handle(request: Any) -> Any:
        seen.append(f"{request.method} {request.url.raw_path.decode()} HTTP/1.1")
        return library.Response(202) if "send" in seen[-1] else library.Response(200, json={"token": ISSUED})

    chosen = Options(servers={"": "https://nowhere.invalid"})
    if asynchronous:
        client = library.AsyncClient(transport=library.MockTransport(handle))
        result = asyncio.run(arun(document, inputs=INPUTS, options=chosen, transport=client))
    else:
        client = library.Client(transport=library.MockTransport(handle))
        result = run(document, inputs=INPUTS, options=chosen, transport=client)
    assert result.succeeded
    assert seen == [GENERATE, SEND]


class Own:
    """Any object with the one method."""

    def __init__(self) -> None:
        self.requests: list[Request] = []

    def send(self, request: Request, timeout: float | None) -> Response:
        assert timeout == 30.0
        self.requests.append(request)
        if request.url.endswith(":send?api-version=2024-01-01"):
            return Response(202)
        return Response(200, (("Content-Type", "application/json"),), json.dumps({"token": ISSUED}).encode())


class OwnAsync(Own):
    async def send(self, request: Request, timeout: float | None) -> Response:  # type: ignore[override]  # on purpose
        await asyncio.sleep(0)
        return super().send(request, timeout)


@pytest.mark.parametrize("kind", [Own, OwnAsync])
def test_an_object_with_the_one_method(document: Path, kind: type[Own]) -> None:
    own = kind()
    chosen = Options(servers={"": "https://nowhere.invalid"})
    result = asyncio.run(arun(document, inputs=INPUTS, options=chosen, transport=own))
    assert result.succeeded
    if kind is Own:
        assert run(document, inputs=INPUTS, options=chosen, transport=own).succeeded
    assert own.requests[1].url == "https://nowhere.invalid/api/hubs/chat/:send?api-version=2024-01-01"
    assert own.requests[1].body == MESSAGE.encode()


# ---------------------------------------------------------------- many at once


def answer_by_path(peer: wire.Peer, received: wire.Received) -> bool:
    hub = received.target.split("/")[3]
    if ":send" in received.line:
        return wire.answer(202)(peer)
    return wire.json_answer({"token": f"token-of-{hub}"})(peer)


def inputs_of(hub: str) -> dict[str, Any]:
    return {**INPUTS, "hub": hub, "message": f"to {hub}"}


def check_each(server: Wire, results: list[RunResult], count: int) -> None:
    assert [result.outputs["token"] for result in results] == [f"token-of-hub{number}" for number in range(count)]
    sent = sorted(request.body for request in server.received if ":send" in request.line)
    assert sent == sorted(f"to hub{number}".encode() for number in range(count))
    assert len(server.received) == 2 * count


def test_threads_share_what_is_prepared(document: Path) -> None:
    count = 24
    with Wire(by_request=answer_by_path) as server:
        prepared = prepare(load(document), options=options(server))
        with ThreadPoolExecutor(8) as pool:
            results = list(pool.map(lambda n: run(prepared, inputs=inputs_of(f"hub{n}")), range(count)))
        check_each(server, results, count)


def test_threads_share_a_client_too(document: Path) -> None:
    count = 24
    with Wire(by_request=answer_by_path) as server, httpx2.Client() as client:
        prepared = prepare(load(document), options=options(server))
        with ThreadPoolExecutor(8) as pool:
            work = pool.map(lambda n: run(prepared, inputs=inputs_of(f"hub{n}"), transport=client), range(count))
            results = list(work)
        assert not client.is_closed
        check_each(server, results, count)


@pytest.mark.parametrize("client", [None, httpx.Client, httpx2.AsyncClient])
def test_many_runs_in_one_loop(document: Path, client: Any) -> None:
    count = 24

    async def main(server: Wire) -> list[RunResult]:
        prepared = prepare(load(document), options=options(server))
        transport = client and client()
        try:
            runs = (arun(prepared, inputs=inputs_of(f"hub{n}"), transport=transport) for n in range(count))
            return await asyncio.gather(*runs)
        finally:
            if hasattr(transport, "aclose"):
                await transport.aclose()
            elif transport is not None:
                transport.close()

    with Wire(by_request=answer_by_path) as server:
        check_each(server, asyncio.run(main(server)), count)


def test_prepared_once_run_twice(document: Path) -> None:
    with Wire(by_request=answer_by_path) as server:
        prepared = prepare(load(document), options=options(server))
        results = [run(prepared, inputs=INPUTS), run(prepared, inputs=INPUTS)]
    assert results[0].outputs == results[1].outputs == {"token": "token-of-chat", "broadcastStatus": 202}
    assert server.lines == [GENERATE, SEND] * 2
