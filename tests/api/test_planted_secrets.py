"""A planted secret is looked for in what the library gives to be shown: events, representations, exceptions."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, execute, load, prepare
from arazzo_runner.api.beginning import begin
from arazzo_runner.api.options import Given
from arazzo_runner.api.running import EventStream
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import FailureKind, Response
from arazzo_runner.errors import ArazzoError
from arazzo_runner.sources.security import Credential
from arazzo_runner.transports.transport import TransportFailure
from tests import canaries
from tests.cli import planting
from tests.cli.loopback import Loopback

CREDENTIALS: Given = {
    (None, "headerKey"): Credential({"API_KEY": canaries.HEADER_KEY}),
    (None, "queryKey"): Credential({"API_KEY": canaries.QUERY_KEY}),
    (None, "cookieKey"): Credential({"API_KEY": canaries.COOKIE}),
    (None, "basic"): Credential({"USERNAME": "someone", "PASSWORD": canaries.PASSWORD}),
}


class Failing:
    """A transport whose failures say everything that it was asked."""

    def send(self, request: Request, timeout: float | None) -> Response:
        said = f"no way: {request.url} {request.headers} {(request.body or b'').decode()} {canaries.HEADER_KEY[:12]}..."
        raise TransportFailure(FailureKind.REFUSED, said.replace(canaries.PIN, "4711"))


@pytest.fixture
def api() -> Iterator[Loopback]:
    with Loopback(planting.answer) as loopback:
        yield loopback


def options(api: Loopback, **more: Any) -> Options:
    return Options(credentials=CREDENTIALS, servers={"": api.url}, **more)


def test_events_and_representations_show_none(api: Loopback, tmp_path: Path) -> None:
    prepared = prepare(load(planting.planted(tmp_path)), "main", options=options(api))
    events: list[Any] = []
    result = execute(prepared, planting.INPUTS, on_event=events.append)
    assert len(events) > 10
    assert result.outputs["token"] == canaries.TOKEN  # the caller's own, in the clear
    attempts = [attempt for step in result.steps for attempt in step.attempts]
    requests = [attempt.request for attempt in attempts if attempt.request]
    assert canaries.betrayed(str([(one.url, one.headers, one.body) for one in requests]))
    responses = [attempt.response for attempt in attempts if attempt.response]
    assert "cnry" not in canaries.spelled(events)
    assert canaries.betrayed(canaries.spelled(events)) == set()
    for each in (*events, result, *result.steps, *attempts, *requests, *responses, prepared, prepared.options):
        assert canaries.betrayed(repr(each)) - canaries.betrayed(planting.DESCRIPTION) == set(), type(each)
    stream = EventStream(prepared, planting.INPUTS)
    run = begin(prepared, planting.INPUTS)
    for effect in run.effects():
        assert canaries.betrayed(repr(effect)) == set()
    assert canaries.betrayed(f"{stream!r} {run!r} {CREDENTIALS!r}") == set()
    stream.close()


def test_whoever_asks_sees_them(api: Loopback, tmp_path: Path) -> None:
    prepared = prepare(load(planting.planted(tmp_path)), "main", options=options(api, show_secrets=True))
    events: list[Any] = []
    execute(prepared, planting.INPUTS, on_event=events.append)
    sent = next(one.event.request for one in events if type(one.event).__name__ == "RequestSent")
    assert canaries.betrayed(f"{sent.url} {sent.headers} {sent.body}") >= {"HEADER_KEY", "QUERY_KEY", "INPUT", "PIN"}


def told(caught: BaseException) -> str:
    """Return what a program or a person sees of an exception, what caused it left out."""
    return f"{caught} {caught!r} {''.join(traceback.format_exception_only(caught))}"


def test_a_transport_that_fails_gives_none_away(api: Loopback, tmp_path: Path) -> None:
    prepared = prepare(load(planting.planted(tmp_path)), "main", options=options(api))
    events: list[Any] = []
    result = execute(prepared, planting.INPUTS, on_event=events.append, transport=Failing())
    assert not result.succeeded
    assert "no way: " in canaries.spelled(events)
    assert canaries.betrayed(canaries.spelled(events)) == set()
    assert canaries.betrayed(repr(result)) == set()


@pytest.mark.parametrize(
    "more",
    [
        {"servers": {"": f"ftp://me:{canaries.USER_INFO}@h/"}},
        {"servers": {"": f"http://me:{canaries.USER_INFO}@@[::1/"}},
        {"servers": {"no-such": f"http://me:{canaries.USER_INFO}@h/"}},
        {"proxy": f"ftp://me:{canaries.USER_INFO}@h:1"},
        {"sources": {"api": f"http://me:{canaries.USER_INFO}@127.0.0.1:9/x?token={canaries.USER_INFO}"}},
    ],
)
def test_exceptions_give_none_away(more: dict[str, Any], tmp_path: Path) -> None:
    description = load(planting.planted(tmp_path))
    shown = ""
    try:
        result = execute(prepare(description, "main", options=Options(**more)), planting.INPUTS)
        shown = f"{result!r} {result.reason}"
    except ArazzoError as caught:
        shown = told(caught)
    assert shown
    assert canaries.betrayed(shown) == set()


def test_inputs_that_do_not_fit_are_told_without_their_values(tmp_path: Path) -> None:
    prepared = prepare(load(planting.planted(tmp_path)), "main", options=Options())
    wrongs: list[dict[str, Any]] = [
        {"phrase": [canaries.INPUT]},
        {"nest": {"deep": [canaries.CLIENT_SECRET]}},
        {"short": [canaries.PIN]},
    ]
    for wrong in wrongs:
        with pytest.raises(ArazzoError) as caught:
            execute(prepared, {**planting.INPUTS, **wrong})
        assert canaries.betrayed(told(caught.value)) == set()
