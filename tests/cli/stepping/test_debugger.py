from __future__ import annotations

import pytest

from arazzo_runner.cli.stepping.debugger import Going, is_named
from arazzo_runner.engine.effects import Checkpoint, Moment, Ticket
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.engine.result import Status
from tests.cli.stepping.sessions import BUSY, OK, Debugged, debugged
from tests.engine.programs import refused

ALL = ["/x", "/y", "/y", "/items/old?need=one", "/z"]


def pauses(run: Debugged) -> list[str]:
    """Return where the run was held, each time that a command was asked for."""
    return [line.partition("> ")[0] for line in run.shown.splitlines() if "> " in line and line[0] not in " >"]


@pytest.mark.parametrize(
    ("commands", "held", "sent"),
    [
        pytest.param(["", "n", "next", "step", "", ""], ["a", "b", "b/inner", "b/later", "c", "d"], ALL, id="each step"),
        pytest.param(["c"], ["a"], ALL, id="to the end"),
        pytest.param(["n", "over", "c"], ["a", "b", "c"], ALL, id="over a called workflow"),
        pytest.param(["until c", "c"], ["a", "c"], ALL, id="until a step"),
        pytest.param(["until b/later", "c"], ["a", "b/later"], ALL, id="until a step by its path"),
        pytest.param(["break later", "break d", "c", "c", "c"], ["a", "a", "a", "b/later", "d"], ALL, id="breakpoints"),
        pytest.param(["b later", "clear later", "c"], ["a", "a", "a"], ALL, id="a breakpoint taken away"),
        pytest.param(["n", "break later", "over", "c"], ["a", "b", "b", "b/later"], ALL, id="a breakpoint on the way over"),
        pytest.param(["stop"], ["a"], [], id="stop"),
        pytest.param(["n", "q"], ["a", "b"], ["/x"], id="stop later"),
        pytest.param(["n"], ["a", "b"], ["/x"], id="the end of the input stops"),
        pytest.param(["# a remark", "c"], ["a", "a"], ALL, id="a remark"),
        pytest.param(["bogus", "print $nothing", "c"], ["a"] * 3, ALL, id="what is not understood is asked again"),
        pytest.param(['skip {"n": "mine"}', "c"], ["a", "b"], ["/y", "/y", "/items/old?need=mine", "/z"], id="skip"),
        pytest.param(["c", "extra"], ["a"], ALL, id="nothing is asked after continue"),
        pytest.param(["until c", "set $inputs.i = \"new\"", "c"], ["a", "c", "c"], [*ALL[:3], "/items/new?need=one", "/z"], id="set an input"),
        pytest.param(["until c", "set need = 5", "set $request.path.id = \"x\"", "c"], ["a", "c", "c", "c"], [*ALL[:3], "/items/x?need=5", "/z"], id="set parameters"),
        pytest.param(["until c", "set $steps.a.outputs.n = \"two\"", "c"], ["a", "c", "c"], [*ALL[:3], "/items/old?need=two", "/z"], id="set an output"),
        pytest.param(["until c", "set need = $steps.a.outputs.token", "c"], ["a", "c", "c"], [*ALL[:3], "/items/old?need=planted-token-1234", "/z"], id="set to what an expression gives"),
    ],
)  # fmt: skip
def test_where_a_run_is_held_and_what_it_sends(commands: list[str], held: list[str], sent: list[str]) -> None:
    run = debugged(*commands)
    assert pauses(run) == held
    assert run.paths == sent


