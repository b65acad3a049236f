"""Judging a description with its sources, before anything is sent.

`check` compiles every workflow and puts every rule to it; `check_workflow` judges what one workflow can reach, as a
run does: an error elsewhere in the document is a warning of that run (docs/semantics.md, severity).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from arazzo_runner.contract.schemas import Schemas
from arazzo_runner.diagnostics import Diagnostic, Severity, Span, breaks_text, has_errors, judge
from arazzo_runner.document.model import Description
from arazzo_runner.program.compile import Compilation, Compiled
from arazzo_runner.program.input_schema import check_component_inputs
from arazzo_runner.program.model import Program, WorkflowKey
from arazzo_runner.sources.gathering import TWINS
from arazzo_runner.sources.reach import sources_in_reach
from arazzo_runner.sources.registry import Registry
from arazzo_runner.validate.parts import parts_of
from arazzo_runner.validate.rules import rules
from arazzo_runner.validate.subject import Subject


@dataclass(frozen=True, slots=True)
class Checked:
    """The program of the chosen workflow (None where it can't run), and the findings, errors first."""

    program: Program | None
    diagnostics: tuple[Diagnostic, ...] = ()


def check(description: Description, registry: Registry, *, strict: bool = False) -> tuple[Diagnostic, ...]:
    """Judge a whole document: every workflow with all that it leads to, every rule, every source."""
    compilation = Compilation(description, registry, strict=strict)
    found = list(judge((*description.diagnostics, *registry.diagnostics), strict))
    found += check_component_inputs(description, registry.documents, strict)
    judged: set[WorkflowKey] = set()
    schemas = (Schemas("request"), Schemas("response"))
    for workflow in description.workflows:
        compiled = compilation.program(workflow.workflow_id)
        fresh = [key for key in compiled.reached if key not in judged]
        for key in fresh:
            found += compilation.bound(key).diagnostics
        found += _ruled(compilation, compiled.reached, fresh, schemas)
        judged.update(fresh)
    return _ordered(found)


def check_workflow(description: Description, registry: Registry, workflow_id: str, *, strict: bool = False) -> Checked:
    """Judge one workflow and what it can reach; errors elsewhere become warnings."""
    compilation = Compilation(description, registry, strict=strict)
    compiled = compilation.program(workflow_id)
    ruled = _ruled(compilation, compiled.reached, compiled.reached, (Schemas("request"), Schemas("response")))
    found = [*compiled.diagnostics, *(one for one in ruled if one.severity is not Severity.NOTE)]
    for uri, document in compilation.documents.items():
        ids = {key.workflow_id for key in compiled.reached if key.document == uri}
        found += _written(document, ids, strict)
    found += _of_sources(compilation, registry, compiled)
    diagnostics = _ordered(found)
    if compiled.program is None and not has_errors(diagnostics):
        raise AssertionError("a workflow could not be compiled, and no finding says why")
    if has_errors(diagnostics) or compiled.program is None:
        return Checked(None, diagnostics)
    return Checked(replace(compiled.program, warnings=diagnostics), diagnostics)


def _ruled(
    compilation: Compilation,
    reached: Iterable[WorkflowKey],
    judged: Iterable[WorkflowKey],
    schemas: tuple[Schemas, Schemas],
) -> Iterator[Diagnostic]:
    """Put every rule to the workflows `judged`, as parts of a run that can reach `reached`."""
    ids = frozenset(key.workflow_id for key in reached)
    for key in judged:
        workflow, bound = compilation.model(key), compilation.bound(key).workflow
        if workflow is not None and bound is not None:
            subject = Subject(compilation.documents[key.document], workflow, bound, compilation, ids, *schemas)
            for rule in rules():
                yield from rule(subject)


def _written(document: Description, reached: set[str], strict: bool) -> Iterator[Diagnostic]:
    """Yield what is wrong with a document as written; what no reached workflow is made of is no more than a warning."""
    found = judge(document.diagnostics, strict)
    if not has_errors(found):
        yield from found
        return
    parts = parts_of(document, reached)
    for one in found:
        yield one if reached and parts.hold(one.at) else _lighter(one)


def _of_sources(compilation: Compilation, registry: Registry, compiled: Compiled) -> Iterator[Diagnostic]:
    """Yield findings about sources: where everything that is needed was found, a broken one is only a warning."""
    told = {one for document in compilation.documents.values() for one in document.diagnostics}
    spared = set(_urls_out_of_reach(compilation, compiled)) if compiled.program is None else set()
    for one in registry.diagnostics:
        if one not in told:
            # Of two documents of one name nobody knows which is meant, whatever was found in them.
            stays = one.code == TWINS or (compiled.program is None and one.span not in spared)
            yield one if stays else _lighter(one)


def _urls_out_of_reach(compilation: Compilation, compiled: Compiled) -> Iterator[Span]:
    for uri, document in compilation.documents.items():
        names = sources_in_reach(document, [key.workflow_id for key in compiled.reached if key.document == uri])
        for source in document.source_descriptions:
            if source.name not in names:
                yield document.span((*source.at, "url"))


def _lighter(found: Diagnostic) -> Diagnostic:
    return replace(found, severity=Severity.WARNING) if found.severity is Severity.ERROR else found


def _ordered(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop what was found twice, and put errors first, of a document those of its syntax; else the order of places."""
    once = dict.fromkeys(found)
    weight = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    return tuple(sorted(once, key=lambda one: (weight[one.severity], _place(one))))


def _place(found: Diagnostic) -> tuple[str, bool, int, int]:
    span = found.span
    return ("", False, 0, 0) if span is None else (span.uri, not breaks_text(found), span.line, span.column)
