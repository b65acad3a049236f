from __future__ import annotations

from arazzo_runner.api.evaluating import Answered
from arazzo_runner.cli.stepping import showing
from arazzo_runner.cli.stepping.upcoming import Upcoming
from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.result import Status
from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.expressions.scope import Received
from arazzo_runner.redact import Redactor
from arazzo_runner.reports.page import ASCII, Line, Look, plain_text
from arazzo_runner.values import Nothing
from tests.cli.stepping.sessions import FLOW
from tests.engine.programs import program_of

LOOK = Look(width=100, marks=ASCII)


def text(*lines: Line) -> str:
    return "\n".join(map(plain_text, lines))


def test_a_long_body_is_cut_at_the_pause_and_whole_in_full() -> None:
    coming = Upcoming(Request("POST", "https://a.example/", (("Content-Type", "text/plain"),), b"x" * 3_000 + b"END"))
    assert "END" not in text(*showing.coming_lines(coming, Redactor(), LOOK))
    assert "END" in text(*showing.whole_request(coming, Redactor(), LOOK))


def test_a_body_that_is_no_text_is_measured() -> None:
    coming = Upcoming(Request("POST", "https://a.example/", (("Content-Type", "image/png"),), b"\xff\x00" * 10))
    assert "(20 bytes that are no text)" in text(*showing.whole_request(coming, Redactor(), LOOK))


def test_what_can_not_be_built_is_told_in_each_form() -> None:
    coming = Upcoming(problem="path parameter 'id' has no value")
    for form in (showing.coming_lines, showing.whole_request, showing.curl_lines):
        assert "no request can be built: path parameter 'id' has no value" in text(*form(coming, Redactor(), LOOK))


def test_a_value_and_why_there_is_none() -> None:
    found = Answered({"a": [1]}, remarks=("read as something else",))
    assert text(*showing.value_lines("$x", found, Redactor())) == (
        '  note: read as something else\n  {\n    "a": [\n      1\n    ]\n  }'
    )
    nothing = Answered(Nothing("step 'a' has not run"), help="known: 'b'")
    assert text(*showing.value_lines("$x", nothing, Redactor())) == "  no value: step 'a' has not run\n  known: 'b'"
    assert text(*showing.value_lines("$x", Answered(b"\xff"), Redactor())) == "  (1 bytes)"


def test_a_long_value_says_how_much_is_left_out() -> None:
    shown = text(*showing.value_lines("$x", Answered("x" * 30_000), Redactor()))
    assert shown.endswith("(and 10,002 more characters)")


def test_what_acts_on_a_terminal_is_written_out() -> None:
    received = Received(200, (("X-A", "\x1b[2J"),), "\x1b[31mred")
    shown = text(*showing.answer_lines(received, Redactor()))
    assert "\x1b" not in shown
    assert "\\x1b[2J" in shown


def test_verdicts() -> None:
    operands = (Operand("$statusCode", 503), Operand("$response.body#/token", "abc"))
    shown = text(*showing.verdict_lines(Answered(False, operands, is_condition=True), Redactor(), LOOK))
    assert shown == '  x it does not hold\n    $statusCode was 503\n    $response.body#/token was "[redacted]"'
    undecided = Answered(Nothing("the pattern can't be read"), is_condition=True)
    assert (
        text(*showing.verdict_lines(undecided, Redactor(), LOOK))
        == "  ? it can't be decided: the pattern can't be read"
    )


def test_the_caret_stands_below_wide_and_invisible_characters() -> None:
    shown = text(*showing.fault_lines("p 漢字\x07!", Fault("wrong", 5, "mend it"), Redactor()))
    assert shown.splitlines()[:2] == ["  p 漢字\\x07!", "  " + " " * 10 + "^"]
    assert shown.endswith("error: wrong\n  mend it")


def test_a_line_with_a_known_secret_is_not_repeated() -> None:
    redactor = Redactor()
    redactor.learn("planted-secret")
    shown = text(*showing.fault_lines("p planted-secret", Fault("'planted-secret' is wrong", 2), redactor))
    assert "planted-secret" not in shown


def test_lines_for_a_transcript_have_no_values() -> None:
    cases = {
        'set $inputs.a = "x"': "set $inputs.a = ...",
        "s a=1": "s a= ...",
        'skip {"token": "x"}': "skip ...",
        "print $inputs.a": "print $inputs.a",
        "skip": "skip",
        "check $a == 1": "check $a == 1",
    }
    assert {line: showing.without_values(line) for line in cases} == cases


def test_where() -> None:
    workflow = program_of(FLOW, version="1.1.0").workflow
    ends: dict[tuple[str, ...], Status] = {("a",): Status.SUCCEEDED, ("b",): Status.SKIPPED, ("c",): Status.FAILED}
    assert text(*showing.where_lines(workflow, ("c",), ends, ["d"], LOOK)) == (
        "  w\n    + a  GET /x\n    = b  workflow v\n  > x c  GET /items/{id}\n    . d  POST /z  (breakpoint)"
    )


def test_help_fits_the_width() -> None:
    lines = list(map(plain_text, showing.help_lines(Look(width=72, marks=ASCII))))
    assert max(map(len, lines)) <= 72
