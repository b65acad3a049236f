"""One workflow while it is compiled: its document's dialect, the names in reach, and the findings so far.

Every text of the document passes through here on its way into the program, so that every fault gets its place, and
every expression is remembered with the place where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.diagnostics import Diagnostic, Fix, Severity, has_errors
from arazzo_runner.document.model import Criterion, Description, Workflow
from arazzo_runner.expressions.embed import CompiledResult, Place, compile_output, compile_value
from arazzo_runner.expressions.grammar import Declared, Dialect, Expression, Fault, Remark
from arazzo_runner.expressions.template import CompiledValue, ListValue, ObjectValue, Selected, expressions_of
from arazzo_runner.program.characters import Characters
from arazzo_runner.program.mending import mending
from arazzo_runner.program.model import InputSchema, Mention, WorkflowKey
from arazzo_runner.program.own_names import OwnNames, Uses, mapped
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import JSON, Path

MAX_FINDINGS = 5_000
"""Findings of one workflow that are kept; what makes it unfit to run is never dropped."""


@dataclass(slots=True)
class Unit:
    """A workflow being compiled.

    `registry` holds the sources of all documents, `inputs_of` gives the input schema of any workflow, `workflows` are
    all that there are. `declared` are the names in reach. `found` are the diagnostics so far, `mentions` the
    expressions, each once a place. `whole` is false once something was left out for a fault that is told elsewhere.
    `uses` is what the workflow writes behind the outputs of its steps, once somebody asked.
    """

    description: Description
    registry: Registry
    dialect: Dialect
    inputs_of: Callable[[WorkflowKey], InputSchema]
    characters: Characters
    workflows: Mapping[WorkflowKey, Workflow]
    declared: Declared = field(default_factory=Declared)
    step_id: str | None = None
    found: list[Diagnostic] = field(default_factory=list)
    mentions: dict[Mention, None] = field(default_factory=dict)
    whole: bool = True
    own_names: OwnNames = field(default_factory=OwnNames)
    uses: Uses | None = None

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a finding."""
        if self._has_room(diagnostic.severity):
            self.found.append(diagnostic)

    def value(self, value: JSON, at: Path, place: Place) -> CompiledValue:
        """Compile a value of any type, expressions inside it included."""
        return self._compiled(compile_value(value, self.dialect, self.declared, place, _selector), at)

    def output(self, value: str, at: Path) -> CompiledValue | None:
        """Compile the value of an output: an expression, or a template of them; None after a fault."""
        result = compile_output(value, self.dialect, self.declared)
        compiled = self._compiled(result, at)
        return None if result.faults else compiled

    def selector(self, value: Mapping[str, JSON], at: Path) -> CompiledValue | None:
        """Compile the Selector Object of an output; None after a fault. Its type is judged with the document."""
        result = _selector(value, self.dialect, self.declared)
        faults = tuple(fault for fault in result.faults if fault[0][0] != "type")
        remarks = tuple(remark for remark in result.remarks if remark[0][0] != "type")
        self.whole = self.whole and len(faults) == len(result.faults)
        compiled = self._compiled(replace(result, faults=faults, remarks=remarks), at)
        return None if result.faults else compiled

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
                self._mention_all(result.check, criterion)
        return tuple(checks)

    def fault(self, fault: Fault, at: Path) -> None:
        """Report a text that can't be read, at its offset."""
        if self._has_room(Severity.ERROR):
            span = self.characters.span(at, fault.offset)
            self.report(Diagnostic(fault.code, Severity.ERROR, fault.message, span, fault.help, at=at))

    def remark(self, remark: Remark, at: Path) -> None:
        """Report a practical reading."""
        if self._has_room(Severity.WARNING):
            help = f"write it as {remark.standard}" if remark.standard else ""
            span = self.characters.span(at, remark.offset)
            fix = None if remark.patch is None else mending(remark.patch, at, help)
            self.report(Diagnostic(remark.code, Severity.WARNING, remark.message, span, help, at=at, fix=fix))

    def error(
        self, code: str, message: str, at: Path, help: str = "", *, key: bool = False, fix: Fix | None = None
    ) -> None:
        """Report a fault of the document that keeps it from running."""
        self.report(Diagnostic(code, Severity.ERROR, message, self.description.span(at, key=key), help, at=at, fix=fix))

    def _has_room(self, severity: Severity) -> bool:
        """Tell whether a finding is kept; looked at before its place is, which costs more."""
        if len(self.found) < MAX_FINDINGS:
            return True
        return severity is Severity.ERROR and not has_errors(self.found)

    def _compiled(self, result: CompiledResult, at: Path) -> CompiledValue:
        for path, fault in result.faults:
            self.fault(fault, (*at, *path))
        for path, remark in result.remarks:
            self.remark(remark, (*at, *path))
        value = result.value if self.dialect.strict else self._meant(result.value, at)
        self.mentions |= dict.fromkeys(_mentions(value, at, self.step_id))
        return value

    def reread(self, read: Expression, meant: Expression, remark: Remark, at: Path) -> None:
        """Take an expression that was mentioned at a place as another one, with a warning."""
        self.remark(remark, at)
        self.mentions.pop(Mention(read, at, self.step_id), None)
        self.mentions[Mention(meant, at, self.step_id)] = None

    def _meant(self, value: CompiledValue, at: Path) -> CompiledValue:
        """Return a value with its outputs of steps before as they are meant (P2)."""
        remarks: list[tuple[Path, Remark]] = []
        meant = mapped(value, self.own_names, remarks)
        for path, remark in remarks:
            self.remark(remark, (*at, *path))
        return meant if remarks else value

    def _mention_all(self, check: Check, criterion: Criterion) -> None:
        for expression in check.expressions:
            field = "condition" if expression.text in criterion.condition or criterion.context is None else "context"
            self.mentions[Mention(expression, (*criterion.at, field), self.step_id)] = None


def _selector(value: Mapping[str, JSON], dialect: Dialect, declared: Declared) -> CompiledResult:
    from arazzo_runner.program.selectors import compile_selector  # most documents have none

    return compile_selector(value, dialect, declared)


def _mentions(value: CompiledValue, at: Path, step_id: str | None) -> Iterator[Mention]:
    """Yield the expressions of a value, each with the place of the string that it stands in."""
    match value:
        case ListValue(items):
            for index, item in enumerate(items):
                yield from _mentions(item, (*at, index), step_id)
        case ObjectValue(members):
            for name, member in members:
                yield from _mentions(member, (*at, name), step_id)
        case Selected(context, select):
            yield Mention(context, (*at, "context"), step_id)
            yield from (Mention(expression, (*at, "selector"), step_id) for expression in select.expressions)
        case _:
            yield from (Mention(expression, at, step_id) for expression in expressions_of(value))
