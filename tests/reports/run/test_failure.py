import pytest

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.engine.result import Attempt, Judged, Status, StepResult
from arazzo_runner.reports.page import Look, plain_text
from arazzo_runner.reports.run.failure import account, operand_value
from arazzo_runner.values import Nothing, Value
from tests.reports.tape import LOGIN, NOT_202, REFUSED, UNDECIDED, WHY_UNDECIDED


def _account(*attempts: Attempt, reason: str = "", times: int = 1) -> str:
    step = StepResult("s", "w", ("s",), Status.FAILED, attempts, reason=reason)
    return "\n".join(map(plain_text, account(step, "a/s", times, Look())))


def test_a_refused_connection() -> None:
    attempt = Attempt(1, LOGIN, failure=REFUSED)
    assert (
        _account(attempt, reason=f"no answer: {REFUSED.message}")
        == """\
✗ a/s failed
    GET http://localhost:8080/login
    no answer (refused): localhost:8080: connection refused
    help: nothing listens there: start the server, or name another one
      (--server URL)"""
    )


def test_a_criterion_with_the_values_that_it_saw() -> None:
    attempt = Attempt(1, LOGIN, Response(200, (), b"{}"), None, (NOT_202, UNDECIDED), 0.5)
    assert (
        _account(attempt, reason=WHY_UNDECIDED, times=3)
        == """\
✗ a/s failed 3 times; the last time
    GET http://localhost:8080/login
    answered 200 OK after 0.5 s
    criterion does not hold: $statusCode == 202
      $statusCode was 503
    criterion does not hold: $response.body#/state == 'ready' &&
      $response.header.X-Big > 5
      $response.body#/state was no value (the body has no member 'state')
      $response.header.X-Big was "99999999999999999999999999999999999999999999
        999999999999999999999999999999999999999999999999999999999999999999999999
        999999999999999999999999999999999999999999…
      it can't be decided: the left side has no value
    response body (2 characters):
      | {}
    help: the criterion reads something that the answer does not have: compare
      its condition with the answer"""
    )


def test_a_criterion_that_holds_is_not_told_of() -> None:
    holds = Judged("$statusCode == 200", True, (Operand("$statusCode", 200),))
    assert "$statusCode == 200" not in _account(Attempt(1, LOGIN, Response(200), None, (holds, NOT_202)))


def test_a_request_that_could_not_be_built() -> None:
    told = _account(Attempt(1, problem="no value for 'id'"), reason="no value for 'id'")
    assert told == "✗ a/s failed\n    no value for 'id'"


def test_a_reason_that_says_more_is_told_as_well() -> None:
    assert "it took too long" in _account(Attempt(1, LOGIN, Response(200)), reason="it took too long")
    assert _account(reason="never begun") == "✗ a/s failed\n    never begun"


WANTED = """\
GET /login of source 'api' wants credentials that were not given, one of:
  - key (API key in the header 'X-Key'): --auth key=KEY, or set ARAZZO_AUTH_API_KEY_API_KEY
  - login (http basic): --auth login=USER:PASSWORD"""


@pytest.mark.parametrize("condition", ["$statusCode == 202", "$statusCode == 202\n&& $response.body#/ok == true"])
def test_a_reason_that_says_what_to_do_says_it_in_lines_and_in_the_place_of_our_advice(condition: str) -> None:
    judged = Judged(condition, False, (Operand("$statusCode", 401),))
    reason = f"criterion '{condition}' does not hold: $statusCode was 401\n{WANTED}"
    told = _account(Attempt(1, LOGIN, Response(401), None, (judged,)), reason=reason)
    assert (
        told[told.index("    no response body") :]
        == """\
    no response body
    help: GET /login of source 'api' wants credentials that were not given,
      one of:
        - key (API key in the header 'X-Key'): --auth key=KEY, or set
          ARAZZO_AUTH_API_KEY_API_KEY
        - login (http basic): --auth login=USER:PASSWORD"""
    )
    assert "\\n" not in told
    assert told.count("help:") == 1


def test_what_to_do_stands_once_in_a_report() -> None:
    judged = Judged("$statusCode == 202", False, (Operand("$statusCode", 401),))
    told: set[str] = set()
    pages = []
    for path in ("/login", "/other"):
        reason = f"criterion '$statusCode == 202' does not hold\n{WANTED.replace('/login', path)}"
        tried = Attempt(1, LOGIN, Response(401), None, (judged,))
        step = StepResult("s", "w", ("s",), Status.FAILED, (tried,), reason=reason)
        pages.append("\n".join(map(plain_text, account(step, "s", 1, Look(), told))))
    assert "--auth key=KEY" in pages[0]
    assert pages[1].endswith(
        "    help: GET /other of source 'api' wants credentials that were not given,\n      one of (see above)"
    )


def test_a_reason_that_nests_those_of_many_workflows_is_cut_in_its_middle() -> None:
    reason = "workflow 'w' failed: step 's': " * 100 + "no answer: connection refused"
    told = _account(Attempt(1, problem=reason), reason=reason)
    assert len(told) < 1500
    assert told.startswith("✗ a/s failed\n    workflow 'w' failed: step 's'")
    assert told.endswith("connection refused")
    assert "..." in told
    assert _account(reason=reason) == told


def test_the_tries_are_listed_and_of_many_the_last() -> None:
    tries = [Attempt(1, problem="p"), Attempt(2, LOGIN, failure=REFUSED), Attempt(3, LOGIN, Response(500))]
    assert "    tries: 3 (not sent, refused, 500)\n" in _account(*tries)
    many = [Attempt(number, LOGIN, Response(500)) for number in range(1, 1001)]
    assert "tries: 1000 (990 more, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500)" in _account(*many)


def test_nothing_of_a_hostile_server_reaches_the_terminal() -> None:
    evil = "\x1b[2J\r\n\u202eevil"
    judged = Judged(evil, False, (Operand(evil, evil), Operand("x", Nothing(evil))), evil)
    attempt = Attempt(1, LOGIN, Response(200, (("Content-Type", evil),), evil.encode()), None, (judged,))
    told = _account(attempt, reason=evil)
    assert all(line.isprintable() for line in told.split("\n"))
    assert told.count("evil") >= 5


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (503, "503"),
        ("503", '"503"'),
        (None, "null"),
        ({"a": [True]}, '{"a": [true]}'),
        (b"abc", "3 bytes"),
        (Nothing(""), "no value"),
        (Nothing("no body"), "no value (no body)"),
    ],
)
def test_values_of_operands(value: Value | Nothing, text: str) -> None:
    assert operand_value(Operand("x", value), Look()) == text


def test_a_literal_operand_is_not_explained_by_itself() -> None:
    judged = Judged("$statusCode == 5", False, (Operand("$statusCode", 6), Operand("5", 5)))
    told = _account(Attempt(1, LOGIN, Response(200), None, (judged,)))
    assert "$statusCode was 6" in told
    assert "5 was 5" not in told
