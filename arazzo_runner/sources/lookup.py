"""Which operation a step calls (Arazzo 1.1, Step Object: operationId and operationPath).

The ids and paths of a step are static: they name an operation, they never compute one. Where a document strays from
the specification and can mean one operation only, the practical readings P10, P11 and P12 take it so, with a warning;
strictly it is an error.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from arazzo_runner.diagnostics import (
    Applicability,
    Change,
    Diagnostic,
    Fix,
    Rename,
    Severity,
    Span,
    Splice,
    error,
    warning,
)
from arazzo_runner.document.model import Description, Parameter, Reusable, Step
from arazzo_runner.sources.fitting import given_by
from arazzo_runner.sources.matching import Match, Miss, Reading, Scope
from arazzo_runner.sources.naming import by_id
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.pointing import by_path
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import Path

Lookup: TypeAlias = Match | Miss | None
"""What was found; None where the source could not be loaded, which the registry has reported already."""


@dataclass(frozen=True, slots=True)
class Found:
    """The operation of a step, or None with the reason among the diagnostics.

    The reason may also be that a source could not be loaded: then it is among the diagnostics of the registry.
    `diagnostics` also holds the practical readings that were applied, and what is wrong with the operation in its
    API description; two steps that call one operation report the same findings.
    """

    operation: Operation | None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def remarks(self) -> tuple[Diagnostic, ...]:
        """The practical readings among the diagnostics."""
        return tuple(found for found in self.diagnostics if found.code.startswith("reading-"))


def find_operation(
    step: Step,
    description: Description,
    registry: Registry,
    strict: bool = False,
    inherited: tuple[Parameter | Reusable, ...] = (),
) -> Found:
    """Find the operation that a step of a description names by `operationId` or `operationPath`.

    `inherited` are the parameters of the step's workflow. A step that names neither calls no operation: nothing is
    found, and nothing is reported.
    """
    parameters = (*inherited, *step.parameters)
    given = given_by(parameters, description.components, step.request_body, step.step_id)
    scope = Scope(description, registry, given)
    if step.operation_id is not None:
        named = _named(step.operation_id, (*step.at, "operationId"), description)
        return _found(by_id(step.operation_id, scope), named, strict)
    if step.operation_path is not None:
        named = _named(step.operation_path, (*step.at, "operationPath"), description)
        return _found(by_path(step.operation_path, scope), named, strict, by_pointer=True)
    return Found(None)


@dataclass(frozen=True, slots=True)
class _Named:
    """The text that names an operation, and where it stands."""

    text: str
    at: Path
    span: Span


def _named(text: str, at: Path, description: Description) -> _Named:
    return _Named(text, at, description.span(at))


def _found(looked_up: Lookup, named: _Named, strict: bool, by_pointer: bool = False) -> Found:
    span = named.span
    if looked_up is None:
        return Found(None)
    if isinstance(looked_up, Miss):
        fault = error(looked_up.code, looked_up.message, span, looked_up.help)
        fault = replace(fault, fix=_guess(looked_up, named))
        return Found(None, (fault, *looked_up.diagnostics))
    readings = tuple(_reading(each, named, strict) for each in looked_up.readings)
    if strict and readings:
        return Found(None, readings)
    api = looked_up.source.document
    assert isinstance(api, OpenApiDocument)
    read = api.operation(looked_up.endpoint, looked_up.source.name)
    advice = _advice(looked_up, span) if by_pointer else ()
    return Found(read.operation, (*readings, *advice, *read.diagnostics))


def _reading(reading: Reading, named: _Named, strict: bool) -> Diagnostic:
    help, fix = f"write {reading.standard}", _fix(reading, named)
    if strict:
        return replace(error(reading.strict_code, reading.problem, named.span, help), fix=fix)
    message = f"{reading.problem}; it is read as {reading.meaning}"
    return replace(warning(f"reading-{reading.number}", message, named.span, help), fix=fix)


def _fix(reading: Reading, named: _Named) -> Fix:
    """Write the standard spelling, as `operationPath` where no id can."""
    changes: tuple[Change, ...] = (Splice(named.at, 0, len(named.text), reading.written),)
    if reading.by_path and named.at[-1] != "operationPath":
        changes += (Rename(named.at, "operationPath"),)
    how = Applicability.UNSAFE if reading.is_guess else Applicability.SAFE
    return Fix(f"write {reading.standard}", changes, how)


def _guess(missed: Miss, named: _Named) -> Fix | None:
    """Write what was probably meant, where just one thing looks like it."""
    if not missed.meant:
        return None
    return Fix(f"write '{missed.meant}'", (Splice(named.at, 0, len(named.text), missed.meant),), Applicability.UNSAFE)


def _advice(match: Match, span: Span) -> tuple[Diagnostic, ...]:
    identifier = match.endpoint.operation_id
    if identifier is None or len(match.same_id()) > 1:
        return ()
    message = f"this operation has the operationId '{identifier}', which outlives changes of its path"
    return (Diagnostic("operation-prefer-id", Severity.NOTE, message, span, f"write operationId: {match.standard()}"),)
