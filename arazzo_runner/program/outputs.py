"""Binding outputs of steps and workflows: expressions, and in 1.1 Selector Objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzo_runner.document.model import Step
from arazzo_runner.expressions.grammar import Exchange
from arazzo_runner.expressions.template import CompiledValue, Whole
from arazzo_runner.program.own_names import Uses, meant_output
from arazzo_runner.program.unit import Unit
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON, Path


def bind_outputs(unit: Unit, outputs: Mapping[str, JSON], at: Path) -> Iterator[tuple[str, CompiledValue]]:
    """Compile the outputs of a step or workflow, in the order of the document, but those that are null."""
    for name, value in outputs.items():
        if value is None:
            continue
        place = (*at, "outputs", name)
        compiled = unit.selector(value, place) if isinstance(value, dict) else unit.output(str(value), place)
        if compiled is not None:
            yield name, compiled


def bind_step_outputs(
    unit: Unit, step: Step, operation: Operation, workflow: Path
) -> Iterator[tuple[str, CompiledValue]]:
    """Compile the outputs of a step that calls an operation; one may end in its own name (OUT-07)."""
    for name, compiled in bind_outputs(unit, step.outputs, step.at):
        read = compiled.expression if isinstance(compiled, Whole) else None
        if not isinstance(read, Exchange) or unit.dialect.strict:
            yield name, compiled
            continue
        if unit.uses is None:
            unit.uses = Uses(unit.characters.node(workflow))
        found = meant_output(name, read, operation, unit.uses.of(step.step_id, name))
        if found is not None:
            unit.reread(read, *found, (*step.at, "outputs", name))
        yield name, compiled if found is None else Whole(found[0])
