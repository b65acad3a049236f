"""Tapes: runs as the engine tells them, event by event, for every reporter to be fed with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import Diagnostic, Span, warning
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    CriteriaJudged,
    Event,
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunEnded,
    RunStarted,
    Stamped,
    StepEnded,
    StepStarted,
    Waiting,
    Warned,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Response
from arazzo_runner.engine.result import Attempt, Judged, RunResult, Status, StepResult
from arazzo_runner.values import Nothing

Tape = tuple[Stamped, ...]

SERVER = "https://example.webpubsub.azure.com"
GENERATE = Request(
    "POST",
    f"{SERVER}/api/hubs/chat/:generateToken?api-version=2024-01-01&minutesToExpire=60",
    (("Authorization", "Bearer [redacted]"), ("Accept", "application/json")),
)
SEND = Request(
    "POST",
    f"{SERVER}/api/hubs/chat/:send?api-version=2024-01-01",
    (("Authorization", "Bearer [redacted]"), ("Content-Type", "text/plain")),
    "Grüße\nfrom here".encode(),
)
TOKEN = Response(200, (("Content-Type", "application/json"),), b'{"token":"[redacted]"}')
BUSY = Response(
    503,
    (("Content-Type", "text/html; charset=utf-8"), ("Retry-After", "2")),
    ("<html>\r\n\t<h1>Busy\x1b[2J</h1>\u202e\n" + "very " * 200).encode(),
)
ACCEPTED = Response(202)
IS_200 = Judged("$statusCode == 200", True, (Operand("$statusCode", 200),))
IS_202 = Judged("$statusCode == 202", True, (Operand("$statusCode", 202),))
NOT_202 = Judged("$statusCode == 202", False, (Operand("$statusCode", 503),))
WHY_NOT = "criterion '$statusCode == 202' does not hold: $statusCode was 503"


def place(line: int, column: int, end: int, text: str, name: str = "spec.yml") -> Span:
    return Span(f"file:///docs/{name}", line, column, line, end, name, text)


BRACES = tuple(
    warning(
        "reading-P1",
        "'Bearer $inputs.accessToken' is read as 'Bearer {$inputs.accessToken}': an expression in a longer string "
        "stands in braces",
        place(line, 14, 42, '      value: "Bearer $inputs.accessToken"'),
        "write 'Bearer {$inputs.accessToken}'",
    )
    for line in (49, 73)
)


def tape(events: Iterable[tuple[float, Event]]) -> Tape:
    """Stamp events with the seconds that stand before them."""
    return tuple(Stamped(event, Clock(1_700_000_000 + moment, 100 + moment)) for moment, event in events)


def _step(
    step: str, *attempts: Attempt, status: Status = Status.SUCCEEDED, reason: str = "", **more: object
) -> StepResult:
    outputs = more.get("outputs", {})
    assert isinstance(outputs, Mapping)
    return StepResult(step, "token-then-broadcast", (step,), status, attempts, outputs, reason=reason)


STEPS = ("generateToken", "broadcast")
_FIRST_STEP: tuple[tuple[float, Event], ...] = (
    (0.0, RunStarted("r1", "token-then-broadcast", STEPS, {"hub": "chat"})),
    *((0.0, Warned(each)) for each in BRACES),
    (0.001, StepStarted(("generateToken",), 1, "POST /api/hubs/{hub}/:generateToken")),
    (0.002, RequestSent(("generateToken",), GENERATE)),
    (0.122, ResponseReceived(("generateToken",), TOKEN, 0.12)),
    (0.122, CriteriaJudged(("generateToken",), (IS_200,))),
    (0.123, StepEnded(("generateToken",), Status.SUCCEEDED, "", {"token": "[redacted]"})),
)
_GENERATED = _step("generateToken", Attempt(1, GENERATE, TOKEN, None, (IS_200,), 0.12), outputs={"token": "[redacted]"})

SUCCESS = tape(
    [
        *_FIRST_STEP,
        (0.124, StepStarted(("broadcast",), 1, "POST /api/hubs/{hub}/:send")),
        (0.125, RequestSent(("broadcast",), SEND)),
        (0.425, ResponseReceived(("broadcast",), ACCEPTED, 0.3)),
        (0.425, CriteriaJudged(("broadcast",), (IS_202,))),
        (0.426, StepEnded(("broadcast",), Status.SUCCEEDED, "", {"broadcastStatus": 202})),
        (
            0.427,
            RunEnded(
                RunResult(
                    Status.SUCCEEDED,
                    "token-then-broadcast",
                    {"token": "[redacted]", "broadcastStatus": 202},
                    (
                        _GENERATED,
                        _step(
                            "broadcast",
                            Attempt(1, SEND, ACCEPTED, None, (IS_202,), 0.3),
                            outputs={"broadcastStatus": 202},
                        ),
                    ),
                    BRACES,
                    requests=2,
                    elapsed=0.427,
                )
            ),
        ),
    ]
)

_RETRY = ActionChosen(("broadcast",), "again", "retry")
RETRIED = tape(
    [
        *_FIRST_STEP,
        (0.124, StepStarted(("broadcast",), 1, "POST /api/hubs/{hub}/:send")),
        (0.125, RequestSent(("broadcast",), SEND)),
        (0.435, ResponseReceived(("broadcast",), BUSY, 0.31)),
        (0.435, CriteriaJudged(("broadcast",), (NOT_202,))),
        (0.435, _RETRY),
        (0.435, Waiting(("broadcast",), 2.0, 2, 2)),
        (2.436, StepStarted(("broadcast",), 2, "POST /api/hubs/{hub}/:send")),
        (2.437, RequestSent(("broadcast",), SEND)),
        (2.747, ResponseReceived(("broadcast",), BUSY, 0.31)),
        (2.747, CriteriaJudged(("broadcast",), (NOT_202,))),
        (2.748, StepEnded(("broadcast",), Status.FAILED, WHY_NOT, {"broadcastStatus": 503})),
        (
            2.75,
            RunEnded(
                RunResult(
                    Status.FAILED,
                    "token-then-broadcast",
                    {"token": "[redacted]", "broadcastStatus": 503},
                    (
                        _GENERATED,
                        _step(
                            "broadcast",
                            Attempt(1, SEND, BUSY, None, (NOT_202,), 0.31),
                            Attempt(2, SEND, BUSY, None, (NOT_202,), 0.31),
                            status=Status.FAILED,
                            reason=WHY_NOT,
                            outputs={"broadcastStatus": 503},
                        ),
                    ),
                    BRACES,
                    reason=f"step 'broadcast': {WHY_NOT}",
                    requests=3,
                    elapsed=2.75,
                )
            ),
        ),
    ]
)

REFUSED = Failed(FailureKind.REFUSED, "localhost:8080: connection refused", elapsed=0.004)
LOGIN = Request("GET", "http://localhost:8080/login")
CALLED = "workflow 'login' failed: step 'open': no answer: localhost:8080: connection refused"
MISSING = Nothing("step 'buy' gave no output 'id'")
NESTED = tape(
    [
        (0.0, RunStarted("r2", "order", ("buy", "report", "never"))),
        (0.0, WorkflowStarted("prices", ())),
        (0.0, StepStarted(("fetch",), 1, "GET /prices")),
        (0.0, RequestSent(("fetch",), Request("GET", "https://shop.test/prices"))),
        (0.2, ResponseReceived(("fetch",), Response(200, (), b"\x89PNG\0"), 0.2)),
        (0.2, StepEnded(("fetch",), Status.SUCCEEDED)),
        (0.2, WorkflowEnded("prices", (), Status.SUCCEEDED)),
        (0.2, StepStarted(("buy",), 1, "workflow login")),
        (0.2, WorkflowStarted("login", ("buy",))),
        (0.2, StepStarted(("buy", "open"), 1, "GET /login")),
        (0.2, RequestSent(("buy", "open"), LOGIN)),
        (0.204, RequestFailed(("buy", "open"), REFUSED)),
        (0.204, CriteriaJudged(("buy", "open"), ())),
        (0.204, StepEnded(("buy", "open"), Status.FAILED, f"no answer: {REFUSED.message}")),
        (0.205, WorkflowEnded("login", ("buy",), Status.FAILED)),
        (0.205, ActionChosen(("buy",), "tell", "goto", "step report")),
        (0.205, StepEnded(("buy",), Status.FAILED, CALLED)),
        (0.206, StepStarted(("report",), 1, "POST /reports/{id}")),
        (0.206, StepEnded(("report",), Status.FAILED, f"path parameter 'id' has no value: {MISSING.reason}")),
        (
            0.21,
            RunEnded(
                RunResult(
                    Status.FAILED,
                    "order",
                    {"receipt": None},
                    (
                        StepResult(
                            "fetch",
                            "prices",
                            ("fetch",),
                            Status.SUCCEEDED,
                            (
                                Attempt(
                                    1,
                                    Request("GET", "https://shop.test/prices"),
                                    Response(200, (), b"\x89PNG\0"),
                                    elapsed=0.2,
                                ),
                            ),
                        ),
                        StepResult(
                            "open",
                            "login",
                            ("buy", "open"),
                            Status.FAILED,
                            (Attempt(1, LOGIN, failure=REFUSED, elapsed=0.004),),
                            reason=f"no answer: {REFUSED.message}",
                        ),
                        StepResult(
                            "buy",
                            "order",
                            ("buy",),
                            Status.FAILED,
                            (Attempt(1, problem=CALLED),),
                            action="tell",
                            handled=True,
                            reason=CALLED,
                        ),
                        StepResult(
                            "report",
                            "order",
                            ("report",),
                            Status.FAILED,
                            (Attempt(1, problem=f"path parameter 'id' has no value: {MISSING.reason}"),),
                            reason=f"path parameter 'id' has no value: {MISSING.reason}",
                        ),
                    ),
                    (
                        Diagnostic("run-answer", BRACES[0].severity, "step 'fetch': the response has no Content-Type"),
                        Diagnostic("run-answer", BRACES[0].severity, "step 'other': the response has no Content-Type"),
                    ),
                    reason=f"step 'report': path parameter 'id' has no value: {MISSING.reason}",
                    requests=2,
                    elapsed=0.21,
                )
            ),
        ),
    ]
)

UNDECIDED = Judged(
    "$response.body#/state == 'ready' && $response.header.X-Big > 5",
    False,
    (
        Operand("$response.body#/state", Nothing("the body has no member 'state'")),
        Operand("$response.header.X-Big", "9" * 400),
        Operand("5", 5),
    ),
    "the left side has no value",
)
WHY_UNDECIDED = f"criterion '{UNDECIDED.condition}' does not hold: {UNDECIDED.reason}"
_POLL = Request("GET", "https://shop.test/jobs/7")
_JOB = Response(200, (("Content-Type", "application/json"),), b'{"status":"ready"}')
STOPPED = tape(
    [
        (0.0, RunStarted("r3", "poll", ("ask", "pass me by", "fin\x1b[31mish"))),
        (0.0, StepStarted(("ask",), 1, "GET /jobs/{id}")),
        (0.0, RequestSent(("ask",), _POLL)),
        (0.01, ResponseReceived(("ask",), _JOB, 0.01)),
        (0.01, CriteriaJudged(("ask",), (UNDECIDED,))),
        (0.01, ActionChosen(("ask",), "go on", "goto", "step ask")),
        (0.01, StepEnded(("ask",), Status.FAILED, WHY_UNDECIDED)),
        (0.02, StepStarted(("ask",), 1, "GET /jobs/{id}")),
        (0.02, RequestSent(("ask",), _POLL)),
        (0.03, ResponseReceived(("ask",), _JOB, 0.01)),
        (0.03, CriteriaJudged(("ask",), (UNDECIDED,))),
        (0.03, StepEnded(("ask",), Status.FAILED, WHY_UNDECIDED)),
        (
            75.0,
            RunEnded(
                RunResult(
                    Status.STOPPED,
                    "poll",
                    {"n": float("nan"), "raw": b"\0\xff", "deep": {"list": [1, "é", None]}},
                    tuple(
                        StepResult(
                            "ask",
                            "poll",
                            ("ask",),
                            Status.FAILED,
                            (Attempt(1, _POLL, _JOB, None, (UNDECIDED,), 0.01),),
                            reason=WHY_UNDECIDED,
                        )
                        for _ in range(2)
                    ),
                    reason="the run took more than 2 steps, last 'ask'",
                    limit="max_steps",
                    transferred="rest",
                    requests=2,
                    elapsed=75.0,
                )
            ),
        ),
    ]
)

BROKEN_OFF = RETRIED[:14]
"""A run that was interrupted while it waited."""

TAPES = {"success": SUCCESS, "retried": RETRIED, "nested": NESTED, "stopped": STOPPED, "broken off": BROKEN_OFF}
