import io
import subprocess
import sys

import pytest

from arazzo_runner.engine.events import Event, RunStarted, Stamped, StepEnded, StepStarted, WorkflowStarted
from arazzo_runner.engine.outcomes import Clock, Response
from arazzo_runner.engine.result import Attempt, Status
from arazzo_runner.reports.page import Look, Verbosity
from arazzo_runner.reports.run import FORMATS
from arazzo_runner.reports.run.progress import MAX_DEPTH, State, StepView
from arazzo_runner.reports.run.text import TextReporter, end_text
from tests.reports.run.tape import CHECKOUT
from tests.reports.tape import BRACES, BROKEN_OFF, NESTED, RETRIED, STOPPED, SUCCESS, Tape, tape


def _told(tape: Tape, verbosity: Verbosity = Verbosity.NORMAL, colour: bool = False) -> str:
    stream = io.StringIO()
    reporter = TextReporter(stream, Look(verbosity, colour))
    for stamped in tape:
        reporter.on(stamped)
    reporter.close()
    reporter.close()
    return stream.getvalue()


def test_a_success() -> None:
    assert (
        _told(SUCCESS)
        == """\
token-then-broadcast: 2 steps
  ▸ generateToken  POST /api/hubs/{hub}/:generateToken
  ✓ generateToken  200 OK (0.12 s)
  ▸ broadcast      POST /api/hubs/{hub}/:send
  ✓ broadcast      202 Accepted (0.3 s)

Outputs
  token            [redacted]
  broadcastStatus  202

Warnings
  warning[reading-P1]: 'Bearer $inputs.accessToken' is read as 'Bearer
    {$inputs.accessToken}': an expression in a longer string stands in braces
    at spec.yml:49:14, the first of 2 places
    help: write 'Bearer {$inputs.accessToken}'

✓ token-then-broadcast succeeded: 2 steps, 2 requests, 0.43 s
"""
    )


def test_a_failure_after_a_retry() -> None:
    steps, _, rest = _told(RETRIED).partition("\nOutputs\n")
    assert (
        steps
        == """\
token-then-broadcast: 2 steps
  ▸ generateToken  POST /api/hubs/{hub}/:generateToken
  ✓ generateToken  200 OK (0.12 s)
  ▸ broadcast      POST /api/hubs/{hub}/:send
  ◷ broadcast      503 Service Unavailable; try 2 of 2 in 2 s
  ▸ broadcast      POST /api/hubs/{hub}/:send (try 2)
  ✗ broadcast      failed: 503 Service Unavailable (2 tries, 2.62 s)
"""
    )
    assert (
        rest[rest.index("✗") :]
        == """\
✗ broadcast failed
    POST https://example.webpubsub.azure.com/api/hubs/chat/:send?api-version=2024-01-01
    answered 503 Service Unavailable after 0.31 s
    tries: 2 (503, 503)
    criterion does not hold: $statusCode == 202
      $statusCode was 503
    response body, text/html; charset=utf-8 (1,028 characters, the first 500):
      | <html>
      |     <h1>Busy\\x1b[2J</h1>\\u202e
      | very very very very very very very very very very very very very very
      | very very very very very very very very very very very very very very
      | very very very very very very very very very very very very very very
      | very very very very very very very very very very very very very very
      | very very very very very very very very very very very very very very
      | very very very very very very very very very very very very very very
      | very very very very very very very very very very ve
    help: the retries are used up (tries: 2): find out why it stays so, or
      raise 'retryLimit' or 'retryAfter' of the failure action of type 'retry'

✗ token-then-broadcast failed: 2 steps, 3 requests, 2.75 s
  step 'broadcast': criterion '$statusCode == 202' does not hold: $statusCode
  was 503
"""
    )