@pytest.mark.parametrize(
    ("commands", "script", "held", "sent"),
    [
        pytest.param(["n", "retry", "c"], [BUSY, OK], ["a", "a (failed)", "a"], ["/x", *ALL], id="retry, then before the try"),
        pytest.param(["n", "n"], [BUSY], ["a", "a (failed)"], ["/x"], id="the failure stands"),
        pytest.param(["c", "n"], [BUSY], ["a", "a (failed)"], ["/x"], id="held where no action deals with it"),
        pytest.param(["c", 'skip {"n": "mine"}', "c"], [BUSY, OK], ["a", "a (failed)", "b"], ["/x", "/y", "/y", "/items/old?need=mine", "/z"], id="taken as done"),
        pytest.param(["until d", "c"], [OK, OK, OK, BUSY, OK], ["a", "d"], [*ALL[:4], *ALL[3:]], id="not held where an action deals with it"),
        pytest.param(["until c", "n", "set need = 9", "n", "c"], [OK, OK, OK, BUSY, OK], ["a", "c", "c (failed)", "c (failed)", "c"], [*ALL[:4], "/items/old?need=9", "/z"], id="set after a failure, and the action's own retry"),
        pytest.param(["n", "n"], [refused()], ["a", "a (failed)"], ["/x"], id="no answer came"),
    ],
)  # fmt: skip
def test_after_a_failure(
    commands: list[str], script: list[Response | Failed], held: list[str], sent: list[str]
) -> None:
    run = debugged(*commands, script=script)
    assert pauses(run) == held
    assert run.paths == sent


def test_the_run_says_who_ended_it() -> None:
    stopped = debugged("n", "stop").played.result
    assert (stopped.status, stopped.reason) == (Status.STOPPED, "it was stopped at step 'b'")
    assert debugged().played.result.reason == "it was stopped at step 'a': there are no more commands"


def test_a_pause_shows_the_request_as_it_will_be_sent() -> None:
    shown = debugged("until d", 'set $request.body#/who/name = "new"', "request", "c").shown
    assert "> d is to begin" in shown
    assert '"who": {\n      "name": "new"\n    },' in shown
    assert "> POST https://api.example/z" in shown


def test_a_pause_at_a_call_shows_what_is_handed_over_and_that_can_be_changed() -> None:
    run = debugged("n", "set p = [1]", "print $inputs.i", "n", "print $inputs.p", "c")
    assert '    calls workflow v\n      p = "old"' in run.shown
    assert "  parameter p is now [1]" in run.shown
    assert "b/inner> print $inputs.p\n  [\n    1\n  ]" in run.shown


def test_before_a_step_the_last_answer_is_seen_with_the_request_to_come() -> None:
    shown = debugged(
        "until c", "p $response.body | $.items[0].id", "p $request.query.need", "k $statusCode == 200", "stop"
    ).shown
    assert "c> p $response.body | $.items[0].id\n  (the answer to b/later)\n  7\n" in shown
    assert 'c> p $request.query.need\n  "one"\n' in shown
    assert "  + it holds\n    $statusCode was 200\n" in shown


def test_after_a_failure_its_own_answer_is_seen() -> None:
    shown = debugged("n", "p $response.body", "k $statusCode == 200", "response", "stop", script=[BUSY]).shown
    assert (
        "x a has failed\n    criterion '$statusCode < 400' does not hold: $statusCode was 503\n    < 503 Service Unavailable"
        in shown
    )
    assert '{\n    "error": "busy"\n  }' in shown
    assert "  x it does not hold\n    $statusCode was 503" in shown


def test_where_tells_what_became_of_the_steps() -> None:
    shown = debugged("break d", "until b/later", "where", "c", "stop").shown
    assert "  v, called by b\n" in shown
    assert "  > . later  GET /y\n" in shown


def test_breakpoints_are_listed_and_must_be_steps() -> None:
    shown = debugged("break", "break d", "break cc", "clear a", "stop").shown
    assert "a> break\n  breakpoints: none\n" in shown
    assert "a> break d\n  breakpoints: d\n" in shown
    assert "error: there is no step 'cc'" in shown
    assert "error: there is no breakpoint at 'a'" in shown


def test_help_tells_of_every_command() -> None:
    shown = debugged("help", "stop").shown
    assert "  n  next " in shown
    assert "     skip [JSON] " in shown


