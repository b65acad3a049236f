import pytest

from arazzo_runner.diagnostics import Span, error
from arazzo_runner.errors import (
    ArazzoError,
    CannotContinue,
    DocumentError,
    InputsError,
    LimitReached,
    RunStopped,
    UsageError,
)


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (UsageError("no such workflow"), 2),
        (InputsError("hub is missing"), 2),
        (DocumentError(()), 2),
        (CannotContinue("the disk is full"), 3),
        (LimitReached("max_steps", "1000 steps were taken"), 3),
        (RunStopped("it was stopped at step 's'"), 130),
        (ArazzoError("something else"), 3),
    ],
)
def test_each_exception_has_its_exit_code(raised: ArazzoError, code: int) -> None:
    assert raised.exit_code == code


def test_inputs_are_the_callers_words() -> None:
    assert issubclass(InputsError, UsageError)


def test_a_limit_is_a_reason_not_to_go_on_and_has_a_name() -> None:
    reached = LimitReached("max_depth", "workflows call each other too deeply")
    assert isinstance(reached, CannotContinue)
    assert (reached.limit, str(reached)) == ("max_depth", "workflows call each other too deeply")


def test_a_hint_is_part_of_the_message() -> None:
    wrong = UsageError("no workflow 'man'", "did you mean 'main'?")
    assert str(wrong) == "no workflow 'man'\n  did you mean 'main'?"
    assert (wrong.message, wrong.hint) == ("no workflow 'man'", "did you mean 'main'?")
    assert str(UsageError("alone")) == "alone"


def test_a_document_error_shows_its_diagnostics_one_a_line() -> None:
    found = (error("a-b", "first", Span("u", 1, 2, 1, 3, "doc.yaml")), error("c-d", "second"))
    raised = DocumentError(found)
    assert raised.diagnostics == found
    assert str(raised).splitlines() == ["doc.yaml:1:2: error[a-b]: first", "error[c-d]: second"]
