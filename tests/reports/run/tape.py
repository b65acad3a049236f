"""One run that has everything: each kind of event, and each kind of thing that a report must be able to show.

A dependency, a redirect, retries, a called workflow that fails, tokens fetched and refused, warnings with a place and
without, bodies that are binary, empty and long, names that try to break out of a report. Secrets are redacted already.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.diagnostics import Diagnostic, Related, Severity, Span, warning
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    ActionChosen,
    Considered,
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
    TokenFailed,
    TokenFetched,
    Waiting,
    Warned,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Response
from arazzo_runner.engine.result import Judged, RunResult, Status, StepResult
from arazzo_runner.graph.model import Edge, EdgeKind, Figure, Graph, Node, NodeKind
from arazzo_runner.reports.run.progress import Progress
from arazzo_runner.values import Nothing, Value
from tests.reports.tape import TAPES, Tape, tape

HOSTILE = (
    "<img src=x onerror=alert(1)> | `@everyone` [x](javascript:alert(2)) &amp; ::error::\x1b[2J\u202e\n# no *heading*"
)
"""A text that tries to break out of HTML, of a table, of a fence, of a terminal, and to call people."""

SHOP = "https://shop.test"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000000020001e221bc330000000049454e44ae426082"
)
JSON = ("Content-Type", "application/json")


def _place(line: int, column: int, end: int, text: str) -> Span:
    return Span("file:///shop/flows/checkout.yml", line, column, line, end, "flows/checkout.yml", text)


BRACES = warning(
    "reading-P1",
    "'Bearer $inputs.key' is read as 'Bearer {$inputs.key}': an expression in a longer string stands in braces",
    _place(21, 16, 38, '        value: "Bearer $inputs.key"'),
    "write 'Bearer {$inputs.key}'",
)
UNTYPED = warning(
    "run-answer", "step 'prices': the response has no Content-Type", _place(58, 5, 19, "  - stepId: prices")
)
TOLD = Diagnostic(
    "contract-status", Severity.WARNING, f"status 503 is not described: {HOSTILE}", None, "describe it",
    (Related("the operation is here", Span("file:///shop/api.yml", 9, 5, 9, 8, "api.yml", "    get:")),),
)  # fmt: skip

GRAPH = Graph(
    (
        Figure(
            "checkout",
            "Buy what is in the cart",
            (
                Node("start", NodeKind.START, "start"),
                Node("login", NodeKind.STEP, "login", "POST /login", place="flows/checkout.yml:12:5"),
                Node("find", NodeKind.STEP, "find", "GET /items/{id}", place="flows/checkout.yml:26:5"),
                Node("pay", NodeKind.STEP, "pay", "workflow charge", "charge", "flows/checkout.yml:38:5"),
                Node("ship", NodeKind.STEP, "ship", "POST /shipments", place="flows/checkout.yml:44:5"),
                Node(HOSTILE, NodeKind.STEP, HOSTILE, "POST /notes", place="flows/checkout.yml:51:5"),
                Node("end", NodeKind.END, "end"),
                Node("failure", NodeKind.FAILURE, "failure"),
                Node("prices", NodeKind.WORKFLOW, "prices", workflow="prices"),
            ),
            (
                Edge("prices", "start", EdgeKind.DEPENDS),
                Edge("start", "login", EdgeKind.NEXT),
                Edge("login", "find", EdgeKind.NEXT, "success"),
                Edge("find", "find", EdgeKind.RETRY, "failure", "again", "at most 3 times"),
                Edge("find", "pay", EdgeKind.NEXT, "success"),
                Edge("pay", "ship", EdgeKind.NEXT, "success"),
                Edge("pay", HOSTILE, EdgeKind.GOTO, "failure", "tell", "$statusCode == 402"),
                Edge("ship", HOSTILE, EdgeKind.NEXT, "success"),
                Edge(HOSTILE, "end", EdgeKind.END, "success"),
                Edge(HOSTILE, "failure", EdgeKind.END, "failure"),
            ),
        ),
        Figure(
            "charge",
            "",
            (Node("start", NodeKind.START, "start"), Node("card", NodeKind.STEP, "card", "POST /charges")),
            (Edge("start", "card", EdgeKind.NEXT),),
        ),
        Figure("prices", "", (Node("prices", NodeKind.STEP, "prices", "GET /prices.png"),), ()),
    )
)


def _judged(condition: str, passed: bool, *operands: tuple[str, object], reason: str = "") -> Judged:
    return Judged(condition, passed, tuple(Operand(text, value) for text, value in operands), reason)  # type: ignore[arg-type]  # any value at all


IS_200 = _judged("$statusCode == 200", True, ("$statusCode", 200))
IS_503 = _judged("$statusCode == 503", True, ("$statusCode", 503))
NOT_200 = _judged("$statusCode == 200", False, ("$statusCode", 503))
NO_ANSWER = _judged("$statusCode == 200", False, ("$statusCode", Nothing("there was no answer")))
NOT_PAID = _judged(
    "$response.body#/state == 'paid' && $response.body#/amount >= 12.5",
    False,
    ("$response.body#/state", "refused"),
    ("$response.body#/amount", Nothing("the body has no member 'amount'")),
    reason="the right side has no value",
)
IS_402 = _judged("$statusCode == 402", True, ("$statusCode", 402))
NOT_409 = _judged("$statusCode == 409", False, ("$statusCode", 402))
NO_NOTE = _judged(
    f"$response.body == '{HOSTILE}'", False, ("$response.body", HOSTILE + "x" * 300), ("$request.body", PNG)
)

LOGIN = Request(
    "POST",
    f"{SHOP}/login?lang=de&q=a%20b&key=[redacted]",
    (JSON, ("Authorization", "Basic [redacted]"), ("Cookie", "theme=dark; sid=[redacted]")),
    '{"user":"ä","password":"[redacted]"}'.encode(),
)
MOVED = Response(
    307, (("Location", "/v2/login"), ("Set-Cookie", "sid=[redacted]; Path=/; Secure; HttpOnly; SameSite=Lax"))
)
LOGIN_2 = Request("POST", f"{SHOP}/v2/login", LOGIN.headers, LOGIN.body)
SESSION = Response(200, (JSON, ("Set-Cookie", "[redacted]")), b'{"token":"[redacted]","for":"\xc3\xa4"}')
FIND = Request("GET", f"{SHOP}/items/7?colour=red&colour=blue&empty=", (("Accept", "*/*"),))
BUSY = Response(
    503,
    (("Content-Type", "text/html; charset=utf-8"), ("Retry-After", "2")),
    f"<html>\r\n\t<h1>Busy\x1b[2J</h1></script><!--{HOSTILE}-->\n{'very ' * 2000}</html>".encode(),
)
ITEM = Response(200, (("Content-Type", "application/json; charset=iso-8859-1"),), '{"name":"Tür"}'.encode("iso-8859-1"))
CHARGE = Request(
    "POST",
    f"{SHOP}/charges",
    (("Content-Type", "application/x-www-form-urlencoded"),),
    b"amount=12.5&note=a+b%26c&card=[redacted]",
)
REFUSAL = Response(402, (("Content-Type", "application/problem+json"),), b'{"state":"refused","title":"no"}')
NOTE = Request(
    "POST",
    f"{SHOP}/notes",
    (("Content-Type", "multipart/form-data; boundary=b"),),
    b'--b\r\nContent-Disposition: form-data; name="photo"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    + PNG
    + b"\r\n--b--\r\n",
)
RESET = Failed(FailureKind.RESET, "shop.test:443: the connection was closed before the answer was whole", elapsed=0.05)
DENIED = Failed(
    FailureKind.AUTHORIZATION, f"the server says invalid_scope: {HOSTILE}", elapsed=0.02, code="invalid_scope"
)

WHY_BUSY = "criterion '$statusCode == 200' does not hold: $statusCode was 503"
WHY_UNPAID = f"criterion '{NOT_PAID.condition}' does not hold: {NOT_PAID.reason}"
WHY_CALLED = f"workflow 'charge' failed: step 'card': {WHY_UNPAID}"
WHY_NOTE = f"criterion '{NO_NOTE.condition}' does not hold: $response.body was {HOSTILE}"
_PAY, _CARD = ("pay",), ("pay", "card")


def _dependency() -> Iterator[tuple[float, Event]]:
    step, request = ("prices",), Request("GET", f"{SHOP}/prices.png", (("Accept", "image/*"),))
    yield 0.001, WorkflowStarted("prices", ())
    yield 0.001, StepStarted(step, 1, "GET /prices.png")
    yield 0.002, RequestSent(step, request)
    yield 0.202, ResponseReceived(step, Response(200, (), PNG), 0.2)
    yield 0.202, Warned(UNTYPED, step)
    yield 0.202, CriteriaJudged(step, (_judged("$statusCode < 400", True, ("$statusCode", 200)),))
    yield 0.203, StepEnded(step, Status.SUCCEEDED, "", {"picture": PNG})
    yield 0.203, WorkflowEnded("prices", (), Status.SUCCEEDED)


def _login() -> Iterator[tuple[float, Event]]:
    step = ("login",)
    yield 0.210, StepStarted(step, 1, "POST /login")
    yield (
        0.310,
        TokenFetched(step, "shop", "oauth", "clientCredentials", ("read", "buy"), 3600.0, 0.1, "https://id.test/token"),
    )
    yield 0.311, RequestSent(step, LOGIN)
    yield 0.351, ResponseReceived(step, MOVED, 0.04)
    yield 0.351, Warned(warning("run-redirect", "step 'login': the redirect repeats the request's body"), step)
    yield 0.352, RequestSent(step, LOGIN_2, 1)
    yield 0.452, ResponseReceived(step, SESSION, 0.1)
    yield 0.452, CriteriaJudged(step, (IS_200, _judged("$response.body", True, ("$response.body", {"for": "ä"}))))
    yield (
        0.453,
        StepEnded(
            step,
            Status.SUCCEEDED,
            "",
            {"token": "[redacted]", "who": "ä", "nothing": None},
            (Considered("early", "end", (_judged("$statusCode == 204", False, ("$statusCode", 200)),)),),
        ),
    )


def _find() -> Iterator[tuple[float, Event]]:
    step, again = ("find",), Considered("again", "retry", (IS_503,))
    yield 0.460, StepStarted(step, 1, "GET /items/{id}")
    yield 0.461, RequestSent(step, FIND)
    yield 0.771, ResponseReceived(step, BUSY, 0.31)
    yield 0.771, Warned(TOLD, step)
    yield 0.771, CriteriaJudged(step, (NOT_200,))
    yield 0.771, ActionChosen(step, "again", "retry", "", (again,))
    yield 0.771, Waiting(step, 2.0, 2, 4)
    yield 2.772, StepStarted(step, 2, "GET /items/{id}")
    yield 2.773, RequestSent(step, FIND)
    yield 2.823, RequestFailed(step, RESET)
    yield 2.823, CriteriaJudged(step, (NO_ANSWER,))
    passed_over = Considered("again", "retry", (_judged("$statusCode == 503", False, ("$statusCode", None)),))
    yield 2.823, ActionChosen(step, "anyway", "retry", "", (passed_over, Considered("anyway", "retry")))
    yield 2.824, StepStarted(step, 3, "GET /items/{id}")
    yield 2.825, RequestSent(step, FIND)
    yield 2.925, ResponseReceived(step, ITEM, 0.1)
    yield 2.925, CriteriaJudged(step, (IS_200,))
    yield 2.926, StepEnded(step, Status.SUCCEEDED, "", {"name": "Tür", "price": float("nan")})


def _pay() -> Iterator[tuple[float, Event]]:
    yield 2.930, StepStarted(_PAY, 1, "workflow charge")
    yield 2.930, WorkflowStarted("charge", _PAY)
    yield 2.931, StepStarted(_CARD, 1, "POST /charges")
    yield 2.951, TokenFailed(_CARD, "shop", "oauth", "refreshToken", (), DENIED, "https://id.test/token")
    yield 2.952, RequestSent(_CARD, CHARGE)
    yield 3.052, ResponseReceived(_CARD, REFUSAL, 0.1)
    yield 3.052, CriteriaJudged(_CARD, (IS_402, NOT_PAID))
    yield 3.052, StepEnded(_CARD, Status.FAILED, WHY_UNPAID, {"state": "refused"})
    yield 3.053, WorkflowEnded("charge", _PAY, Status.FAILED)
    yield 3.053, CriteriaJudged(_PAY, ())
    used_up = Considered("once more", "retry", used_up=True)
    looked_at = (used_up, Considered("undo", "goto", (IS_402, NOT_409)), Considered("tell", "goto", (IS_402,)))
    yield 3.053, ActionChosen(_PAY, "tell", "goto", HOSTILE, looked_at)
    yield 3.053, StepEnded(_PAY, Status.FAILED, WHY_CALLED)


def _audit() -> Iterator[tuple[float, Event]]:
    yield 3.054, StepStarted(("audit",), 1, "GET /audit")
    yield 3.055, StepEnded(("audit",), Status.SKIPPED, "", {"seen": True})


def _note() -> Iterator[tuple[float, Event]]:
    step = (HOSTILE,)
    yield 3.060, StepStarted(step, 1, "POST /notes")
    yield 3.061, RequestSent(step, NOTE)
    yield 4.261, ResponseReceived(step, Response(204, (("X-Odd", HOSTILE.replace("\n", " ")),)), 1.2)
    yield 4.261, CriteriaJudged(step, (NO_NOTE,))
    not_409 = _judged("$statusCode == 409", False, ("$statusCode", 204))
    yield 4.262, StepEnded(step, Status.FAILED, WHY_NOTE, {}, (Considered("undo", "goto", (not_409,)),))


def _events() -> Iterator[tuple[float, Event]]:
    steps = ("login", "find", "pay", "audit", "ship", HOSTILE)
    inputs: dict[str, Value] = {
        "id": 7,
        "key": "[redacted]",
        "colours": ["red", "blue"],
        "photo": PNG,
        "deep": {"é": None},
    }
    yield 0.0, RunStarted("run-7f3a", "checkout", steps, inputs, GRAPH)
    yield 0.0, Warned(BRACES)
    for part in (_dependency, _login, _find, _pay, _audit, _note):
        yield from part()


def _ended(events: Tape) -> RunResult:
    progress = Progress()
    for stamped in events:
        progress.on(stamped)
    known = progress.result("")
    return replace(
        known,
        status=Status.FAILED,
        outputs={"token": "[redacted]", "name": "Tür", "missing": None, HOSTILE: HOSTILE, "raw": PNG},
        steps=tuple(_acted(step) for step in known.steps),
        reason=f"step '{HOSTILE}': {WHY_NOTE}",
        elapsed=4.263,
    )


def _acted(step: StepResult) -> StepResult:
    return replace(step, action="tell", handled=True) if step.path == _PAY else step


_BEFORE_THE_END = tape(_events())
CHECKOUT: Tape = (
    *_BEFORE_THE_END,
    Stamped(RunEnded(_ended(_BEFORE_THE_END)), Clock(1_700_000_004.263, 104.263)),
)
"""A failed run with everything in it."""

CUT_OFF: Tape = CHECKOUT[:21]
"""The same run, broken off while it waited for an answer."""

RUNS = {**TAPES, "checkout": CHECKOUT, "cut off": CUT_OFF}
"""Every tape that a report of runs is fed with, by name."""