@pytest.mark.parametrize(
    ("line", "caret", "message"),
    [
        ("print $steps.zz.outputs.n | $.a[", 32, "unbalanced"),
        ("  print $response.bod", 18, "'$response' has no part 'bod'"),
        ("check $statusCode ==", 20, "ends where a value is expected"),
        ("set $inputs.i = {", 17, "this is no JSON"),
        ("set $steps.q.outputs.n = 1", 11, "there is no step 'q'"),
        ("set nothing = 1", 4, "is no parameter of this step"),
        ("set $inputs.i", 13, "there is no '='"),
        ("until nowhere", 6, "there is no step 'nowhere'"),
        ("skip {\"o\": 1}", 5, "has no output 'o'"),
        ("skip 5", 5, "outputs are given as an object"),
        ("request xml", 8, "there is no form 'xml'"),
        ("retry", 0, "has not been tried yet"),
        ("where now", 6, "nothing follows 'where'"),
        ("until", 5, "needs something to follow"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_command_is_shown_with_a_caret(line: str, caret: int, message: str) -> None:
    lines = debugged(line, "stop").shown.splitlines()
    echoed = lines.index(f"a> {line}") + 1
    assert lines[echoed] == f"  {line}".rstrip()
    assert lines[echoed + 1] == "  " + " " * caret + "^"
    assert message in lines[echoed + 2]


SECRETS = ("planted-token-1234", "7391", "hunter2-hunter2")


def test_no_secret_is_shown() -> None:
    run = debugged(
        "n", "p $steps.a.outputs.token", "p $response.body", "response", "p $inputs", "p $inputs.pin",
        "k $inputs.pin == 'x' || $steps.a.outputs.token == 'y'", "until c", "set need = $steps.a.outputs.token", "request",
        "request curl", "c",
    )  # fmt: skip
    assert run.paths[3] == "/items/old?need=planted-token-1234"
    assert [secret for secret in SECRETS if secret in run.shown] == []
    assert run.shown.count("[redacted]") >= 8


def test_a_secret_that_is_set_is_hidden_behind_the_command() -> None:
    run = debugged('set $inputs.password = "hunter2-hunter2"', 'set $inputs.pin = "4242"', "p $inputs", "stop")
    answers = [line for line in run.shown.splitlines() if not line.startswith("a> ")]
    assert not [line for line in answers if "hunter2" in line or "4242" in line]
    assert '  $inputs.password is now "[redacted]"' in answers


def test_a_faulty_command_with_a_secret_is_not_repeated() -> None:
    shown = debugged("set $inputs.password = hunter2-hunter2", "stop").shown
    assert shown.count("hunter2-hunter2") == 1, "as it was typed"
    assert "error: this is no JSON" in shown


def test_ctrl_c_at_the_prompt_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from arazzo_runner.cli.stepping import debugger

    def pressed(line: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(debugger, "read_order", pressed)
    assert debugged("n").played.result.reason == "it was stopped at step 'a': Ctrl-C was pressed"


@pytest.mark.parametrize(
    ("going", "step", "moment", "reached"),
    [
        (Going(), ("a",), Moment.BEFORE, True),
        (Going(free=True), ("a",), Moment.BEFORE, False),
        (Going(past=("a",)), ("a", "b"), Moment.BEFORE, False),
        (Going(past=("a",)), ("a", "b"), Moment.FAILED, False),
        (Going(past=("a",)), ("a",), Moment.FAILED, True),
        (Going(past=("a",)), ("ab",), Moment.BEFORE, True),
        (Going(until="b"), ("a", "b"), Moment.BEFORE, True),
        (Going(until="b"), ("b", "a"), Moment.BEFORE, False),
    ],
)
def test_how_far_a_run_goes_by_itself(going: Going, step: tuple[str, ...], moment: Moment, reached: bool) -> None:
    assert going.reaches(Checkpoint(Ticket(1), step, moment), ()) is reached


def test_a_step_is_named_by_its_id_or_its_path() -> None:
    assert is_named(("a", "b"), "b")
    assert is_named(("a", "b"), "a/b")
    assert not is_named(("a", "b"), "a")


def test_a_failure_says_what_can_be_done_about_it() -> None:
    assert "skip takes it as done, Enter ends the workflow" in debugged("n", "stop", script=[BUSY]).shown
    shown = debugged("until c", "n", "stop", script=[OK, OK, OK, BUSY]).shown
    assert "Enter lets its failure actions decide" in shown


def test_the_id_of_a_step_can_not_act_on_the_terminal() -> None:
    flow = 'workflows: [{workflowId: w, steps: [{stepId: "\\e[2J", operationId: x}]}]'
    shown = debugged("where", "stop", flow=flow).shown
    assert "\x1b" not in shown
    assert "\\x1b[2J> where" in shown
