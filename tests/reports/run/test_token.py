import io
import json
from collections.abc import Iterator

import pytest

from arazzo_runner.engine.events import Event, RunEnded, RunStarted, Stamped, StepStarted, TokenFailed, TokenFetched
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind
from arazzo_runner.engine.result import RunResult, Status, TokenRequest
from arazzo_runner.reports.page import Look, Verbosity, plain_text
from arazzo_runner.reports.run.json import JsonReporter
from arazzo_runner.reports.run.live import LiveReporter
from arazzo_runner.reports.run.text import TextReporter
from arazzo_runner.reports.run.token import token_lines
from tests.reports.run.test_json import VALIDATOR

URL = "https://id.example/token"
ABOUT = (("s",), "api", "oauth", "client credentials", ("a", "b"))
FETCHED = TokenFetched(*ABOUT, 3600.0, 0.5, URL)
GONE = Failed(FailureKind.AUTHORIZATION, f"POST {URL}: the answer (404) holds no access token\nmore")
FAILED = TokenFailed(*ABOUT, GONE, URL)
FETCHED_LINE = (
    f"    > token for 'oauth' (client credentials, scopes a b) fetched from {URL} (0.5 s); it holds for 60 min 0 s"
)
FAILED_LINE = f"    > token for 'oauth' (client credentials, scopes a b) failed: POST {URL}: the answer (404) holds no access token"


@pytest.mark.parametrize(
    ("event", "loud", "lines"),
    [
        (FETCHED, True, [FETCHED_LINE]),
        (FETCHED, False, []),
        (FAILED, False, [FAILED_LINE]),
        (
            TokenFetched(("s",), "api", "key", "callable", (), None, 0.0),
            True,
            ["    > token for 'key' (callable) fetched (0 ms)"],
        ),
    ],
)
def test_the_line_about_a_token(event: TokenFetched | TokenFailed, loud: bool, lines: list[str]) -> None:
    assert list(map(plain_text, token_lines(event, loud=loud))) == lines


def tape(*, ends: bool) -> Iterator[Stamped]:
    tokens = (TokenRequest(*ABOUT, URL, 3600.0, elapsed=0.5), TokenRequest(*ABOUT, URL, failure=GONE))
    events: list[Event] = [RunStarted("r", "w", ("s",)), StepStarted(("s",), 1, "GET /x"), FETCHED, FAILED]
    if ends:
        events.append(RunEnded(RunResult(Status.FAILED, "w", tokens=tokens)))
    return (Stamped(event, Clock(0.0, 0.0)) for event in events)


@pytest.mark.parametrize("ends", [True, False])
def test_text_tells_of_tokens_and_counts_them(ends: bool) -> None:
    stream = io.StringIO()
    reporter = TextReporter(stream, Look(Verbosity.VERBOSE))
    for stamped in tape(ends=ends):
        reporter.on(stamped)
    reporter.close()
    assert f"{FETCHED_LINE}\n{FAILED_LINE}\n" in stream.getvalue()
    assert "0 requests, 2 token requests, " in stream.getvalue()


def test_the_live_list_tells_of_failures() -> None:
    stream = io.StringIO()
    reporter = LiveReporter(stream, Look(Verbosity.NORMAL), paint=False)
    for stamped in tape(ends=True):
        reporter.on(stamped)
    reporter.close()
    assert FAILED_LINE in stream.getvalue()
    assert FETCHED_LINE not in stream.getvalue()


@pytest.mark.parametrize("ends", [True, False])
def test_json_lists_tokens_as_its_schema_says(ends: bool) -> None:
    stream = io.StringIO()
    reporter = JsonReporter(stream)
    for stamped in tape(ends=ends):
        reporter.on(stamped)
    reporter.close()
    written = json.loads(stream.getvalue())
    VALIDATOR.validate(written)
    assert written["tokens"][0] == {
        "step": ["s"],
        "source": "api",
        "scheme": "oauth",
        "flow": "client credentials",
        "scopes": ["a", "b"],
        "url": URL,
        "lifetime": 3600.0,
        "failure": None,
        "elapsed": 0.5,
    }
    assert written["tokens"][1]["failure"]["kind"] == "authorization"
