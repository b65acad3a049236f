"""Binding outputs of steps and workflows: expressions, and in 1.1 Selector Objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzo_runner.expressions.template import CompiledValue
from arazzo_runner.program.unit import Unit
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
