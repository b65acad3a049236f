"""Why a run failed: each reason with a run that has it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arazzo_runner.api import Options, Prepared, load, prepare
from arazzo_runner.api.blaming import Remarks, bound_step, crashed, of_run, of_step, refused, unexpected
from arazzo_runner.api.running import EventStream
from arazzo_runner.coverage.reasons import Reason
from arazzo_runner.coverage.trials import Failure
from arazzo_runner.diagnostics import error, warning
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import RunEnded, Warned
from arazzo_runner.engine.outcomes import Failed, FailureKind, Response
from arazzo_runner.engine.result import Attempt, Judged, RunResult, Status, StepResult
from arazzo_runner.errors import DocumentError, InputsError, UsageError
from tests.api.trial_documents import FAILING, GOOD, written

SENT = Request("GET", "https://things.example/things")


@pytest.fixture
def failing(tmp_path: Path) -> Callable[..., Prepared]:
    file = written(tmp_path, failing=FAILING)["failing"]
    return lambda workflow, **given: prepare(load(file), workflow, Options(**{"mock": True, **given}))


def of(prepared: Prepared) -> tuple[Failure, ...]:
    remarks: list[tuple[tuple[str, ...], object]] = []
    with EventStream(prepared) as events:
        for stamped in events:
            match stamped.event:
                case Warned(diagnostic=told, step=step):
                    remarks.append((step, told))
                case RunEnded(result=result):
                    return of_run(prepared, result, remarks)  # type: ignore[arg-type]  # what Warned holds
                case _:
                    pass
    raise AssertionError("a run ends")


@pytest.mark.parametrize(
    ("workflow", "reason", "step"),
    [
        ("schema", Reason.SCHEMA, ("s",)),
        ("itself", Reason.ITSELF, ("s",)),
        ("loop", Reason.BUDGET, ()),
        ("never", Reason.NO_INSTANCE, ("s",)),
        ("later", Reason.LATER, ("t",)),
    ],
)
def test_each_fault_has_its_reason(
    failing: Callable[..., Prepared], workflow: str, reason: Reason, step: tuple[str, ...]
) -> None:
    (failure,) = of(failing(workflow))
    assert (failure.reason, failure.step) == (reason, step)
    assert failure.help


def test_the_place_is_that_of_the_criterion(failing: Callable[..., Prepared]) -> None:
    (failure,) = of(failing("schema"))
    assert failure.place.endswith("failing.yml:7:87")
    (seen,) = failure.criteria
    assert (seen.condition, seen.operands[0][0]) == ("$response.body#/kind == 'c'", "$response.body#/kind")


def test_a_run_that_succeeded_has_no_failure(failing: Callable[..., Prepared]) -> None:
    assert of(failing("fine")) == ()


def told(attempt: Attempt, reason: str = "why") -> StepResult:
    return StepResult("s", "fine", ("s",), Status.FAILED, (attempt,), reason=reason)


MISSED = (Judged("$statusCode == 201", False),)


@pytest.mark.parametrize(
    ("attempt", "mock", "reason"),
    [
        (Attempt(1, SENT, failure=Failed(FailureKind.REFUSED, "m")), False, Reason.NO_ANSWER),
        (Attempt(1, SENT, failure=Failed(FailureKind.INVENTION, "m")), True, Reason.GAVE_UP),
        (Attempt(1, SENT, failure=Failed(FailureKind.INVENTION, "m", code="no-instance")), True, Reason.NO_INSTANCE),
        (Attempt(1, SENT, Response(200), criteria=MISSED), False, Reason.ANSWER),
        (Attempt(1, SENT, Response(200), criteria=MISSED), True, Reason.GAVE_UP),
        (Attempt(1, SENT, Response(200)), True, Reason.ENDED),
        (Attempt(1, problem="the request breaks the API's contract: m"), True, Reason.CONTRACT),
        (Attempt(1, problem="path parameter 'id' has no value: m"), True, Reason.VALUE),
        (Attempt(1, problem="body of text/plain: an object has no form"), True, Reason.REQUEST),
    ],
)
def test_what_the_last_attempt_lacks_is_the_reason(
    failing: Callable[..., Prepared], attempt: Attempt, mock: bool, reason: Reason
) -> None:
    failure = of_step(failing("fine", mock=mock), told(attempt), ())
    assert failure is not None
    assert failure.reason is reason


def test_an_answer_that_breaks_the_contract_is_a_breach(failing: Callable[..., Prepared]) -> None:
    step = told(Attempt(1, SENT, Response(200)), "the answer breaks the API's contract: m")
    failure = of_step(failing("fine", mock=False), step, ())
    assert failure is not None
    assert failure.reason is Reason.CONTRACT


def test_a_remark_about_another_step_names_no_reason(failing: Callable[..., Prepared]) -> None:
    remarks: Remarks = [(("other",), warning(Reason.SCHEMA.value, "m"))]
    failure = of_step(failing("fine"), told(Attempt(1, SENT, Response(200), criteria=MISSED)), remarks)
    assert failure is not None
    assert failure.reason is Reason.GAVE_UP


def test_a_call_is_not_blamed_for_what_failed_inside(failing: Callable[..., Prepared]) -> None:
    inner = StepResult("s", "fine", ("call", "s"), Status.FAILED, (Attempt(1, SENT, Response(500)),), reason="in")
    outer = StepResult("call", "w", ("call",), Status.FAILED, (Attempt(1),), reason="out")
    got_over = StepResult("s", "fine", ("before",), Status.FAILED, handled=True)
    result = RunResult(Status.FAILED, "w", steps=(got_over, inner, outer))
    assert [one.step for one in of_run(failing("fine"), result, ())] == [("call", "s")]


def test_a_failure_without_a_step_to_blame_is_one_all_the_same(failing: Callable[..., Prepared]) -> None:
    (failure,) = of_run(failing("fine"), RunResult(Status.FAILED, "fine", reason="an action ended it"), ())
    assert (failure.reason, failure.message) == (Reason.ENDED, "an action ended it")


def test_what_refuses_is_told_with_each_error() -> None:
    found = (error("a", "first", help="h"), warning("w", "not this"), error("b", "second"))
    assert [(one.finding, one.message, one.reason) for one in refused(DocumentError(found))] == [
        ("a", "first", Reason.REFUSED),
        ("b", "second", Reason.REFUSED),
    ]
    assert refused(InputsError("m"))[0].reason is Reason.INPUTS
    assert refused(UsageError("m"))[0].reason is Reason.REFUSED


def test_a_fault_of_ours_is_a_crash() -> None:
    assert crashed(KeyError("x")).reason is Reason.CRASH
    assert crashed(KeyError("x")).place == ""
    with pytest.raises(AttributeError) as raised:
        of_run(None, None, ())  # type: ignore[arg-type]  # what must not happen
    failure = crashed(raised.value)
    assert failure.place.startswith("arazzo_runner/api/blaming.py:")


def test_what_failed_unasked_names_its_run() -> None:
    (known,) = unexpected("m", 3, ("a=failure",), [Failure(Reason.ANSWER, "why")])
    assert (known.reason, known.run, known.wishes) == (Reason.ANSWER, 3, ("a=failure",))
    (unknown,) = unexpected("m", 3, (), [])
    assert (unknown.reason, unknown.message) == (Reason.ENDED, "m")


def test_a_record_of_no_step_of_the_program_has_none(tmp_path: Path) -> None:
    prepared = prepare(load(written(tmp_path, good=GOOD)["good"]), "second", Options(mock=True))
    assert bound_step(prepared.program, StepResult("nope", "second", ("nope",), Status.FAILED)) is None