def test_workflows_within_workflows() -> None:
    assert (
        _told(NESTED)
        == """\
order: 3 steps
  ↪ workflow prices
  ▸ prices:fetch  GET /prices
  ✓ prices:fetch  200 OK (0.2 s)
  ✓ workflow prices succeeded
  ▸ buy     workflow login
  ▸ buy/open  GET /login
  ✗ buy/open  failed: localhost:8080: connection refused (4 ms)
  ↪ buy     action 'tell': goto step report
  ✗ buy     failed: workflow 'login' failed: step 'open': no answer: localhost:8080: connection refused
  ▸ report  POST /reports/{id}
  ✗ report  failed: path parameter 'id' has no value: step 'buy' gave no output 'id'

Outputs
  receipt  null

Warnings
  warning[run-answer]: step 'fetch': the response has no Content-Type
    2 times, the first is shown

✗ report failed
    path parameter 'id' has no value: step 'buy' gave no output 'id'

✗ order failed: 2 steps and 2 in other workflows, 2 requests, 0.21 s
  step 'report': path parameter 'id' has no value: step 'buy' gave no output
  'id'
  2 failures did not end the run: buy/open, buy
"""
    )


def test_a_good_status_with_a_failed_criterion_says_which() -> None:
    line = (
        "  ✗ ask             failed: 200 OK, but not: "
        "$response.body#/state == 'ready' && $response.header.X-Big > 5 (10 ms)"
    )
    assert _told(STOPPED).splitlines()[3:6] == [
        line,
        "  ▸ ask             GET /jobs/{id}",
        line,
    ]


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, "failed: 200 OK, but it breaks the contract (10 ms)"), (404, "failed: 404 Not Found (10 ms)")],
)
def test_a_good_status_of_a_failed_step_says_why(status: int, expected: str) -> None:
    tried = (Attempt(1, response=Response(status), elapsed=0.01),)
    view = StepView(("s",), "w", "s", State.FAILED, response=Response(status), ended=0.01, tries=list(tried))
    view.reason = "it breaks the contract\nand more"
    assert end_text(view) == expected


def test_a_run_that_broke_off_is_told_of_at_the_end() -> None:
    assert _told(BROKEN_OFF).endswith("""
✗ token-then-broadcast stopped: 2 steps, 2 requests, 0.44 s
  the run was broken off before its end, in step 'broadcast'
""")


def test_closed_before_anything_happened_it_says_nothing() -> None:
    assert _told(()) == ""


def test_quiet_is_silent_until_something_fails() -> None:
    assert _told(SUCCESS, Verbosity.QUIET) == ""
    assert _told(RETRIED, Verbosity.QUIET).startswith("✗ broadcast failed\n")
    assert "stopped" in _told(BROKEN_OFF, Verbosity.QUIET)


def test_brief_tells_of_warnings_and_failures_alone() -> None:
    warned = f"spec.yml:49:14: warning[reading-P1]: {BRACES[0].message} (the first of 2)\n"
    assert _told(SUCCESS, Verbosity.BRIEF) == warned
    assert _told(RETRIED, Verbosity.BRIEF).startswith(f"{warned}\n✗ broadcast failed\n")


def test_a_reason_of_several_lines_is_one_line_while_the_run_goes_on() -> None:
    reason = "GET / wants credentials:\n  - key: --auth key=KEY"
    events: list[tuple[float, Event]] = [
        (0.0, RunStarted("r", "w", ("s",))),
        (0.0, StepStarted(("s",), 1, "GET /")),
        (0.0, StepEnded(("s",), Status.FAILED, reason)),
        (0.0, StepStarted(("s",), 1, "GET /")),
        (0.0, StepEnded(("s",), Status.FAILED, "so " * 1000)),
    ]
    lines = _told(tape(events)).split("\n")
    assert lines[2] == "  ✗ s  failed: GET / wants credentials"
    assert len(lines[4]) < 400


def deep(levels: int) -> Tape:
    """A workflow that calls itself, level below level."""
    events: list[tuple[float, Event]] = [(0.0, RunStarted("r", "w", ("call",)))]
    for depth in range(1, levels + 1):
        path = ("call",) * depth
        events += [(0.0, StepStarted(path, 1, "workflow w")), (0.0, WorkflowStarted("w", path))]
    return tape(events)


