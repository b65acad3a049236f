"""What a rule looks at: one bound workflow, with the model it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic, Severity, Span
from arazzo_runner.document.model import Description, Step, Workflow
from arazzo_runner.program.model import BoundStep, BoundWorkflow, OperationCall, Program
from arazzo_runner.values import Path


@dataclass(frozen=True, slots=True)
class Subject:
    """A workflow under judgement. `workflow` is its model, `bound` what compiling made of it."""

    description: Description
    workflow: Workflow
    bound: BoundWorkflow
    program: Program
    strict: bool = False

    def steps(self) -> Iterator[tuple[Step, BoundStep]]:
        """Yield each step's model with its bound form."""
        for step in self.workflow.steps:
            index = self.bound.positions.get(step.step_id)
            if index is not None:
                yield step, self.bound.steps[index]

    def calls(self) -> Iterator[tuple[Step, BoundStep, OperationCall]]:
        """Yield the steps that call an operation."""
        for step, bound in self.steps():
            if isinstance(bound.call, OperationCall):
                yield step, bound, bound.call

    def error(self, code: str, message: str, at: Path, help: str = "", span: Span | None = None) -> Diagnostic:
        """Make a finding that stops a run."""
        return Diagnostic(code, Severity.ERROR, message, span or self.description.span(at), help, at=at)

    def warning(self, code: str, message: str, at: Path, help: str = "", span: Span | None = None) -> Diagnostic:
        """Make a finding that is told but stops nothing."""
        return Diagnostic(code, Severity.WARNING, message, span or self.description.span(at), help, at=at)
