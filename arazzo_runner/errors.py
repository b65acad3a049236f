"""The exceptions of the package.

    ArazzoError                 anything below; carries `exit_code`, which the command ends with
      UsageError         (2)    the caller's words are off: an unknown workflow, a flag that names nothing
      InputsError        (2)    the inputs do not fit the workflow's input schema; nothing was sent
      DocumentError      (2)    the document can't run; carries its diagnostics; nothing was sent
      CannotContinue     (3)    a run that has begun can't go on
        LimitReached            one of the named limits of the run
        Drifted          (1)    a replayed run wants something else than it did when it was recorded
        Unanswered              a run can't be gone on with before a person has said what is to be done
        RunStopped       (130)  whoever held the run at a step ended it

A failed step is no exception: it is data (an outcome, a result). A fault of the document is no exception either: it
is a `Diagnostic`; `DocumentError` only carries them to a caller that asked for a run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from arazzo_runner.diagnostics import Diagnostic
    from arazzo_runner.engine.result import RunResult


class ArazzoError(Exception):
    """The root of all exceptions of this package. `exit_code` is the command's exit code for it."""

    exit_code: ClassVar[int] = 3


class UsageError(ArazzoError):
    """The caller asked for something that does not exist or can't be: an unknown workflow, source, scheme, file.

    `hint` says what to do (a near match, the list of what there is); it is part of the message.
    """

    exit_code = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n  {hint}" if hint else message)
        self.message, self.hint = message, hint


class InputsError(UsageError):
    """The inputs do not satisfy the workflow's `inputs` schema (Arazzo 1.1, Workflow Object). Nothing was sent."""


class DocumentError(ArazzoError):
    """The document can't run as it stands. `diagnostics` holds what was found, with places. Nothing was sent."""

    exit_code = 2

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(found.concise() for found in diagnostics))
        self.diagnostics = diagnostics


class CannotContinue(ArazzoError):
    """A run that has begun can't go on, for a reason that no step can handle."""


class LimitReached(CannotContinue):
    """A named limit of the run was reached. `limit` is its name (``max_steps``, ``max_depth``, ``run_timeout``).

    `result` is the `RunResult` of what was done until then, where the run is over; it is in the clear.
    """

    def __init__(self, limit: str, message: str, result: RunResult | None = None) -> None:
        super().__init__(message)
        self.limit, self.result = limit, result


class RunStopped(CannotContinue):
    """Whoever held the run at a step (a debugger) ended it there.

    `result` is the `RunResult` of what was done until then; it is in the clear.
    """

    exit_code = 130

    def __init__(self, message: str, result: RunResult | None = None) -> None:
        super().__init__(message)
        self.result = result


class Drifted(CannotContinue):
    """A replayed run wants something else than it did when it was recorded; the text names the first difference."""

    exit_code = 1


class Unanswered(CannotContinue):
    """A run can't be gone on with before a person has answered a question; `hint` says how to answer it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(f"{message}\n  {hint}" if hint else message)
        self.message, self.hint = message, hint