def test_calls_without_end_are_not_followed_without_end() -> None:
    lines = _told(deep(500)).split("\n")[: MAX_DEPTH + 3]
    assert lines[MAX_DEPTH] == f"  ▸ {'/'.join(['call'] * MAX_DEPTH)}  workflow w"
    assert lines[MAX_DEPTH + 1].startswith("  … what is called more than 7 workflows deep is not followed here")
    assert lines[MAX_DEPTH + 2] == ""
    loud = _told(deep(500), Verbosity.VERBOSE).split("\n")
    assert "  ▸ call/call/... 496 more .../call/call  workflow w" in loud
    assert max(map(len, loud)) < 120


def test_verbose_shows_what_travelled() -> None:
    told = _told(SUCCESS, Verbosity.VERBOSE)
    assert (
        """\
  ▸ broadcast      POST /api/hubs/{hub}/:send
    > POST https://example.webpubsub.azure.com/api/hubs/chat/:send?api-version=2024-01-01
    > Authorization: Bearer [redacted]
    > Content-Type: text/plain
    request body, text/plain (15 characters):
      | Grüße
      | from here
    < 202 Accepted
    no response body
  ✓ broadcast      202 Accepted (0.3 s)
"""
        in told
    )


@pytest.mark.parametrize("verbosity", Verbosity)
@pytest.mark.parametrize("tape", [SUCCESS, RETRIED, NESTED, STOPPED, BROKEN_OFF])
def test_without_colour_nothing_acts_on_the_terminal(tape: Tape, verbosity: Verbosity) -> None:
    told = _told(tape, verbosity)
    assert all(line.isprintable() for line in told.split("\n"))


def test_colour_changes_no_letter() -> None:
    coloured = _told(RETRIED, colour=True)
    assert "\x1b[1;31m✗\x1b[0m" in coloured
    bare = coloured
    for code in ("0", "1", "2", "32", "34", "1;31", "1;33", "1;36"):
        bare = bare.replace(f"\x1b[{code}m", "")
    assert bare == _told(RETRIED)


def test_a_stream_that_has_ascii_alone_gets_ascii() -> None:
    raw = io.BytesIO()
    reporter = TextReporter(io.TextIOWrapper(raw, "ascii", newline="\n"), Look())
    for stamped in RETRIED:
        reporter.on(stamped)
    lines = raw.getvalue().decode("ascii").splitlines()
    assert lines[2] == "  + generateToken  200 OK (0.12 s)"
    assert lines[6] == "  x broadcast      failed: 503 Service Unavailable (2 tries, 2.62 s)"


def test_each_line_is_written_when_it_happens() -> None:
    stream = io.StringIO()
    reporter = TextReporter(stream, Look())
    seen = []
    for stamped in SUCCESS:
        reporter.on(stamped)
        seen.append(stream.getvalue().count("\n"))
    assert seen == [1, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 4, 5, 17]


def test_verbose_says_why_an_action_was_taken_and_why_none_was() -> None:
    loud = _told(CHECKOUT, Verbosity.VERBOSE)
    assert "    ↪ action 'again' was taken: retry, because $statusCode == 503 ($statusCode was 503)\n" in loud
    assert "    ↪ action 'once more' (retry) was passed over: it has no try left\n" in loud
    assert "    ↪ action 'early' (end) was passed over: not $statusCode == 204 ($statusCode was 200)\n" in loud
    assert "passed over" not in _told(CHECKOUT)


def test_plain_text_never_imports_rich() -> None:
    script = "import sys, arazzo_runner.reports.run as door; print('rich' in sys.modules, *door.FORMATS)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", *FORMATS]


def test_a_clock_that_goes_back_shows_no_negative_time() -> None:
    backwards = [Stamped(stamped.event, Clock(0, -number)) for number, stamped in enumerate(RETRIED)]
    assert "(2 tries, 0 ms)" in _told(tuple(backwards))
