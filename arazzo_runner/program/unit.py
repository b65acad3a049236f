"""One Arazzo document while it is compiled: its dialect, the names in reach, and the findings so far.

Every text of the document passes through here on its way into the program, so that every fault gets its place.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.diagnostics import Diagnostic, Severity, Span
from arazzo_runner.document.model import Criterion, Description
from arazzo_runner.expressions.embed import Place, compile_output, compile_value
from arazzo_runner.expressions.grammar import Declared, Dialect, Fault, Remark
from arazzo_runner.expressions.template import CompiledValue
from arazzo_runner.program.model import InputSchema, WorkflowKey
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import JSON, Path


@dataclass(slots=True)
class Unit:
    """A document being compiled.

    `registry` holds the sources of all documents, `inputs_of` gives the input schema of any workflow.
    `declared` changes from workflow to workflow. `found` are the diagnostics so far.
    """

    description: Description
    registry: Registry
    dialect: Dialect
    inputs_of: Callable[[WorkflowKey], InputSchema]
    declared: Declared = field(default_factory=Declared)
    found: list[Diagnostic] = field(default_factory=list)

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a finding."""
        self.found.append(diagnostic)

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where a node of the document stands."""
        return self.description.span(path, key=key)

    def value(self, value: JSON, at: Path, place: Place) -> CompiledValue:
        """Compile a value of any type, expressions inside it included."""
        result = compile_value(value, self.dialect, self.declared, place)
        for path, fault in result.faults:
            self.fault(fault, (*at, *path))
        for path, remark in result.remarks:
            self.remark(remark, (*at, *path))
        return result.value

    def output(self, value: str, at: Path) -> CompiledValue | None:
        """Compile the value of an output: an expression, or a template of them; None after a fault."""
        result = compile_output(value, self.dialect, self.declared)
        for path, fault in result.faults:
            self.fault(fault, (*at, *path))
        for path, remark in result.remarks:
            self.remark(remark, (*at, *path))
        return None if result.faults else result.value

    def criteria(self, criteria: tuple[Criterion, ...]) -> tuple[Check, ...]:
        """Compile a list of criteria; those that can't be are reported and left out."""
        checks = []
        for criterion in criteria:
            result = compile_criterion(criterion, self.dialect, self.declared)
            if result.fault is not None:
                self.fault(result.fault, (*criterion.at, result.field))
            for remark in result.remarks:
                self.remark(remark, (*criterion.at, "condition"))
            for remark in result.context_remarks:
                self.remark(remark, (*criterion.at, "context"))
            if result.check is not None:
                checks.append(result.check)
        return tuple(checks)

    def fault(self, fault: Fault, at: Path) -> None:
        """Report a text that can't be read, at its offset."""
        span = _narrow(self.span(at), self.text(at), fault.offset)
        self.report(Diagnostic(fault.code, Severity.ERROR, fault.message, span, fault.help))

    def remark(self, remark: Remark, at: Path) -> None:
        """Report a practical reading."""
        span = _narrow(self.span(at), self.text(at), remark.offset)
        help = f"write it as {remark.standard}" if remark.standard else ""
        self.report(Diagnostic(remark.code, Severity.WARNING, remark.message, span, help))

    def error(self, code: str, message: str, at: Path, help: str = "", *, key: bool = False) -> None:
        """Report a fault of the document that keeps it from running."""
        self.report(Diagnostic(code, Severity.ERROR, message, self.span(at, key=key), help))

    def warning(self, code: str, message: str, at: Path, help: str = "") -> None:
        """Report a doubt about the document."""
        self.report(Diagnostic(code, Severity.WARNING, message, self.span(at), help))

    def text(self, at: Path) -> str:
        """Return the text that stands at a path; empty where there is none."""
        node: JSON = self.description.source.data
        for part in at:
            if isinstance(node, dict) and isinstance(part, str):
                node = node.get(part)
            elif isinstance(node, list) and isinstance(part, int) and part < len(node):
                node = node[part]
            else:
                return ""
        return node if isinstance(node, str) else ""


def _narrow(span: Span, text: str, offset: int) -> Span:
    """Move a span to an offset inside the text that it covers, where the text stands on one line as it is."""
    begin = span.text.find(text, span.column - 1) if text else -1
    if begin < 0 or span.line != span.end_line or begin - span.column > 1:
        return span
    column = begin + 1 + min(offset, len(text))
    return replace(span, column=column, end_column=max(column + 1, begin + 1 + len(text)))
