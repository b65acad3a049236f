"""What a rule looks at: one bound workflow, with the model it came from and what it can reach."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from arazzo_runner.contract.schemas import Schemas
from arazzo_runner.diagnostics import Diagnostic, Fix, Severity, Span, has_errors, renaming
from arazzo_runner.document.model import Description, Step, Workflow
from arazzo_runner.expressions.grammar import Dialect, WorkflowNames
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.model import BoundParameter, BoundStep, BoundWorkflow, Mention, OperationCall, WorkflowKey
from arazzo_runner.values import JSON, Nothing, Path


@dataclass(frozen=True, slots=True)
class Subject:
    """A workflow under judgement. `workflow` is its model, `bound` what compiling made of it.

    `reached` are the ids of the workflows that a run can come to, this one among them; `schemas` are the schemas of
    requests and `answers` those of answers, as far as they are compiled, which workflows share.
    """

    description: Description
    workflow: Workflow
    bound: BoundWorkflow
    compilation: Compilation
    reached: frozenset[str]
    schemas: Schemas = field(default_factory=lambda: Schemas("request"), repr=False, compare=False)
    answers: Schemas = field(default_factory=lambda: Schemas("response"), repr=False, compare=False)

    @property
    def strict(self) -> bool:
        """Whether the document is read strictly."""
        return self.compilation.strict

    def dialect(self) -> Dialect:
        """Return how the texts of the document are to be read."""
        features = self.description.features
        return Dialect(features is not None and features.v1_1, self.strict)

    def is_whole(self) -> bool:
        """Tell whether every step could be bound, so that what is missing is really missing."""
        bound = self.compilation.bound(self.bound.key)
        return bound.whole and not has_errors(bound.diagnostics) and len(self.bound.steps) == len(self.workflow.steps)

    def steps(self) -> Iterator[tuple[Step, BoundStep]]:
        """Yield each step's model with its bound form; steps that could not be bound are left out."""
        for step in self.workflow.steps:
            index = self.bound.positions.get(step.step_id)
            if index is not None:
                yield step, self.bound.steps[index]

    def calls(self) -> Iterator[tuple[Step, BoundStep, OperationCall]]:
        """Yield the steps that call an operation."""
        for step, bound in self.steps():
            if isinstance(bound.call, OperationCall):
                yield step, bound, bound.call

    def texts(self) -> Iterator[str]:
        """Yield every text of the workflow, and of the components that it may use."""
        characters = self.compilation.characters(self.description)
        waiting: list[JSON | Nothing] = [characters.node(self.workflow.at), characters.node(("components",))]
        while waiting:
            match waiting.pop():
                case str() as text:
                    yield text
                case dict() as node:
                    waiting += node.values()
                case list() as items:
                    waiting += items

    def names(self) -> dict[str, WorkflowNames]:
        """Return what the workflows declare that an expression can name."""
        return self.compilation.names(self.description)

    def outputs_of(self, key: WorkflowKey) -> tuple[str, ...]:
        """Return the names of the outputs of a workflow."""
        workflow = self.compilation.model(key)
        return tuple(workflow.outputs) if workflow is not None else ()

    def error(
        self, code: str, message: str, at: Path, help: str = "", span: Span | None = None, fix: Fix | None = None
    ) -> Diagnostic:
        """Make a finding that stops a run."""
        return Diagnostic(code, Severity.ERROR, message, span or self.description.span(at), help, at=at, fix=fix)

    def warning(
        self, code: str, message: str, at: Path, help: str = "", span: Span | None = None, fix: Fix | None = None
    ) -> Diagnostic:
        """Make a finding that is told but stops nothing."""
        return Diagnostic(code, Severity.WARNING, message, span or self.description.span(at), help, at=at, fix=fix)

    def note(self, code: str, message: str, at: Path, help: str = "", span: Span | None = None) -> Diagnostic:
        """Make a finding that advises the author; a run does not repeat it."""
        return Diagnostic(code, Severity.NOTE, message, span or self.description.span(at), help, at=at)

    def named(self, parameter: BoundParameter) -> Path:
        """Return where a parameter is named: by its `name`, or by the reference to the component that it is."""
        written = self.compilation.characters(self.description).node(parameter.at)
        return (*parameter.at, "name" if isinstance(written, dict) and "name" in written else "reference")

    def span(self, mention: Mention) -> Span:
        """Return where an expression stands inside the string that holds it."""
        characters = self.compilation.characters(self.description)
        found = self._found(mention)
        length = len(mention.expression.text)
        return characters.span(mention.at, found, length) if found >= 0 else self.description.span(mention.at)

    def renaming(self, mention: Mention, wrong: str, known: Iterable[str]) -> Fix | None:
        """Return the fix that writes the one known name which looks like a wrong one in an expression, else None."""
        start, text = self._found(mention), mention.expression.text
        part = re.search(r"(?<=\.)" + re.escape(wrong) + r"(?![\w\-])", text)
        return None if part is None or start < 0 else renaming(wrong, known, mention.at, start + part.start())

    def _found(self, mention: Mention) -> int:
        """Return the offset of an expression in the string that holds it, or -1."""
        string = self.compilation.characters(self.description).string(mention.at)
        found = re.search(re.escape(mention.expression.text) + r"(?![\w\-])", string)
        return found.start() if found else -1
